import BetGate
import TestSupport
import Testing

@Suite("the log of decisions") struct DecisionLogTests {
  private let scratch: ScratchDirectory
  private let log: DecisionLog

  init() throws {
    scratch = try ScratchDirectory()
    log = DecisionLog(commonDirectory: scratch.path)
  }

  private var path: String { scratch.path + "/bet/decisions" }

  private func run(_ time: Int64, process: String? = "12.345", digest: String = "abc") -> LoggedDecision.Run {
    LoggedDecision.Run(time: time, hook: "pre-push", process: process, digest: digest)
  }

  private func decision(
    _ run: LoggedDecision.Run, _ state: Decision.State = .unsatisfied, rules: [String] = [],
    ref: String = "refs/heads/main"
  ) throws -> LoggedDecision {
    let id = try #require(ObjectID(hex: String(repeating: "12", count: 20)))
    return LoggedDecision(
      run: run, state: state, rules: rules, tip: id, without: rules.isEmpty ? [] : [id, id], ref: ref)
  }

  @Test func `gives back what was written`() throws {
    let decisions = [
      try decision(run(1), .satisfied), try decision(run(2, process: nil), rules: ["follow-on", "lost"]),
      try decision(run(3), .error, ref: "refs/heads/ünïcode"),
    ]
    log.append(Array(decisions[..<2]))
    log.append([decisions[2]])
    log.append([])
    #expect(log.all() == decisions)
  }

  @Test func `keeps a ref's name on its line`() throws {
    log.append([try decision(run(1), ref: "refs/heads/a\nb\u{1B}[2J c")])
    #expect(log.all().map(\.ref) == [#"refs/heads/a\u{a}b\u{1b}[2J c"#])
  }

  @Test func `passes over lines that are none of ours`() throws {
    let mine = try decision(run(7))
    log.append([mine])
    let line = mine.line
    var garbage = Array("\n\n  \n# a comment\n9 pre-push - x satisfied - abc - refs/heads/x\n".utf8)
    for word in ["7 ", "pre-push", "unsatisfied", "121212", "refs/heads/main"] {
      garbage += Array(line.replacing(word, with: "").utf8) + [10]
    }
    garbage += [0xFF, 0xFE, 0x00, 10] + Array(line.utf8.prefix(60))
    try writeFile(path, garbage + [10] + Array(line.utf8) + [10] + Array(line.utf8.prefix(20)))
    #expect(log.all() == [mine])
    #expect(log.answer(to: run(8)) == .unsatisfied)
  }

  @Test func `answers the same process about the same push, within a minute`() throws {
    log.append([try decision(run(100), .satisfied), try decision(run(100), .satisfied)])
    log.append([try decision(run(101, process: "13.345"))])
    #expect(log.answer(to: run(100)) == .satisfied)
    #expect(log.answer(to: run(160)) == .satisfied)
    #expect(log.answer(to: run(161)) == nil)
    #expect(log.answer(to: run(99)) == nil)
    #expect(log.answer(to: run(100, process: nil)) == nil)
    #expect(log.answer(to: run(100, process: "12.346")) == nil)
    #expect(log.answer(to: run(100, digest: "abd")) == nil)
    #expect(log.answer(to: run(101, process: "13.345")) == .unsatisfied)
  }

  @Test func `tells pushes apart by arguments and input`() {
    let digests = [
      LoggedDecision.Run.digest(["origin", "url"], [1, 2]),
      LoggedDecision.Run.digest(["origin", "url"], [1]),
      LoggedDecision.Run.digest(["originurl"], [1, 2]),
      LoggedDecision.Run.digest(["origin", "urm"], [1, 2]),
      LoggedDecision.Run.digest([], []),
    ]
    #expect(Set(digests).count == digests.count)
  }

  @Test func `is bounded, and loses nothing that is recent`() throws {
    let many = try (0..<1000).map { try decision(run(Int64($0)), rules: ["follow-on"]) }
    for _ in 0..<12 { log.append(many) }
    let size = [path, path + ".old"].compactMap { try? readFile($0).count }.reduce(0, +)
    #expect(size < 3 << 20)
    #expect(log.all().suffix(1000) == many[...])
    #expect(log.answer(to: run(1000)) == .unsatisfied)
  }

  @Test func `is never in the way`() throws {
    try writeFile(scratch.path + "/bet", [])
    log.append([try decision(run(1))])
    #expect(log.all().isEmpty && log.answer(to: run(1)) == nil)
  }

  @Test func `follows no link and blocks on no pipe`() throws {
    let target = scratch.path + "/target"
    try writeFile(target, [])
    try makeDirectory(scratch.path + "/bet")
    let repository = try TestRepository()
    try repository.run("ln", ["-s", target, path]).succeeded("ln")
    log.append([try decision(run(1))])
    #expect(try readFile(target).isEmpty)
    try repository.run("rm", [path]).succeeded("rm")
    try repository.run("mkfifo", [path]).succeeded("mkfifo")
    log.append([try decision(run(1))])
    #expect(log.all().isEmpty)
  }
}
