import Bets
import TestSupport

/// A diary that grows event by event; each goes through its message, as in a repository.
struct History {
  let name: String
  private(set) var entries: [Entry] = []
  /// What the next event stands on, unless it says otherwise.
  var heads: [ObjectID] = []
  private var seqs: [ObjectID: Int] = [:]
  private let firstID: Int

  init(_ name: String, firstID: Int = 1) {
    self.name = name
    self.firstID = firstID
  }

  /// Seconds since 1970 of the first event; each later one comes a minute after the one before.
  static let start: Int64 = 1_767_225_600

  @discardableResult
  mutating func add(
    _ kind: Event.Kind, _ values: KeyValuePairs<TrailerName, String> = [:], body: String = "why",
    subject: String = "title", on parents: [ObjectID]? = nil, time: Int64? = nil
  ) throws -> ObjectID {
    let parents = parents ?? heads
    let event = Event(
      kind, in: name, seq: 1 + largestSeq(parents), subject: subject, body: body,
      values: values.map { Event.Value($0.key, $0.value) })
    return add(message: Array(try event.message(isRoot: parents.isEmpty).utf8), on: parents, time: time)
  }

  /// Adds what any bytes give when they are read back.
  @discardableResult
  mutating func add(message: [UInt8], on parents: [ObjectID]? = nil, time: Int64? = nil) -> ObjectID {
    let parents = parents ?? heads
    let largest = largestSeq(parents)
    let event = Result { () throws(EventProblem) -> Event in
      try Event(message: message, diary: name, largestParentSeq: largest, isRoot: parents.isEmpty)
    }
    let id = oid(firstID + entries.count)
    seqs[id] = (try? event.get())?.seq ?? largest
    let time = time ?? History.start + Int64(entries.count) * 60
    entries.append(Entry(id: id, parents: parents, author: "Ada", time: time, event: event))
    heads = [id]
    return id
  }

  @discardableResult
  mutating func declare(_ more: KeyValuePairs<TrailerName, String> = [:]) throws -> ObjectID {
    let claim: [(key: TrailerName, value: String)] = [
      (.if, "we build \(name)"), (.expect, "it rises to 5"), (.because, "people ask for it"),
    ]
    let event = Event(
      .declared, in: name, subject: "about \(name)",
      values: (claim + more.map { $0 }).map { Event.Value($0.key, $0.value) })
    return add(message: Array(try event.message(isRoot: true).utf8), on: [])
  }

  @discardableResult
  mutating func close(_ verdict: Verdict, on parents: [ObjectID]? = nil) throws -> ObjectID {
    try add(.closed, [.verdict: verdict.rawValue, .evidence: "the dashboard"], on: parents)
  }

  private func largestSeq(_ parents: [ObjectID]) -> Int { parents.compactMap { seqs[$0] }.max() ?? 0 }

  func bet() throws -> Bet? { Bet(try BetID(name), from: Diary(entries)) }
}

/// The message of an event, trailer by trailer, so that it can be spoiled.
func eventMessage(_ trailers: String..., body: String = "") -> [UInt8] {
  Array(("title\n\n" + (body.isEmpty ? "" : body + "\n\n") + trailers.joined(separator: "\n") + "\n").utf8)
}

struct Undeclared: Error {}

/// A declared bet in a state, folded from the events that bring it there.
func bet(
  _ name: String, _ state: Bet.State = .open, on below: String..., branches: [String] = [],
  saying more: KeyValuePairs<TrailerName, String> = [:]
) throws -> Bet {
  var history = History(name)
  let pairs = below.map { (TrailerName.buildsOn, $0) }
  let declared = Event(
    .declared, in: name, subject: "about \(name)",
    values: [.init(.if, "x"), .init(.expect, "it rises to 5"), .init(.because, "z")]
      + pairs.map { .init($0.0, $0.1) } + more.map { .init($0.key, $0.value) })
  history.add(message: Array(try declared.message(isRoot: true).utf8))
  for branch in branches { try history.add(.linked, [.branch: branch]) }
  switch state {
  case .open: break
  case .contested:
    let fork = history.heads
    let left = try history.close(.validated, on: fork)
    let right = try history.close(.invalidated, on: fork)
    history.heads = [left, right]
  case .validated: try history.close(.validated)
  case .invalidated: try history.close(.invalidated)
  case .inconclusive: try history.close(.inconclusive)
  case .abandoned: try history.close(.abandoned)
  }
  guard let bet = try history.bet(), bet.state == state else { throw Undeclared() }
  return bet
}
