import BetLedger

/// The gate of a bare repository: what `install --bare` writes, and `uninstall` takes out.
enum ServerHook {
  /// Writes the hook where git looks for it; one that is there is kept beside and keeps running.
  static func install(_ context: Context, program: String, force: Bool) throws {
    guard try context.repository.isBare else {
      throw Refusal(
        "not-bare", "this repository has a work tree: people work here, nobody pushes to it",
        notes: ["pre-receive is the gate of the bare repository that they push to"],
        hints: ["git bet install"])
    }
    let directory = try HooksDirectory(context)
    if let objection = directory.objection, !force || directory.isHopeless { throw objection }
    let written = try Steps.all { steps in
      try directory.prepare(steps)
      return try HookSet(directory: directory.path, shims: HookSet.server)
        .install(program: program, force: force, steps)
    }
    let output = context.output
    output.line("on: pre-receive in \(directory.path)")
    if written.contains(where: \.keepsAnother) {
      output.line("    what was there still runs: pre-receive")
    }
    output.line("ledger: whoever pushes brings it: \(try PreReceive.bringLedger(to: context.site))")
    output.line("next: git bet rules")
  }

  /// Takes the hook out and puts back what was kept; returns the directory it was in, nil when it was not there.
  static func uninstall(_ context: Context, force: Bool, _ steps: Steps) throws -> String? {
    guard try context.repository.isBare else { return nil }
    let directory = try HooksDirectory(context).path
    let removed = try HookSet(directory: directory, shims: HookSet.server).uninstall(force: force, steps)
    return removed.names.isEmpty ? nil : directory
  }
}
