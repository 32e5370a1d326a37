import BetAttribution
import LedgerSupport
import TestSupport
import Testing

/// A repository in which anything happens: commits with random trees and messages, ship branches that move on, jump
/// back or vanish, linked branches, a ledger that changes, damaged caches, objects that are thrown away.
///
/// What each commit is was written down when it was made; only what the branches reach is asked of git.
struct RandomShipping {
  struct Made {
    let tree: String
    let parents: [String]
    let bets: [String]
    let buried: [String]
    /// The branch that it says it has merged.
    let merged: String?
    /// Of the author, as everybody here is one and the same.
    let minute: Int
  }

  let scene: Scene
  private let trees: [String]
  private let lies: Bool
  private(set) var made: [String: Made] = [:]
  private var order: [String] = []
  private var dice: Dice
  private var minute = 0

  private static let ships = ["refs/remotes/origin/main", "refs/remotes/origin/release/1"]
  private static let topics = ["topic", "bet/other"]
  private static let bets = ["search", "ranking", "other"]

  init(seed: UInt64) throws {
    dice = Dice(state: seed)
    lies = seed % 3 == 0
    scene = try Scene()
    let git = scene.clone
    trees = try (0..<4).map { number in
      if number == 0 { return try git.git("mktree").line }
      let blob = try git.git("hash-object", "-w", "--stdin", input: "\(number)\n").line
      return try git.git("mktree", input: "100644 blob \(blob)\tfile\n").line
    }
    // The trees stay when everything else is thrown away.
    for (number, tree) in trees.enumerated() { try git.git("update-ref", "refs/keep/\(number)", tree) }
    try scene.declare("search")
    for _ in 0..<3 { try commit() }
  }

  /// Lets one thing happen, and says what.
  mutating func step() throws -> String {
    switch Int.random(in: 0..<100, using: &dice) {
    case 0..<35:
      try commit()
      if dice.chance(80), let newest = order.last { try move(RandomShipping.ships[0], to: newest) }
      return "commit"
    case 35..<50:
      let ref = dice.pick(RandomShipping.ships)
      try move(ref, to: dice.pick(order))
      return "force \(ref)"
    case 50..<55:
      let ref = dice.pick(RandomShipping.ships)
      try scene.clone.git("update-ref", "-d", ref)
      return "delete \(ref)"
    case 55..<68:
      let ref = dice.pick(["refs/heads/", "refs/remotes/origin/"]) + dice.pick(RandomShipping.topics)
      if dice.chance(15) {
        try scene.clone.git("update-ref", "-d", ref)
      } else {
        try move(ref, to: dice.pick(order))
      }
      return "move \(ref)"
    case 68..<84: return try changeLedger()
    case 84..<90:
      try throwAway()
      return "gc"
    default:
      let file = dice.pick(["index", "digests"])
      try damage(file)
      return "damage \(file)"
    }
  }

  private mutating func commit() throws {
    let near = order.suffix(5)
    let parents =
      order.isEmpty || dice.chance(4)
      ? []
      : Set(
        (0..<dice.pick([1, 1, 1, 2])).map { _ in
          dice.chance(60) ? near[near.endIndex - 1] : dice.pick(Array(near))
        }
      ).sorted()
    let merged = dice.chance(60) ? dice.pick(RandomShipping.topics + ["bet/search"]) : nil
    var says = "commit \(order.count)\n"
    if let merged { says = "Merge branch '\(merged)' into \(order.count)\n" }
    var buried: [String] = []
    var bets: [String] = []
    if dice.chance(25) {
      buried = [dice.pick(RandomShipping.bets)]
      says += "\n    Bet: \(buried[0])\n\nas it was\n"
    }
    if dice.chance(25) {
      bets = (0..<dice.pick([1, 1, 2])).map { _ in dice.pick(RandomShipping.bets + ["none", "Not An Id"]) }
      says += "\n" + bets.map { "Bet: \($0)\n" }.joined()
    }
    let tree = dice.pick(trees)
    let git = scene.clone
    let minutes = lies && dice.chance(50) ? -Int.random(in: 1...90, using: &dice) : 1
    git.advanceClock(minutes: minutes)
    minute += minutes
    let id = try git.git(
      ["commit-tree", tree] + parents.flatMap { ["-p", $0] }, input: Array(says.utf8)
    ).line
    // The same content in the same minute is the same commit.
    if made[id] == nil { order.append(id) }
    made[id] = Made(
      tree: tree, parents: parents, bets: bets, buried: buried.filter { !bets.contains($0) },
      merged: parents.count > 1 ? merged : nil, minute: minute)
  }

