import ArgumentParser
import BetLedger
import Bets
import Git

struct Install: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "Turn the gate on in this repository.",
    discussion: """
      Writes the hooks pre-push, commit-msg and prepare-commit-msg where git looks for them, adds the ledger's \
      fetch refspec to each remote, and fetches the ledger. A hook that is already there keeps running. Safe to \
      repeat.
      """)

  @Flag(help: "Only the hooks: no refspec, no fetch.")
  var hooksOnly = false
  @Flag(help: "Write even where the hooks directory is shared, tracked or a link.")
  var force = false
  @Flag(help: "In a bare repository that people push to: the pre-receive hook, for all of them.")
  var bare = false
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    if bare { return try ServerHook.install(context, force: force) }
    let hooks = try HooksDirectory(context)
    if !force { try hooks.checkIsOurs(context) }
    let written = try hooks.install(binary: try HooksDirectory.ownBinary())
    let output = context.output
    let kept = written.filter(\.keptAnother).map(\.name)
    output.line("on: pre-push, commit-msg and prepare-commit-msg in \(Text.printable(hooks.path))")
    if !kept.isEmpty { output.line("    what was there still runs: \(kept.joined(separator: ", "))") }
    if !hooksOnly { output.line("ledger: \(try fetchLedger(context))") }
    let hasBets = try !context.ledger.get().ids().isEmpty
    output.line("next: \(hasBets ? "git bet" : "git bet declare my-first-bet")")
  }

  /// Adds the refspec once, then fetches what it names; being offline is no failure.
  private func fetchLedger(_ context: Context) throws -> String {
    let config = try context.config.get()
    let remotes = Remote.names(in: config)
    var unreached: [String] = []
    for name in remotes {
      let refspec = LedgerRefspec.fetch(from: name)
      if !config.contains(where: { $0.key == "remote.\(name).fetch" && $0.value == refspec }) {
        try GitCommand.checked(["config", "--local", "--add", "remote.\(name).fetch", refspec])
      }
      let fetch = try GitCommand.run(
        [
          "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--refmap=", "--end-of-options", name,
          refspec,
        ],
        environment: ["GIT_TERMINAL_PROMPT": "0"])
      if fetch.status != 0 { unreached.append(name) }
    }
    if remotes.isEmpty { return "kept in this repository; there is no remote yet" }
    let reached = remotes.filter { !unreached.contains($0) }
    let names = { (list: [String]) in list.map { Text.printable($0) }.joined(separator: ", ") }
    return (reached.isEmpty ? [] : ["fetched from \(names(reached)), and again with every git fetch"])
      .appending(unreached.isEmpty ? nil : "not reached: \(names(unreached))").joined(separator: "; ")
  }
}

extension [String] {
  fileprivate func appending(_ text: String?) -> [String] { text.map { self + [$0] } ?? self }
}
