import TestSupport
import Testing

@Suite("a reference-transaction hook") struct ReferenceHookTests {
  /// A repository whose hook notes what git tells it of the ledger.
  private func repository(_ more: String = "", in folder: String = ".git/hooks") throws -> TestRepository {
    let (repository, _) = try TestRepository.withRemote()
    try repository.write(
      "\(folder)/reference-transaction",
      """
      #!/bin/sh
      while read -r old new ref; do
        case $ref in refs/bets/*) echo "$1 $old $new $ref" >>"$GIT_DIR/told" ;; esac
      done
      \(more)

      """, executable: true)
    return repository
  }

  private func told(_ repository: TestRepository) throws -> String {
    try repository.run("sh", ["-c", "cat .git/told; rm -f .git/told"]).text
  }

  @Test func `is told of every write to the ledger, as of git's own`() throws {
    let repository = try repository()
    let zero = String(repeating: "0", count: 40)
    try repository.declare("search")
    let first = try repository.id("refs/bets/search")
    #expect(
      try told(repository)
        == "prepared \(zero) \(first) refs/bets/search\ncommitted \(zero) \(first) refs/bets/search\n")
    try repository.bet("note", "search", "-m", "they like it")
    let second = try repository.id("refs/bets/search")
    #expect(try told(repository).contains("committed \(first) \(second) refs/bets/search"))
    let log = try repository.git("log", "-g", "--format=%gs %gn", "refs/bets/search").text
    #expect(log == "bet: noted Carl Committer\nbet: declared Carl Committer\n")
    // What a sync brings in as well.
    try repository.bet("sync")
    try repository.run("git", ["clone", "-q", "../origin.git", "../other"]).succeeded("clone")
    @discardableResult func other(_ arguments: String...) throws -> Run {
      try repository.run(binary("git-bet"), arguments, directory: repository.scratch.path + "/other")
        .succeeded("\(arguments)")
    }
    try other("sync")
    try other("note", "search", "-m", "so do I")
    try other("sync")
    _ = try told(repository)
    try repository.bet("sync")
    let third = try repository.id("refs/bets/search")
    #expect(try third != second && told(repository).contains("committed \(second) \(third) refs/bets/search"))
  }

  @Test func `is found where core.hooksPath says`() throws {
    let repository = try repository(in: "own-hooks")
    try repository.git("config", "core.hooksPath", "own-hooks")
    try repository.write("below/file", "")
    try repository.run(
      binary("git-bet"), ["declare", "search", "--if", "x", "--expect", "y", "--because", "z"],
      directory: repository.path + "/below"
    ).succeeded("declare")
    #expect(try told(repository).contains("committed "))
  }

  @Test func `can refuse, and then nothing is written and its words are told`() throws {
    let repository = try repository("if [ \"$1\" = prepared ]; then echo 'not on a Friday' >&2; exit 1; fi")
    let before = try repository.tryGit("for-each-ref", "refs/bets").text
    let run = try repository.tryBet(
      "declare", "search", "--if", "x", "--expect", "y", "--because", "z")
    #expect(run.stops("not-written", status: 128), "\(run.errorText)")
    #expect(run.errorText.contains("not on a Friday"))
    #expect(try repository.tryGit("for-each-ref", "refs/bets").text == before)
  }

  @Test func `loses no event of two writers at once`() throws {
    let repository = try repository()
    try repository.declare("search")
    try repository.run(
      "sh", ["-c", "for n in 1 2 3 4; do git bet note search -m note-$n & done; wait"]
    ).succeeded("notes")
    let log = try repository.bet("log", "search").text
    for number in 1...4 { #expect(log.contains("note-\(number)"), "\(log)") }
    #expect(try repository.tryBet("doctor").status == 0)
  }
}
