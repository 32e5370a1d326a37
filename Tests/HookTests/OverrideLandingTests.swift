import TestSupport
import Testing

/// An override is given on a branch, and the work lands in another shape.
@Suite("an override that lands") struct OverrideLandingTests {
  /// `ranking` rests on the open bet `search`; its branch has two commits, and main has moved on meanwhile.
  private func scene(overridden: Bool = true) throws -> TestRepository {
    try sceneWithRemote(overridden: overridden).0
  }

  private func sceneWithRemote(overridden: Bool) throws -> (TestRepository, remote: TestRepository) {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.commit("rank better\n", file: "ranking", content: "1\n2\n")
    if overridden { try repository.bet("override", "--because", "the demo is tomorrow") }
    try repository.git("switch", "-q", "main")
    try repository.commit("other\n", file: "other")
    try repository.git("push", "-q", "origin", "main")
    return (repository, remote)
  }

  /// What the host does when a button is pressed, and everybody fetches.
  private func land(_ repository: TestRepository, _ how: String) throws {
    switch how {
    case "squash":
      try repository.git("merge", "-q", "--squash", "bet/ranking")
      // As hosts write it, with the trailers in the middle.
      let titles =
        "all of it (#7)\n\n* rank results\n\nBet: ranking\n\n* rank better\n\nBet: ranking\n\n---\n"
      try repository.git("-c", "core.hooksPath=/dev/null", "commit", "-q", "-m", titles)
    case "rebase": try repository.git("cherry-pick", "origin/main..bet/ranking")
    default: try repository.git("merge", "-q", "--no-ff", "--no-edit", "bet/ranking")
    }
    try repository.git("push", "-q", "--no-verify", "origin", "main")
    try repository.git("branch", "-q", "-D", "bet/ranking")
  }

  private func audit(_ repository: TestRepository) throws -> [String] {
    try repository.tryBet("audit").text.split(separator: "\n")
      .map { $0.split(separator: " ").prefix(2).joined(separator: " ") }.filter { $0.hasSuffix(" follow-on") }
  }

  private func check(_ repository: TestRepository, _ range: String = "HEAD~1..HEAD") throws -> Run {
    try repository.tryBet("check", range, "--branch", "main", "--ci")
  }

  @Test(arguments: ["squash", "rebase", "merge"])
  func `is still one for the audit, for CI, for the next remote and in a fresh clone`(how: String) throws {
    let (repository, remote) = try sceneWithRemote(overridden: true)
    let before = try repository.id("HEAD")
    try land(repository, how)
    #expect(try Set(audit(repository)) == ["overridden follow-on"])
    let range = try check(repository, "\(before)..HEAD")
    #expect(range.status == 0 && range.errorText.contains("the demo is tomorrow"), "\(range.errorText)")
    try repository.bet("sync")
    let fresh = try remote.clone(named: "fresh")
    fresh.knowBet()
    try fresh.bet("install")
    #expect(try Set(audit(fresh)) == ["overridden follow-on"])
    let again = try check(fresh, "\(before)..HEAD")
    #expect(again.status == 0, "\(again.errorText)")
    try fresh.git("remote", "add", "other", "other.git")
    try fresh.git("init", "-q", "--bare", "other.git")
    try fresh.git("config", "bet.home", "other")
    let next = try fresh.tryGit("push", "-q", "other", "main")
    #expect(next.status == 0 && next.errorText.contains("overridden"), "\(next.errorText)")
  }

  @Test(arguments: ["squash", "rebase", "merge"])
  func `was never given: the same work is stopped`(how: String) throws {
    let repository = try scene(overridden: false)
    let before = try repository.id("HEAD")
    try land(repository, how)
    #expect(try Set(audit(repository)) == ["unseen follow-on"])
    let range = try check(repository, "\(before)..HEAD")
    #expect(range.stops("follow-on"), "\(range.errorText)")
  }

  @Test func `covers nothing that comes with it or on top of it`() throws {
    let repository = try scene()
    let before = try repository.id("HEAD")
    try repository.commit("more\n\nBet: ranking\n", file: "more")
    try land(repository, "squash")
    #expect(try check(repository, "\(before)..HEAD").stops("follow-on"))
    #expect(try audit(repository).contains("unseen follow-on"))
    // A blank that moves a line out of its block is another change.
    let landed = try repository.id("HEAD")
    try repository.git("reset", "-q", "--hard", "HEAD~")
    try repository.write("ranking", " 1\n2\n")
    try repository.git("add", ".")
    try repository.git("commit", "-q", "-m", "all of it\n\nBet: ranking")
    #expect(try repository.id("HEAD") != landed)
    #expect(try check(repository).stops("follow-on"))
  }

