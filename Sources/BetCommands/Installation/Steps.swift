import Bets
import Git

/// Changes of a few files that are taken back when one of them fails.
final class Steps {
  private var saved: [(path: String, copy: String?)] = []
  private var asides: [String] = []

  /// Remembers what is at a path, or that nothing is.
  func save(_ path: String, as copy: String) throws {
    let isThere = File.kind(path) != .nothing
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
