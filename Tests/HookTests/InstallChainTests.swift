import TestSupport
import Testing

@Suite("a hook that was there") struct InstallChainTests {
  /// What the kept hook left: its arguments, then its standard input.
  private func installed(after hook: String, executable: Bool = true) throws -> (
    TestRepository, TestRepository
  ) {
    let (repository, remote) = try TestRepository.withRemote(installed: false)
    try repository.write(".git/hooks/pre-push", hook, executable: executable)
    try repository.bet("install")
    return (repository, remote)
  }

  @Test(arguments: [
    "#!/bin/sh\nread a b c d\necho \"$1 $2 $a $b $c $d $GIT_PREFIX\" >seen\n",
    "#!/bin/sh\nread a b c d\nexec sh -c 'echo \"$@\" >seen' x \"$1\" \"$2\" $a $b $c $d",
    "#!/usr/bin/env python3\nimport sys\nopen('seen', 'w').write(' '.join(sys.argv[1:]) + ' ' + sys.stdin.read())\n",
    "#!/usr/bin/env bash\nset -euo pipefail\nmapfile -t lines\necho \"$1 $2 ${lines[0]}\" >seen\n",
  ])
  func `still gets its arguments and its standard input`(hook: String) throws {
    let (repository, remote) = try installed(after: hook)
    let id = try repository.commit("more\n")
    try expectPassed(repository, ["-q", "origin", "HEAD"])
    let zeros = try repository.id("HEAD~1")
    let seen = try repository.read("seen").split(whereSeparator: \.isWhitespace).map(String.init)
    #expect(seen == ["origin", remote.path, "HEAD", id, "refs/heads/main", zeros], "\(hook)")
  }

  @Test func `still stops a push, and does not run when the gate stops it`() throws {
    let (repository, remote) = try installed(after: "#!/bin/sh\ntouch seen\necho no, friend >&2\nexit 3\n")
    try repository.commit("more\n")
    let refs = try remote.refs()
    let run = try repository.tryGit("push", "origin", "main")
    #expect(run.status == 1 && run.errorText.contains("no, friend"))
    #expect(try remote.refs() == refs)
    try repository.run("rm", ["seen"]).succeeded("rm")
    try repository.placeChain()
    try expectStopped(repository, remote, ["origin", "bet/ranking"])
    #expect(!repository.has("seen"))
  }

  @Test func `and may not be executed stays so`() throws {
    let (repository, remote) = try installed(after: "#!/bin/sh\nexit 1\n", executable: false)
    try repository.commit("more\n")
    try expectPassed(repository, ["-q", "origin", "main"])
    try repository.placeChain()
    try expectStopped(repository, remote, ["origin", "bet/ranking"])
  }

  @Test func `around a commit still sees and changes the message`() throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.write(
      ".git/hooks/prepare-commit-msg", "#!/bin/sh\necho \"prepare $2\" >>seen\n", executable: true)
    try repository.write(
      ".git/hooks/commit-msg", "#!/bin/sh\necho message >>seen\necho 'Change-Id: I1' >>\"$1\"\n",
      executable: true)
    try repository.bet("install")
    try repository.declare("search")
    try repository.bet("start", "search")
    try repository.git("commit", "-q", "--allow-empty", "-m", "add search")
    #expect(try repository.read("seen") == "prepare message\nmessage\n")
    #expect(try repository.trailers() == "Bet: search\nChange-Id: I1")
  }
}
