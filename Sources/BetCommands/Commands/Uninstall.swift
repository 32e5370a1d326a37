import ArgumentParser
import BetLedger

struct Uninstall: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take the gate out; what was there before is back. The ledger stays.")

  @Flag(help: "Take out our lines even where they were edited, or stand beside those of others.")
  var force = false
  @Flag(name: .customLong("global"), help: "The hooks of this user, for all repositories.")
  var isGlobal = false
  @OptionGroup var location: Location

  var tellsGateOff: Bool { false }

  func run(in context: Context) throws {
    try context.leaveToPerson("taking the gate out", typing: "uninstall")
    let directories = isGlobal ? try ofTheUser() : try ofTheRepository(context)
    var gone: [String] = []
    var notes: [String] = []
    try Steps.all { steps in
      for directory in directories {
        let removed = try HookSet(directory: directory.path).uninstall(force: force, steps)
        if !removed.names.isEmpty {
          gone.append("\(removed.names.joined(separator: ", ")) in \(Text.printable(directory.path))")
        }
        notes += removed.notes
      }
      if !isGlobal, let directory = try ServerHook.uninstall(context, force: force, steps) {
        gone.append("pre-receive in \(Text.printable(directory))")
      }
      let edit = ConfigEdit(isGlobal ? .global : .local, context, for: steps)
      let events = try ConfigHooks(scope: edit.scope).uninstall(in: edit)
      if !events.isEmpty { gone.append("config hooks for \(events.joined(separator: ", "))") }
      if !isGlobal {
        try removeRefspecs(context, in: edit)
        try removeHome(context, in: edit)
      }
      try edit.commit()
    }

    let places = directories.map { Text.printable($0.path) }.joined(separator: " and ")
    context.output.line(
      gone.isEmpty
        ? "nothing of ours was in \(places.isEmpty ? "the configuration" : places)"
        : "off: removed \(gone.joined(separator: "; "))")
    for note in notes { context.output.line("    \(note)") }
    context.output.line("the ledger stays: git bet list")
  }

  /// Where git looks now, and where it looked before somebody set `core.hooksPath`.
  private func ofTheRepository(_ context: Context) throws -> [HooksDirectory] {
    let own = try HooksDirectory.ofTheRepository(context)
    let current = try HooksDirectory(context)
    // What serves other repositories is taken out by --global alone.
    if current.isEverybodys || Folder.isSame(own.path, current.path) || own.path == current.path {
      return [own]
    }
    return [current, own]
  }

  private func ofTheUser() throws -> [HooksDirectory] {
    do { return [try .ofTheUser()] } catch let error as Refusal {
      guard ["no-global-hooks", "hooks-path-missing"].contains(error.diagnostic.code) else { throw error }
      return []
    }
  }

  /// What `install` chooses in a fork.
  private func removeHome(_ context: Context, in edit: ConfigEdit) throws {
    let key = ConfigKey.home
    let isOurs = try context.config.contains {
      $0.key == key.key && $0.value == "upstream" && $0.scope == .local
    }
    if isOurs { try edit.run(["--unset-all", key.name]) }
  }

  private func removeRefspecs(_ context: Context, in edit: ConfigEdit) throws {
    let config = try context.config
    for name in Remote.names(in: config) {
      // That of a remote that was renamed since still has the former name.
      for folder in Set(LedgerPeer.folders(of: name, in: config)).sorted() {
        guard let refspec = LedgerRefspec.remote(of: folder).map(LedgerRefspec.fetch),
          config.contains(where: { $0.key == "remote.\(name).fetch" && $0.value == refspec })
        else { continue }
        try edit.run(["--fixed-value", "--unset-all", "remote.\(name).fetch", refspec])
      }
    }
  }
}
