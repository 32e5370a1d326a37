import TestSupport
import Testing

/// One command of a session and what it printed.
private struct Step {
  var command: String
  var output: [String] = []
}

/// The README's sessions, run as they stand: what a reader sees there is what a reader gets.
@Suite struct ReadmeTests {
  @Test func `every session in the README prints what it says`() throws {
    let repository = try TestRepository()
    try repository.commit("A catalogue of lessons")
    _ = try repository.addRemote()
    try repository.git("push", "--quiet", "--set-upstream", "origin", "main")
    // Today's sessions: a bet that is declared in one was declared today.
    repository.environment["GIT_AUTHOR_DATE"] = nil
    repository.environment["GIT_COMMITTER_DATE"] = nil
    let folder = String(binary("git-bet").dropLast("/git-bet".count))
    let path = folder + ":" + (repository.environment["PATH"] ?? "")

    let steps = try sessions()
    #expect(steps.count >= 8)
    for step in steps {
      let run = try repository.run(
        "sh", ["-c", step.command + "\n"], environment: ["PATH": path, "COLUMNS": "80"])
      // git prints its own words after the hook's; people see both on one screen.
      let seen = (run.text + run.errorText).split(separator: "\n").map { normalized(String($0)) }
      let expected = step.output.filter { !$0.isEmpty }.map(normalized)
      #expect(seen == expected, "after: \(step.command)")
      #expect((run.status != 0) == expected.contains { $0.hasPrefix("error: ") }, "\(step.command)")
    }
  }

  @Test func `every make target that the README names is there`() throws {
    let makefile = try read("Makefile")
    for line in try read("README.md").split(separator: "\n") where line.hasPrefix("make ") {
      let target = line.split(separator: " ")[1]
      #expect(makefile.contains("\n\(target):"), "make \(target)")
    }
  }

  @Test func `every rule stands in the README with its default`() throws {
    let rules = try TestRepository().tryBet("rules").succeeded("rules").text.split(separator: "\n")
      .dropFirst().prefix { !$0.hasPrefix("setting") }
    #expect(rules.count >= 10)
    let readme = try read("README.md")
    let rows = rules.map { $0.split(separator: " ") }.map { "| `\($0[0])` | \($0[1]) | " }
    for row in rows { #expect(readme.contains("\n\(row)"), "\(row)") }
  }

  /// Ids, dates and paths differ from run to run; nothing else may.
  private func normalized(_ line: String) -> String {
    line.replacing(/\b[0-9a-f]{10}\b/, with: "<id>").replacing(/\d{4}-\d\d-\d\d/, with: "<date>")
      .replacing(/in \/\S+\/hooks/, with: "in <hooks>").replacing(/refs to '.*'/, with: "refs to <remote>")
  }

  private func sessions() throws -> [Step] {
    var steps: [Step] = []
    var isSession = false
    for line in try read("README.md").split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isSession = line == "```console"
      } else if isSession, line.hasPrefix("$ ") {
        steps.append(Step(command: String(line.dropFirst(2))))
      } else if isSession, let last = steps.indices.last {
        if steps[last].command.hasSuffix("\\"), steps[last].output.isEmpty {
          steps[last].command += "\n" + line
        } else {
          steps[last].output.append(String(line))
        }
      }
    }
    return steps
  }

  private func read(_ file: String) throws -> String {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(
      separator: "/")
    return try TestRepository().run("cat", ["\(root)/\(file)"]).text
  }
}
