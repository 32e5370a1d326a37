import Bets
import Git

/// The files in which lines of open bets may stand: what a push is asked first, as nearly every push meets none of them.
///
/// An answer errs on one side only: a bet that is not named has no line that the work could rewrite, of one that is named
/// the ``OverlapFinder`` tells. Cost of a question: one difference of trees for each run of commits and a search by halves
/// for each changed file, whatever the number of bets.
package struct Grounds {
  /// Whoever is open and has shipped something, sorted.
  package let bets: [BetID]
  /// The tree of the oldest of their commits: what stood there is nobody's continuation.
  package let oldest: ObjectID?
  /// A tree of the ship branch, and the bets' files that are not there: maybe somebody has renamed them.
  let reference: ObjectID?
  let gone: [Gone]
  /// The hash of a path (8 bytes) and the number of a bet (4) for each file that a bet's commit touched, and for each
  /// folder that such a file lies in, sorted.
  let rows: ArraySlice<UInt8>

  struct Gone: Hashable {
    let path: [UInt8]
    let bet: Int
  }

  static let width = 12

  package var isEmpty: Bool { bets.isEmpty }

  /// The bets whose files some commits change, or may change under another name; sorted.
  package func met(by commits: [RawCommit], in repository: Repository) throws(GitError) -> [BetID] {
    var met: Set<Int> = []
    let trees = TreeReader(repository)
    for step in try OverlapStep.steps(of: commits, in: repository) {
      guard let step else { return bets }
      let diff = try repository.treeDiff(from: step.before, to: step.after, entering: isFolder)
      if diff.gap != nil { return bets }
      for change in diff.changes where change.touchesLines { met.formUnion(numbers(at: change.path)) }
      guard let before = step.before, let oldest else { continue }
      guard let renamed = try missing(in: before, repository, trees) else { return bets }
      if renamed.isSubset(of: met) { continue }
      // Under another name a file may be anywhere.
      let all = try repository.treeDiff(from: before, to: step.after)
      if all.gap != nil { return bets }
      for change in all.changes where change.touchesLines {
        guard try trees.entry(at: change.path, in: oldest) == nil else { continue }
        met.formUnion(renamed)
        break
      }
    }
    return met.sorted().map { bets[$0] }
  }

  /// The bets of which a tree does not have some file; nil when that cannot be told.
  private func missing(
    in tree: ObjectID, _ repository: Repository, _ trees: TreeReader
  ) throws(GitError) -> Set<Int>? {
    guard let reference, tree != reference else { return Set(gone.map(\.bet)) }
    var missing: Set<Int> = []
    for file in gone where try trees.entry(at: file.path, in: tree) == nil { missing.insert(file.bet) }
    let diff = try repository.treeDiff(from: reference, to: tree, entering: isFolder)
    if diff.gap != nil { return nil }
    for change in diff.changes where change.newBlob == nil { missing.formUnion(numbers(at: change.path)) }
    return missing
  }

  // MARK: The rows

  /// The numbers of the bets that have touched a file; of others, too, where two paths have one hash.
  private func numbers(at path: [UInt8]) -> Set<Int> { Set(marks(at: path).filter(bets.indices.contains)) }

  /// Whether a file of some bet lies in a folder, at any depth.
  private func isFolder(_ path: [UInt8]) -> Bool { marks(at: path).contains(Grounds.folder) }

  /// In the place of a bet's number.
  private static let folder = Int(UInt32.max)

  private func marks(at path: [UInt8]) -> [Int] {
    let wanted = FNV(path).hash
    return unsafe rows.withUnsafeBytes { bytes in
      func hash(_ row: Int) -> UInt64 {
        unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: row * Grounds.width, as: UInt64.self))
      }
      let count = bytes.count / Grounds.width
      var (low, high) = (0, count)
      while low < high {
        let middle = (low + high) / 2
        if hash(middle) < wanted { low = middle + 1 } else { high = middle }
      }
      var found: [Int] = []
      while low < count, hash(low) == wanted {
        let place = low * Grounds.width + 8
        found.append(
          Int(UInt32(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))))
        low += 1
      }
      return found
    }
  }
}

extension FileChange {
  /// What is new stands on nothing, and a mode or a move changes no line.
  fileprivate var touchesLines: Bool { oldBlob != nil && oldBlob != newBlob }
}

// MARK: Making

extension Grounds {
  /// Nil when what some commit changed cannot be told: then each push has to be told so.
  ///
  /// Every file that a commit touched is kept, not the last name of each alone: work may stand on an older commit.
  init?(of territories: [BetID: Territory], reference: ObjectID?, in repository: Repository) throws(GitError)
  {
    var rows: [(hash: UInt64, bet: Int)] = []
    var folders: Set<[UInt8]> = []
    var gone: Set<Gone> = []
    var oldest: RawCommit?
    let (bets, trees) = (territories.keys.sorted(), TreeReader(repository))
    for (number, bet) in bets.enumerated() {
      guard let territory = territories[bet], territory.incomplete.isEmpty else { return nil }
      for path in Set(territory.rows.map(\.path)) {
        rows.append((FNV(path).hash, number))
        for end in path.indices where path[end] == UInt8(ascii: "/") { folders.insert(Array(path[...end])) }
        if let reference, try trees.entry(at: path, in: reference) == nil {
          gone.insert(Gone(path: path, bet: number))
        }
      }
      if let first = territory.rows.first, let commit = try repository.commit(first.commit),
        commit.commitTime < oldest?.commitTime ?? .max
      {
        oldest = commit
      }
    }
    for folder in folders { rows.append((FNV(folder).hash, Grounds.folder)) }
    var writer = CacheWriter()
    for row in rows.sorted(by: { ($0.hash, $0.bet) < ($1.hash, $1.bet) }) {
      writer.add(row.hash)
      writer.add(UInt32(row.bet))
    }
    self.init(
      bets: bets, oldest: oldest?.tree, reference: reference,
      gone: gone.sorted { ($0.bet, FNV($0.path).hash) < ($1.bet, FNV($1.path).hash) }, rows: writer.bytes[...]
    )
  }
}
