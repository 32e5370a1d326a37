import Bets
import Git

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
  let kept: KeptHooks

  init(directory: String, shims: [Shim] = HookSet.client) {
    self.directory = directory
    self.shims = shims
    kept = KeptHooks(of: directory)
  }

  /// What happened to one hook.
  struct Written {
    let name: String
    /// Another hook is kept, or runs ours: it still runs.
    let keepsAnother: Bool
  }

  func path(_ name: String) -> String { directory + "/" + name }

  // MARK: Writing

  /// Writes the shims. A hook of somebody else is kept and keeps running; our lines are replaced.
  func install(program: String, force: Bool, _ steps: Steps) throws -> [Written] {
    for shim in shims { try kept.takeOver(shim.name, steps) }
    let plans = try shims.map {
      try plan($0.name, writing: HookFile.filled($0.text, program: program), force: force)
    }
    // Everything is on the disk before anything changes its name.
    for plan in plans { try plan.stage(steps) }
    if plans.contains(where: \.keeps) { try kept.make(steps) }
    for plan in plans { try plan.place(steps) }
    try kept.linkNeighbours(steps)
    steps.finally(kept.removeIfIdle)
    return plans.map { Written(name: $0.name, keepsAnother: $0.keepsAnother) }
  }

  private func plan(_ name: String, writing shim: [UInt8], force: Bool) throws -> HookPlan {
    let hook = try HookFile(path(name))
    let legacy = try HookFile(path(name) + ".legacy")
    let runsLegacy = try HookFile.runsLegacy(hook.path)
    switch hook.content {
    case .nothing:
      return HookPlan(name: name, hook: hook.path, kept: kept.path(name), bytes: shim)
    case .directory:
      throw Refusal("hook-is-a-directory", "'\(Text.printable(hook.path))' is a directory")
    case .ours(let section):
      return HookPlan(
        name: name, hook: hook.path, kept: kept.path(name),
        bytes: try renewed(section, with: shim, in: hook.path, force: force))
    case .torn where !force:
      throw Refusal.edited(hook.path, "install")
    case .foreign where legacy.section != nil && runsLegacy:
      let bytes = try legacy.section.map { try renewed($0, with: shim, in: legacy.path, force: force) }
      return HookPlan(
        name: name, hook: legacy.path, kept: kept.path(name), bytes: bytes ?? shim, isInside: true,
        forgets: try HookFile.isSameHook(hook.path, kept.path(name)))
    case .torn, .foreign:
      try checkKept(name, hook)
      return HookPlan(name: name, hook: hook.path, kept: kept.path(name), bytes: shim, keeps: true)
    }
  }

  private func renewed(
    _ section: HookFile.Section, with shim: [UInt8], in path: String, force: Bool
  ) throws -> [UInt8] {
    guard force || !section.isEdited else { throw Refusal.edited(path, "install") }
    if section.isAlone { return shim }
    return Array(section.before + HookFile.lines(of: shim) + section.after)
  }

  /// What is kept already gives way to nothing but the same tool's newer text.
  private func checkKept(_ name: String, _ hook: HookFile) throws {
    if File.kind(kept.path(name)) == .nothing { return }
    if try HookFile.isSameHook(hook.path, kept.path(name)) { return }
    throw Refusal(
      "hook-kept-already",
      "'\(Text.printable(hook.path))' is another hook, and 'before-bet/\(name)' is there already",
      notes: ["one of the two would be lost: join them in one file, and remove the other"],
      hints: ["diff \(Text.singleQuoted(kept.path(name))) \(Text.singleQuoted(hook.path))"])
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
