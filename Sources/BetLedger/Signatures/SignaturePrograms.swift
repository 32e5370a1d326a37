import Bets
import Git

/// The programs that verify signatures: those of the user and the system, or git's own choice.
///
/// git would run what the repository's configuration names, and a repository may come from anywhere.
struct SignaturePrograms {
  let openpgp: String
  let ssh: String
  let x509: String

  init(_ repository: Repository) throws(GitError) {
    let trusted: [ConfigLine.Scope] = [.system, .global, .command]
    let entries = try repository.configuration(sections: ["gpg"]).filter { trusted.contains($0.scope) }
    func last(_ keys: String...) -> String? {
      entries.last { keys.contains($0.key) }?.value.flatMap { $0.isEmpty ? nil : $0 }
    }
    openpgp = last("gpg.program", "gpg.openpgp.program") ?? "gpg"
    ssh = last("gpg.ssh.program") ?? "ssh-keygen"
    x509 = last("gpg.x509.program") ?? "gpgsm"
  }

  /// For `git -c`, which outdoes every file.
  var settings: [String] {
    [
      "gpg.program=\(openpgp)", "gpg.openpgp.program=\(openpgp)", "gpg.ssh.program=\(ssh)",
      "gpg.x509.program=\(x509)",
    ]
  }
}
