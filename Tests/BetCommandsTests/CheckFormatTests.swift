import TestSupport
import Testing

@Suite("git bet check in CI") struct CheckFormatTests {
  @Test func `has the same exit status in every format`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    for format in ["text", "json", "github", "junit"] {
      for (work, status) in [("main", 0), ("bet/ranking", 1), ("main..bet/ranking", 1), ("nowhere", 128)] {
        let run = try repository.tryBet("check", "--format", format, work)
        #expect(run.status == status, "\(format) \(work): \(run.errorText)")
        #expect(run.says("unknown-commit") == (status == 128), "\(format) \(work)")
      }
    }
    func failed(_ arguments: String...) throws -> String {
      let run = try repository.tryBet(["check"] + arguments + ["nowhere"])
      #expect(run.status == 128, "\(arguments)")
      return run.text
    }
    #expect(try failed("--format", "github").contains("\n::error title=git bet%3A unknown-commit::"))
    #expect(try failed("--format", "junit").contains("<error type="))
    #expect(try failed("--format", "json").contains("\"unknown-commit\""))
    let twice = try failed("--format", "json", "--json")
    #expect(twice.split(separator: "\n").filter { $0.contains("\"version\"") }.count == 1)
  }

  @Test func `adds the summary to the file that GitHub names, and only warns when it cannot`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.write("summary", "before\n")
    repository.environment["GITHUB_STEP_SUMMARY"] = repository.path + "/summary"
    #expect(try repository.tryBet("check", "--format", "github").status == 1)
    let summary = try repository.read("summary")
    #expect(summary.hasPrefix("before\n### git bet: `bet/ranking` would be stopped"))
    #expect(try repository.tryBet("check").status == 1)
    #expect(try repository.read("summary") == summary)
    repository.environment["GITHUB_STEP_SUMMARY"] = repository.path + "/no/such/folder"
    let run = try repository.tryBet("check", "--format", "github", "main")
    #expect(
      run.status == 0 && run.errorText.hasPrefix("warning: ") && run.says("file-failed"), "\(run.errorText)")
  }

  @Test func `follows the ledger's levels, not the clone's`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.git("config", "bet.rule.follow-on", "off")
    #expect(try repository.tryBet("check").status == 0)
    for arguments in [["--ci"], ["--ci", "--json"], ["--format", "github"], ["--format", "junit"]] {
      #expect(try repository.tryBet(["check"] + arguments).status == 1, "\(arguments)")
    }
  }

  @Test func `knows whose work it is by --branch, and where it goes by --into`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.git("checkout", "-q", "--detach")
    try repository.git("commit", "-q", "--no-verify", "--allow-empty", "-m", "no trailer")
    let range = try ["HEAD~1..HEAD", "\(repository.id("HEAD~1"))..\(repository.id("HEAD"))"]
    for range in range {
      #expect(try repository.tryBet("check", range).status == 0)
      #expect(try repository.tryBet("check", "--branch", "bet/ranking", range).status == 1)
      #expect(try repository.tryBet("check", "--branch", "free", range).status == 0)
      let draft = try repository.tryBet("check", "--branch", "bet/ranking", "--into", "wip/x", range)
      #expect(draft.status == 0 && draft.says("follow-on"), "\(draft.errorText)")
    }
  }

  @Test func `says that a shallow clone may not hold the range`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.commit("rank better\n", file: "ranking", content: "2\n")
    try repository.git("push", "-q", "--no-verify", "origin", "bet/ranking", "refs/bets/*:refs/bets/*")
    let shallow = try remote.clone(named: "shallow", arguments: ["--depth", "1", "--no-single-branch"])
    try shallow.git("fetch", "-q", "origin", "+refs/bets/*:refs/bets-remote/origin/*")
    let (base, head) = try (repository.id("main"), repository.id("bet/ranking"))
    let missing = try repository.id("bet/ranking~1")
    for range in ["\(base)..\(head)", "\(missing)..\(head)", "origin/main..\(missing)"] {
      for format in ["text", "github"] {
        let run = try shallow.tryBet("check", "--format", format, range)
        #expect(run.status == 128 && run.says("shallow-clone"), "\(range): \(run.errorText)")
        #expect(run.errorText.contains("fetch-depth: 0") && run.errorText.contains("git fetch --unshallow"))
      }
    }
    try shallow.git("fetch", "-q", "--unshallow")
    let whole = try shallow.tryBet("check", "--branch", "bet/ranking", "\(base)..\(head)")
    #expect(whole.status == 1 && whole.says("follow-on"), "\(whole.errorText)")
  }

  @Test func `begins no line with what a host would take for a command`() throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    let words = (0..<40).map { "::error::forged\($0)" }.joined(separator: " ")
    try repository.bet("amend", "search", "--because", words)
    let run = try repository.tryBet("check", "--ci")
    #expect(run.status == 1)
    for line in run.errorText.split(separator: "\n") {
      #expect(!line.drop { $0 == " " }.hasPrefix("::"), "\(line)")
    }
  }
}
