import Bets
import Git

/// What the history of the ship branches says of bets: facts about commits, whatever the ledger says of them today.
///
/// A fact holds for ever; only which commits the branches reach can change. Kept by ``ShipIndexer``.
struct ShipIndex: Equatable {
  /// A commit that was made of a linked branch, or of a commit of one.
  struct Trace: Hashable {
    let source: Claims.Source
    let commit: ObjectID
    let time: Int64
  }

  /// A tip that a merge has brought, whose title says which branch it was.
  struct Merge: Hashable {
    let merge: ObjectID
    let tip: ObjectID
    /// The merge's first parent: what that reaches was not brought.
    let below: ObjectID
    let branch: String
  }

  /// The ship branches' tips, sorted: all that they reach has been read.
  var tips: [ObjectID] = []
  /// Ids of bets, each once; the first is the empty text, for what is no id: `none`, or nonsense.
  var names = [""]
  var sayings = Sayings()
  /// The linked commits that were looked for; the committer's clock where the tips reach it, else nil.
  var linked: [ObjectID: Int64?] = [:]
  /// The tips of linked branches whose traces were looked for.
  var branches: Set<ObjectID> = []
  /// Those of them that the ship branches reach.
  var merged: Set<ObjectID> = []
  var traces: Set<Trace> = []
  /// Whether the commits of each are among the traces: the branch had a bet when it was asked.
  var merges: [Merge: Bool] = [:]

  /// The bet that is named; nil for what is no id.
  func bet(_ saying: Saying) -> BetID? {
    names.indices.contains(saying.name) ? BetID(ifValid: names[saying.name]) : nil
  }
}

extension ShipIndex {
  /// Of the bytes below.
  static let version: UInt32 = 5
  static let sectionCount = 8

  /// Nil for what does not fit together.
  init?(sections: [ArraySlice<UInt8>]) {
    guard sections.count == ShipIndex.sectionCount else { return nil }
    var readers = sections.map { CacheReader($0) }
    guard let tips = readers[0].all({ $0.id() }), let names = readers[1].all({ $0.text() }),
      let sayings = Sayings(bytes: sections[2]),
      let linked = readers[3].all({ reader in
        reader.id().flatMap { id in reader.number().map { (time: Int64) in (id, time) } }
      }),
      let branches = readers[4].all({ $0.id() }), let traces = readers[5].all({ Trace(&$0) }),
      let merged = readers[6].all({ $0.id() }),
      let merges = readers[7].all({ reader in
        Merge(&reader).flatMap { merge in
          reader.number().map { (isFollowed: UInt8) in (merge, isFollowed == 1) }
        }
      }), names.first == ""
    else { return nil }
    self.tips = tips
    self.names = names
    self.sayings = sayings
    self.linked = Dictionary(linked.map { ($0, $1 == .min ? nil : $1) }) { $1 }
    self.branches = Set(branches)
    self.traces = Set(traces)
    self.merged = Set(merged)
    self.merges = Dictionary(merges) { $1 }
  }

  var sections: [[UInt8]] {
    var writers = Array(repeating: CacheWriter(), count: ShipIndex.sectionCount)
    for tip in tips { writers[0].add(tip) }
    for name in names { writers[1].add(name) }
    writers[2].bytes = Array(sayings.bytes)
    for (commit, time) in linked {
      writers[3].add(commit)
      writers[3].add(time ?? Int64.min)
    }
    for branch in branches { writers[4].add(branch) }
    for trace in traces {
      writers[5].add(UInt32(trace.source.kind.rawValue))
      writers[5].add(trace.source.commit)
      writers[5].add(trace.commit)
      writers[5].add(trace.time)
    }
    for tip in merged { writers[6].add(tip) }
    for (merge, isFollowed) in merges {
      for id in [merge.merge, merge.tip, merge.below] { writers[7].add(id) }
      writers[7].add(merge.branch)
      writers[7].add(UInt8(isFollowed ? 1 : 0))
    }
    return writers.map(\.bytes)
  }
}

extension ShipIndex.Trace {
  fileprivate init?(_ reader: inout CacheReader) {
    guard let number: UInt32 = reader.number(),
      let kind = UInt8(exactly: number).flatMap({ Claims.Source.Kind(rawValue: $0) }),
      let source = reader.id(), let commit = reader.id(), let time: Int64 = reader.number()
    else { return nil }
    self.init(source: Claims.Source(kind: kind, commit: source), commit: commit, time: time)
  }
}

extension ShipIndex.Merge {
  fileprivate init?(_ reader: inout CacheReader) {
    guard let merge = reader.id(), let tip = reader.id(), let below = reader.id(), let branch = reader.text()
    else { return nil }
    self.init(merge: merge, tip: tip, below: below, branch: branch)
  }

  /// What a commit says of the branches that it joins; none for what is no merge, or names no branch.
  static func all(in commit: RawCommit) -> [ShipIndex.Merge] {
    guard let below = commit.parents.first,
      let title = MergeTitle(commit.message, parents: commit.parents.count)
    else { return [] }
    return zip(commit.parents.dropFirst(), title.branches).map { tip, branch in
      ShipIndex.Merge(merge: commit.id, tip: tip, below: below, branch: branch)
    }
  }
}
