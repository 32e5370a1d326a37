import TestSupport
import Testing

/// Work of a bet that may not ship gets to main in random ways: what belongs to whom is written down as it is done, and the
/// push is stopped just where that says so.
@Suite("whatever way work gets to main") struct RandomLandingTests {
  /// What one commit on main is, that the remote does not have.
  private enum Pending: Hashable {
    case other
    /// It builds these parts of the bet, or takes them out.
    case builds(Set<Int>)
    case removes(Set<Int>)
  }

  private struct World {
    let repository: TestRepository
    var dice: Dice
    /// The commits of the branch, by part.
    var branch: [String] = []
    var pending: [Pending] = []
    /// The parts that stand on main.
    var present: Set<Int> = []
    /// What could be reverted: commits on main with one parent, and their parts.
    var landed: [(id: String, parts: Set<Int>)] = []
    var removed: [(id: String, parts: Set<Int>)] = []
    var others = 0
    var happened: [String] = []

    var head: String { get throws { try repository.id("HEAD") } }
    /// What stands of the bet at the tip and came with this push.
    var isStopped: Bool {
      pending.contains { if case .builds(let parts) = $0 { !parts.isDisjoint(with: present) } else { false } }
    }
  }

  @Test(arguments: 1...12) func `it is stopped where it is work of the bet, and only there`(seed: UInt64)
    throws
  {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.declare("ranking", on: "search")
    var world = World(repository: repository, dice: Dice(state: seed))
    try repository.git("branch", "bet/ranking")
    try addToBranch(&world)
    // Main goes its own way: else the first copy would be the very commit of the branch, by the same clock.
    try repository.commit("other\n", file: "first")
    try repository.git("push", "-q", "origin", "main")
    var answers: Set<Bool> = []
    for _ in 0..<22 {
      try step(&world)
      guard world.dice.chance(40), !world.pending.isEmpty else { continue }
      let push = try repository.tryGit("push", "-q", "origin", "main")
      let isStopped = world.isStopped
      #expect(
        isStopped ? push.stops("follow-on") : push.status == 0,
        "\(world.happened)\n\(world.pending) \(world.present)\n\(push.errorText)")
      answers.insert(isStopped)
      if isStopped {
        if world.dice.chance(50) {
          try repository.bet("override", "--because", "it was agreed")
          let again = try repository.tryGit("push", "-q", "origin", "main")
          #expect(again.status == 0 && again.errorText.contains("overridden"), "\(again.errorText)")
          world.happened.append("override, push")
        } else {
          try repository.git("push", "-q", "--no-verify", "origin", "main")
          world.happened.append("push past the gate")
        }
      } else {
        world.happened.append("push")
      }
      world.pending = []
    }
    #expect(answers.contains(true), "\(world.happened)")
    // A merge brings the branch's own commits, whatever was done with copies of them.
    try addToBranch(&world)
    try repository.git("merge", "-q", "--no-ff", "--no-edit", "bet/ranking")
    let merged = try repository.tryGit("push", "-q", "origin", "main")
    #expect(merged.stops("follow-on"), "\(world.happened)\n\(merged.errorText)")
  }

  private func step(_ world: inout World) throws {
    let repository = world.repository
    switch Int.random(in: 0..<100, using: &world.dice) {
    case 0..<20:
      world.others += 1
      try repository.commit("other\n", file: "other\(world.others)")
      world.pending.append(.other)
      world.happened.append("other")
    case 20..<35: try addToBranch(&world)
    case 35..<55:
      let absent = world.branch.indices.filter { !world.present.contains($0) }
      guard let part = absent.randomElement(using: &world.dice) else { return }
      try repository.git("cherry-pick", world.branch[part])
      try land([part], "cherry-pick", &world)
    case 55..<65:
      guard world.present.isEmpty else { return }
      try repository.git("merge", "-q", "--squash", "bet/ranking")
      let author = ["-c", "core.hooksPath=/dev/null", "commit", "-q", "--author", "Host <host@example.org>"]
      try repository.git(author + ["-m", "all of it"])
      try land(Set(world.branch.indices), "squash", &world)
    case 65..<80:
      guard let position = world.landed.indices.randomElement(using: &world.dice) else { return }
      let (id, parts) = world.landed.remove(at: position)
      guard parts.isSubset(of: world.present) else { return }
      try repository.git("revert", "--no-edit", id)
      world.present.subtract(parts)
      world.pending.append(.removes(parts))
      world.removed.append((try world.head, parts))
      world.happened.append("revert \(parts)")
    default:
      guard let position = world.removed.indices.randomElement(using: &world.dice) else { return }
      let (id, parts) = world.removed.remove(at: position)
      guard parts.isDisjoint(with: world.present) else { return }
      try repository.git("revert", "--no-edit", id)
      try land(parts, "revert of the revert", &world)
    }
  }

  private func land(_ parts: Set<Int>, _ how: String, _ world: inout World) throws {
    world.present.formUnion(parts)
    world.pending.append(.builds(parts))
    world.landed.append((try world.head, parts))
    world.happened.append("\(how) \(parts)")
  }

  /// One commit more on the branch, which names its bet or does not.
  private func addToBranch(_ world: inout World) throws {
    let repository = world.repository
    let part = world.branch.count
    try repository.git("switch", "-q", "bet/ranking")
    let lines = (1...3).map { "let part\(part)line\($0) = rank()\n" }.joined()
    try repository.write("part\(part).swift", lines)
    try repository.git("add", ".")
    let says = world.dice.chance(50) ? "part \(part)\n\nBet: ranking" : "part \(part)"
    try repository.git("-c", "core.hooksPath=/dev/null", "commit", "-q", "-m", says)
    world.branch.append(try world.head)
    try repository.git("switch", "-q", "main")
    world.happened.append("part \(part)")
  }
}
