import ArgumentParser
import BetLedger
import Bets
import Git

struct Uninstall: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take the gate out; what was there before is back. The ledger stays.")

  @OptionGroup var location: Location

  func run(in context: Context) throws {
    let hooks = try HooksDirectory(context)
    let removed = try hooks.uninstall() + (ServerHook.uninstall(context) ? ["pre-receive"] : [])
    for name in Remote.names(in: try context.config.get()) {
      let refspec = LedgerRefspec.fetch(from: name)
      guard
        try context.config.get().contains(where: { $0.key == "remote.\(name).fetch" && $0.value == refspec })
      else { continue }
      try GitCommand.checked([
        "config", "--local", "--fixed-value", "--unset-all", "remote.\(name).fetch", refspec,
      ])
    }
    context.output.line(
      removed.isEmpty
        ? "nothing of ours was in \(Text.printable(hooks.path))"
        : "off: removed \(removed.joined(separator: ", "))")
    context.output.line("the ledger stays: git bet list")
  }
}
