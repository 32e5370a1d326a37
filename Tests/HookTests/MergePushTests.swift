import TestSupport
import Testing

@Suite("a push with merges") struct MergePushTests {
  /// A feature branch of no bet that is one commit beside `main`, both of which have changed `file`.
  private func scene() throws -> TestRepository {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.commit("file\n", file: "file", content: "1\n")
    try repository.git("switch", "-q", "-c", "feature/x")
    try repository.commit("ours\n\nBet: none\n", file: "file", content: "ours\n")
    try repository.git("switch", "-q", "main")
    try repository.commit("theirs\n", file: "file", content: "theirs\n")
    try repository.git("push", "-q", "origin", "main")
    try repository.git("switch", "-q", "feature/x")
    return repository
  }

  private func merge(_ repository: TestRepository, into content: String? = nil) throws {
    repository.advanceClock()
    _ = try repository.tryGit("merge", "-q", "--no-edit", "main")
    if let content {
      try repository.write("file", content)
      try repository.git("add", "file")
    } else {
      try repository.git("checkout", "-q", "--ours", "file")
      try repository.git("add", "file")
    }
    try repository.git("commit", "-q", "--no-edit")
  }

  @Test func `whose resolution is new work on a feature branch is stopped, and one that takes a side is not`()
    throws
  {
    let repository = try scene()
    try repository.git("push", "-q", "origin", "feature/x")
    try merge(repository, into: "new\n")
    #expect(try !repository.git("show", "--cc", "--format=", "HEAD").out.isEmpty)
    let run = try repository.tryGit("push", "origin", "feature/x")
    #expect(run.stops("unlinked"), "\(run.errorText)")
    try repository.git("reset", "-q", "--hard", "HEAD~1")
    try merge(repository)
    #expect(try repository.git("show", "--cc", "--format=", "HEAD").out.isEmpty)
    #expect(try repository.tryGit("push", "origin", "feature/x").status == 0)
  }

  @Test func `that joins pushed work of a bet is that bet's`() throws {
    let repository = try scene()
    try repository.git("commit", "-q", "--amend", "-m", "ours\n\nBet: search")
    try merge(repository, into: "new\n")
    #expect(try repository.tryGit("push", "--dry-run", "origin", "feature/x").status == 0)
    try repository.bet("close", "search", "abandoned", "--evidence", "nobody wants it")
    let merge = try repository.id("HEAD")
    let check = try repository.tryBet("check", "--json")
    let lost = String(check.text.split(separator: "\"rule\"").first { $0.contains("\"lost\"") } ?? "")
    #expect(check.status == 1 && lost.contains(merge), "\(check.text)")
  }

  @Test
  func `that carries work in the form of a merge is stopped, here and on a server with bet.feature=main`()
    throws
  {
    let scene = try ServerScene()
    let clone = scene.clone
    try clone.declare("search")
    try scene.pushLedger()
    try scene.server.git("config", "bet.feature", "main")
    try clone.git("config", "bet.feature", "main")
    let old = try clone.id("HEAD")
    let tip = try clone.commit("tip\n\nBet: none\n", file: "a", content: "1\n")
    try clone.write("a", "hidden\n")
    try clone.git("add", "a")
    let tree = String(try clone.git("write-tree").text.prefix(40))
    for parents in [[tip, old], [tip, tip]] {
      clone.advanceClock()
      let evil = try clone.git(
        ["commit-tree", "-m", "Merge branch 'main'", tree] + parents.flatMap { ["-p", $0] })
      let id = String(evil.text.prefix(40))
      let run = try clone.tryGit("push", "origin", "\(id):refs/heads/main")
      #expect(run.stops("unlinked"), "\(parents): \(run.errorText)")
      try scene.refused("origin", "\(id):refs/heads/main", by: "unlinked")
    }
    try scene.taken("origin", "\(tip):refs/heads/main")
  }

  @Test func `that a host makes to update a lost bet's branch is nobody's`() throws {
    let repository = try scene()
    try repository.declare("gone")
    try repository.bet("close", "gone", "abandoned", "--evidence", "nobody wants it")
    try repository.git("switch", "-q", "-c", "bet/gone", "main~1")
    try repository.commit("work\n\nBet: gone\n", file: "gone", content: "1\n")
    try repository.git("push", "-q", "--no-verify", "origin", "bet/gone")
    try repository.git("merge", "-q", "--no-edit", "main")
    let run = try repository.tryGit("push", "origin", "bet/gone")
    #expect(run.isSilent || run.status == 0, "\(run.errorText)")
    // With something of its own it is work on the branch's bet.
    try repository.write("more", "1\n")
    try repository.git("add", "more")
    try repository.git("commit", "-q", "--amend", "--no-edit")
    #expect(try repository.tryGit("push", "-f", "origin", "bet/gone:bet/gone-2").stops("lost"))
  }
}
