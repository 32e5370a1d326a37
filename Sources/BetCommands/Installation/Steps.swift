import Bets
import Git
import Libc

/// Changes of a few files: all of them are made, or none.
final class Steps {
  private var saved: [(path: String, copy: String?)] = []
  private var asides: [String] = []
  private var made: [String] = []
  private var tidying: [() -> Void] = []

  /// Does all that `work` does, or nothing; a signal waits until it is done or taken back.
  static func all<Result>(_ work: (Steps) throws -> Result) throws -> Result {
    let signals = BlockedSignals()
    defer { signals.restore() }
    let steps = Steps()
    let result: Result
    do { result = try work(steps) } catch {
      steps.undo()
      throw error
    }
    try steps.done()
    return result
  }

  /// Remembers what is at a path, or that nothing is.
  func save(_ path: String, as copy: String) throws {
    let isThere = File.kind(path) != .nothing
    if isThere {
      try Folder.delete(copy)
      try Folder.link(path, copy)
    }
    saved.append((path, isThere ? copy : nil))
  }

  /// Names a file of our own that is discarded when something fails.
  func clean(_ path: String) { asides.append(path) }

  /// Clears up behind the changes when all of them are made.
  func finally(_ work: @escaping () -> Void) { tidying.append(work) }

  /// Everything as it was. What cannot be put back is left beside, under its own name.
  private func undo() {
    for (path, copy) in saved.reversed() {
      do {
        if let copy { try Folder.rename(copy, to: path) } else { try Folder.delete(path) }
      } catch { continue }
      // Two names of one file: a rename does nothing, and leaves both.
      if let copy { Folder.discard(copy) }
    }
    asides.forEach(Folder.discard)
    for folder in made.reversed() { Folder.remove(folder, files: []) }
  }

  private func done() throws {
    for case (_, let copy?) in saved { try Folder.delete(copy) }
    for work in tidying { work() }
  }
}

// MARK: One change

extension Steps {
  func delete(_ path: String) throws {
    try save(path)
    try Folder.delete(path)
  }

  func rename(_ path: String, to other: String) throws {
    try save(path)
    try save(other)
    try Folder.rename(path, to: other)
  }

  func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws {
    try save(path)
    try TextFile.write(bytes, to: path, mode: mode)
  }

  /// Makes a link where nothing is.
  func link(_ target: String, at path: String) throws {
    try save(path)
    try Folder.symlink(target, at: path)
  }

  /// Makes a folder and those above it.
  func make(_ path: String) throws {
    let above = Folder.parent(path)
    if File.kind(above) == .nothing, above != path { try make(above) }
    try Folder.make(path)
    made.append(path)
  }

  private func save(_ path: String) throws { try save(path, as: path + ".bet-old") }

  /// Whether a name is one that changes have on their way.
  static func isTemporary(_ name: String) -> Bool { name.hasSuffix(".bet-old") || name.hasSuffix(".bet-new") }
}
