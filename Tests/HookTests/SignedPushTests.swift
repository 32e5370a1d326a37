import TestSupport
import Testing

/// A branch `bet/ranking` that rests on `search`, while the rule `unsigned` blocks: all hangs on the verdict.
struct SignedScene {
  let repository: TestRepository
  let remote: TestRepository

  init() throws {
    (repository, remote) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.git("config", "bet.rule.unsigned", "block")
  }

  func validate() throws {
    try repository.bet("close", "search", "validated", "--yes", "--evidence", "starts rose")
  }

  func push() throws -> Run { try repository.tryGit("push", "origin", "bet/ranking") }

  /// Expects that a push is stopped for what is wrong with the signature, and that nothing got through.
  func stops(_ words: String..., at location: SourceLocation = #_sourceLocation) throws {
    let before = try remote.refs()
    let run = try push()
    #expect(run.status == 1 && run.says("unsigned"), "\(run.errorText)", sourceLocation: location)
    // Long lines are wrapped.
    let text = run.errorText.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for word in words { #expect(text.contains(word), "\(word): \(text)", sourceLocation: location) }
    #expect(try remote.refs() == before, sourceLocation: location)
    #expect(try repository.tryBet("check").status == 1, sourceLocation: location)
  }

  /// Types the way on of a stopped push that begins like this.
  func follow(_ words: String) throws {
    let stop = try push()
    #expect(stop.stops("unsigned"))
    let way = try #require(stop.errorText.split(separator: "\n").first { $0.contains(words) })
    // With a person's own words where it leaves them out.
    let own = way.replacing("why it cannot wait", with: "the demo is tomorrow")
    try repository.run("sh", ["-c", String(own)]).succeeded("\(way)")
  }

  func passes(at location: SourceLocation = #_sourceLocation) throws {
    #expect(try repository.tryBet("check").status == 0, sourceLocation: location)
    let run = try push()
    #expect(run.status == 0, "\(run.errorText)", sourceLocation: location)
  }
}

@Suite("a push that relies on a verdict") struct SignedPushTests {
  @Test func `passes when it is signed with a key that git trusts`() throws {
    let scene = try SignedScene()
    let key = try scene.repository.sshKey("ada")
    try scene.repository.sign(with: key)
    try scene.repository.allow("ada@example.org \(scene.repository.publicKey(key))")
    try scene.validate()
    let event = try scene.repository.git("cat-file", "commit", "refs/bets/search").text
    #expect(event.contains("gpgsig -----BEGIN SSH SIGNATURE-----") && !event.contains("\nencoding "))
    try scene.repository.git("verify-commit", "refs/bets/search")
    try scene.passes()
  }

  @Test func `stops when it is not signed, and the way on works`() throws {
    let scene = try SignedScene()
    try scene.validate()
    try scene.stops("the verdict on 'search'", "Ada Author <ada@example.org>", "is not signed")
    let key = try scene.repository.sshKey("ada")
    try scene.repository.sign(with: key)
    try scene.repository.git("config", "--global", "bet.sign", "false")
    try scene.repository.allow("ada@example.org \(scene.repository.publicKey(key))")
    try scene.follow("git bet reopen search")
    #expect(try scene.push().stops("follow-on"), "it is open again")
    try scene.repository.run(
      "sh", ["-c", "git -c bet.sign=true bet close search validated --yes --evidence 'starts rose'"]
    ).succeeded("close")
    try scene.passes()
  }

  @Test func `stops when the key is unknown, has expired, is revoked or is somebody else's`() throws {
    let scene = try SignedScene()
    let repository = scene.repository
    let (ada, bob) = (try repository.sshKey("ada"), try repository.sshKey("bob"))
    let (adaKey, bobKey) = (try repository.publicKey(ada), try repository.publicKey(bob))
    try repository.sign(with: bob)
    try scene.validate()
    try scene.stops("cannot be verified: gpg.ssh.allowedSignersFile is not set")
    try repository.allow("ada@example.org \(adaKey)")
    try scene.stops("a key that is not trusted here (SHA256:")
    try repository.allow("ada@example.org \(adaKey)", "ada@example.org valid-before=\"20240101\" \(bobKey)")
    try scene.stops("a key that has expired (SHA256:")
    try repository.allow("ada@example.org \(adaKey)", "bob@example.org \(bobKey)")
    try scene.stops("was signed by bob@example.org, but says that ada@example.org wrote it")
    // Several principals and patterns, as the list of signers allows them.
    try repository.allow("bob@example.org,*@example.org \(bobKey)")
    #expect(try repository.tryBet("check").status == 0)
    try repository.git("config", "--global", "gpg.ssh.revocationFile", bob + ".pub")
    try scene.stops("a key that was revoked")
    try repository.git("config", "--global", "--unset", "gpg.ssh.revocationFile")
    try repository.git("config", "--global", "gpg.ssh.allowedSignersFile", "/nowhere/signers")
    try scene.stops("names '/nowhere/signers', which is not there")
    try repository.git("config", "--global", "gpg.ssh.program", "/nowhere/ssh-keygen")
    try repository.allow("ada@example.org \(bobKey)")
    try scene.stops("cannot be verified: fatal: cannot run /nowhere/ssh-keygen")
    try repository.git("config", "--global", "--unset", "gpg.ssh.program")
    try scene.passes()
  }

