import TestSupport
import Testing

@Suite("a push that relies on a verdict signed by certificate") struct CertificatePushTests {
  @Test(.enabled(if: Gpg.isHereForX509), arguments: [("ada@example.org", true), ("bob@example.org", false)])
  func `passes when it is the author's`(mail: String, passes: Bool) throws {
    let scene = try SignedScene()
    try scene.repository.startGPG()
    defer { #expect(throws: Never.self) { try scene.repository.endGPG() } }
    try scene.certify(mail)
    try scene.validate()
    let event = try scene.repository.git("cat-file", "commit", "refs/bets/search").text
    #expect(event.contains("BEGIN SIGNED MESSAGE"))
    if passes {
      try scene.passes()
    } else {
      try scene.stops("was signed by /CN=Somebody, but says that ada@example.org wrote it")
    }
  }
}

extension SignedScene {
  /// Makes a certificate that signs for these addresses, and trusts it.
  func certify(_ mail: String) throws {
    let (repository, home) = (repository, repository.scratch.path + "/g")
    try repository.write(home + "/gpgsm.conf", "disable-crl-checks\n")
    let wish = """
      Key-Type: RSA
      Key-Length: 2048
      Key-Usage: sign
      Serial: random
      Name-DN: CN=Somebody
      Name-Email: \(mail)
      %no-protection

      """
    try repository.write(home + "/wish", wish)
    func gpgsm(_ arguments: String...) throws -> Run {
      try repository.run("gpgsm", ["--batch", "--pinentry-mode", "loopback", "--passphrase", ""] + arguments)
        .succeeded("gpgsm \(arguments)")
    }
    _ = try gpgsm("-o", home + "/certificate", "--generate-key", home + "/wish")
    _ = try gpgsm("--import", home + "/certificate")
    let line = try gpgsm("--with-colons", "--list-keys").text.split(separator: "\n").first {
      $0.hasPrefix("fpr:")
    }
    let fingerprint = try #require(line).split(separator: ":")[1]
    try repository.write(home + "/trustlist.txt", "\(fingerprint) S relax\n")
    try repository.endGPG()
    try repository.git("config", "--global", "gpg.format", "x509")
    try repository.git("config", "--global", "user.signingKey", mail)
    // A certificate made this second is not valid at the fixed date of the tests.
    repository.environment["GIT_COMMITTER_DATE"] = nil
  }
}
