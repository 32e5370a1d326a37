import TestSupport
import Testing

/// Instruments that mean something to a shell, to git or to a regular expression, and places that are odd.
@Suite("an instrument's odd word") struct InstrumentWordTests {
  private func scene(_ instrument: String) throws -> TestRepository {
    let (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.bet("amend", "search", "--instrument", instrument)
    try repository.bet("policy", "instrument=block", "limit=off")
    try repository.commit("work\n\nBet: search\n", file: "work", content: "nothing\n")
    return repository
  }

  @Test(arguments: [
    "--help", "-O", "--open-files-in-pager=touch pwned", ":(exclude)*", "$(touch pwned)", "\\0", "a.*b",
    "*.md", "%s", "\"", "'",
    "søk_utført", "^", "!x",
  ])
  func `is looked for as it is written`(_ instrument: String) throws {
    let repository = try scene(instrument)
    let run = try repository.tryGit("push", "origin", "main")
    #expect(run.status == 1 && run.says("instrument"), "\(run.errorText)")
    try repository.commit("measure\n\nBet: search\n", file: "deep/work", content: "x\(instrument)x\n")
    // Somewhere below, with everything set that could change what a pathspec or a pattern is.
    let pushed = try repository.run(
      "git",
      [
        "-c", "submodule.recurse=true", "-c", "grep.patternType=perl", "-c", "grep.extendedRegexp=true", "-c",
        "alias.grep=!touch pwned", "push", "-q", "origin", "main",
      ], directory: repository.path + "/deep",
      environment: ["GIT_LITERAL_PATHSPECS": "1"])
    #expect(pushed.status == 0, "\(pushed.errorText)")
    #expect(try repository.run("find", [".", "-name", "pwned"]).text.isEmpty)
  }

  @Test func `one person's attributes hide nothing`() throws {
    let repository = try scene("search_performed")
    try repository.write(repository.scratch.path + "/attributes", "* -diff\n")
    try repository.git("config", "core.attributesFile", repository.scratch.path + "/attributes")
    try repository.commit("measure\n\nBet: search\n", file: "code", content: "search_performed\n")
    try repository.git("push", "-q", "origin", "main")
  }

  @Test func `in a file that cannot be read it is not known, which does not block`() throws {
    let repository = try scene("search_performed")
    try repository.commit("measure\n\nBet: search\n", file: "code", content: "search_performed\n")
    let id = try repository.id("HEAD:code")
    try repository.run("mv", [".git/objects/\(id.prefix(2))/\(id.dropFirst(2))", "../kept"]).succeeded("mv")
    let run = try repository.tryBet("check", "main")
    #expect(
      run.status == 0 && (run.text + run.errorText).contains("instrument"), "\(run.text)\(run.errorText)")
    #expect(!(run.text + run.errorText).contains("nowhere in the tree"))
  }
}
