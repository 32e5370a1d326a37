import GitFormats
import TestSupport
import Testing

@Suite("a list of allowed signers") struct AllowedSignersTests {
  private static let key = "AAAAC3NzaC1lZDI1NTE5AAAAIA=="

  /// A line with the key, and who may sign as whom by it; the first pattern is what git told.
  @Test(arguments: [
    ("a@x ssh-ed25519 KEY", "a@x", true), ("a@x ssh-ed25519 KEY", "b@x", false),
    ("t@x,a@x ssh-ed25519 KEY comment", "a@x", true), ("\"t@x,a@x\" ssh-ed25519 KEY", "a@x", true),
    ("*@x namespaces=\"git\",valid-before=\"20300101\" ssh-ed25519 KEY", "a@x", true),
    ("*@x ssh-ed25519 KEY", "a@y", false), ("?@x ssh-ed25519 KEY", "a@x", true),
    ("?@x ssh-ed25519 KEY", "ab@x", false), ("*@x,!a@x ssh-ed25519 KEY", "a@x", false),
    ("*@x,!b@* ssh-ed25519 KEY", "a@x", true), ("* ssh-ed25519 KEY", "anybody", true),
    ("*b*@x*z ssh-ed25519 KEY", "aabb@xyz", true), ("# a@x ssh-ed25519 KEY", "a@x", false),
    ("a@x ssh-ed25519 AAAA", "a@x", false), ("a@x", "a@x", false), ("", "a@x", false),
    ("\"a@x", "a@x", false),
  ])
  func `names the principals of a key`(line: String, mail: String, expected: Bool) throws {
    let key = try #require(Base64.decoded(Self.key))
    let text = line.replacing("KEY", with: Self.key)
    let told = text.drop { $0 == "\"" }.prefix { !", \"".contains($0) }
    let file = "# list\n\nz@z ssh-ed25519 \(Self.key)\n" + text + "\n"
    #expect(AllowedSigners.accept(mail, key: key, verifiedAs: String(told), in: file) == expected)
  }

  @Test func `reads a pattern as ssh-keygen does`() throws {
    let key = try #require(Base64.decoded(Self.key))
    let repository = try TestRepository()
    let real = try repository.publicKey(repository.sshKey("key"))
    var random = Dice(state: 3)
    func any(_ letters: String) -> String {
      String(
        (0...Int.random(in: 0..<6, using: &random)).compactMap { _ in letters.randomElement(using: &random) })
    }
    for _ in 0..<150 {
      let (pattern, mail) = (any("ab@*?[\\"), any("ab@[\\"))
      try repository.write("signers", "\(pattern) \(real)\n")
      let answer = try repository.run(
        "ssh-keygen", ["-Y", "match-principals", "-I", mail, "-f", repository.path + "/signers"])
      let accepts = AllowedSigners.accept(
        mail, key: key, verifiedAs: pattern, in: "\(pattern) ssh-ed25519 \(Self.key)\n")
      #expect(accepts == (answer.status == 0), "\(pattern) \(mail): \(answer.errorText)")
    }
  }

  @Test func `takes only the line that git went by`() throws {
    let key = try #require(Base64.decoded(Self.key))
    let file = "old@x valid-before=\"20200101\" ssh-ed25519 \(Self.key)\nnew@x ssh-ed25519 \(Self.key)\n"
    #expect(!AllowedSigners.accept("old@x", key: key, verifiedAs: "new@x", in: file))
    #expect(AllowedSigners.accept("new@x", key: key, verifiedAs: "new@x", in: file))
  }

  @Test(
    arguments: [("", []), ("QQ==", [65]), ("QUJD", [65, 66, 67]), ("QU\nJD", [65, 66, 67])]
      as [(String, [UInt8])])
  func `is written in base64`(text: String, bytes: [UInt8]) { #expect(Base64.decoded(text) == bytes) }

  @Test func `is not written in anything else`() { #expect(Base64.decoded("a-b") == nil) }
}
