import TestSupport
import Testing

/// A repository that several users of one machine write to.
@Suite struct SharedRepositoryTests {
  /// Modes of what lies below some folders of the git directory, in git's own hand and in ours.
  private func modes(_ repository: TestRepository, _ paths: String) throws -> [String] {
    try repository.run("sh", ["-c", "cd .git && stat -c '%a' \(paths)"]).succeeded("stat").text
      .split(separator: "\n").map(String.init)
  }

  @Test(
    arguments: [
      "group", "all", "true", "0640", "0600", "0666", "2", "umask",
    ],
    ["022", "077", "002"])
  func `what is written has the permissions that git would give it`(_ value: String, umask: String) throws {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.git("config", "core.sharedRepository", value)
    try repository.git("config", "bet.sync", "true")
    // A folder of objects that is there keeps what it has.
    let folders = try repository.run("sh", ["-c", "ls .git/objects"]).text.split(separator: "\n")
    func inShell(_ script: String) throws {
      try repository.run("sh", ["-ec", "umask \(umask); \(script)"]).succeeded(script)
    }
    try inShell(
      "git-bet declare search --if 'we build it' --expect 'x rises from 2 to 3' --because y; git-bet sync; git-bet list"
    )
    let zero = String(repeating: "0", count: 40)
    try inShell("echo \"HEAD $(git rev-parse HEAD) refs/heads/new \(zero)\" | git-bet hook pre-push origin x")
    // The same by git itself, in folders that are not there yet.
    try inShell(
      "id=; until test \"$id\" && ! test -e .git/objects/${id%??????????????????????????????????????}; do : $((n += 1)); id=$({ git cat-file commit HEAD; echo $n; } | git hash-object -t commit --stdin); done; { git cat-file commit HEAD; echo $n; } | git hash-object -w -t commit --stdin; git update-ref --create-reflog refs/own/search $id; echo $id >../id"
    )
    let own = try repository.read("../id").prefix { $0 != "\n" }
    let bet = try repository.id("refs/bets/search")
    func object(_ id: some StringProtocol) -> String {
      if folders.contains(bet.prefix(2)) { return "objects/\(id.prefix(2))/\(id.dropFirst(2))" }

      return "objects/\(id.prefix(2)) objects/\(id.prefix(2))/\(id.dropFirst(2))"
    }
    let git = try modes(
      repository, "refs/own refs/own/search logs/refs/own logs/refs/own/search \(object(own))")
    let ours = try modes(
      repository, "refs/bets refs/bets/search logs/refs/bets logs/refs/bets/search \(object(bet))")
    #expect(ours == git, "\(value), \(umask)")
    // Files of ours, which git does not have, are like a ref.
    let files = try repository.run("sh", ["-c", "cd .git/bet && ls"]).text.split(separator: "\n")
    for name in ["decisions", "digests", "exchanged", "writing", "written"] {
      #expect(files.contains { $0 == name }, "\(files)")
    }
    #expect(try modes(repository, "bet")[0] == git[0])
    let isShared = !["umask", "false"].contains(value)
    for (name, mode) in zip(files, try modes(repository, "bet/*")) where isShared {
      #expect(mode == git[1], "\(name) \(value) \(umask)")
    }
  }
}
