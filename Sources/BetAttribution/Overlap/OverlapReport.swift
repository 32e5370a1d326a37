import Bets
import Git

/// What work does to the lines of one open bet in one file.
package struct Overlap: Sendable {
  package let bet: BetID
  /// The path byte for byte, as it is in what the work stands on.
  package let path: [UInt8]
  /// The bet's lines that the work deletes or replaces, with the commit that brought them; none is empty.
  ///
  /// They have the numbers that they had when the commit was made, as `git blame` tells them: lines that are met twice
  /// are one.
  package internal(set) var rewritten: [ObjectID: RangeSet<Int>] = [:]
  /// The bet's lines right after something that the work puts in, where the line before is the bet's as well.
  package internal(set) var beside: [ObjectID: RangeSet<Int>] = [:]

  init(bet: BetID, path: [UInt8]) {
    self.bet = bet
    self.path = path
  }

  mutating func add(
    _ lines: RangeSet<Int>, of commit: ObjectID, to kind: WritableKeyPath<Overlap, [ObjectID: RangeSet<Int>]>
  ) {
    if !lines.isEmpty { self[keyPath: kind][commit, default: RangeSet()].formUnion(lines) }
  }

  /// How many of the bet's lines are concerned.
  package var lineCount: Int {
    rewritten.merging(beside) { $0.union($1) }.values.reduce(0) { $0 + $1.lineCount }
  }
}

/// The overlaps of some work with open bets, and what was not looked at.
package struct OverlapReport: Sendable {
  /// Why nothing is said about a file.
  package enum Reason: String, Sendable {
    case binary
    /// More than a mebibyte or 50,000 lines.
    case tooLarge = "too large"
    /// A blob or a tree that is not here, as in a partial clone; nothing is fetched.
    case missing
    /// The work that is allowed for one answer is used up.
    case tooMuch = "too much"
    /// Some commits of the bet could not be compared with their parents.
    case incomplete
  }

  /// A file that both the work and a bet changed, of which the lines could not be told.
  package struct Unjudged: Hashable, Sendable {
    package let bet: BetID?
    /// Nil for all of a commit's files.
    package let path: [UInt8]?
    package let reason: Reason
  }

  /// By bet and path; one for each pair.
  package private(set) var overlaps: [Overlap] = []
  /// In the order in which they were met, each once.
  package private(set) var unjudged: [Unjudged] = []

  mutating func leftOut(_ file: Unjudged) {
    if !unjudged.contains(file) { unjudged.append(file) }
  }

  mutating func add(_ overlap: Overlap) {
    if overlap.lineCount == 0 { return }
    guard let known = overlaps.firstIndex(where: { $0.bet == overlap.bet && $0.path == overlap.path }) else {
      overlaps.append(overlap)
      return
    }
    overlaps[known].rewritten.merge(overlap.rewritten) { $0.union($1) }
    overlaps[known].beside.merge(overlap.beside) { $0.union($1) }
  }

  /// Keeps the bets of which that many lines are concerned.
  mutating func keep(_ isOverlap: (Int) -> Bool) {
    var counts: [BetID: Int] = [:]
    for overlap in overlaps { counts[overlap.bet, default: 0] += overlap.lineCount }
    overlaps.removeAll { !isOverlap(counts[$0.bet] ?? 0) }
  }
}
