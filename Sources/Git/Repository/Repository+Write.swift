import Clibgit2

extension Repository {
  /// Writes a commit object and moves no reference.
  ///
  /// The tree and the parents must exist; the empty tree is written when it does not. The object is on
  /// disk when this returns. Refused while a push is being received: it would go into the quarantine.
  ///
  /// The corresponding C function is `git_odb_write`.
  public func writeCommit(
    tree: OID, parents: [OID], author: Signature, committer: Signature, message: String
  ) throws(GitError) -> OID {
    let bytes = try commitBytes(
      tree: tree, parents: parents, author: author, committer: committer, message: message)
    return try writeObject(bytes, GIT_OBJECT_COMMIT)
  }

  /// The commit as an object, once everything that it needs is there.
  func commitBytes(
    tree: OID, parents: [OID], author: Signature, committer: Signature, message: String
  ) throws(GitError) -> [UInt8] {
    try refuseInQuarantine()
    if tree == OID.emptyTree && !exists(tree) { _ = try writeObject([], GIT_OBJECT_TREE) }
    try demand(tree, .tree)
    for parent in parents { try demand(parent, .commit) }
    guard author.isComplete, committer.isComplete, !message.utf8.contains(0) else {
      throw GitError(
        code: .invalid, function: "git_odb_write",
        message: "a commit needs a name, a mail address and a message without NUL")
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

  /// Whether the object database has the object.
  ///
  /// The corresponding C function is `git_odb_exists`.
  func exists(_ id: OID) -> Bool {
    var raw = id.raw
    return git_odb_exists(odb.pointer, &raw) == 1
  }

  private func demand(_ id: OID, _ kind: ObjectKind) throws(GitError) {
    let found = try self.kind(of: id)
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
  func writeObject(_ bytes: [UInt8], _ type: git_object_t) throws(GitError) -> OID {
    let signals = BlockedSignals()
    defer { signals.restore() }
    var failure = GitError(
      code: .notWritten, category: .odb, function: "git_odb_write",
      message: "the object was not written: the disk is full or cannot be written")
    for _ in 0..<4 {
      var raw = git_oid()
      do throws(GitError) {
        try check("git_odb_write", git_odb_write(&raw, odb.pointer, bytes, bytes.count, type))
        // Writing can report success although nothing reached the disk: read-only, or full.
        if exists(OID(raw)) { return OID(raw) }
      } catch { failure = error }
    }
    throw failure
  }
}
