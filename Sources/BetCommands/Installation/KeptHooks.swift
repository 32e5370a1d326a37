import Bets
import Git

/// The hooks of others whose place ours have taken: run from a folder beside the hooks' own, under their own names.
///
/// A hook finds its neighbours by its own path, so the folder links to all that stands in the hooks' own and is as deep:
/// `..` and the relative links of the hooks themselves lead where they led. `before-bet`, in the hooks' own folder, is the
/// door to it.
struct KeptHooks {
  private static let name = "before-bet"
  private let hooks: String
  /// The folder; it is there only while something is kept.
  let folder: String

  init(of hooks: String) {
    self.hooks = hooks
    folder = "\(Folder.real(hooks) ?? hooks).\(KeptHooks.name)"
  }

  private var door: String { "\(hooks)/\(KeptHooks.name)" }

  /// The door where it leads nowhere: what was kept does not run any more.
  var lostDoor: String? { File.kind(door) == .link && Folder.real(door) == nil ? door : nil }

  func path(_ hook: String) -> String { "\(folder)/\(hook)" }

  /// Makes the folder and its door.
  func make(_ steps: Steps) throws {
    if File.kind(folder) == .nothing { try steps.make(folder) }
    if File.kind(door) == .nothing { try steps.link("../\(Folder.name(folder))", at: door) }
    guard Folder.isSame(door, folder) else {
      throw Refusal(
        "hook-kept-already", "'\(Text.printable(door))' is somebody else's",
        notes: ["what is kept runs from there"], hints: ["ls -l \(Text.shellOperands(door))"])
    }
  }

  /// Brings in what earlier versions kept in the hooks' own folder.
  func takeOver(_ hook: String, _ steps: Steps) throws {
    let former = "\(hooks)/\(hook).\(KeptHooks.name)"
    guard File.kind(former) != .nothing, File.kind(path(hook)) == .nothing else { return }
    try make(steps)
    try steps.rename(former, to: path(hook))
  }

  /// Renews the links to all that is neither ours nor kept.
  func linkNeighbours(_ steps: Steps) throws {
    guard File.kind(folder) == .directory else { return }
    // What cannot be read as a hook, a folder for instance, is none of ours.
    let neighbours = try (File.names(in: hooks) ?? []).filter { name in
      name != KeptHooks.name && !name.hasSuffix(".\(KeptHooks.name)") && !Steps.isTemporary(name)
        && (try? HookFile("\(hooks)/\(name)").section) == nil
    }
    for name in try File.names(in: folder) ?? [] where isLink(name) && !neighbours.contains(name) {
      try steps.delete(path(name))
    }
    for name in neighbours where File.kind(path(name)) == .nothing {
      try steps.link(target(of: name), at: path(name))
    }
  }

  /// What somebody else has put into the folder: neither one of our links nor a hook of these names.
  func strangers(beside kept: [String]) throws -> [String] {
    try (File.names(in: folder) ?? []).filter {
      !isLink($0) && !kept.contains($0) && !Steps.isTemporary($0)
    }
  }

  /// Takes the folder away once it holds nothing but our links; one that cannot be listed stays, and is in nobody's way.
  func removeIfIdle() {
    guard let names = try? File.names(in: folder), names.allSatisfy(isLink) else { return }
    Folder.remove(folder, files: names)
    if let door = lostDoor { Folder.discard(door) }
  }

  private func target(of name: String) -> String { "../\(Folder.name(Folder.real(hooks) ?? hooks))/\(name)" }
  private func isLink(_ name: String) -> Bool { Folder.target(path(name)) == target(of: name) }
}
