#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Real keys, made for one test, and what git must be told to use them.
extension TestRepository {
  /// Makes an ssh key beside the repository and returns the path of its private half.
  package func sshKey(_ name: String) throws -> String {
    let path = "\(scratch.path)/\(name)"
    try run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", path]).succeeded("ssh-keygen")
    return path
  }

  /// A key as a line of the allowed signers has it: `ssh-ed25519 AAAA…`.
  package func publicKey(_ path: String) throws -> String {
    try read(path + ".pub").split(separator: " ").prefix(2).joined(separator: " ")
  }

  /// Has every event signed from now on, with an ssh key.
  package func sign(with key: String) throws {
    try git("config", "--global", "gpg.format", "ssh")
    try git("config", "--global", "user.signingKey", key)
    try git("config", "--global", "bet.sign", "true")
  }

  /// Writes the user's list of ssh keys that may sign: `principals [options] key`.
  package func allow(_ lines: String...) throws {
    let path = scratch.home + "/allowed_signers"
    try write(path, lines.map { $0 + "\n" }.joined())
    try git("config", "--global", "gpg.ssh.allowedSignersFile", path)
  }

  /// Gives gpg a home of its own, in which no key is known; ended by `endGPG`.
  ///
  /// The path is short, because the agent's sockets lie in it.
  package func startGPG() throws {
    environment["GNUPGHOME"] = scratch.path + "/g"
    guard mkdir(scratch.path + "/g", 0o700) == 0 else { throw SystemError("mkdir") }
    try git("config", "--global", "bet.sign", "true")
  }

  package func endGPG() throws { _ = try run("gpgconf", ["--kill", "all"]) }

  /// Makes a gpg key that its maker trusts; `days` is how long it lasts from 2020 on, 0 for ever.
  package func gpgKey(_ userID: String, days: Int = 0) throws {
    let time = days > 0 ? ["--faked-system-time", "20200101T000000"] : []
    try gpg(time + ["--quick-gen-key", userID, "ed25519", "sign", days > 0 ? "\(days)d" : "0"])
  }

  @discardableResult
  package func gpg(_ arguments: [String], input: String = "") throws -> Run {
    try run("gpg", ["--batch", "--yes", "--quiet", "--passphrase", ""] + arguments, input: Array(input.utf8))
      .succeeded("gpg \(arguments.joined(separator: " "))")
  }
}
