import Bets
import Git

/// Reads blobs and makes diffs once each, and only so many. What it has read it keeps, up to the limit.
final class LineStore {
  /// Why the lines of a file cannot be told.
  enum Unreadable: Error {
    case because(OverlapReport.Reason)
    case failed(GitError)
  }

  private struct Pair: Hashable {
    let old: ObjectID
    let new: ObjectID
  }

  private let repository: Repository
  private var blobs: [ObjectID: Blob] = [:]
  private var bags: [ObjectID: LineBag?] = [:]
  private var diffs: [Pair: [LineHunk]] = [:]
  /// How many bytes of text may still be read or compared: what bounds the time.
  private var left: Int
  /// What one diff may take of that at most, so that none takes all.
  private let mostForOne: Int
  /// What a step of a diff costs, in bytes that are read.
  private static let step = 4

  init(_ repository: Repository, limit: Int) {
    self.repository = repository
    left = limit
    mostForOne = limit / 8
  }

  /// For the order in which files are looked at; nil when it is not here.
  func size(of id: ObjectID) throws(GitError) -> Int? { try repository.blobSize(id) }

  func text(_ id: ObjectID) throws(Unreadable) -> TextBlob {
    switch try blob(id) {
    case .text(let text): return text
    case .binary: throw .because(.binary)
    case .tooLarge: throw .because(.tooLarge)
    case .missing: throw .because(.missing)
    }
  }

  /// The change between two blobs; a diff takes about as long as reading both.
  ///
  /// Whoever only indents a line or ends it otherwise has not written it.
  func hunks(from old: ObjectID, to new: ObjectID) throws(Unreadable) -> [LineHunk] {
    // To ask again has a price too: a trail may be walked from many ends.
    try spend(64)
    if old == new { return [] }
    let pair = Pair(old: old, new: new)
    if let known = diffs[pair] { return known }
    let (before, after) = (try text(old), try text(new))
    try spend(before.bytes.count + after.bytes.count + 1024)
    let most = min(left, mostForOne) / LineStore.step
    guard let steps = before.effort(ofDiffTo: after, most: most) else {
      try spend(most * LineStore.step)
      throw .because(.tooMuch)
    }
    try spend(steps * LineStore.step)
    let hunks: [LineHunk]
    do throws(GitError) { hunks = try before.hunks(to: after, ignoringBlanks: true) } catch {
      throw .failed(error)
    }
    diffs[pair] = hunks
    return hunks
  }

  /// The lines of a blob without their order; nil when they cannot be told.
  func bag(_ id: ObjectID) throws(GitError) -> LineBag? {
    if let known = bags[id] { return known }
    var made: LineBag?
    do throws(Unreadable) { made = LineBag(try text(id)) } catch {
      if case .failed(let failure) = error { throw failure }
    }
    bags.updateValue(made, forKey: id)
    return made
  }

  private func blob(_ id: ObjectID) throws(Unreadable) -> Blob {
    if let known = blobs[id] { return known }
    guard left > 0 else { throw .because(.tooMuch) }
    let read: Blob
    do throws(GitError) { read = try repository.blob(id) } catch { throw .failed(error) }
    if case .text(let text) = read { try spend(text.bytes.count) }
    blobs[id] = read
    return read
  }

  private func spend(_ bytes: Int) throws(Unreadable) {
    left -= bytes
    if left < 0 { throw .because(.tooMuch) }
  }
}