  private func move(_ ref: String, to id: String) throws { try scene.clone.git("update-ref", ref, id) }

  private mutating func changeLedger() throws -> String {
    let bet = dice.pick(RandomShipping.bets)
    guard try scene.ledger().bet(BetID(bet)) != nil else {
      try scene.declare(bet)
      return "declare \(bet)"
    }
    if dice.chance(20) {
      // As if a fetch had brought it; the two may differ from now on.
      let own = try scene.clone.tryGit("rev-parse", "--verify", "-q", "refs/bets/\(bet)")
      if own.status == 0 { try move("refs/bets-remote/origin/\(bet)", to: own.line) }
      return "stage \(bet)"
    }
    var value = Event.Value(.branch, dice.pick(RandomShipping.topics))
    let kind: Event.Kind = dice.chance(75) ? .linked : .unlinked
    var covers: [Event.Value] = []
    if dice.chance(50) {
      value = .init(.commit, dice.pick(order))
      if kind == .linked, dice.chance(60) { covers = [.init(.covers, try covered(value.text))] }
    }
    try scene.append(Event(kind, in: bet, subject: "link", values: [value] + covers))
    if dice.chance(15) { try scene.clone.git("update-ref", "refs/bets/\(bet)", "refs/bets/\(bet)~1") }
    return "\(kind.name) \(value.text)"
  }

  /// As the event tells what a commit changes.
  private func covered(_ id: String) throws -> String {
    let oid = try #require(ObjectID(hex: id))
    let commit = try #require(try scene.repository().commit(oid))
    let changes = try Attribution(scene.site()).changes
    let change = try changes.step(of: commit).flatMap { try changes.id(of: $0) }
    return CoveredCommit(commit.id, change: change, authorTime: commit.author?.time).text
  }

  private mutating func throwAway() throws {
    let git = scene.clone
    try git.git("reflog", "expire", "--expire=now", "--all")
    try git.git("gc", "-q", "--prune=now")
    let answers = try git.git("cat-file", "--batch-check", input: order.map { $0 + "\n" }.joined()).text
    let kept = Set(
      answers.split(separator: "\n").filter { !$0.hasSuffix("missing") }.map { String($0.prefix(40)) })
    order.removeAll { !kept.contains($0) }
    if order.isEmpty { try commit() }
  }

  private mutating func damage(_ file: String) throws {
    let path = scene.clone.path + "/.git/bet/" + file
    guard var bytes = try? readFile(path), !bytes.isEmpty else { return }
    switch Int.random(in: 0..<4, using: &dice) {
    case 0: bytes.removeLast(Int.random(in: 1...bytes.count, using: &dice))
    case 1: bytes[Int.random(in: bytes.indices, using: &dice)] ^= 1 << UInt8.random(in: 0..<8, using: &dice)
    case 2: bytes += [0]
    default: bytes = (0..<300).map { _ in UInt8.random(in: 0...255, using: &dice) }
    }
    try writeFile(path, bytes, mode: 0o666)
  }

  // MARK: Two answers

  func attributed() throws -> Set<String> {
    let attribution = Attribution(try scene.site())
    var found: Set<String> = []
    for bet in try RandomShipping.bets.map({ try BetID($0) }) {
      let commits = try attribution.commits(of: bet)
      #expect(commits.map(\.time) == commits.map(\.time).sorted())
      for commit in commits {
        #expect(found.insert("\(bet) \(commit.id) \(commit.source)").inserted)
        #expect(try attribution.bets(of: commit.id).contains(bet))
      }
      #expect(try attribution.shipment(of: bet)?.commit == commits.first?.id)
    }
    return found
  }

