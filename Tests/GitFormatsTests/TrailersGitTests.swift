import GitFormats
import TestSupport
import Testing

/// git's own answers, with no configuration.
struct GitTrailers {
  let repository: TestRepository
  private static let header = """
    tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904
    author A <a@example.org> 1735689600 +0000
    committer A <a@example.org> 1735689600 +0000


    """

  init() throws {
    repository = try TestRepository(bare: true)
  }

  /// What `git log` prints for each message, byte for byte; three children for any number of messages.
  func log(_ messages: [[UInt8]]) throws -> [[UInt8]] {
    var paths = ""
    for (number, message) in messages.enumerated() {
      let path = repository.scratch.path + "/messages/\(number)"
      try writeFile(path, Array(Self.header.utf8) + message)
      paths += path + "\n"
    }
    let ids = try repository.git(
      "hash-object", "-t", "commit", "-w", "--literally", "--stdin-paths", input: paths)
    let log = try repository.git(
      ["log", "--stdin", "--no-walk=unsorted", "-z", "--format=%H%n%(trailers:only,unfold)"], input: ids.out)
    // Equal messages make one commit, which is printed once.
    var found: [String: [UInt8]] = [:]
    for record in log.out.split(separator: 0) {
      found[String(decoding: record.prefix(40), as: UTF8.self)] = Array(record.dropFirst(41))
    }
    return try ids.text.split(separator: "\n").map { try #require(found[String($0)]) }
  }

  func interpret(_ message: [UInt8]) throws -> [UInt8] {
    try repository.git(["interpret-trailers", "--parse", "--no-divider"], input: message).out
  }
}

@Suite struct TrailersGitTests {
  private static let atoms = [
    "", "", "", " ", "␍", "⇥", "␋", "␌", "s", "prose", "prose: with colon", "Bet: a", "Bet: a", "bet : b",
    "Bet⇥:⇥c⇥ ", "Bet:", "X: ", "X:1␍", " folded", "⇥folded", "  ", " Bet: folded", "␍folded", "␋x: y", "---",
    "--- ", "----", "---foo", "# comment", "#", "# Bet: c", "✂", "✂", "# >8", "Signed-off-by: A <a@b>",
    "Signed-off-by: ", "Signed-off-by:", "signed-off-by: b", "(cherry picked from commit 1)",
    "(cherry picked by x)", "Conflicts:", "Conflicts:", "Conflicts: ", "⇥file", ":wq", "-Bet: a", "-: a",
    "Under_score: v", "Key two: v", "Key  : v", "Kéy: v", "Bet= a", "https://x.y", "\u{FEFF}Bet: a",
    "Bet: ␦é", "␦: a", "Bet: a␀b", "␀", "Bet: a␋", "Bet: \u{A0}a", "Bet: a: b", "prose␍", "Bet: a ␍",
    "prose⏎prose⏎prose", "prose⏎prose⏎prose⏎prose", "Bet: a⏎Bet: b", "Bet: a⏎ ⏎",
  ]

  private static func message(using generator: inout Dice) -> [UInt8] {
    let title =
      ["s⏎⏎", "s⏎⏎", "s⏎⏎body⏎⏎", "⏎ ⏎s⏎⏎", "Conflicts:⏎ ⏎", ""].randomElement(using: &generator) ?? ""
    let lines = (1...9).randomElement(using: &generator) ?? 1
    let body = (0..<lines).map { _ in atoms.randomElement(using: &generator) ?? "" }
    let end = Bool.random(using: &generator) ? "⏎" : ""
    return bytes(title + body.joined(separator: "⏎") + end)
  }

  @Test(arguments: 1...2) func `messages made of hostile lines have the trailers that git log finds`(
    seed: UInt64
  ) throws {
    var generator = Dice(state: seed)
    let messages = (0..<2_000).map { _ in Self.message(using: &generator) }
    let found = try GitTrailers().log(messages)
    var withTrailers = 0
    for (message, found) in zip(messages, found) {
      let trailers = try Trailers(parsing: message)
      #expect(printed(trailers) == found, "\(message.debugText)")
      withTrailers += trailers.isEmpty ? 0 : 1
      try expectEveryLineAccounted(message, trailers)
    }
    #expect(withTrailers > 200)
  }

  /// A line `Bet:` is either a trailer or a stray, and the prefilter misses neither.
  private func expectEveryLineAccounted(_ message: [UInt8], _ trailers: Trailers) throws {
    let strays = try Trailers.strays(of: "Bet", in: message)
    let lines = message.split(separator: 0x0A).filter { line in
      let text = line.drop { $0 == 0x20 || $0 == 0x09 }
      guard text.prefix(3).map({ $0 | 0x20 }) == Array("bet".utf8) else { return false }
      return text.dropFirst(3).first { $0 != 0x20 && $0 != 0x09 } == 0x3A
    }
    let bets = trailers.values(of: "Bet").count
    #expect(strays.count + bets == lines.count, "\(message.debugText)")
    let mentioned = Trailers.mention([Array("BET".utf8)], in: message)
    #expect(mentioned || lines.isEmpty, "\(message.debugText)")
  }

  @Test func `the message that hangs old versions of interpret-trailers is answered`() throws {
    let message = bytes("s⏎⏎Bet: x⏎---⏎b⏎✂z⏎")
    #expect(try Trailers(parsing: message).isEmpty)
  }
}

extension [UInt8] {
  fileprivate var debugText: String { String(decoding: self, as: UTF8.self).debugDescription }
}
