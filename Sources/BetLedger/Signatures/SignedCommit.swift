import Bets

/// What git's format placeholders say of one signature.
struct GitSignature {
  /// `%G?`: one letter.
  let letter: String
  /// `%GS`: a principal of the allowed signers, or gpg's main user id.
  let signer: String
  /// `%GF`
  let fingerprint: String
  /// `%GP`; a certificate and an ssh key have none.
  private let primaryFingerprint: String
  /// `%GG`: what the program said.
  let output: String

  init(_ words: ArraySlice<String>) {
    let words = Array(words)
    (letter, signer, fingerprint) = (words[0], words[1], words[2])
    (primaryFingerprint, output) = (words[3], words[4])
  }

  /// What the key is listed under.
  var key: String { primaryFingerprint.isEmpty ? fingerprint : primaryFingerprint }
}

/// A commit with a signature of a kind that git knows.
struct SignedCommit {
  enum Format {
    case openpgp, ssh, x509

    /// By the first line, as git tells them apart.
    init?(_ signature: [UInt8]) {
      let starts: [(String, Format)] = [
        ("-----BEGIN PGP SIGNATURE-----", .openpgp), ("-----BEGIN PGP MESSAGE-----", .openpgp),
        ("-----BEGIN SIGNED MESSAGE-----", .x509), ("-----BEGIN SSH SIGNATURE-----", .ssh),
      ]
      guard let format = starts.first(where: { signature.starts(with: $0.0.utf8) })?.1 else { return nil }
      self = format
    }
  }

  let id: ObjectID
  let format: Format
  let signature: [UInt8]
  /// The author's mail address.
  let author: String

  func trust(
    by git: GitSignature, _ signers: AllowedSignersFile, _ keys: UserIDs, complaint: String
  ) -> SignatureTrust {
    switch git.letter {
    case "G":
      if isAuthor(git, listedIn: signers, keys: keys) {
        // Not by a pattern, nor by another of the key's names.
        return .trusted(by: git.signer.lowercased().contains(author.lowercased()) ? git.signer : author)
      }
      return .forged(signer: git.signer, author: author.isEmpty ? "nobody" : author)
    // ssh has one letter for a key that nobody listed and for one whose time is over.
    case "U" where format == .ssh && git.output.contains("key has expired"):
      return .expiredKey(git.fingerprint)
    case "U": return .unknownKey(git.fingerprint)
    case "X": return .expiredSignature(git.fingerprint)
    case "Y": return .expiredKey(git.fingerprint)
    case "R": return .revokedKey(git.fingerprint)
    // A program that could not run has said nothing, and git makes something of that all the same.
    case _ where git.output.isEmpty: return .cannotVerify(why: complaint)
    case "E": return .unknownKey(git.output.value(after: "using ", "key "))
    // All that ssh-keygen says of a key in gpg.ssh.revocationFile.
    case "B" where format == .ssh && git.output == "Could not verify signature.\n": return .revokedKey("")
    default: return .bad
    }
  }

  private func isAuthor(_ git: GitSignature, listedIn signers: AllowedSignersFile, keys: UserIDs) -> Bool {
    guard !author.isEmpty else { return false }
    switch format {
    case .ssh:
      if git.signer.lowercased() == author.lowercased() { return true }
      guard let key = sshKey, case .list(_, let text) = signers else { return false }
      return AllowedSigners.accept(author, key: key, verifiedAs: git.signer, in: text)
    case .openpgp, .x509:
      return keys.mails[git.key]?.contains(author.lowercased()) ?? false
    }
  }

  /// The package key that an ssh signature brings along: `SSHSIG`, a version, and the key behind its length.
  private var sshKey: [UInt8]? {
    let lines = String(decoding: signature, as: UTF8.self).split(separator: "\n")
      .filter { !$0.hasPrefix("-----") }
    guard let bytes = Base64.decoded(lines.joined()), bytes.starts(with: "SSHSIG".utf8), bytes.count > 14
    else { return nil }
    let length = bytes[10..<14].reduce(0) { $0 << 8 | Int($1) }
    return 14 + length <= bytes.count ? Array(bytes[14..<(14 + length)]) : nil
  }
}

extension String {
  /// The last word of the line that holds both texts, one after the other.
  fileprivate func value(after first: String, _ second: String) -> String {
    let line = split(separator: "\n").first { line in
      line.firstRange(of: first).map { line[$0.upperBound...].contains(second) } ?? false
    }
    return line?.split(separator: " ").last.map(String.init) ?? ""
  }
}
