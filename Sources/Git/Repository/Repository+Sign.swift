import GitFormats

extension Repository {
  /// Writes a commit object with the signature of git's own configured signer, and moves no reference.
  ///
  /// As ``writeCommit(tree:parents:author:committer:message:)`` otherwise. git signs and writes it, because it alone
  /// knows every signer; what it wrote is read back and must be the commit that was meant, byte for byte, and its
  /// signature. A signer that fails is an error in git's own words. Cost: one child process and its signer.
  package func writeSignedCommit(
    tree: ObjectID, parents: [ObjectID], author: Signature, committer: Signature, message: String
  ) throws(GitError) -> ObjectID {
    let meant = try commitBytes(
      tree: tree, parents: parents, author: author, committer: committer, message: message)
    let settings = ["i18n.commitEncoding=UTF-8", "core.fsync=loose-object", "core.fsyncMethod=fsync"]
    let answer = try GitCommand.run(
      settings.flatMap { ["-c", $0] } + ["commit-tree", "-S"] + parents.flatMap { ["-p", "\($0)"] }
        + ["\(tree)", "-F", "-"],
      input: Array(message.utf8),
      environment: ["GIT_DIR": gitDirectory].merging(author.environment("AUTHOR")) { $1 }
        .merging(committer.environment("COMMITTER")) { $1 })
    guard answer.status == 0, let id = ObjectID(hexBytes: answer.standardOutput[...].trimmed) else {
      throw GitError(
        code: .command, function: "git commit-tree",
        message: String(decoding: answer.standardError[...].trimmed, as: UTF8.self))
    }
    guard let written = try commit(id),
      let unsigned = meant.withUnsafeBytes({ RawCommit(id: id, bytes: $0) }),
      written.isSignedForm(of: unsigned)
    else {
      throw GitError(
        code: .notWritten, function: "git commit-tree",
        message: "what git wrote is not the commit that was meant with a signature")
    }
    return id
  }
}

extension Signature {
  /// The identity and the moment as git takes them for a child process.
  fileprivate func environment(_ role: String) -> [String: String?] {
    // Without the mark a small number of seconds would be read as a date.
    let date = header.split(separator: " ").suffix(2).joined(separator: " ")
    return ["GIT_\(role)_NAME": name, "GIT_\(role)_EMAIL": email, "GIT_\(role)_DATE": "@\(date)"]
  }
}
