import BetAttribution
import TestSupport
import Testing

/// A repository with a bet in it, and work on top.
struct OverlapScene {
  static let bet = BetID(ifValid: "search")

  let git: TestRepository
  /// The bet's commits, oldest first.
  private(set) var bet: [ObjectID] = []

  /// The texts of the first commit, which is nobody's.
  init(_ files: [String: String]) throws {
    git = try TestRepository()
    try commit(files)
  }

  /// `count` lines of some words, with a letter to tell them from others.
  static func lines(_ letter: Character, _ numbers: ClosedRange<Int>) -> String {
    numbers.map { "word \(letter) \($0)\n" }.joined()
  }

  @discardableResult
  func commit(_ files: [String: String]) throws -> ObjectID {
    for (path, text) in files { try git.write(path, text) }
    return try commitAll()
  }

  @discardableResult
  func commitAll() throws -> ObjectID {
    try git.git("add", "-A")
    return try #require(ObjectID(hex: try git.commit("a change\n")))
  }

  mutating func betCommit(_ files: [String: String]) throws { bet.append(try commit(files)) }
  mutating func betCommitAll() throws { bet.append(try commitAll()) }

  /// Runs a program in the work tree.
  func run(_ program: String, _ arguments: String...) throws {
    #expect(try git.run(program, arguments).status == 0)
  }

  func repository() throws -> Repository { try Repository.open(at: git.path, trust: .gitHasAgreed) }

  func report(
    _ range: String = "HEAD^..HEAD", scope: OverlapScope = OverlapScope(), limit: Int = OverlapFinder.limit
  )
    throws -> OverlapReport
  {
    let repository = try repository()
    let id = try #require(OverlapScene.bet)
    let territory = try Territory(of: bet, in: repository)
    let finder = OverlapFinder(repository, territories: [id: territory], scope: scope, limit: limit)
    return try finder.overlaps(of: commits(range))
  }

  func commits(_ range: String) throws -> [RawCommit] {
    let ids = try git.git("rev-list", range).text.split(separator: "\n").compactMap { ObjectID(hex: $0) }
    return try ids.map { try #require(try repository().commit($0)) }
  }

  /// What the report says, in words: `path: rewritten/beside`, or why not.
  func found(_ range: String = "HEAD^..HEAD", scope: OverlapScope = OverlapScope()) throws -> [String] {
    let report = try report(range, scope: scope)
    return report.overlaps.map { overlap in
      let rewritten = overlap.rewritten.values.reduce(0) { $0 + $1.lineCount }
      let beside = overlap.beside.values.reduce(0) { $0 + $1.lineCount }
      return "\(String(decoding: overlap.path, as: UTF8.self)): \(rewritten)/\(beside)"
    }
      + report.unjudged.map { "\(String(decoding: $0.path ?? [], as: UTF8.self)): \($0.reason.rawValue)" }
  }
}
