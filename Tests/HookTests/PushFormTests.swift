import TestSupport
import Testing

@Suite("the gate sees every form of a push") struct PushFormTests {
  @Test func `that brings the work under any name`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.git("tag", "light")
    try repository.git("tag", "-m", "heavy", "heavy")
    let id = try repository.id("HEAD")
    let forms = [
      ["origin", "bet/ranking"], ["origin", "HEAD"], ["origin", "HEAD:main"], ["origin", "+HEAD:main"],
      ["origin", "\(id):refs/heads/raw"], ["origin", "HEAD^{/rank results}:refs/heads/found"],
      ["origin", "@:refs/heads/at"], ["origin", "light"], ["origin", "heavy"], ["origin", "--tags"],
      ["origin", "--all"], ["origin", "--mirror"], ["--force", "origin", "bet/ranking:main"],
      ["--atomic", "origin", "main", "bet/ranking"], [remote.path, "bet/ranking"],
      ["file://\(remote.path)", "HEAD:main"], ["origin", "HEAD:refs/heads/release/1"],
    ]
    for form in forms { try expectStopped(repository, remote, form) }
    try repository.git("checkout", "-q", "--detach")
    try expectStopped(repository, remote, ["origin", "HEAD:main"])
    try repository.git("config", "push.default", "current")
    try repository.git("switch", "-q", "bet/ranking")
    try expectStopped(repository, remote, [])
  }

  @Test func `of several refs, and one stops them all`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.git("switch", "-q", "-c", "good", "main")
    try repository.commit("good\n", file: "good")
    let stop = try expectStopped(repository, remote, ["origin", "good", "bet/ranking"])
    #expect(stop.errorText.contains("bet/ranking"))
    try expectStopped(repository, remote, ["origin", "bet/ranking", "good"])
    try expectPassed(repository, ["-q", "origin", "good"])
  }

  @Test func `by the branch alone when no commit names a bet`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.git("switch", "-q", "-c", "any", "main")
    try repository.commit("plain\n", file: "plain")
    try repository.bet("link", "ranking")
    #expect(try repository.trailers() == "")
    let id = try repository.id("HEAD")
    for form in [["origin", "any"], ["origin", "HEAD:main"], ["origin", "\(id):refs/heads/main"]] {
      try expectStopped(repository, remote, form)
    }
    try repository.git("config", "--unset", "branch.any.bet")
    try expectStopped(repository, remote, ["origin", "any:main"])
    try repository.bet("unlink", "ranking", "any")
    try expectPassed(repository, ["-q", "origin", "any:main"])
  }

  @Test func `and lets deletions and the ledger pass`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.git("push", "-q", "origin", "main:refs/heads/old", "main:refs/heads/older")
    try repository.placeChain()
    try expectPassed(repository, ["-q", "origin", ":old"])
    try expectPassed(repository, ["-q", "--delete", "origin", "older"])
    try expectPassed(repository, ["-q", "origin", "refs/bets/*:refs/bets/*"])
    #expect(try remote.refs().contains("refs/bets/search"))
    try expectStopped(repository, remote, ["origin", "bet/ranking", ":main"])
  }

  @Test func `over a commit of the remote that is not here`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    let other = try repository.clone(named: "other")
    try other.commit("theirs\n", file: "theirs")
    try other.git("push", "-q", remote.path, "HEAD:bet/ranking", "HEAD:plain")
    try repository.placeChain()
    try expectStopped(repository, remote, ["--force", "origin", "bet/ranking"])
    try repository.git("switch", "-q", "-c", "plain", "main")
    try repository.commit("ours\n")
    try expectPassed(repository, ["-q", "--force", "origin", "plain"])
  }

  @Test func `on a clone without the ledger`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.bet("start", "search")
    try repository.commit("add search\n", file: "search")
    try repository.git("push", "-q", "origin", "bet/search", "refs/bets/*:refs/bets/*")
    let clone = try remote.clone(named: "fresh")
    clone.knowBet()
    try clone.bet("install", "--hooks-only")
    try clone.git("switch", "-q", "bet/search")
    let stop = try expectStopped(clone, remote, ["origin", "HEAD:main"], by: "ledger-not-fetched")
    #expect(stop.errorText.contains("git fetch"))
    try clone.bet("install")
    try expectPassed(clone, ["-q", "origin", "HEAD:main"])
  }
}
