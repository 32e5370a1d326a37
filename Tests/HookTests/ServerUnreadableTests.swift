import TestSupport
import Testing

/// Bare repositories that libgit2 cannot read: they take pushes until there is a ledger.
@Suite("a server that cannot be read") struct ServerUnreadableTests {
  @Test func `takes a push when git says that there is no ledger, and stops one when there is`() throws {
    let repository = try TestRepository(arguments: ["--object-format=sha256"])
    repository.knowBet()
    try repository.run("git", ["init", "-q", "--bare", "-b", "main", "--object-format=sha256", "../hub.git"])
      .succeeded("git init")
    try hook("../hub.git", repository)
    try repository.commit("start\n")
    try repository.git("remote", "add", "origin", "../hub.git")
    try repository.git("push", "-q", "origin", "main")

    let ledger = try repository.tryGit("push", "-q", "origin", "main:refs/bets/search")
    #expect(ledger.status == 1 && ledger.says("sha256-repository"))
    try repository.git("-C", "../hub.git", "update-ref", "refs/bets/search", "refs/heads/main")
    try repository.commit("more\n")
    let stop = try repository.tryGit("push", "-q", "origin", "main")
    #expect(stop.status == 1 && stop.says("sha256-repository"), "\(stop.errorText)")
  }

  @Test func `the same in a namespace, whose ledger is out of reach`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try hook(remote.path, repository)
    try repository.git("config", "protocol.ext.allow", "always")
    let url = "ext::git --namespace=team %s \(remote.path)"
    try repository.commit("more\n")
    try repository.git("push", "-q", url, "main")
    #expect(try remote.refs().contains("refs/namespaces/team/refs/heads/main"))

    try remote.git("update-ref", "refs/namespaces/team/refs/bets/search", "refs/heads/main")
    try repository.commit("still more\n")
    let stop = try repository.tryGit("push", "-q", url, "main")
    #expect(stop.status == 1 && stop.errorText.contains("GIT_NAMESPACE"), "\(stop.errorText)")
  }

  /// The server's hook as `install --bare` would write it, where it cannot be typed.
  private func hook(_ bare: String, _ repository: TestRepository) throws {
    let script = "#!/bin/sh\nexec '\(binary("git-bet"))' hook pre-receive\n"
    try repository.run(
      "sh", ["-ec", "cat >\"$1/hooks/pre-receive\"; chmod +x \"$1/hooks/pre-receive\"", "sh", bare],
      input: Array(script.utf8)
    ).succeeded("hook")
  }
}
