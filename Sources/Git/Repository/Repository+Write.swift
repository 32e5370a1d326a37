import GitFormats

extension Repository {
  /// Writes a commit object and moves no reference.
  ///
  /// The tree and the parents must exist; the empty tree is written when it does not. The object is on
  /// disk when this returns. Refused while a push is being received: it would go into the quarantine.
  package func writeCommit(
    tree: ObjectID, parents: [ObjectID], author: Signature, committer: Signature, message: String
  ) throws(GitError) -> ObjectID {
    let bytes = try commitBytes(
      tree: tree, parents: parents, author: author, committer: committer, message: message)
    return try writeObject(bytes, as: .commit)
  }

  /// The commit as an object, once everything that it needs is there.
  func commitBytes(
    tree: ObjectID, parents: [ObjectID], author: Signature, committer: Signature, message: String
  ) throws(GitError) -> [UInt8] {
    try refuseInQuarantine()
    if tree == ObjectID.emptyTree && !objects.contains(tree) { _ = try writeObject([], as: .tree) }
    try demand(tree, .tree)
    for parent in parents { try demand(parent, .commit) }
    guard author.isComplete, committer.isComplete, !message.utf8.contains(0) else {
      throw GitError(
        code: .invalid, function: "git_odb_write",
        message: "a commit needs a name and a message without NUL")
    }
    var text = "tree \(tree)\n"
    for parent in parents { text += "parent \(parent)\n" }
    text += "author \(author.header)\ncommitter \(committer.header)\n\n\(message)"
    return Array(text.utf8)
  }

  /// Fails in the hook that runs before a push is accepted.
  ///
  /// git forbids reference updates there and libgit2 does not: the reference would outlive the objects.
  func refuseInQuarantine() throws(GitError) {
    guard environmentValue("GIT_QUARANTINE_PATH") == nil else {
      throw GitError(
        code: .quarantine, function: "GIT_QUARANTINE_PATH",
        message: "nothing can be written while a push is being received")
    }
  }

  private func demand(_ id: ObjectID, _ kind: ObjectKind) throws(GitError) {
    // Its kind may be remembered from before a `git prune`: whether it is there now is asked anew.
    let found = objects.contains(id) ? try self.kind(of: id) : nil
    guard let found else {
      throw GitError(
        code: .notFound, category: .odb, function: "git_odb_read_header",
        message: "\(kind) \(id) does not exist")
    }
    guard found == kind else {
      throw GitError(
        code: .wrongKind, category: .odb, function: "git_odb_read_header",
        message: "\(id) is a \(found), not a \(kind)")
    }
  }

  /// Writes an object; more than once when it goes at once, as it does under a `git prune --expire=now`.
  func writeObject(_ bytes: [UInt8], as kind: ObjectKind) throws(GitError) -> ObjectID {
    let signals = BlockedSignals()
    defer { signals.restore() }
    var failure = GitError(
      code: .notWritten, category: .odb, function: "git_odb_write",
      message: "the object was not written: the disk is full or cannot be written")
    for _ in 0..<4 {
      do throws(GitError) {
        let id = try objects.write(bytes, as: kind)
        // Writing can report success although nothing reached the disk, read-only or full, and also where a damaged
        // object has the name.
        guard try objects.read(id, as: kind) != nil else { continue }
        share("objects/\(id.hex.prefix(2))/\(id.hex.dropFirst(2))")
        return id
      } catch { failure = error }
    }
    throw failure
  }
}
