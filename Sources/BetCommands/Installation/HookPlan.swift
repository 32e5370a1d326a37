import Bets
import Git

/// What is to be written for one hook.
struct HookPlan {
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

  var keepsAnother: Bool { isInside || File.kind(kept) != .nothing }
  private var aside: String { hook + ".bet-new" }

  /// Whether it is there already, byte for byte.
  private func isDone() throws -> Bool {
    guard !keeps, File.kind(hook) == .file, Folder.mode(hook) & 0o111 == 0o111 else { return false }
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
    if try isDone() {
      // What an installation saved that was killed after this.
      Folder.discard(hook + ".bet-old")
      if !forgets { Folder.discard(kept + ".bet-old") }
      return
    }
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