  @Test func `stops when the signature was made for something else, or is none that git knows`() throws {
    let scene = try SignedScene()
    let repository = scene.repository
    let key = try repository.sshKey("ada")
    try repository.sign(with: key)
    try repository.allow("ada@example.org \(repository.publicKey(key))")
    try scene.validate()
    let event = try repository.git("cat-file", "commit", "refs/bets/search").text
    func replace(_ old: String, _ new: String) throws {
      let forged = event.replacing(old, with: new)
      let id = try repository.git(
        ["hash-object", "-t", "commit", "-w", "--stdin"], input: Array(forged.utf8)
      ).text.prefix(40)
      try repository.git("update-ref", "refs/bets/search", String(id))
    }
    try replace("starts rose", "starts ROSE")
    try scene.stops("has a signature that was not made for it")
    try replace("-----BEGIN SSH SIGNATURE-----", "-----BEGIN NONSENSE-----")
    try scene.stops("has a signature that was not made for it")
    // One of those spoils no other.
    try repository.bet("reopen", "search", "--because", "again")
    let log = try repository.bet("log", "search").text
    #expect(log.contains("was not made for it") && log.contains("is signed by ada@example.org"), "\(log)")
    try repository.git("update-ref", "refs/bets/search", "refs/bets/search~")
    // A replaced object is shown by git log; the remote gets the real one.
    let id = try repository.id("refs/bets/search")
    try replace("x", "x")
    try repository.git("replace", id, "refs/bets/search")
    try repository.git("update-ref", "refs/bets/search", id)
    try scene.stops("has a signature that was not made for it")
  }

  @Test func `runs no program that the repository's own configuration names`() throws {
    let scene = try SignedScene()
    let repository = scene.repository
    let key = try repository.sshKey("ada")
    try repository.sign(with: key)
    try repository.allow("ada@example.org \(repository.publicKey(key))")
    try scene.validate()
    let trap = repository.scratch.path + "/trap"
    try repository.write(trap, "#!/bin/sh\ntouch '\(trap).sprung'\nexit 1\n", executable: true)
    for name in ["gpg.program", "gpg.openpgp.program", "gpg.ssh.program", "gpg.x509.program"] {
      try repository.git("config", name, trap)
    }
    // It would run, if git were left alone.
    #expect(try repository.tryGit("verify-commit", "refs/bets/search").status != 0)
    try repository.run("rm", [trap + ".sprung"]).succeeded("rm")
    try scene.passes()
    try repository.bet("log", "search")
    try repository.bet("show", "search")
    #expect(try repository.run("test", ["-e", trap + ".sprung"]).status == 1)
    // The user's own does.
    try repository.commit("rank better\n")
    try repository.git("config", "--global", "gpg.ssh.program", trap)
    #expect(try repository.tryBet("check").status == 1)
    #expect(try repository.run("test", ["-e", trap + ".sprung"]).status == 0)
  }

