import TestSupport
import Testing

@Suite("work of an open bet") struct InstrumentPushTests {
  @Test func `ships when what it is measured by is in the tree, and not before`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.measure("search_performed")
    try repository.commit("search\n", file: "search.swift", content: "find()\n")
    let stop = try expectStopped(repository, remote, ["origin", "HEAD:main"], by: "instrument")
    #expect(stop.errorText.contains("'search_performed' is nowhere in the tree"))
    #expect(stop.errorText.contains("git bet push --override"))
    #expect(try repository.check().status == 1)

    try repository.commit("count\n", file: "search.swift", content: "find(); count(\"search_performed\")\n")
    let pass = try expectPassed(repository, ["-q", "origin", "HEAD:main"])
    #expect(pass.err.isEmpty, "\(pass.errorText)")
  }

  @Test func `is not asked on a draft or a feature branch`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.measure("search_performed")
    try repository.commit("search\n")
    for branch in ["wip/search", "feature/search"] {
      let pass = try expectPassed(repository, ["-q", "origin", "HEAD:refs/heads/\(branch)"])
      #expect(pass.err.isEmpty, "\(branch): \(pass.errorText)")
    }
    try expectStopped(repository, remote, ["origin", "HEAD:refs/heads/release/1"], by: "instrument")
    try repository.bet("close", "search", "validated", "--yes", "--evidence", "starts rose to 3.1")
    #expect(try expectPassed(repository, ["-q", "origin", "HEAD:main"]).err.isEmpty)
  }

  @Test func `that declares nothing to measure it by ships with a warning and the way to say it`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.measure()
    try repository.commit("search\n", file: "search.swift", content: "count(what_is_counted)\n")
    let check = try repository.check()
    #expect(check.status == 0 && check.errorText.contains("declares nothing to measure it by"))
    let hint = try #require(commands("git bet amend", in: check).first)
    try repository.run("sh", ["-c", hint]).succeeded(hint)
    #expect(try repository.check().isSilent)
    try repository.bet("amend", "search", "--instrument", "")
    #expect(try expectPassed(repository, ["-q", "origin", "HEAD:main"]).says("instrument"))
  }

  @Test func `passes when the bet says what it is called now, and the other names stay`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.measure("it's here", "old_name")
    try repository.commit("search\n", file: "search.swift", content: "// it's here\nnew_name\n")
    let stop = try expectStopped(repository, remote, ["origin", "HEAD:main"], by: "instrument")
    #expect(!stop.errorText.contains("grep -F -e 'it"), "that one was found")
    let way = try #require(commands("git bet amend", in: stop).first)
    let renamed = way.replacing("its name in the code", with: "new_name")
    try repository.run("sh", ["-c", renamed]).succeeded(renamed)
    #expect(try repository.bet("show", "search").text.contains("it's here"))
    #expect(try expectPassed(repository, ["-q", "origin", "HEAD:main"]).err.isEmpty)
  }

  @Test func `ships over it with a reason that stays`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.measure("search_performed")
    try repository.commit("search\n")
    try expectStopped(repository, remote, ["origin", "HEAD:main"], by: "instrument")
    try repository.bet("push", "--override", "we count by hand", "-q", "origin", "HEAD:main")
    #expect(try remote.id("main") == repository.id("HEAD"))
    #expect(try repository.bet("override", "--list").text.contains("instrument"))
    try repository.commit("more\n")
    try expectStopped(repository, remote, ["origin", "HEAD:main"], by: "instrument")
  }
}
