import TestSupport
import Testing

@Suite("forms in the editor") struct FormTests {
  let repository: TestRepository

  init() throws { (repository, _) = try TestRepository.withRemote() }

  /// An editor that leaves these texts, one after the other, and keeps what it was shown.
  private func edit(_ texts: [String], _ arguments: [String]) throws -> (run: Run, shown: [String]) {
    for (number, text) in texts.enumerated() { try repository.write("text\(number)", text) }
    try repository.write(
      "editor",
      """
      #!/bin/sh
      cd '\(repository.path)'
      n=$(ls shown* 2>/dev/null | wc -l)
      cp "$1" "shown$n"
      [ -f "text$n" ] && cp "text$n" "$1"
      exit 0
      """)
    try repository.run("chmod", ["+x", "editor"]).succeeded("chmod")
    repository.environment["GIT_EDITOR"] = "\(repository.path)/editor"
    let run = try repository.onTerminal(arguments, typing: "")
    let count = try repository.run("sh", ["-c", "ls shown* | wc -l"]).text
    let shown = try (0..<(Int(count.filter(\.isNumber)) ?? 0)).map { try repository.read("shown\($0)") }
    return (run, shown)
  }

  @Test func `a declaration that cannot be read opens again with the reason on top`() throws {
    guard try repository.hasTerminals() else { return }
    let bad = "Find it\n\nIf: we build it\nExpect: it rises to 3\n"
    let (run, shown) = try edit([bad, bad + "Because: they asked\n"], ["declare", "search"])
    #expect(run.status == 0 && run.text.contains("declared search: Find it"), "\(run.text)")
    #expect(shown.count == 2 && shown[1].hasPrefix("#! 'Because' is missing or empty\n"), "\(shown)")
    #expect(shown[1].hasSuffix(bad), "and all that was typed")
  }

  @Test func `who leaves it as it is gives up, and nothing typed is lost`() throws {
    guard try repository.hasTerminals() else { return }
    let bad = "Find it\n\nIf: we build it\nExpect: it rises to 3\n"
    let (run, shown) = try edit([bad], ["declare", "search"])
    #expect(run.status == 128 && run.text.contains("what you typed is kept in"), "\(run.text)")
    #expect(shown.count == 2, "it was asked once more")
    #expect(try repository.read(".git/BET_DECLARE") == bad)
    #expect(run.text.contains("git bet declare search -F"))
    #expect(try repository.tryGit("rev-parse", "refs/bets/search").status != 0)
  }

  @Test func `so does the form of a call`() throws {
    guard try repository.hasTerminals() else { return }
    try repository.declare("search")
    let (run, shown) = try edit(
      ["Verdict: maybe\nEvidence: seen\n", "Verdict: inconclusive\nEvidence: seen\n"], ["close", "search"])
    #expect(run.text.contains("search is inconclusive"), "\(run.text)")
    #expect(shown.count == 2 && shown[1].hasPrefix("#! 'maybe' is not a verdict\n"), "\(shown)")
  }

  @Test func `every line of a template fits 80 columns`() throws {
    guard try repository.hasTerminals() else { return }
    try repository.declare("search")
    for arguments in [["declare", "ranking"], ["close", "search"]] {
      try repository.run("sh", ["-c", "rm -f shown*"]).succeeded("rm")
      let (_, shown) = try edit([], arguments)
      let lines = try #require(shown.first).split(separator: "\n")
      #expect(lines.count > 10 && lines.allSatisfy { $0.count <= 80 }, "\(lines.filter { $0.count > 80 })")
    }
  }
}
