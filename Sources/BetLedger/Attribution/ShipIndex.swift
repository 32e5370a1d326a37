import Git

/// What the history of the ship branches says of bets: facts about commits, whatever the ledger says of them today.
///
/// A fact holds for ever; only which commits the branches reach can change. Kept by ``ShipIndexer``.
struct ShipIndex: Equatable {
  /// A name in a commit's message.
  struct Saying: Hashable {
    let commit: OID
    /// The committer's clock.
    let time: Int64
    /// The position in ``names``.
    let name: Int
    /// Outside the trailer block, which names no bet.
    let isBuried: Bool
  }

  /// A commit that is the squash merge of a branch with that tip.
  struct Squash: Hashable {
    let tip: OID
    let commit: OID
    let time: Int64
  }

  /// The ship branches' tips, sorted: all that they reach has been read.
  var tips: [OID] = []
  /// Ids of bets, each once; the first is the empty text, for what is no id: `none`, or nonsense.
  var names = [""]
  /// Sorted by commit, then by name.
  var sayings: [Saying] = []
  /// The linked commits that were looked for; the committer's clock where the tips reach it, else nil.
  var linked: [OID: Int64?] = [:]
  /// The tips of linked branches whose squash merges were looked for.
  var branches: Set<OID> = []
  var squashes: Set<Squash> = []

  /// What a commit says, in no more than logarithmic time.
  func sayings(of commit: OID) -> ArraySlice<Saying> {
    var (low, high) = (0, sayings.count)
    while low < high {
      let middle = (low + high) / 2
      if sayings[middle].commit < commit { low = middle + 1 } else { high = middle }
    }
    return sayings[low...].prefix { $0.commit == commit }
  }
}

extension ShipIndex {
  /// Of the bytes below.
  static let version: UInt32 = 1
  static let sectionCount = 6

  /// Nil for what does not fit together.
  init?(sections: [ArraySlice<UInt8>]) {
    guard sections.count == ShipIndex.sectionCount else { return nil }
    var readers = sections.map { CacheReader($0) }
    guard let tips = readers[0].all({ $0.id() }), let names = readers[1].all({ $0.text() }),
      let sayings = readers[2].all({ Saying(&$0, names.count) }),
      let linked = readers[3].all({ reader in
        reader.id().flatMap { id in reader.number().map { (time: Int64) in (id, time) } }
      }),
      let branches = readers[4].all({ $0.id() }), let squashes = readers[5].all({ Squash(&$0) }),
      names.first == "", zip(sayings, sayings.dropFirst()).allSatisfy({ $0.precedes($1) })
    else { return nil }
    self.tips = tips
    self.names = names
    self.sayings = sayings
    self.linked = Dictionary(linked.map { ($0, $1 == .min ? nil : $1) }) { $1 }
    self.branches = Set(branches)
    self.squashes = Set(squashes)
  }

  var sections: [[UInt8]] {
    var writers = Array(repeating: CacheWriter(), count: ShipIndex.sectionCount)
    for tip in tips { writers[0].add(tip) }
    for name in names { writers[1].add(name) }
    writers[2].bytes.reserveCapacity(32 * sayings.count)
    for saying in sayings { saying.add(to: &writers[2]) }
    for (commit, time) in linked {
      writers[3].add(commit)
      writers[3].add(time ?? Int64.min)
    }
    for branch in branches { writers[4].add(branch) }
    for squash in squashes {
      writers[5].add(squash.tip)
      writers[5].add(squash.commit)
      writers[5].add(squash.time)
    }
    return writers.map(\.bytes)
  }
}

extension ShipIndex.Saying {
  func precedes(_ other: Self) -> Bool {
    commit != other.commit
      ? commit < other.commit : (name, isBuried ? 1 : 0) < (other.name, other.isBuried ? 1 : 0)
  }

  fileprivate init?(_ reader: inout CacheReader, _ names: Int) {
    guard let commit = reader.id(), let time: Int64 = reader.number(), let name: UInt32 = reader.number(),
      name >> 1 < names
    else { return nil }
    self.init(commit: commit, time: time, name: Int(name >> 1), isBuried: name & 1 == 1)
  }

  fileprivate func add(to writer: inout CacheWriter) {
    writer.add(commit)
    writer.add(time)
    writer.add(UInt32(name) << 1 | (isBuried ? 1 : 0))
  }
}

extension ShipIndex.Squash {
  fileprivate init?(_ reader: inout CacheReader) {
    guard let tip = reader.id(), let commit = reader.id(), let time: Int64 = reader.number() else {
      return nil
    }
    self.init(tip: tip, commit: commit, time: time)
  }
}
