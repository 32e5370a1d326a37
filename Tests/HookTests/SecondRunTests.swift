import TestSupport
import Testing

@Suite("a second run for the same push") struct SecondRunTests {
  private let repository: TestRepository
  private let updates: String

  init() throws {
    (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    let (old, new) = (try repository.id("main"), try repository.id("bet/ranking"))
    updates = "refs/heads/bet/ranking \(new) refs/heads/main \(old)\n"
  }

  /// Runs a line of shell that calls the gate as git's own child would, `$git` being git.
  private func shell(_ script: String, environment: [String: String] = [:]) throws -> [String] {
    let start = "git=$$ bet=\(binary("git-bet")) updates='\(updates)'\n"
    let judge =
      "judge() { printf %s \"$updates\" | \"$bet\" hook \"$@\" 2>said; echo \"$? $(grep -c . said)\"; }\n"
    let run = try repository.run("sh", ["-c", start + judge + script], environment: environment)
    return run.text.split(separator: "\n").map(String.init)
  }

  private let push = "pre-push origin url"

  @Test func `says nothing and answers the same`() throws {
    let said = try shell("judge --for $git \(push); judge --for $git \(push)")
    #expect(said.count == 2 && said[0].hasPrefix("1 ") && said[0] != "1 0" && said.last == "1 0")
    try repository.git("config", "bet.depth", "deep")
    let failed = try shell("judge --for $git \(push); judge --for $git \(push)")
    #expect(failed[0].hasPrefix("128 ") && failed[0] != "128 0" && failed.last == "128 0")
  }

  @Test func `is one only when git's process, arguments and refs are the same`() throws {
    let other = updates.replacing("refs/heads/main", with: "refs/heads/trunk")
    let said = try shell(
      """
      judge --for $git \(push)
      judge --for $git pre-push origin other
      judge --for $PPID \(push)
      judge \(push)
      judge --for 0 \(push)
      judge --for x \(push)
      updates='\(other)'
      judge --for $git \(push)
      """)
    #expect(said.count == 7 && said.allSatisfy { $0.hasPrefix("1 ") && $0 != "1 0" }, "\(said)")
  }

  @Test func `is judged when the first one left no word`() throws {
    let said = try shell("judge --for $git \(push); rm -r .git/bet; judge --for $git \(push)")
    #expect(said.count == 2 && said[0] == said[1])
    try repository.run("rm", ["-rf", ".git/bet"]).succeeded("rm")
    try repository.write(".git/bet", "")
    #expect(try shell("judge --for $git \(push)") == [said[0]])
  }

  @Test func `is not made one by any variable`() throws {
    let names = ["BET_FOR", "GIT_BET_FOR", "BET_JUDGED", "PPID"]
    let environment = Dictionary(names.map { ($0, "1") }) { $1 }
    let said = try shell("judge \(push); judge \(push)", environment: environment)
    #expect(said.count == 2 && said[0] == said[1] && said[0].hasPrefix("1 "))
  }

  @Test func `finds no log in a repository without bets`() throws {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.commit("more\n")
    try expectPassed(repository, ["-q", "origin", "main"])
    #expect(throws: (any Error).self) { try repository.read(".git/bet/decisions") }
    #expect(throws: (any Error).self) { try remote.read("bet/decisions") }
    try repository.declare("search")
    try repository.commit("more\n")
    try expectPassed(repository, ["-q", "origin", "main"])
    #expect(try repository.read(".git/bet/decisions").contains(" not-applicable - "))
  }
}
