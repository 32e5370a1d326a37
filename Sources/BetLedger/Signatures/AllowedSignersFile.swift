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
