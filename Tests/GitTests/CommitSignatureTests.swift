import Git
import TestSupport
import Testing

@Suite("the signature of a commit") struct CommitSignatureTests {
  /// A commit with these lines between the committer and the message.
  private func commit(_ more: String, message: String = "m\n") throws -> RawCommit {
    let scratch = try Scratch()
    let text = """
      tree \(ObjectID.emptyTree)
      author A <a@b> 1 +0000
      committer C <c@d> 2 +0000
      \(more)
      """ + "\n" + message
    let id = try scratch.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", input: text)
    let oid = try #require(ObjectID(hex: id))
    return try #require(try scratch.repository().commit(oid))
  }

  @Test(
    arguments: [
      ("", nil), ("gpgsig a\n b\n \n c\n", "a\nb\n\nc\n"), ("encoding x\ngpgsig a\n", "a\n"),
      ("gpgsig a\n b\ngpgsig c\n", "a\nb\nc\n"), ("gpgsigs a\n", nil), ("gpgsig-sha256 a\n b\n", nil),
      ("mergetag x\n gpgsig a\n", nil), ("gpgsig a\nmergetag x\n y\n", "a\n"),
    ] as [(String, String?)])
  func `is what its header says`(lines: String, expected: String?) throws {
    let commit = try commit(lines)
    #expect(commit.isSigned == (expected != nil))
    #expect(commit.signature.map { String(decoding: $0, as: UTF8.self) } == expected)
  }

  @Test func `is not what its message says`() throws {
    #expect(try !commit("", message: "m\n\ngpgsig a\n b\n").isSigned)
  }
}
