import TestSupport
import Testing

/// The recipes for CI: the script against a real remote, the others by what they run.
@Suite struct RecipeTests {
  private let folder: String = {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    return root.joined(separator: "/") + "/hooks/ci"
  }()

  /// A remote with the ledger, a stopped branch and a free one, and what a CI has: a fresh, detached clone.
  private func scene(_ arguments: [String] = []) throws -> (person: TestRepository, ci: TestRepository) {
    let (person, remote) = try TestRepository.withRemote()
    try person.placeChain()
    try person.git("push", "-q", "--no-verify", "origin", "bet/ranking", "refs/bets/*:refs/bets/*")
    try person.git("switch", "-q", "-c", "free", "main")
    try person.commit("mend\n", file: "mend", content: "1\n")
    try person.git("push", "-q", "origin", "free")
    let ci = try remote.clone(named: "ci", arguments: arguments)
    ci.knowBet()
    // What came is there in any CI, however little else was fetched.
    try ci.git(["fetch", "-q"] + arguments.prefix(2) + ["origin", "bet/ranking", "free"])
    try ci.git("checkout", "-q", "--detach")
    return (person, ci)
  }

  private func check(
    _ ci: TestRepository, base: String, head: String, branch: String, into: String = "",
    format: String = "text"
  ) throws -> Run {
    try ci.run(
      "sh", [folder + "/check.sh"],
      environment: ["BASE": base, "HEAD": head, "BRANCH": branch, "INTO": into, "FORMAT": format])
  }

  @Test(arguments: [[], ["--depth", "1", "--no-single-branch"], ["--depth", "1"]])
  func `the script judges a pull request in a fresh clone`(arguments: [String]) throws {
    let (person, ci) = try scene(arguments)
    let (base, bad, good) = try (person.id("main"), person.id("bet/ranking"), person.id("free"))
    let stop = try check(ci, base: base, head: bad, branch: "bet/ranking", into: "main")
    #expect(stop.status == 1 && stop.says("follow-on"), "\(stop.errorText)")
    #expect(stop.out.isEmpty)
    let pass = try check(ci, base: base, head: good, branch: "free", into: "main")
    #expect(pass.status == 0, "\(pass.errorText)")
    #expect(try ci.git("for-each-ref", "refs/bets-remote/origin/search").out.isEmpty == false)
    let lost = try check(ci, base: base, head: String(repeating: "1", count: 40), branch: "x", into: "main")
    #expect(lost.status == 128 && lost.says("unknown-commit"), "\(lost.errorText)")
    // The verdict is what the ledger says now.
    try person.bet("close", "search", "validated", "--yes", "--evidence", "starts rose to 3.1")
    try person.git("push", "-q", "origin", "refs/bets/*:refs/bets/*")
    #expect(try check(ci, base: base, head: bad, branch: "bet/ranking", into: "main").status == 0)
  }

  @Test func `a push that has landed is judged as it came`() throws {
    let (person, ci) = try scene()
    let (base, bad) = try (person.id("main"), person.id("bet/ranking"))
    try person.git("push", "-q", "--no-verify", "origin", "bet/ranking:main")
    try ci.git("fetch", "-q")
    let zeros = String(repeating: "0", count: 40)
    for before in [base, zeros, String(repeating: "2", count: 40)] {
      let run = try check(ci, base: before, head: bad, branch: "main")
      #expect(run.status == 1 && run.says("follow-on"), "\(before): \(run.errorText)")
    }
    // Somebody goes on from there: what is new is free, what was there before is not asked about again.
    try person.git("switch", "-q", "-c", "on", "bet/ranking")
    try person.git("commit", "-q", "--no-verify", "--allow-empty", "-m", "on", "-m", "Bet: none")
    try person.git("push", "-q", "--no-verify", "origin", "on")
    try ci.git("fetch", "-q")
    #expect(try check(ci, base: zeros, head: person.id("on"), branch: "on").status == 0)
  }

  @Test func `the script gives annotations, a summary and a report`() throws {
    let (person, ci) = try scene()
    ci.environment["GITHUB_STEP_SUMMARY"] = ci.path + "/summary"
    let (base, bad) = try (person.id("main"), person.id("bet/ranking"))
    let github = try check(ci, base: base, head: bad, branch: "bet/ranking", into: "main", format: "github")
    #expect(github.status == 1)
    #expect(github.text.contains("\n::error title=git bet%3A follow-on::'ranking' rests on 'search'"))
    #expect(try ci.read("summary").contains("```mermaid"))
    let junit = try check(ci, base: base, head: bad, branch: "bet/ranking", into: "main", format: "junit")
    #expect(
      junit.status == 1 && junit.text.hasPrefix("<?xml") && junit.text.contains("<failure type=\"follow-on\"")
    )
  }

  @Test(arguments: ["github-actions.yml", "gitlab-ci.yml"])
  func `the recipes of the hosts run what the script runs`(file: String) throws {
    let scratch = try TestRepository()
    let script = try scratch.read(folder + "/check.sh").split(separator: "\n").map(String.init)
    let commands = script.drop { !$0.hasPrefix("FORMAT=") }.dropFirst()
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    #expect(commands.count == 10)
    let recipe = try scratch.read(folder + "/" + file)
    #expect(!recipe.contains("secrets.") && !recipe.contains("pull_request_target"))
    guard try scratch.run("python3", ["-c", "import yaml"]).status == 0 else {
      print("note: python3 has no yaml: \(file) was not parsed")
      return
    }
    let lines = try scratch.run(
      "python3",
      [
        "-c",
        """
        import sys, yaml
        d = yaml.safe_load(open(sys.argv[1]))
        jobs = d["jobs"].values() if "jobs" in d else [d["git bet"]]
        for job in jobs:
          for step in job.get("steps", []): print(step.get("run", ""))
          for line in job.get("script", []): print(line)
        """, folder + "/" + file,
      ]
    ).succeeded("python3").text.split(separator: "\n").map(String.init)
    let run = lines.filter { commands.contains($0.replacing(" >git-bet.xml", with: "")) }
    #expect(run.map { $0.replacing(" >git-bet.xml", with: "") } == commands, "\(lines)")
    // What a host puts into a script's text is run by it; what stands in its environment is not.
    #expect(!lines.contains { $0.contains("${{") })
  }
}
