import TestSupport
import Testing

@Suite("the gate stands in every place") struct PushPlaceTests {
  @Test func `in work trees made before and after it was installed`() throws {
    let (repository, remote) = try TestRepository.withRemote(installed: false)
    try repository.git("worktree", "add", "-q", "../before", "-b", "one")
    try repository.bet("install")
    try repository.placeChain()
    try repository.git("worktree", "add", "-q", "../after", "-b", "two")
    for name in ["before", "after"] {
      let tree = repository.scratch.path + "/" + name
      let refs = try remote.refs()
      let run = try repository.run("git", ["push", "origin", "bet/ranking"], directory: tree)
      #expect(run.status == 1 && run.says("follow-on"), "\(name): \(run.errorText)")
      #expect(try remote.refs() == refs)
      let commit = try repository.run(
        "git", ["commit", "-q", "--allow-empty", "-m", "x", "-m", "Bet: rankign"], directory: tree)
      #expect(commit.status == 1 && commit.says("undeclared"), "\(name): \(commit.errorText)")
    }
  }

  @Test func `with GIT_DIR, --git-dir and from a folder below`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.placeChain()
    try makeDirectory(repository.path + "/deep/er")
    let dir = repository.path + "/.git"
    let elsewhere = repository.scratch.home
    let push = ["push", "origin", "bet/ranking"]
    let refs = try remote.refs()
    let runs = [
      try repository.run("git", push, directory: repository.path + "/deep/er"),
      try repository.run(
        "git", ["--git-dir=\(dir)", "--work-tree=\(repository.path)"] + push, directory: elsewhere),
      try repository.run("git", ["-C", repository.path] + push, directory: elsewhere),
      try repository.run("git", push, directory: elsewhere, environment: ["GIT_DIR": dir]),
      try repository.run("git", push, directory: dir),
    ]
    for run in runs { #expect(run.status == 1 && run.says("follow-on"), "\(run.errorText)") }
    #expect(try remote.refs() == refs)
  }

  @Test func `where libgit2 cannot read, unless git says that there is no ledger`() throws {
    let (installed, _) = try TestRepository.withRemote()
    let repository = try TestRepository(arguments: ["--object-format=sha256"])
    try repository.git("config", "core.hooksPath", installed.path + "/.git/hooks")
    try repository.run("git", ["init", "-q", "--bare", "--object-format=sha256", "../hub.git"])
      .succeeded("git init")
    try repository.git("remote", "add", "origin", "../hub.git")
    try repository.commit("start\n")
    #expect(try expectPassed(repository, ["-q", "origin", "main"]).err.isEmpty)
    try repository.commit("more\n")
    // A trace on standard error is no answer; git's word of a ref that it cannot read is one.
    let traced = try repository.run(
      "git", ["push", "-q", "origin", "main:traced"], environment: ["GIT_TRACE": "1"])
    #expect(traced.status == 0, "\(traced.errorText)")
    try repository.write(".git/refs/bets/broken", "")
    let broken = try repository.tryGit("push", "origin", "main:broken")
    #expect(broken.status == 1 && broken.says("sha256-repository"), "\(broken.errorText)")
    try repository.shell("rm .git/refs/bets/broken")
    try repository.git("update-ref", "refs/bets/search", "HEAD")
    let run = try repository.tryGit("push", "origin", "main")
    #expect(run.status == 1 && run.says("sha256-repository"), "\(run.errorText)")
    #expect(try repository.git("ls-remote", "origin", "main").text.hasPrefix(repository.id("HEAD~1")))
  }
}
