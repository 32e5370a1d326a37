import Git

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
      read(listing.text, isCertificate: format == .x509)
    }
  }

  /// `type:validity:…:user id:`, the fingerprint in the place of the user id.
  ///
  /// A certificate vouches for every address that it holds, which stands in angle brackets beside the name.
  private mutating func read(_ listing: String, isCertificate: Bool) {
    var key: String?
    for line in listing.split(separator: "\n") {
      let fields = line.split(separator: ":", omittingEmptySubsequences: false)
      guard fields.count > 9 else { continue }
      switch fields[0] {
      case "pub", "crt": key = nil
      case "fpr": key = key ?? String(fields[9])
      case "uid" where isCertificate ? fields[9].hasPrefix("<") : ["m", "f", "u"].contains(fields[1]):
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
