import Bets
import Git

extension OverlapFinder {
  /// The lines of a file that the commits of a bet brought; nil when that cannot be told.
  ///
  /// The file is looked for under its own path only.
  package func lines(of bet: BetID, at path: [UInt8], in blob: ObjectID) throws(GitError) -> RangeSet<Int>? {
    guard let bet = bets.first(where: { $0.id == bet }), let ends = bet.trails.ends[path] else {
      return RangeSet()
    }
    do throws(LineStore.Unreadable) {
      let all = RangeSet(lines: try store.text(blob).lineCount)
      return RangeSet(try store.origins(of: all, in: blob, bet.trails, ends).map(\.origin))
    } catch {
      switch error {
      case .because: return nil
      case .failed(let failure): throw failure
      }
    }
  }

  /// What a change does to the lines of a bet.
  func overlap(of file: TouchedFile, with bet: OpenBet, _ ends: [Int]) throws(LineStore.Unreadable) -> Overlap
  {
    let beside = RangeSet(file.places.map { ($0 - 1)..<($0 + 1) })
    let found = try store.origins(of: file.rewritten.union(beside), in: file.blob, bet.trails, ends)
    let all = RangeSet(found.map(\.origin))
    let inside = file.places.filter { all.contains($0 - 1) && all.contains($0) }
    let after = RangeSet(inside.map { $0..<($0 + 1) }).subtracting(file.rewritten)
    var overlap = Overlap(bet: bet.id, path: file.path)
    for line in found {
      overlap.add(line.numbers(of: file.rewritten), of: line.commit, to: \.rewritten)
      overlap.add(line.numbers(of: after), of: line.commit, to: \.beside)
    }
    return overlap
  }
}

/// Lines that a commit of a bet brought.
struct FoundLines {
  let commit: ObjectID
  /// Their numbers in the file that was asked about.
  let origin: Range<Int>
  /// The first one's number in the file as the commit left it.
  let first: Int

  /// The numbers, as the commit left them, of those that are among the lines of the file asked about.
  func numbers(of wanted: RangeSet<Int>) -> RangeSet<Int> {
    let shift = first - origin.lowerBound
    let chosen = wanted.intersection(RangeSet(origin))
    return RangeSet(chosen.ranges.map { ($0.lowerBound + shift)..<($0.upperBound + shift) })
  }
}

extension LineStore {
  /// Which of a blob's lines the commits of a territory brought, and which of them.
  ///
  /// From each end of a trail: one diff takes the lines from the blob to what was left last, and then each
  /// change in turn takes out the lines that it brought, for as long as any are left.
  func origins(of lines: RangeSet<Int>, in blob: ObjectID, _ trails: TerritoryTrails, _ ends: [Int])
    throws(LineStore.Unreadable) -> [FoundLines]
  {
    var found: [FoundLines] = []
    for end in ends {
      var traced = TracedLines(lines)
      _ = traced.goBack(through: try hunks(from: trails.rows[end].new, to: blob))
      for row in trails.trail(from: end) {
        if traced.isEmpty { break }
        let hunks: [LineHunk] =
          if let old = row.old { try self.hunks(from: old, to: row.new) } else { [(1..<1, 1..<Int.max)] }
        for (origin, lines) in traced.goBack(through: hunks) {
          found.append(FoundLines(commit: row.commit, origin: origin, first: lines.lowerBound))
        }
      }
    }
    return found
  }
}
