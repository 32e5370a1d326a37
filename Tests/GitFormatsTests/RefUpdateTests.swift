import GitFormats
import Testing

@Suite struct RefUpdateTests {
  static let one = String(repeating: "1", count: 40)
  static let zero = String(repeating: "0", count: 40)

  @Test(arguments: ["refs/heads/main", "HEAD", "HEAD~1", "HEAD@{1 day ago}", ":/a b  c", " ", one])
  func `the local ref may hold spaces: the last three fields are split off`(_ local: String) throws {
    let update = try #require(RefUpdate(line: "\(local) \(Self.one) refs/heads/main \(Self.zero)"))
    #expect(update.localRef == local)
    #expect(update.localID.hex == Self.one)
    #expect(update.remoteRef == "refs/heads/main")
    #expect(update.isNew)
    #expect(!update.isDeletion)
    #expect(update.remoteBranch == "main")
  }

  @Test func `a deletion brings nothing`() throws {
    let update = try #require(RefUpdate(line: "(delete) \(Self.zero) refs/heads/x \(Self.one)"))
    #expect(update.isDeletion)
    #expect(!update.isNew)
  }

  @Test func `ids of 64 digits are read`() throws {
    let long = String(repeating: "ab", count: 32)
    let zero = String(repeating: "0", count: 64)
    let update = try #require(RefUpdate(line: "refs/heads/x \(long) refs/heads/x \(zero)"))
    #expect(update.localID.hex == long)
    #expect(update.isNew)
  }

  @Test(arguments: [
    "", " ", "a b c d", "refs/heads/x \(one) refs/heads/x", "refs/heads/x \(one) refs/heads/x 1",
    "\(one) refs/heads/x \(one)", "x \(one)  \(one)", "x  refs/heads/x \(one)",
    "x \(one.dropLast()) refs/heads/x \(one)", "x \(one) refs/heads/x \(one)\r",
    "x \(String(repeating: "A", count: 40)) refs/heads/x \(one)",
  ])
  func `nothing else is a line of a push`(_ line: String) { #expect(RefUpdate(line: line) == nil) }

  @Test func `a branch that begins with a combining character is a branch`() throws {
    let update = try #require(RefUpdate(line: "x \(Self.one) refs/heads/\u{301}x \(Self.zero)"))
    #expect(update.remoteBranch == "\u{301}x")
  }
}
