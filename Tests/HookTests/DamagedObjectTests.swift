import TestSupport
import Testing

@Suite("a damaged object") struct DamagedObjectTests {
  /// Cuts an object's file to the given share of its bytes.
  private func cut(_ id: String, to percent: Int, in repository: TestRepository) throws {
    let file = "objects/\(id.prefix(2))/\(id.dropFirst(2))"
    try repository.run(
      "sh",
      [
        "-ec", "cp $1 keep; chmod u+w $1; head -c $(($(stat -c %s $1) * $2 / 100)) keep >$1", "sh", file,
        "\(percent)",
      ],
      directory: repository.path + "/.git", limit: .seconds(20)
    ).succeeded("cut")
  }

  @Test(arguments: [30, 60, 95])
  func `ends every command that needs it with its name, and every push`(percent: Int) throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.bet("start", "search")
    let lines = (1...60).map { "line \($0 &* 7_919)\n" }
    try repository.commit("search\n", file: "code", content: lines.joined())
    try repository.git("push", "-q", "origin", "bet/search:main")
    try repository.declare("ranking")
    try repository.bet("start", "ranking")
    try repository.commit("rank\n", file: "code", content: lines.dropFirst(9).joined())
    let needs: [(String, [[String]])] = [
      (
        "bet/search",
        [["check"], ["audit"], ["why", "code"], ["footprint", "search"], ["override", "--because", "x"]]
      ),
      ("bet/search^{tree}", [["check"], ["why", "code"], ["footprint", "search"]]),
      ("bet/search:code", [["check"], ["why", "code"], ["footprint", "search"]]),
      (
        "refs/bets/search",
        [
          ["show", "search"], ["log", "search"], ["audit"], ["why", "code"], ["note", "search", "-m", "x"],
        ]
      ),
    ]
    for (revision, commands) in needs {
      let id = try repository.id(revision)
      try repository.run("sh", ["-c", "rm -rf .git/bet"]).succeeded("rm")
      try cut(id, to: percent, in: repository)
      for command in commands {
        let run = try repository.run(binary("git-bet"), command, limit: .seconds(20))
        #expect(run.status == 128 && run.errorText.contains(id), "\(revision), \(command): \(run.errorText)")
      }
      let push = try repository.run("git", ["push", "-q", "origin", "bet/ranking"], limit: .seconds(20))
      // The diary of a bet that the work does not rest on is asked by a rule that only warns.
      let isStopped = revision != "refs/bets/search"
      #expect(
        push.status == (isStopped ? 1 : 0) && push.errorText.contains(id), "\(revision): \(push.errorText)")
      let file = "objects/\(id.prefix(2))/\(id.dropFirst(2))"
      try repository.run("sh", ["-c", "cat keep >\(file)"], directory: repository.path + "/.git").succeeded(
        "cat")
    }
    #expect(try repository.git("push", "-q", "origin", "bet/ranking").isSilent)
  }
}
