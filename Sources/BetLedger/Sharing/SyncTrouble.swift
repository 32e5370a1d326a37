import Bets

/// What went wrong in an exchange. Nothing is lost by any of it: what is not exchanged stays here.
package enum SyncTrouble: Hashable, Sendable {
  /// No answer; `words` are git's, empty when it has shown them itself.
  case unreachable(LedgerPeer, words: String)
  /// The host did not take a diary; `words` are its own.
  case refused(peer: String, diary: String, words: String)
  /// What the peer had before is not there any more, or not in its history.
  case rewound(peer: String, diary: String, isGone: Bool, isKept: Bool)
  /// A diary that cannot be read here was left as it is.
  case unreadable(diary: String, Diagnostic)
}

extension SyncTrouble: DiagnosticError {
  package var diagnostic: Diagnostic {
    switch self {
    case .unreachable(let peer, let words):
      Diagnostic(
        "not-reached", "'\(Text.printable(peer.name))' could not be reached",
        notes: SyncTrouble.lines(words) + ["what you wrote is kept here, and goes with the next exchange"],
        // The URL itself may hold a password.
        hints: [
          peer.comesWithURL
            ? "git ls-remote \"$(git config bet.ledgerRemote)\""
            : "git ls-remote \(Text.shellOperands(peer.name))"
        ])
    case .refused(let peer, let diary, let words):
      Diagnostic(
        "ledger-refused", "'\(Text.printable(peer))' does not take '\(diary)'",
        notes: SyncTrouble.lines(words))
    case .rewound(let peer, let diary, let isGone, let isKept):
      Diagnostic(
        "remote-rewound",
        isGone
          ? "'\(Text.printable(peer))' has lost the diary of '\(diary)'"
          : "'\(Text.printable(peer))' has lost events of '\(diary)'", severity: .warning,
        notes: [
          "somebody deleted or rewound it there; "
            + (isKept
              ? "what was known of it is kept here, and was offered again"
              : "it was not kept here, and counts no more")
        ])
    case .unreadable(_, let diagnostic): diagnostic
    }
  }

  /// The last lines of what git or a host said.
  private static func lines(_ words: String) -> [String] {
    words.split(separator: "\n").suffix(4).map { Text.printable(String($0.prefix(300))) }
  }
}
