import Bets
import Git

/// `gpg.ssh.allowedSignersFile`, as git reads it.
enum AllowedSignersFile {
  case list(path: String, text: String)
  /// There is none that counts, and why.
  case none(why: String)
  /// Nothing was signed with ssh.
  case unused

  /// A larger one is no list that somebody keeps.
  private static let largest = 8 << 20

  /// In a work tree of the repository it does not count, tracked or not: with the next checkout it may be what
  /// somebody else has pushed.
  init(of repository: Repository) throws(GitError) {
    let key = "gpg.ssh.allowedSignersFile"
    let answer = try GitCommand.run(
      ["config", "--type=path", "--get", key],
      environment: ["GIT_DIR": repository.gitDirectory, "GIT_CONFIG": nil])
    let path = answer.text
    guard answer.status == 0, !path.isEmpty else {
      self = .none(why: "\(key) is not set")
      return
    }
    do throws(GitError) {
      switch try repository.outsideFile(path, limit: Self.largest) {
      case .found(let path, let bytes): self = .list(path: path, text: String(decoding: bytes, as: UTF8.self))
      case .missing: self = .none(why: "\(key) names '\(path)', which is not there")
      case .inWorkTree:
        self = .none(why: "\(key) names a file in the work tree, which whoever pushes can change")
      }
    } catch { self = .none(why: "\(key) cannot be read: \(error.message)") }
  }

  /// For `git -c`: the file that was looked at is the one that git reads.
  var settings: [String] {
    if case .list(let path, _) = self { ["gpg.ssh.allowedSignersFile=\(path)"] } else { [] }
  }
}

/// The mail addresses of keys, as gpg and gpgsm tell them.
///
/// git tells the main user id alone, and that may be one that nobody has certified: with gpg a key is as good as its
/// best user id, and its owner says which one comes first.
struct UserIDs {
  /// In lower case, by the fingerprint of the main key.
  private(set) var mails: [String: Set<String>] = [:]

  init(of signatures: [(format: SignedCommit.Format, git: GitSignature)], _ programs: SignaturePrograms)
    throws(GitError)
  {
    for (format, program) in [(SignedCommit.Format.openpgp, programs.openpgp), (.x509, programs.x509)] {
      let keys = Set(
        signatures.filter { $0.format == format && $0.git.letter == "G" }.map(\.git.key))
      guard !keys.isEmpty, !keys.contains("") else { continue }
      let listing = try GitCommand.run(
        ["--batch", "--with-colons", "--list-keys"] + keys.sorted(), environment: ["LC_ALL": "C"],
        program: program)
      read(listing.text, trustsAll: format == .x509)
    }
  }

  /// `type:validity:…:user id:`, the fingerprint in the place of the user id; a certificate vouches for all it holds.
  private mutating func read(_ listing: String, trustsAll: Bool) {
    var key: String?
    for line in listing.split(separator: "\n") {
      let fields = line.split(separator: ":", omittingEmptySubsequences: false)
      guard fields.count > 9 else { continue }
      switch fields[0] {
      case "pub", "crt": key = nil
      case "fpr": key = key ?? String(fields[9])
      case "uid" where trustsAll || ["m", "f", "u"].contains(fields[1]):
        if let key, let mail = UserIDs.mail(in: fields[9]) { mails[key, default: []].insert(mail) }
      default: break
      }
    }
  }

  private static func mail(in userID: Substring) -> String? {
    let text = userID.replacing("\\x3a", with: ":").lowercased()
    if let open = text.lastIndex(of: "<"), let close = text.lastIndex(of: ">"), open < close {
      return String(text[text.index(after: open)..<close])
    }
    return text.contains("@") && !text.contains(" ") && !text.contains("=") ? text : nil
  }
}