  @Test func `is no amnesty: after a revert the same change is stopped again`() throws {
    let repository = try scene()
    try land(repository, "squash")
    let landed = try repository.id("HEAD")
    #expect(try check(repository).status == 0)
    try repository.git("revert", "--no-edit", landed)
    try repository.git("push", "-q", "--no-verify", "origin", "main")
    try repository.git("cherry-pick", landed)
    let push = try repository.tryGit("push", "-q", "origin", "main")
    #expect(push.stops("follow-on"), "\(push.errorText)")
  }

  @Test func `is no amnesty: what was squashed and taken back is not merged again with it`() throws {
    let repository = try scene()
    let branch = try repository.id("bet/ranking")
    try land(repository, "squash")
    try repository.git("revert", "--no-edit", "HEAD")
    try repository.git("push", "-q", "--no-verify", "origin", "main")
    try repository.git("merge", "-q", "--no-ff", "--no-edit", branch)
    let push = try repository.tryGit("push", "-q", "origin", "main")
    #expect(push.stops("follow-on"), "\(push.errorText)")
    try repository.git("push", "-q", "--no-verify", "origin", "main")
    #expect(try audit(repository).contains("unseen follow-on"))
  }

  @Test func `can be given afterwards for a commit that has landed, alone`() throws {
    let repository = try scene(overridden: false)
    try land(repository, "rebase")
    #expect(try audit(repository) == ["unseen follow-on"])
    try repository.bet("override", try repository.id("HEAD"), "--because", "it was agreed")
    #expect(try Set(audit(repository)) == ["unseen follow-on", "overridden follow-on"])
    try repository.bet("override", try repository.id("HEAD~"), "--because", "that one too")
    #expect(try Set(audit(repository)) == ["overridden follow-on"])
  }

  @Test func `that stands counts for work that stands on what it was given on`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.bet("override", "--because", "the fair", "--until", "2099-01-01")
    try repository.commit("rank better\n", file: "ranking", content: "2\n")
    try expectPassed(repository, ["-q", "origin", "bet/ranking:main"])
    // In another history the same record opens nothing.
    let (other, _) = try TestRepository.withRemote()
    try other.commit("something else first\n", file: "else")
    try other.git("push", "-q", "origin", "main")
    try other.git("checkout", "-q", "--orphan", "anew")
    try other.commit("another beginning\n", file: "start", content: "start\nanew\n")
    try other.git("push", "-q", "--no-verify", "-f", "origin", "HEAD:main")
    try other.git("fetch", "-q", repository.path, "refs/bets/*:refs/bets/*")
    try other.git("switch", "-q", "-c", "bet/ranking")
    try other.commit("rank\n", file: "ranking", content: "1\n")
    let push = try other.tryGit("push", "-q", "origin", "bet/ranking:main")
    #expect(push.stops("follow-on"), "\(push.errorText)")
  }

  @Test func `keeps what it was given for, as git itself tells it`() throws {
    let repository = try scene()
    let event = try repository.git("log", "-1", "--format=%(trailers:only,unfold)", "refs/bets/gate").text
    func lines(_ key: String) -> [String] {
      event.split(separator: "\n").filter { $0.hasPrefix("\(key): ") }
        .map { String($0.dropFirst(key.count + 2)) }
    }
    func change(_ arguments: String...) throws -> String {
      let diff = try repository.git(["diff-tree", "-r", "-p", "--full-index"] + arguments)
      let answer = try repository.git(["patch-id", "--verbatim"], input: diff.out).text
      return String(answer.prefix { $0 != " " })
    }
    let base = try repository.id("bet/ranking~2")
    #expect(
      try lines("Covers") == ["bet/ranking", "bet/ranking~"].map { try "\(repository.id($0)) \(change($0))" })
    #expect(try lines("Tree") == [repository.id("bet/ranking^{tree}")])
    #expect(try lines("Change") == [change(base, "bet/ranking")])
    #expect(lines("Base") == [base])
  }
}
