import TestSupport
import Testing

@Suite("the names of people") struct PeoplesNamesTests {
  private static let map = "Ada Lovelace <ada@example.com> <ada@example.org>\n"

  private func repository() throws -> TestRepository {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.placeChain()
    try repository.bet("override", "--because", "it is urgent")
    try repository.bet("close", "search", "validated", "--yes", "--evidence", "it rose")
    return repository
  }

  @Test(arguments: [
    "printf '%s' \"$map\" >.mailmap", "printf '%s' \"$map\" >../names && git config mailmap.file ../names",
    "git config mailmap.blob $(printf '%s' \"$map\" | git hash-object -w --stdin)",
  ])
  func `are those of the mailmap, wherever git finds it`(_ script: String) throws {
    let repository = try repository()
    repository.environment["map"] = Self.map
    #expect(try repository.bet("log", "search").text.contains("Ada Author"))
    try repository.run("sh", ["-ec", script]).succeeded(script)
    #expect(try repository.git("log", "-1", "--format=%aN", "refs/bets/search").text == "Ada Lovelace\n")
    for arguments in [
      ["log", "search"], ["show", "search"], ["show", "search", "--json"], ["override", "--list"],
    ] {
      let text = try repository.tryBet(arguments).succeeded("\(arguments)").text
      #expect(text.contains("Ada Lovelace") && !text.contains("Ada Author"), "\(arguments): \(text)")
    }
  }

  @Test func `are those of a bare repository's own map`() throws {
    let repository = try repository()
    try repository.commit("names\n", file: ".mailmap", content: Self.map)
    try repository.git("push", "-q", "origin", "HEAD:main", "refs/bets/*:refs/bets/*")
    let bare = try repository.clone(named: "bare.git", bare: true)
    try bare.git("fetch", "-q", repository.path, "refs/bets/*:refs/bets/*")
    #expect(try bare.bet("log", "search").text.contains("Ada Lovelace"))
  }

  @Test func `are the old ones where the map is a link, and where nobody is in it`() throws {
    let repository = try repository()
    try repository.write("../names", Self.map)
    try repository.run("ln", ["-s", "../names", ".mailmap"]).succeeded("ln")
    #expect(try repository.bet("log", "search").text.contains("Ada Author"))
    try repository.run("rm", [".mailmap"]).succeeded("rm")
    try repository.write(".mailmap", "Bea <bea@example.org>\nno line of a map\n")
    #expect(try repository.bet("log", "search").text.contains("Ada Author"))
  }
}
