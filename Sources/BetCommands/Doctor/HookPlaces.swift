import Bets
import Git

/// The gate in a place that belongs to another tool's hook, which calls it from there.
struct HookPlaces {
  /// What a tool is known to look at of one folder.
  private static let most = 100

  /// The hook's name, and the other tool's file.
  let name: String
  let file: String

  /// The files that the hook runs besides its own lines, the hook itself first.
  func all() throws -> [String] {
    let folder = Folder.parent(file)
    var places = [file]
    // Gitea and many a script of its kind: everything in a folder of the hook's name.
    let others = "\(folder)/\(name).d"
    if try text(of: file).contains(".d/"), File.kind(others) == .directory {
      places += try (File.names(in: others) ?? []).sorted().prefix(HookPlaces.most).map { "\(others)/\($0)" }
    }
    if isHuskys(file) { places.append("\(Folder.parent(folder))/\(name)") }
    return places.filter { File.kind($0) == .file }
  }

  /// Whether a file is run although it may not be executed: husky gives it to a shell.
  func isRunAnyway(_ place: String) -> Bool { isHuskys(file) && !isHuskys(place) }

  /// Whether a script calls the gate, in a line that is no comment.
  func callsGate(_ place: String) throws -> Bool {
    try text(of: place).split(separator: "\n").contains { line in
      !Text.trimmed(line).hasPrefix("#") && ["git bet", "git-bet"].contains { line.contains($0) }
        && line.contains(" hook \(name)")
    }
  }

  private func isHuskys(_ file: String) -> Bool { Folder.parent(file).hasSuffix("/.husky/_") }

  private func text(of file: String) throws -> String {
    String(decoding: try TextFile.bytes(file).prefix(1 << 16), as: UTF8.self)
  }
}
