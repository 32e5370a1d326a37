import GitFormats

/// An event as it stands in the ledger: with its place in the history, who wrote it and when.
package struct Entry: Hashable, Sendable {
  package let id: ObjectID
  package let parents: [ObjectID]
  package let author: String
  /// The author's mail address; empty when the commit has none.
  package let email: String
  /// Whether it carries a signature, whatever that is worth.
  package let isSigned: Bool
  /// Seconds since 1970, as the author's clock said.
  package let time: Int64
  package let event: Result<Event, EventProblem>

  package init(
    id: ObjectID, parents: [ObjectID], author: String, email: String = "", isSigned: Bool = false,
    time: Int64,
    event: Result<Event, EventProblem>
  ) {
    self.id = id
    self.parents = parents
    self.author = author
    self.email = email
    self.isSigned = isSigned
    self.time = time
    self.event = event
  }

  /// The same event of somebody who is called otherwise now.
  package func by(_ author: String, email: String) -> Entry {
    Entry(
      id: id, parents: parents, author: author, email: email, isSigned: isSigned, time: time, event: event)
  }

  /// The event; nil when it is damaged.
  package var readable: Event? { try? event.get() }

  /// What it says of a field; nothing when it takes the field away.
  package func values(of field: TrailerName) -> [String] {
    readable?.values(of: field) ?? []
  }
}

/// The entries of one diary, all heads together, with what the fold asks of them.
package struct Diary: Sendable {
  /// In the order in which they apply: `Seq`, then the author's clock, then the object id.
  ///
  /// The causal order comes first: a `Seq` is greater than those of all parents. A damaged entry has no `Seq`
  /// and comes last.
  package let entries: [Entry]
  private let positions: [ObjectID: Int]

  package init(_ entries: some Sequence<Entry>) {
    self.entries = entries.sorted {
      ($0.readable?.seq ?? .max, $0.time, $0.id) < ($1.readable?.seq ?? .max, $1.time, $1.id)
    }
    positions = Dictionary(uniqueKeysWithValues: self.entries.enumerated().map { ($1.id, $0) })
  }

  /// The `Seq` of an event on top of all of them.
  package var nextSeq: Int { 1 + (entries.compactMap { $0.readable?.seq }.max() ?? 0) }
  package var damaged: [Entry] { entries.filter { $0.readable == nil } }
  /// The entries that nothing descends from, by id: an event written on top of all of them joins them.
  package var tops: [ObjectID] {
    let parents = Set(entries.flatMap(\.parents))
    return entries.map(\.id).filter { !parents.contains($0) }.sorted()
  }

  package subscript(_ id: ObjectID) -> Entry? { positions[id].map { entries[$0] } }

  /// The entries among those that satisfy `matters` from which no other such entry descends.
  ///
  /// Linear: every ancestor is visited once, whatever the number of heads. A damaged entry still carries the
  /// history through.
  func latest(where matters: (Event) -> Bool) -> [Entry] {
    latest(among: entries.filter { $0.readable.map(matters) ?? false })
  }

  func latest(among chosen: [Entry]) -> [Entry] {
    guard chosen.count > 1 else { return chosen }
    var superseded: Set<ObjectID> = []
    var queue = chosen.flatMap(\.parents)
    while let id = queue.popLast() {
      guard superseded.insert(id).inserted, let entry = self[id] else { continue }
      queue += entry.parents
    }
    return chosen.filter { !superseded.contains($0.id) }
  }
}
