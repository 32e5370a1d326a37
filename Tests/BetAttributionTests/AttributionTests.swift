import BetAttribution
import LedgerSupport
import TestSupport
import Testing

@Suite("which shipped commits belong to a bet") struct AttributionTests {
  let scene: Scene

  init() throws {
    scene = try Scene()
    try scene.declare("search")
  }

  private func attribution(bare: Bool = false) throws -> Attribution {
    Attribution(try scene.site())
  }

  private func shipped(_ bet: String = "search") throws -> [String] {
    try attribution().commits(of: BetID(bet)).map { "\($0.id.hex) \($0.source)" }
  }

  @Test func `a commit ships when a ship branch of a remote has it`() throws {
    let commit = try scene.commit("one", trailers: "Bet: search")
    #expect(try shipped() == [])
    try scene.published("feature/x")
    try scene.published("wip/x")
    #expect(try shipped() == [])
    try scene.published("release/1")
    #expect(try shipped() == ["\(commit) trailer"])
    try scene.published("trunk")
    try scene.clone.git("update-ref", "-d", "refs/remotes/origin/release/1")
    #expect(try shipped() == [])
    try scene.remoteHead("trunk")
    #expect(try shipped() == ["\(commit) trailer"])
    try scene.clone.git("config", "bet.ship", "main")
    #expect(try shipped() == [])
  }

  @Test func `a bare repository ships by its own branches`() throws {
    let commit = try scene.commit("one", trailers: "Bet: search")
    let server = try Scene(at: scene.clone.clone(named: "server", bare: true))
    try server.declare("search")
    let found = try Attribution(server.site()).commits(of: BetID("search"))
    #expect(found.map(\.id.hex) == [commit])
  }

  @Test func `the first commit says since when`() throws {
    let first = try scene.commit("one", trailers: "Bet: search")
    try scene.commit("two", trailers: "")
    try scene.commit("three", trailers: "Bet: search\nBet: search\nBet: other")
    try scene.published("main")
    let shipment = try #require(try attribution().shipment(of: BetID("search")))
    #expect(shipment.commit.hex == first && shipment.commits == 2)
    #expect(try shipment.time == scene.repository().commit(#require(ObjectID(hex: first)))?.commitTime)
    #expect(
      try attribution().bets(of: #require(ObjectID(hex: scene.clone.id("HEAD")))).map(\.name).sorted() == [
        "other", "search",
      ])
    #expect(try attribution().bets(of: #require(ObjectID(hex: scene.clone.id("HEAD~1")))) == [])
    #expect(try attribution().shipment(of: BetID("nobody")) == nil)
  }

  @Test func `what is declared later has shipped all along`() throws {
    let commit = try scene.commit("squash\n\n    Bet: later\n\nthe end", trailers: "")
    try scene.published("main")
    #expect(try shipped("later") == [])
    try scene.declare("later")
    #expect(try shipped("later") == ["\(commit) buried"])
  }

  @Test func `a link counts from then on, and no longer than it stands`() throws {
    let commit = try scene.commit("one", trailers: "")
    let named = try scene.commit("two", trailers: "Bet: none")
    try scene.published("main")
    #expect(try shipped() == [])
    let link = [Event.Value(.commit, commit), .init(.commit, named)]
    try scene.append(Event(.linked, in: "search", subject: "link", values: link))
    #expect(try shipped() == ["\(commit) linked"])
    try scene.append(Event(.unlinked, in: "search", subject: "unlink", values: link))
    #expect(try shipped() == [])
  }

  @Test func `a squash merge belongs to the branch as long as that is known`() throws {
    let git = scene.clone
    try scene.commit("base", trailers: "")
    try git.git("switch", "-q", "-c", "topic")
    try git.commit("one\n", file: "a", content: "1\n")
    try git.commit("two\n", file: "b", content: "2\n")
    try git.git("switch", "-q", "main")
    try git.git("merge", "-q", "--squash", "topic")
    let squash = try scene.commit("all of it", trailers: "")
    try scene.commit("empty", trailers: "")
    try scene.published("main")
    #expect(try shipped() == [])
    try scene.append(Event(.linked, in: "search", subject: "link", values: [.init(.branch, "topic")]))
    #expect(try shipped() == ["\(squash) squash"])
    try git.git("update-ref", "refs/remotes/origin/topic", "topic")
    try git.git("branch", "-q", "-D", "topic")
    #expect(try shipped() == ["\(squash) squash"])
    try git.git("update-ref", "-d", "refs/remotes/origin/topic")
    #expect(try shipped() == [])
  }

  @Test func `a branch without work of its own claims nothing`() throws {
    let git = scene.clone
    try git.commit("one\n", file: "a", content: "1\n")
    try git.git("branch", "topic")
    try scene.append(Event(.linked, in: "search", subject: "link", values: [.init(.branch, "topic")]))
    try git.commit("two\n", file: "a", content: "2\n")
    try git.commit("back\n", file: "a", content: "1\n")
    try scene.published("main")
    #expect(try shipped() == [])
  }

  // MARK: The index

  @Test func `only new commits are read`() throws {
    let first = try scene.commit("one", trailers: "Bet: search")
    let second = try scene.commit("two", trailers: "Bet: search")
    try scene.published("main")
    #expect(try shipped().count == 2)
    let third = try scene.commit("three", trailers: "Bet: search")
    try scene.published("main")
    // Whoever reads all of history needs the first commit.
    let object = ".git/objects/\(first.prefix(2))/\(first.dropFirst(2))"
    try scene.clone.run("mv", [object, "aside"]).succeeded("mv")
    #expect(try shipped() == [first, second, third].map { "\($0) trailer" })
    try scene.clone.run("rm", [".git/bet/index"]).succeeded("rm")
    #expect(throws: GitError.self) { try shipped() }
    try scene.clone.run("mv", ["aside", object]).succeeded("mv")
    #expect(try shipped().count == 3)
  }

  @Test func `nothing is written when nothing is new`() throws {
    try scene.commit("one", trailers: "Bet: search")
    try scene.published("main")
    _ = try shipped()
    let before = try scene.clone.run("ls", ["-li", "--full-time", ".git/bet"]).text
    #expect(before.contains("index") && before.contains("digests"))
    _ = try shipped()
    #expect(try scene.clone.run("ls", ["-li", "--full-time", ".git/bet"]).text == before)
  }

  @Test func `what cannot be kept is found all the same`() throws {
    let commit = try scene.commit("one", trailers: "Bet: search")
    try scene.published("main")
    // A file stands where the folder should be.
    try scene.clone.run("rm", ["-rf", ".git/bet"]).succeeded("rm")
    try scene.clone.write(".git/bet", "in the way\n")
    #expect(try shipped() == ["\(commit) trailer"])
    #expect(try scene.clone.read(".git/bet") == "in the way\n")
  }

  @Test func `nothing is kept of a shallow clone, whose history can grow at its end`() throws {
    let first = try scene.commit("one", trailers: "Bet: search")
    let second = try scene.commit("two", trailers: "Bet: search")
    let shallow = try Scene(at: scene.clone.clone(named: "shallow", arguments: ["--depth=1"]))
    try shallow.declare("search")
    func shipped() throws -> [String] {
      try Attribution(shallow.site()).commits(of: BetID("search")).map(\.id.hex)
    }
    #expect(try shipped() == [second])
    try shallow.clone.git("fetch", "-q", "--unshallow")
    #expect(try shipped() == [first, second])
  }
}
