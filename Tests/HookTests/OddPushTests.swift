import TestSupport
import Testing

@Suite("the gate sees odd pushes") struct OddPushTests {
  /// Where the same follow-on is pushed to, and whether it ships there.
  @Test(arguments: [
    (["HEAD:refs/for/main"], false), (["HEAD:refs/for/main%topic=x"], false),
    (["HEAD:refs/heads/a/b/c/d"], false),
    (["HEAD:refs/heads/wip/x"], true), (["HEAD:refs/heads/wip/x", "HEAD:refs/heads/x"], false),
    (["HEAD:refs/tags/v1"], false), (["HEAD:refs/notes/x"], false), (["HEAD:refs/heads/ümläut"], false),
    (["refs/*:refs/*"], false), (["main", "main:refs/heads/other"], true),
    ([":refs/heads/gone", "main"], true),
  ])
  func `to any ref`(_ refspecs: [String], _ passes: Bool) throws {
    let (repository, remote) = try TestRepository.withRemote()
    try remote.git("update-ref", "refs/heads/gone", "refs/heads/main")
    try repository.placeChain()
    let before = try remote.refs()
    let push = try repository.tryGit(["push", "-q", "origin"] + refspecs)
    #expect((push.status == 0) == passes, "\(refspecs): \(push.errorText)")
    if !passes { #expect(try remote.refs() == before) }
  }

  @Test(arguments: ["up", "up-2", "Up.Stream", "a/b", "ünicode", "x+y", "@home"])
  func `to remotes of any name`(_ name: String) throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.git("remote", "add", name, remote.path)
    try repository.git("fetch", "-q", name)
    try repository.placeChain()
    let push = try repository.tryGit("push", "-q", name, "HEAD:main")
    #expect(push.status == 1 && push.says("follow-on"), "\(push.errorText)")
    // What the remote has is known under its own name: only one commit is new.
    #expect(push.errorText.contains("1 commit"))
  }

  @Test func `of a branch with a root of its own`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.git("switch", "-q", "--orphan", "bet/fresh")
    try repository.commit("a new beginning\n\nBet: ranking\n", file: "fresh")
    let push = try repository.tryGit("push", "-q", "origin", "bet/fresh")
    #expect(push.status == 1 && push.says("follow-on"))
    try repository.commit("plain\n\nBet: none\n")
    try repository.git("switch", "-q", "--orphan", "plain")
    try repository.commit("nothing to do with it\n", file: "plain")
    #expect(try repository.tryGit("push", "-q", "origin", "plain").status == 0)
    #expect(try remote.refs().contains("refs/heads/plain"))
  }

  @Test func `to a remote with thousands of branches`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    let id = try repository.id("main")
    let lines = (0..<5000).map { "create refs/heads/topic/\($0) \(id)\n" }.joined()
    try remote.git(["update-ref", "--stdin"], input: Array(lines.utf8))
    try repository.git("fetch", "-q", "origin")
    try repository.placeChain()
    let push = try repository.tryGit("push", "-q", "origin", "HEAD:main")
    #expect(push.status == 1 && push.errorText.contains("1 commit"))
    try repository.bet("close", "search", "validated", "--yes", "--evidence", "seen")
    #expect(try repository.tryGit("push", "-q", "origin", "HEAD:main").status == 0)
  }

  @Test func `that bring nothing are not judged`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    for arguments in [
      ["origin", "main"], ["origin", "main:main"], ["origin", "--tags"],
      ["--all", "--dry-run", "origin", "--prune"],
    ] {
      let push = try repository.tryGit(["push"] + arguments)
      let stops = arguments.contains("--all")
      #expect((push.status == 0) != stops, "\(arguments): \(push.errorText)")
    }
  }
}
