import BetLedger
import Bets
import Git

/// The gate of a bare repository: what `install --bare` writes, and `uninstall` takes out.
enum ServerHook {
  private static let name = "pre-receive"

  /// Writes the hook where git looks for it; one that is there is kept beside and keeps running.
  static func install(_ context: Context, force: Bool) throws {
    let repository = try context.repository.get()
    guard repository.isBare else {
      throw Refusal(
        "not-bare", "this repository has a work tree: people work here, nobody pushes to it",
        notes: ["pre-receive is the gate of the bare repository that they push to"],
        hints: ["git bet install"])
    }
    let hooks = try HooksDirectory(context)
    if !force { try hooks.checkIsOurs(context) }
    let hook = hooks.path + "/" + name
    let text = try shim(HooksDirectory.ownBinary())
    switch Folder.kind(hooks.path) {
    case .nothing: try Folder.make(hooks.path)
    case .file, .other:
      throw Refusal("hooks-not-a-directory", "'\(Text.printable(hooks.path))' is not a directory")
    case .directory, .link: break
    }
    let keeps: Bool
    switch Folder.kind(hook) {
    case .nothing: keeps = false
    case .directory: throw Refusal("hook-is-a-directory", "'\(Text.printable(hook))' is a directory")
    case .file, .link, .other: keeps = try !isOurs(hook)
    }
    if keeps {
      guard Folder.kind(kept(hook)) == .nothing else {
        throw Refusal(
          "hook-kept-already",
          "'\(Text.printable(hook))' is another hook, and '\(name).before-bet' is there already",
          notes: ["one of the two would be lost; remove or join them first"])
      }
      try Folder.rename(hook, to: kept(hook))
    }
    do { try TextFile.write(text, to: hook, mode: 0o755) } catch {
      // Half an installation would be worse than none: the old hook goes back.
      if keeps, Folder.kind(hook) == .nothing { try Folder.rename(kept(hook), to: hook) }
      throw error
    }
    let output = context.output
    output.line("on: pre-receive in \(Text.printable(hooks.path))")
    if Folder.kind(kept(hook)) != .nothing { output.line("    what was there still runs: \(name)") }
    output.line("ledger: whoever pushes brings it: git push origin 'refs/bets/*'")
    output.line("next: git bet rules")
  }

  /// Takes the hook out and puts back what was kept; false when it is not there.
  static func uninstall(_ context: Context) throws -> Bool {
    let hook = try HooksDirectory(context).path + "/" + name
    guard try isOurs(hook) else { return false }
    if Folder.kind(kept(hook)) != .nothing {
      try Folder.rename(kept(hook), to: hook)
    } else {
      try Folder.delete(hook)
    }
    return true
  }

  private static func kept(_ hook: String) -> String { hook + ".before-bet" }

  /// Whether the second line says that `install` wrote it. A link is never ours.
  private static func isOurs(_ hook: String) throws -> Bool {
    guard Folder.kind(hook) == .file else { return false }
    let lines = try TextFile.bytes(hook).prefix(400).split(separator: 0x0A, omittingEmptySubsequences: false)
    return lines.count > 1 && lines[1].starts(with: "# git-bet hook ".utf8)
  }

  private static func shim(_ binary: String) -> String {
    let text = String(decoding: PackageResources.pre_receive, as: UTF8.self)
    let quoted = binary.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
    return text.replacingFirst("bet=@BET@\n", by: "bet='\(quoted)'\n")
  }
}
