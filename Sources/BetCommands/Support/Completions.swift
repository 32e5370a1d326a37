import ArgumentParser
import Bets

/// What a shell offers for a word; it asks git, which is quick, and never the network.
extension CompletionKind {
  // Without a quote or a colon: in what zsh is given for an option's value either ends the command.
  static var bets: CompletionKind { .shellCommand("git for-each-ref refs/bets | cut -d/ -f3") }
  static var branches: CompletionKind { .shellCommand("git for-each-ref refs/heads | cut -d/ -f3-") }
  static var remotes: CompletionKind { .shellCommand("git remote") }
  /// Every rule with every level, and the settings that all clones share.
  static var policies: CompletionKind {
    .list(
      Rule.all.flatMap { rule in Level.allCases.map { "\(rule.name)=\($0.name)" } }
        + ConfigKey.shared.map { "\($0.name)=" })
  }
}
