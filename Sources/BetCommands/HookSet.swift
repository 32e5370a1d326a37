import Bets

/// Hooks of one directory that belong together: all of them are written, or none.
struct HookSet {
  typealias Shim = (name: String, text: [UInt8])
  /// The shims of a clone, from the project's `hooks/`.
  static let client: [Shim] = [
    ("pre-push", PackageResources.pre_push),
    ("commit-msg", PackageResources.commit_msg),
    ("prepare-commit-msg", PackageResources.prepare_commit_msg),
  ]
  /// The shim of a repository that people push to.
  static let server: [Shim] = [("pre-receive", PackageResources.pre_receive)]

  let directory: String
  let shims: [Shim]

  init(directory: String, shims: [Shim] = HookSet.client) {
    self.directory = directory
    self.shims = shims
  }

  /// What happened to one hook.
  struct Written {
    let name: String
    /// Another hook is kept beside, or runs ours: it still runs.
    let keepsAnother: Bool
  }

  func path(_ name: String) -> String { directory + "/" + name }
  func kept(_ name: String) -> String { path(name) + ".before-bet" }

  // MARK: Writing

  /// Writes the shims. A hook of somebody else is kept beside and keeps running; our lines are replaced.
  func install(program: String, force: Bool) throws -> Written.List {
    let steps = Steps()
    do {
      let plans = try shims.map {
        try plan($0.name, HookFile.filled($0.text, program: program), force)
      }
      // Everything is on the disk before anything changes its name.
      for plan in plans { try plan.stage(steps) }
      for plan in plans { try plan.place(steps) }
      return Written.List(
        hooks: plans.map { Written(name: $0.name, keepsAnother: $0.keepsAnother) }, steps: steps)
    } catch {
      steps.undo()
      throw error
    }
  }

  private func plan(_ name: String, _ shim: [UInt8], _ force: Bool) throws -> Plan {
    let hook = try HookFile(path(name))
    let legacy = try HookFile(path(name) + ".legacy")
    let runsLegacy = try HookFile.runsLegacy(hook.path)
    switch hook.content {
    case .nothing:
      return Plan(name: name, hook: hook.path, kept: kept(name), bytes: shim)
    case .directory:
      throw Refusal("hook-is-a-directory", "'\(Text.printable(hook.path))' is a directory")
    case .ours(let section):
      return Plan(
        name: name, hook: hook.path, kept: kept(name), bytes: try renewed(section, shim, hook.path, force))
    case .torn where !force:
      throw Refusal.edited(hook.path, "install")
    case .foreign where legacy.section != nil && runsLegacy:
      let bytes = try legacy.section.map { try renewed($0, shim, legacy.path, force) }
      return Plan(
        name: name, hook: legacy.path, kept: kept(name), bytes: bytes ?? shim, isInside: true,
        forgets: try HookFile.isSameHook(hook.path, kept(name)))
    case .torn, .foreign:
      try checkKept(name, hook)
      return Plan(name: name, hook: hook.path, kept: kept(name), bytes: shim, keeps: true)
    }
  }

  private func renewed(
    _ section: HookFile.Section, _ shim: [UInt8], _ path: String, _ force: Bool
  ) throws -> [UInt8] {
    guard force || !section.isEdited else { throw Refusal.edited(path, "install") }
    if section.isAlone { return shim }
    return Array(section.before + HookFile.lines(of: shim) + section.after)
  }

  /// What is kept already gives way to nothing but the same tool's newer text.
  private func checkKept(_ name: String, _ hook: HookFile) throws {
    if Folder.kind(kept(name)) == .nothing { return }
    if try HookFile.isSameHook(hook.path, kept(name)) { return }
    throw Refusal(
      "hook-kept-already",
      "'\(Text.printable(hook.path))' is another hook, and '\(name).before-bet' is there already",
      notes: ["one of the two would be lost: join them in one file, and remove the other"],
      hints: ["diff \(HookFile.quoted(kept(name))) \(HookFile.quoted(hook.path))"])
  }
}

extension HookSet.Written {
  /// What was written, and how to take it back while the rest may still fail.
  struct List {
    let hooks: [HookSet.Written]
    let steps: Steps
  }
}

/// What is to be written for one hook.
private struct Plan {
  let name: String
  let hook: String
  let kept: String
  let bytes: [UInt8]
  /// The hook that is there is somebody else's, to be kept.
  var keeps = false
  /// It is somebody else's that runs ours.
  var isInside = false
  /// What is kept is an older text of the hook that runs ours.
  var forgets = false

  var keepsAnother: Bool { isInside || Folder.kind(kept) != .nothing }
  private var aside: String { hook + ".bet-new" }

  /// Whether it is there already, byte for byte.
  private func isDone() throws -> Bool {
    guard !keeps, Folder.kind(hook) == .file, Folder.mode(hook) & 0o111 == 0o111 else { return false }
    return try TextFile.bytes(hook) == bytes
  }

  func stage(_ steps: Steps) throws {
    if try isDone() { return }
    try Folder.delete(aside)
    try TextFile.write(bytes, to: aside, mode: 0o755)
    steps.clean(aside)
  }

  func place(_ steps: Steps) throws {
    if forgets {
      try steps.save(kept, as: kept + ".bet-old")
      try Folder.delete(kept)
    }
    if try isDone() { return }
    if keeps { try steps.save(kept, as: kept + ".bet-old") }
    try steps.save(hook, as: hook + ".bet-old")
    if keeps {
      try Folder.delete(kept)
      try Folder.link(hook, kept)
      // lefthook puts ours aside and never runs it: with ours in place again it is only in lefthook's way.
      if try HookFile(hook + ".old").section?.isAlone == true {
        try steps.save(hook + ".old", as: hook + ".old.bet-old")
        try Folder.delete(hook + ".old")
      }
    }
    try Folder.rename(aside, to: hook)
  }
}

/// Changes of a few files that are taken back when one of them fails.
final class Steps {
  private var saved: [(path: String, copy: String?)] = []
  private var asides: [String] = []

  /// Remembers what is at a path, or that nothing is.
  func save(_ path: String, as copy: String) throws {
    let isThere = Folder.kind(path) != .nothing
    if isThere {
      try Folder.delete(copy)
      try Folder.link(path, copy)
    }
    saved.append((path, isThere ? copy : nil))
  }

  func clean(_ path: String) { asides.append(path) }

  /// Everything as it was. What cannot be put back is left beside, under its own name.
  func undo() {
    for (path, copy) in saved.reversed() {
      do {
        if let copy { try Folder.rename(copy, to: path) } else { try Folder.delete(path) }
      } catch { continue }
      // Two names of one file: a rename does nothing, and leaves both.
      if let copy { Folder.discard(copy) }
    }
    asides.forEach(Folder.discard)
  }

  func done() throws {
    for case (_, let copy?) in saved { try Folder.delete(copy) }
  }
}

extension Refusal {
  static func edited(_ path: String, _ verb: String) -> Refusal {
    Refusal(
      "hook-edited", "our lines in '\(Text.printable(path))' were edited by hand",
      notes: ["lines of your own belong below END, where they stay"],
      hints: ["git bet \(verb) --force"])
  }
}