  /// By looking at every commit there is.
  func expected() throws -> Set<String> {
    let refs = Set(
      try scene.clone.git("for-each-ref", "--format=%(refname)").text.split(separator: "\n").map(String.init))
    let ships = RandomShipping.ships.filter(refs.contains)
    let shipped =
      ships.isEmpty
      ? [] : try scene.clone.git(["rev-list"] + ships).text.split(separator: "\n").map(String.init)
    let bets = try scene.ledger().readableBets()
    var tips: [(tip: String, bet: String)] = []
    for topic in RandomShipping.topics {
      let linked = bets.first { $0.linkedBranches.contains(topic) }?.id.name
      guard let bet = linked ?? (topic.hasPrefix("bet/") ? String(topic.dropFirst(4)) : nil) else { continue }
      for ref in ["refs/heads/\(topic)", "refs/remotes/origin/\(topic)"] where refs.contains(ref) {
        let tip = try scene.clone.id(ref)
        if !shipped.contains(tip) { tips.append((tip, bet)) }
      }
    }
    let histories = Dictionary(tips.map { ($0.tip, ancestors(of: $0.tip)) }) { $1 }
    let merges = shipped.compactMap { id -> (tip: String, bet: String, brought: Set<String>)? in
      guard let merge = made[id], let topic = merge.merged else { return nil }
      let linked = bets.first { $0.linkedBranches.contains(topic) }?.id.name
      guard let bet = linked ?? (topic.hasPrefix("bet/") ? String(topic.dropFirst(4)) : nil) else {
        return nil
      }
      let brought = ancestors(of: merge.parents[1]).subtracting(ancestors(of: merge.parents[0]))
      return (merge.parents[1], bet, brought)
    }
    let claimed = Set(histories.values.joined()).subtracting(shipped)
    var found: Set<String> = []
    for id in shipped {
      let commit = try #require(made[id])
      let buried = commit.buried.filter { name in
        bets.contains { bet in bet.id.name == name && !bet.unlinkedCommits.contains { $0.hex == id } }
      }
      var linked = bets.filter { $0.linkedCommits.contains { $0.hex == id } }.map(\.id.name)
      if linked.isEmpty {
        let known = Set(bets.flatMap { $0.linkedChanges.filter { $0.value.change != nil }.keys.map(\.hex) })
          .filter { isCopy(id, of: $0) }
        linked = bets.filter { $0.linkedCommits.contains { known.contains($0.hex) } }.map(\.id.name)
      }
      // Of the branches that have the original and not the copy the lowest.
      let originals = claimed.filter { isCopy(id, of: $0) }
      let copied = Set(
        originals.flatMap { original in
          let claiming = tips.filter {
            histories[$0.tip]?.contains(original) == true && histories[$0.tip]?.contains(id) == false
          }
          return claiming.filter { upper in
            !claiming.contains { $0.tip != upper.tip && histories[upper.tip]?.contains($0.tip) == true }
          }.map(\.bet)
        })
      let squashed = Set(tips.filter { isSquash(id, of: $0.tip) }.map(\.bet))
      let said = Set(commit.bets).subtracting(["none", "Not An Id"])
      for name in said { found.insert("\(name) \(id) trailer") }
      for name in buried { found.insert("\(name) \(id) buried") }
      guard commit.bets.isEmpty, buried.isEmpty else { continue }
      let bringing = merges.filter { $0.brought.contains(id) }
      let lowest = bringing.filter { upper in
        !bringing.contains { $0.tip != upper.tip && ancestors(of: upper.tip).contains($0.tip) }
      }
      let (names, how) =
        if !linked.isEmpty {
          (Set(linked), "linked")
        } else if !originals.isEmpty {
          (copied, "copy")
        } else {
          squashed.isEmpty ? (Set(lowest.map(\.bet)), "merged") : (squashed, "squash")
        }
      for name in names { found.insert("\(name) \(id) \(how)") }
    }
    return found
  }

  /// The trees before and after; with one file each no two steps are the same change.
  private func step(_ id: String) -> [String] {
    let before = made[id]?.parents.first.flatMap { made[$0]?.tree } ?? trees[0]
    return [before, made[id]?.tree ?? ""]
  }

  private func isCopy(_ id: String, of original: String) -> Bool {
    let step = step(id)
    return id != original && step[0] != step[1] && step == self.step(original)
      && made[id]?.minute == made[original]?.minute
  }

  /// By the tree, or by the change since the two parted at one commit.
  private func isSquash(_ id: String, of tip: String) -> Bool {
    let step = step(id)
    let (own, branch) = (ancestors(of: id), ancestors(of: tip))
    guard step[0] != step[1], !own.contains(tip), !branch.contains(id) else { return false }
    if made[tip]?.tree == step[1] { return true }
    guard let parent = made[id]?.parents.first else { return false }
    let below = ancestors(of: parent)
    let edge = Set(branch.subtracting(below).flatMap { made[$0]?.parents ?? [] }).intersection(below)
    let youngest = edge.filter { base in !edge.contains { $0 != base && ancestors(of: $0).contains(base) } }
    guard youngest.count == 1, let base = youngest.first else { return false }
    return [made[base]?.tree ?? "", made[tip]?.tree ?? ""] == step
  }

  /// With itself.
  private func ancestors(of id: String) -> Set<String> {
    var found: Set<String> = []
    var queue = [id]
    while let next = queue.popLast() {
      if found.insert(next).inserted { queue += made[next]?.parents ?? [] }
    }
    return found
  }
}

extension Run {
  /// The first line.
  fileprivate var line: String { String(text.prefix { $0 != "\n" }) }
}
