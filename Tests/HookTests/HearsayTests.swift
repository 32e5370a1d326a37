import TestSupport
import Testing

/// What only a branch tells is lost with it: whoever knows it says so while it stands.
@Suite("work that only a branch knows") struct HearsayTests {
  @Test(arguments: ["--ff-only", "--squash"])
  func `is told with the command that keeps it, until it is kept`(way: String) throws {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.git("branch", "bet/idle")
    try repository.declare("idle")
    try repository.git("switch", "-q", "-c", "bet/search")
    for name in ["one", "two"] {
      try repository.write(name, "1\n")
      try repository.git("add", ".")
      try repository.git("-c", "core.hooksPath=/dev/null", "commit", "-q", "-m", name)
    }
    try repository.git("switch", "-q", "main")
    try repository.git("merge", "-q", way, "bet/search")
    if way == "--squash" {
      try repository.git("-c", "core.hooksPath=/dev/null", "commit", "-q", "-m", "both")
    }
    #expect(try !repository.bet("list").errorText.contains("told-by-branch"))
    try repository.git("push", "-q", "--no-verify", "origin", "main")
    for command in ["list", "audit"] {
      let run = try repository.bet(command)
      #expect(run.errorText.contains("[told-by-branch]"), "\(run.errorText)")
      #expect(run.errorText.contains("of 'search' on the ship branch"), "\(run.errorText)")
    }
    let told = try repository.bet("list").errorText
    let hint = try #require(told.split(separator: "\n").first { $0.hasPrefix("hint: git bet link ") })
    try repository.run("sh", ["-c", String(hint.dropFirst(6))]).succeeded("\(hint)")
    try repository.git("branch", "-q", "-D", "bet/search")
    #expect(try !repository.bet("list").errorText.contains("told-by-branch"))
    #expect(try repository.bet("footprint", "search").text.contains("2 of 2 "))
  }
}
