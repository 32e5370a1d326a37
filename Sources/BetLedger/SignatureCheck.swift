import Bets
import Git

/// Asks git what the signatures of events are worth.
///
/// Who is trusted is said by the user's or the server's configuration and keys, never by what is in the repository: a
/// program that its own configuration names does not run, and a list of signers in the work tree does not count.
/// Each event is asked about once. Cost: one git for all, about 10 ms for each signature.
public final class SignatureCheck {
  /// More are not asked about at once: they count as not verified.
  public static let limit = 200

  private let repository: Repository
  private var known: [ObjectID: SignatureTrust] = [:]

  public init(_ repository: Repository) { self.repository = repository }

  /// What each event's signature is worth. An event without one costs nothing but its object.
  public func trust(of events: some Sequence<ObjectID>) throws(GitError) -> [ObjectID: SignatureTrust] {
    var asked: [SignedCommit] = []
    for id in Set(events) where known[id] == nil {
      guard let oid = id.oid, let commit = try repository.commit(oid) else {
        known[id] = .cannotVerify(why: "the event is not here")
        continue
      }
      guard let signature = commit.signature else {
        known[id] = .unsigned
        continue
      }
      // git gives up on all of them at the first that it cannot name the kind of.
      guard let format = SignedCommit.Format(signature) else {
        known[id] = .bad
        continue
      }
      guard asked.count < SignatureCheck.limit else {
        known[id] = .cannotVerify(why: "there are more than \(SignatureCheck.limit) signatures to look at")
        continue
      }
      asked.append(
        SignedCommit(id: id, format: format, signature: signature, author: commit.author?.email ?? ""))
    }
    if !asked.isEmpty { try verify(asked) }
    return known
  }

  private func verify(_ commits: [SignedCommit]) throws(GitError) {
    let programs = try SignaturePrograms(repository)
    var signers = AllowedSignersFile.unused
    if commits.contains(where: { $0.format == .ssh }) { signers = try AllowedSignersFile(of: repository) }
    var commits = commits
    if case .none(let why) = signers {
      for commit in commits where commit.format == .ssh { known[commit.id] = .cannotVerify(why: why) }
      commits.removeAll { $0.format == .ssh }
    }
    guard !commits.isEmpty else { return }
    let fields = ["%H", "%G?", "%GS", "%GF", "%GP", "%GG"]
    let answer = try GitCommand.run(
      (programs.settings + signers.settings).flatMap { ["-c", $0] } + [
        "log", "-z", "--no-walk=unsorted", "--stdin", "--no-show-signature", "--encoding=UTF-8",
        "--format=" + fields.joined(separator: "%x00"),
      ],
      input: commits.flatMap { Array("\($0.id.hex)\n".utf8) },
      environment: [
        "GIT_DIR": repository.gitDirectory, "GIT_NO_REPLACE_OBJECTS": "1", "LC_ALL": "C",
      ])
    let words = answer.standardOutput.split(separator: 0, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    var answers: [String: GitSignature] = [:]
    for start in stride(from: 0, to: words.count - fields.count + 1, by: fields.count) {
      answers[words[start]] = GitSignature(words[(start + 1)..<(start + fields.count)])
    }
    let complaint =
      String(decoding: answer.standardError, as: UTF8.self)
      .split(separator: "\n").first.map(String.init) ?? "git gave no answer"
    let keys = try UserIDs(
      of: commits.compactMap { commit in answers[commit.id.hex].map { (commit.format, $0) } }, programs)
    for commit in commits {
      known[commit.id] =
        answers[commit.id.hex].map { commit.trust(by: $0, signers, keys, complaint: complaint) }
        ?? .cannotVerify(why: complaint)
    }
  }
}

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
      if isAuthor(git, signers, keys) { return .trusted(by: git.signer) }
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

  private func isAuthor(_ git: GitSignature, _ signers: AllowedSignersFile, _ keys: UserIDs) -> Bool {
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

  /// The public key that an ssh signature brings along: `SSHSIG`, a version, and the key behind its length.
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
