import TestSupport
import Testing

@Suite("install --bare") struct ServerInstallTests {
  @Test func `twice writes the same bytes, and uninstall takes them back`() throws {
    let (_, server) = try TestRepository.withRemote(installed: false)
    server.knowBet()
    try server.write("hooks/pre-receive", "#!/bin/sh\ncat >seen", executable: true)
    let before = try server.snapshot()
    let said = try server.bet("install", "--bare").text
    #expect(said.contains("pre-receive") && said.contains("still runs"))
    let once = try server.snapshot()
    #expect(once != before)
    try server.bet("install", "--bare")
    #expect(try server.snapshot() == once)
    try server.bet("uninstall")
    #expect(try server.snapshot() == before)
    try server.bet("uninstall")
    #expect(try server.snapshot() == before)
  }

  @Test func `refuses where people work`() throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    let before = try repository.snapshot()
    let run = try repository.tryBet("install", "--bare")
    #expect(run.status == 128 && run.says("not-bare"))
    #expect(try repository.snapshot() == before)
  }

  @Test func `keeps a hook that was there, with the same standard input`() throws {
    let scene = try ServerScene(hook: "#!/bin/sh\ncat >seen\ngit cat-file -e \"$(cut -d' ' -f2 seen)\"\n")
    let old = try scene.clone.id("main")
    let new = try scene.clone.commit("more\n")
    try scene.taken("origin", "main")
    #expect(try scene.server.read("seen") == "\(old) \(new) refs/heads/main\n")
  }

  @Test func `lets a hook that was there refuse, after the gate has passed`() throws {
    let scene = try ServerScene(hook: "#!/bin/sh\necho no, friend >&2\nexit 1\n")
    try scene.clone.commit("more\n")
    let run = try scene.clone.tryGit("push", "origin", "main")
    #expect(run.status == 1 && run.errorText.contains("no, friend"))
  }

  @Test func `without its program refuses every push`() throws {
    let (clone, server) = try TestRepository.withRemote(installed: false)
    let copy = clone.scratch.path + "/bin/git-bet"
    try makeDirectory(clone.scratch.path + "/bin")
    try clone.run("cp", [binary("git-bet"), copy]).succeeded("cp")
    try server.run(copy, ["install", "--bare"]).succeeded("install")
    try clone.run("rm", [copy]).succeeded("rm")
    try clone.commit("more\n")
    clone.environment["PATH"] = "/usr/bin:/bin"
    let run = try clone.tryGit("push", "origin", "main")
    #expect(run.status == 1 && run.says("binary-missing"), "\(run.errorText)")
  }
}
