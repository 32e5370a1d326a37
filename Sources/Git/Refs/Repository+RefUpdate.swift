import Clibgit2
import GitFormats
import Libc

extension Repository {
  /// Moves or creates a reference that holds exactly what the writer believes it holds.
  ///
  /// `old` nil means that the reference must not exist. When it holds something else the error's code is
  /// `modified`; when another process is writing it, `locked`. Each update leaves a line in the reflog,
  /// whatever the configuration says. A lock that a writer of this program left when it was killed is removed
  /// first, another's never: the error names it. A commit that a `git gc --prune=now` takes meanwhile is put
  /// back; when it went before there was a copy of it, the error's code is `gone`. Refused while a push is being
  /// received.
  ///
  /// The corresponding C function is `git_reference_create_matching`.
  package func updateReference(
    _ name: String, to new: ObjectID, expecting old: ObjectID?, message: String, by signature: Signature
  ) throws(GitError) {
    try refuseInQuarantine()
    guard signature.isComplete else {
      throw GitError(
        code: .invalid, function: "git_repository_set_ident",
        message: "a reference update needs a name and a mail address")
    }
    // One line, whatever the message: a line feed would end the entry.
    let line = String(decoding: message.utf8.map { $0 < 32 ? 32 : $0 }, as: UTF8.self)
    let signals = BlockedSignals()
    defer { signals.restore() }
    let intent = try WriteIntent.begin(name, new, in: commonDirectory)
    try keepCopy(of: new)
    let logs = try libgit2LeavesOutReflog()
    let repository = handle.pointer
    try check(
      "git_repository_set_ident",
      git_repository_set_ident(repository, signature.name, signature.email))
    let before = git_reference_ensure_log(repository, name)
    try check("git_reference_ensure_log", before)
    try move(name, to: new, expecting: old ?? ObjectID.zero, line)
    if logs { appendReflog(name, from: old ?? ObjectID.zero, to: new, line, signature) }
    try putBack(new)
    _ = consume intent
  }

  private func move(_ name: String, to new: ObjectID, expecting old: ObjectID, _ line: String)
    throws(GitError)
  {
    let repository = handle.pointer
    guard var newID = new.raw, var oldID = old.raw else { throw .gone(new) }
    do throws(GitError) {
      // Force with the expected id compares under the lock; without force two writers can both win.
      let reference = try Handle<ReferenceKind>("git_reference_create_matching") { out in
        git_reference_create_matching(&out, repository, name, &newID, 1, &oldID, line)
      }
      _ = consume reference
    } catch {
      // Syncing the folder comes last, and may fail after the reference has moved.
      if try reference(name) == .direct(new) { return }
      guard objects.contains(new) else { throw .gone(new) }
      var error = error
      // Deleted since it was read.
      if error.code == .notFound, error.category == .reference { error.code = .modified }
      if error.code == .locked { error.lock = lock(of: name) }
      throw error
    }
  }

  /// Whether libgit2 skips even a reflog that exists: in a bare repository, or told not to log.
  private func libgit2LeavesOutReflog() throws(GitError) -> Bool {
    let repository = handle.pointer
    let config = try Handle<ConfigKind>("git_repository_config") { out in
      git_repository_config(&out, repository)
    }
    var value: Int32 = 0
    let code = git_config_get_bool(&value, config.pointer, "core.logallrefupdates")
    guard code < 0 else { return value == 0 }
    let error = GitError(code, in: "git_config_get_bool")
    // Anything but a truth value is "always".
    return error.code == .notFound ? git_repository_is_bare(repository) == 1 : false
  }

  /// Adds one line as git does: a single write at the end, which no other writer can tear.
  ///
  /// Rewriting the whole log, as libgit2's own functions do, would lose lines of concurrent writers. The
  /// reference has moved: a line that finds no room is no reason to say that it has not.
  private func appendReflog(
    _ name: String, from old: ObjectID, to new: ObjectID, _ message: String, _ signature: Signature
  ) {
    var signature = signature
    signature.time = Int64(time(nil))
    let path = "\(commonDirectory)/logs/\(name)"
    let line = Array("\(old) \(new) \(signature.header)\t\(message)\n".utf8)
    do throws(GitError) { try File.append(line, to: path) } catch { return }
  }
}

extension Repository {
  /// The lock of a reference, if it is there now.
  package func lock(of name: String) -> GitError.Lock? {
    let path = "\(commonDirectory)/\(name).lock"
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    return GitError.Lock(path: path, age: max(0, time(nil) - status.modified.tv_sec))
  }
}