  @Test func `takes no list of signers that a push could change`() throws {
    let scene = try SignedScene()
    let repository = scene.repository
    let key = try repository.sshKey("ada")
    try repository.sign(with: key)
    try repository.allow("ada@example.org \(repository.publicKey(key))")
    let list = repository.scratch.home + "/allowed_signers"
    try scene.validate()
    #expect(try repository.tryBet("check").status == 0)
    try repository.write("signers", try repository.read(list))
    try repository.run("ln", ["-s", list, repository.path + "/link"]).succeeded("ln")
    try repository.run("ln", ["-s", repository.scratch.home, repository.path + "/folder"]).succeeded("ln")
    try repository.git("worktree", "add", "-q", "../tree", "main")
    try repository.write("../tree/signers", try repository.read(list))
    for path in [
      "signers", "./signers", "link", "folder/allowed_signers", "\(repository.path)/signers",
      "../tree/signers",
    ] {
      try repository.git("config", "gpg.ssh.allowedSignersFile", path)
      try scene.stops("names a file in the work tree")
    }
    for path in [".git/signers", "../home/allowed_signers", "~/allowed_signers"] {
      try repository.write(".git/signers", try repository.read(list))
      try repository.git("config", "gpg.ssh.allowedSignersFile", path)
      #expect(try repository.tryBet("check").status == 0, "\(path)")
    }
  }

  @Test(.enabled(if: Gpg.isHere)) func `is judged by gpg's keys as well`() throws {
    let scene = try SignedScene()
    let repository = scene.repository
    try repository.startGPG()
    defer { #expect(throws: Never.self) { try repository.endGPG() } }
    try repository.gpgKey("Ada Author <ada@example.org>")
    try repository.git("config", "--global", "user.signingKey", "ada@example.org")
    try scene.validate()
    #expect(try repository.git("cat-file", "commit", "refs/bets/search").text.contains("BEGIN PGP SIGNATURE"))
    try scene.passes()
    try repository.commit("rank better\n")

    // The key is known no longer.
    let secret = try repository.gpg(["--armor", "--export-secret-keys"]).text
    let key = try repository.gpg(["--with-colons", "--list-keys"]).text
      .split(separator: "\n").first { $0.hasPrefix("fpr:") }
    let fingerprint = try #require(key).filter { $0 != ":" }.dropFirst(3)
    try repository.gpg(["--delete-secret-and-public-key", String(fingerprint)])
    try scene.stops("a key that is not trusted here (\(fingerprint))")
    // Known, but nobody says that it is Ada's.
    try repository.gpg(["--import"], input: secret)
    try repository.gpg(["--import-ownertrust"], input: "\(fingerprint):2:\n")
    try scene.stops("a key that is not trusted here (\(fingerprint))")
    try repository.gpg(["--import-ownertrust"], input: "\(fingerprint):6:\n")
    #expect(try repository.tryBet("check").status == 0)
    try repository.git("config", "--global", "gpg.program", "/nowhere/gpg")
    try scene.stops("cannot be verified: fatal: cannot run /nowhere/gpg")
  }

  @Test(.enabled(if: Gpg.isHere)) func `names an expired gpg key, and one that is somebody else's`() throws {
    let scene = try SignedScene()
    let repository = scene.repository
    try repository.startGPG()
    defer { #expect(throws: Never.self) { try repository.endGPG() } }
    try repository.gpgKey("Bob <bob@example.org>")
    try repository.git("config", "--global", "user.signingKey", "bob@example.org")
    try scene.validate()
    try scene.stops("was signed by Bob <bob@example.org>, but says that ada@example.org wrote it")
    // Another user id of the same key is enough.
    try repository.gpg(["--quick-add-uid", "bob@example.org", "Ada <ada@example.org>"])
    try repository.gpg(["--quick-set-primary-uid", "bob@example.org", "Bob <bob@example.org>"])
    #expect(try repository.tryBet("check").status == 0)
    // Unless it was taken back.
    try repository.gpg(["--quick-revoke-uid", "bob@example.org", "Ada <ada@example.org>"])
    try scene.stops("was signed by Bob")

    try repository.bet("reopen", "search", "--because", "again")
    try repository.gpgKey("Ada Author <ada@example.org>", days: 30)
    let old = repository.scratch.path + "/old-gpg"
    try repository.write(
      old, "#!/bin/sh\nexec gpg --faked-system-time 20200110T000000 \"$@\"\n", executable: true)
    try repository.git("config", "gpg.program", old)
    try repository.git("config", "--global", "user.signingKey", "Ada Author <ada@example.org>")
    try scene.validate()
    try scene.stops("a key that has expired (")
  }
}

enum Gpg {
  /// Whether gpg and its agent can be started.
  static let isHere = (try? TestRepository().run("gpg", ["--version"]).status) == 0
  static let isHereForX509 = (try? TestRepository().run("gpgsm", ["--version"]).status) == 0
}
