import Bets
import Git

/// Where git looks for hooks, and what `install` does there.
struct HooksDirectory {
  /// One hook that was written.
  struct Written {
    let name: String
    let keptAnother: Bool
  }

  /// Absolute, as git says it.
  let path: String

  init(_ context: Context) throws {
    _ = try context.repository.get()
    path = try GitCommand.checked(["rev-parse", "--path-format=absolute", "--git-path", "hooks"]).text
  }

  /// The shims, from the project's `hooks/`.
  private static let shims: [(name: String, text: [UInt8])] = [
    ("pre-push", PackageResources.pre_push),
    ("commit-msg", PackageResources.commit_msg),
    ("prepare-commit-msg", PackageResources.prepare_commit_msg),
  ]
  private static let marker = Array("# git-bet hook ".utf8)
  private static let placeholder = Array("bet=@BET@\n".utf8)

  /// The running program, as the shims will call it.
  static func ownBinary() throws -> String {
    guard let path = Folder.real("/proc/self/exe") ?? CommandLine.arguments.first.flatMap(Folder.real) else {
      throw Refusal("no-binary", "git-bet cannot tell where it is", hints: ["command -v git-bet"])
    }
    guard !path.contains(where: \.isNewline) else {
      throw Refusal("no-binary", "git-bet stands in a directory whose name has a line break")
    }
    return path
  }

  /// Stops where a hook would reach further than this repository.
  func checkIsOurs(_ context: Context) throws {
    let repository = try context.repository.get()
    let command = "git bet install --force"
    if Folder.kind(path) == .link {
      throw Refusal(
        "hooks-elsewhere", "the hooks directory '\(Text.printable(path))' is a link",
        notes: ["what is written there may serve other repositories"], hints: [command])
    }
    let common = Folder.real(repository.commonDirectory) ?? repository.commonDirectory
    let own = Folder.real(repository.gitDirectory) ?? repository.gitDirectory
    let real = Folder.real(path) ?? path
    guard ![common, own].contains(where: { real.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") }) else {
      return
    }
    let place = try GitCommand.run(["config", "--show-scope", "--get", "core.hooksPath"]).text
    throw Refusal(
      "hooks-elsewhere",
      "git looks for hooks in '\(Text.printable(path))', outside this repository's git directory",
      notes: [
        "core.hooksPath says so (\(Text.printable(place)))",
        "that directory may be shared with others or tracked in the tree; it is written to only when you say so",
      ], hints: [command])
  }

  /// Writes the shims. A hook of somebody else is kept beside and keeps running; ours is replaced.
  func install(binary: String) throws -> [Written] {
    switch Folder.kind(path) {
    case .nothing: try Folder.make(path)
    case .file, .other: throw Refusal("hooks-not-a-directory", "'\(Text.printable(path))' is not a directory")
    case .directory, .link: break
    }
    return try HooksDirectory.shims.map { name, text in
      let hook = path + "/" + name
      let isThere = Folder.kind(hook) != .nothing
      if isThere, Folder.kind(hook) == .directory {
        throw Refusal("hook-is-a-directory", "'\(Text.printable(hook))' is a directory")
      }
      if isThere, try !isOurs(hook) {
        guard Folder.kind(kept(hook)) == .nothing else {
          throw Refusal(
            "hook-kept-already",
            "'\(Text.printable(hook))' is another hook, and '\(name).before-bet' is there already",
            notes: ["one of the two would be lost; remove or join them first"])
        }
        try Folder.rename(hook, to: kept(hook))
      }
      do { try TextFile.write(shim(text, binary), to: hook, mode: 0o755) } catch {
        // Half an installation would be worse than none: the old hook goes back.
        if isThere, Folder.kind(hook) == .nothing { try Folder.rename(kept(hook), to: hook) }
        throw error
      }
      return Written(name: name, keptAnother: Folder.kind(kept(hook)) != .nothing)
    }
  }

  /// Removes what is ours and puts back what was kept; returns the names.
  func uninstall() throws -> [String] {
    try HooksDirectory.shims.compactMap { name, _ in
      let hook = path + "/" + name
      guard Folder.kind(hook) != .nothing, try isOurs(hook) else { return nil }
      if Folder.kind(kept(hook)) != .nothing {
        try Folder.rename(kept(hook), to: hook)
      } else {
        try Folder.delete(hook)
      }
      return name
    }
  }

  private func kept(_ hook: String) -> String { hook + ".before-bet" }

  /// Whether the second line says that `install` wrote it. A link is never ours.
  private func isOurs(_ hook: String) throws -> Bool {
    guard Folder.kind(hook) == .file else { return false }
    let lines = try TextFile.bytes(hook).prefix(400).split(separator: 0x0A, omittingEmptySubsequences: false)
    return lines.count > 1 && lines[1].starts(with: HooksDirectory.marker)
  }

  private func shim(_ text: [UInt8], _ binary: String) -> [UInt8] {
    let line = Array(
      "bet='\(binary.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''"))'\n"
        .utf8)
    guard let start = text.indices.first(where: { text[$0...].starts(with: HooksDirectory.placeholder) })
    else { return text }
    return text[..<start] + line + text[(start + HooksDirectory.placeholder.count)...]
  }
}
