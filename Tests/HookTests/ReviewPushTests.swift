import TestSupport
import Testing

@Suite("pushes to Gerrit") struct ReviewPushTests {
  let repository: TestRepository

  init() throws {
    (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
  }

  private func push(_ ref: String) throws -> Run {
    try repository.tryGit("push", "-q", "origin", "HEAD:\(ref)")
  }

  @Test(arguments: [
    "refs/for/main", "refs/for/refs/heads/main", "refs/for/main%topic=x", "refs/for/release/1",
  ])
  func `a review of follow-on work is stopped, as a feature branch is`(ref: String) throws {
    let run = try push(ref)
    #expect(run.stops("follow-on"))
    #expect(
      run.errorText.contains("git push origin HEAD:\(ref)\(ref.contains("%") ? "," : "%")wip\n"),
      "\(run.errorText)")
    #expect(run.errorText.contains("git bet push --override"))
  }

  @Test(arguments: ["refs/for/main%wip", "refs/for/main%topic=x,private", "refs/drafts/main"])
  func `one that is not to ship yet is a draft`(ref: String) throws {
    let run = try push(ref)
    #expect(run.status == 0 && run.errorText.contains("a draft branch may carry it"), "\(run.errorText)")
  }

  @Test func `what the bet itself ships is no finding, and work of no bet has to name one`() throws {
    try repository.bet("close", "search", "validated", "--evidence", "seen", "--yes")
    #expect(try push("refs/for/main").status == 0)
    try repository.git("switch", "-q", "-c", "topic", "main")
    try repository.commit("other\n", file: "other")
    #expect(try push("refs/for/main%topic=a").stops("unlinked"))
    try repository.git("commit", "-q", "--amend", "-m", "other\n\nBet: none")
    #expect(try push("refs/for/main%topic=b").status == 0)
  }
}
