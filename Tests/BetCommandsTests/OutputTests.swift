import TestSupport
import Testing

/// Where the answer goes: a full disk, a reader that has seen enough, nowhere.
@Suite struct OutputTests {
  private func scene() throws -> TestRepository {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    return repository
  }

  private func shell(_ line: String, in repository: TestRepository) throws -> Run {
    try repository.run("bash", ["-c", line])
  }

  @Test(arguments: [
    "list", "list --json", "show search", "show search --json", "log", "log --json", "graph", "graph --json",
    "graph --format mermaid", "graph --format dot", "check", "check --json", "check --format github",
    "check --format junit", "audit", "audit --json", "rules", "rules --json", "policy", "doctor",
    "doctor --json",
    "why ranking", "why ranking --json", "footprint ranking", "footprint ranking --json", "override --list",
    "override --list --json", "trailers", "trailers --json", "-h", "--version", "show nothing --json",
    "note search -m x", "sync",
  ])
  func `an answer that cannot be written is a failure`(_ arguments: String) throws {
    let repository = try scene()
    let fine = try shell("git-bet \(arguments)", in: repository)
    for place in [">/dev/full", ">&-"] {
      let run = try shell("git-bet \(arguments) \(place)", in: repository)
      // What is said on standard error alone has nothing to lose.
      if fine.out.isEmpty {
        #expect(run.status == fine.status, "\(arguments) \(place)")
        continue
      }
      #expect(run.status == 128, "\(arguments) \(place): \(run.errorText)")
      #expect(run.says("output-failed") || run.says("unknown-bet"), "\(arguments) \(place): \(run.errorText)")
    }
  }

  @Test func `an answer that cannot be written is a failure of every verb that writes, too`() throws {
    let repository = try scene()
    let claim = "--if a --expect 'b rises to 3' --because c"
    for line in [
      "declare new \(claim)", "amend new --title t", "start new", "link new other", "unlink new other",
      "close new abandoned", "reopen new --because y", "policy overdue=block", "install", "uninstall",
    ] {
      try repository.git("branch", "-f", "other", "main")
      let run = try shell("git-bet \(line) >/dev/full", in: repository)
      #expect(run.status == 128 && run.says("output-failed"), "\(line): \(run.errorText)")
    }
  }

  @Test func `half of an answer is none`() throws {
    let repository = try scene()
    for number in 0..<30 { try repository.bet("note", "search", "-m", "heard \(number)") }
    for line in ["log search --json", "show search --json", "show search"] {
      let run = try shell("ulimit -f 1; git-bet \(line) >'\(repository.scratch.path)/answer'", in: repository)
      #expect(run.status == 128 && run.says("output-failed"), "\(line): \(run.errorText)")
    }
  }

  @Test func `a reader that has seen enough ends a command as it ends git`() throws {
    let repository = try scene()
    for command in ["git log", "git-bet list", "git-bet log --json", "git-bet check --json", "git-bet -h"] {
      let run = try shell("{ sleep 0.3; \(command); echo $? >&2; } | :", in: repository)
      #expect(run.errorText == "141\n", "\(command)")
    }
  }

  @Test func `a closed stream is no place for a file that is opened next`() throws {
    let repository = try scene()
    let before = try repository.refs()
    for closed in ["<&- >&- 2>&-", ">&- 2>&-", "<&-"] {
      for command in ["list", "show search", "doctor", "check", "log --json"] {
        _ = try shell("git-bet \(command) \(closed)", in: repository)
      }
    }
    #expect(try repository.refs() == before)
    _ = try shell("git-bet note search -m heard >&- 2>&-", in: repository)
    #expect(try repository.bet("log", "search").text.contains("note: heard"))
    #expect(try repository.git("fsck", "--strict").status == 0)
    try repository.bet("doctor")
  }
}
