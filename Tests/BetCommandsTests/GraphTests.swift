import TestSupport
import Testing

@Suite("the graph") struct GraphTests {
  /// catalogue ← search ← ranking ← clicks, with clicks on search too; and alone.
  private func scene() throws -> TestRepository {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("catalogue")
    try repository.bet("close", "catalogue", "validated", "--yes", "--evidence", "seen")
    try repository.declare("search", on: "catalogue")
    try repository.bet("amend", "search", "--check-by", "2025-01-01")
    try repository.declare("ranking", on: "search")
    try repository.declare("clicks", on: "ranking", "search")
    try repository.declare("alone")
    return repository
  }

  @Test func `is a tree in which each bet is drawn once`() throws {
    let repository = try scene()
    let expected = """
      clicks           open           we build clicks
      ├─ ranking       open           we build ranking
      │  └─ search     open, overdue  we build search
      │     └─ catalogue  validated      we build catalogue
      └─ search  see above
      alone            open           we build alone

      """
    func squeezed(_ text: String) -> [String] {
      text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    }
    #expect(try squeezed(repository.bet("graph").text) == squeezed(expected))
    let around = try repository.bet("graph", "sea").text
    #expect(
      ["clicks", "ranking", "search", "catalogue"].allSatisfy(around.contains) && !around.contains("alone"))
    let above = try repository.bet("graph", "ranking", "--json")
    #expect(
      try above.json(
        "[b['id'] for b in d['bets']], [(e['bet'], e['buildsOn']) for e in d['edges']]", with: repository)
        == "['catalogue', 'clicks', 'ranking', 'search'] [('clicks', 'ranking'), ('clicks', 'search'), "
        + "('ranking', 'search'), ('search', 'catalogue')]")
    #expect(try repository.bet("graph", "alone").text == "alone  open  we build alone\n")
  }

  @Test func `of nothing says so, and a damaged bet is named`() throws {
    let (repository, _) = try TestRepository.withRemote()
    #expect(try repository.bet("graph").text == "no bets yet\n")
    #expect(try repository.bet("graph", "--format", "mermaid").text.hasPrefix("graph TD\n"))
    try repository.placeChain()
    try repository.git("update-ref", "refs/bets/search", "main")
    let run = try repository.bet("graph")
    #expect(run.says("damaged-bet") && run.text.contains("search  damaged"), "\(run.text)")
    try repository.git("update-ref", "-d", "refs/bets/search")
    #expect(try repository.bet("graph").text.contains("search  undeclared"))
  }

  @Test func `names a loop that a merge has made`() throws {
    let repository = try scene()
    let tree = try repository.git("hash-object", "-t", "tree", "-w", "/dev/null").text.prefix(40)
    let event = "x\n\nEvent: amended\nBet: catalogue\nSeq: 3\nBuilds-On: clicks\n"
    let id = try repository.git(
      ["commit-tree", String(tree), "-p", "refs/bets/catalogue"], input: Array(event.utf8))
    try repository.git("update-ref", "refs/bets/catalogue", String(id.text.prefix(40)))
    let run = try repository.bet("graph")
    #expect(run.text.contains("loop: "), "\(run.text)")
    #expect(run.text.contains("open, validated but in a loop"), "\(run.text)")
    #expect(
      try repository.bet("graph", "--json").json("len(d['loops']), len(d['bets'])", with: repository) == "1 5"
    )
  }

  @Test func `fits the terminal, in colour`() throws {
    let repository = try scene()
    guard try repository.hasTerminals() else { return }
    for i in 1...12 {
      try repository.declare(
        "layer-\(i)-" + String(repeating: "x", count: 20),
        on: i == 1 ? "clicks" : "layer-\(i - 1)-" + String(repeating: "x", count: 20))
    }
    let command = "stty cols 70 rows 200; '\(binary("git-bet"))' graph"
    let run = try repository.run("script", ["-qec", command, "/dev/null"], environment: ["TERM": "xterm"])
    #expect(run.status == 0 && run.out.contains(0x1B) && run.text.contains("see below"), "\(run.text)")
    let plain = run.text.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    for line in plain.split(whereSeparator: \.isNewline) { #expect(line.count <= 70, "\(line)") }
    #expect(plain.split(whereSeparator: \.isNewline).count { $0.contains("layer-3-") } <= 2)
  }

  @Test func `has no other format, and no other bet`() throws {
    let repository = try scene()
    try expectRefused(
      repository,
      [
        Bad("usage", "graph", "--format", "svg", status: 129), Bad("unknown-bet", "graph", "serach"),
        Bad("invalid-id", "graph", "a b"),
      ])
  }
}
