import Bets
import Git

extension HookSet {
  /// What taking the hooks out did.
  struct Removed {
    var names: [String] = []
    var notes: [String] = []
  }

  /// Takes our lines out, puts back what was kept, and leaves what others wrote. Nothing is changed when
  /// one of them cannot be taken out without losing something.
  func uninstall(force: Bool, _ steps: Steps) throws -> Removed {
    var removed = Removed()
    guard File.kind(directory) != .nothing else { return removed }
    for shim in shims { try kept.takeOver(shim.name, steps) }
    let files = try shims.map(\.name).map { name in
      // Under these two names pre-commit and lefthook put aside what they find.
      (name, try ["", ".legacy", ".old"].map { try HookFile(path(name) + $0) })
    }
    if !force {
      for (name, files) in files { try check(name, files) }
    }
    for (name, files) in files {
      var hasKept = File.kind(kept.path(name)) != .nothing
      var wasOurs = false
      if hasKept, files[0].isForeign, try HookFile.isSameHook(files[0].path, kept.path(name)) {
        // The tool whose hook was kept has written a newer one in its place.
        try steps.delete(kept.path(name))
        (hasKept, wasOurs) = (false, true)
      }
      for file in files {
        let rest: [UInt8]
        switch file.content {
        case .ours(let section): rest = section.isAlone ? [] : Array(section.before + section.after)
        case .torn where force: rest = []
        case .nothing, .torn, .foreign, .directory: continue
        }
        wasOurs = true
        let mode = Folder.mode(file.path)
        if hasKept, !rest.isEmpty {
          let aside = file.path + ".beside-bet"
          try steps.write(rest, to: aside, mode: mode)
          removed.notes.append("what others wrote into '\(name)' is now in '\(Text.printable(aside))'")
        }
        if hasKept {
          try steps.rename(kept.path(name), to: file.path)
        } else if rest.isEmpty {
          try steps.delete(file.path)
        } else {
          try steps.write(rest, to: file.path, mode: mode)
        }
        hasKept = false
      }
      if hasKept { wasOurs = try putBack(name, over: files[0], noting: &removed, steps) }
      if wasOurs { removed.names.append(name) }
    }
    if try !kept.strangers(beside: (HookSet.client + HookSet.server).map(\.name)).isEmpty {
      removed.notes.append("'\(Text.printable(kept.folder))' stays: others have put files there")
    }
    steps.finally(kept.removeIfIdle)
    return removed
  }

  /// Only what was kept is there: our own hook has gone, or somebody else's has taken its place.
  private func putBack(
    _ name: String, over hook: HookFile, noting removed: inout Removed, _ steps: Steps
  ) throws -> Bool {
    if case .nothing = hook.content {
      try steps.rename(kept.path(name), to: hook.path)
      return true
    }
    removed.notes.append(
      "'\(Text.printable(kept.path(name)))' stays: another hook has taken the place that it had")
    return false
  }

  private func check(_ name: String, _ files: [HookFile]) throws {
    let isSuperseded = try files[0].isForeign && HookFile.isSameHook(files[0].path, kept.path(name))
    for file in files {
      if case .torn = file.content { throw Refusal.edited(file.path, "uninstall") }
      guard let section = file.section else { continue }
      if section.isEdited { throw Refusal.edited(file.path, "uninstall") }
      guard
        section.isAlone || File.kind(kept.path(name)) == .nothing
          || isSuperseded
      else {
        throw Refusal(
          "hook-joined", "'\(Text.printable(file.path))' has lines of somebody else beside ours",
          notes: [
            "'before-bet/\(name)', which was kept, comes back in its place: only you can join the two",
            "with --force their lines are put aside as '\(name).beside-bet', where nothing runs them",
          ], hints: ["git bet uninstall --force"])
      }
    }
  }
}
