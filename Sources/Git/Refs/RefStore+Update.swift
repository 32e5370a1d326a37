import Clibgit2
import GitFormats
import Libc

extension RefStore {
  /// Moves or creates a reference that holds exactly `old`, zero for nothing, and leaves a line in its reflog.
  ///
  /// The corresponding C function is `git_reference_create_matching`.
  func move(
    _ name: String, to new: ObjectID, expecting old: ObjectID, message: String, by signature: Signature
  ) throws(GitError) {
    // One line, whatever the message: a line feed would end the entry.
    let line = String(decoding: message.utf8.map { $0 < 32 ? 32 : $0 }, as: UTF8.self)
    let logs = try libgit2LeavesOutReflog()
    try check(
      "git_repository_set_ident",
      // Without a mail address libgit2 would log somebody else; it has no line for `Ann <>`, as git has.
      git_repository_set_ident(
        repository, signature.name, signature.email.isEmpty ? "unknown" : signature.email))
    try check("git_reference_ensure_log", git_reference_ensure_log(repository, name))
    try moveMatching(name, to: new, expecting: old, message: line)
    if logs { appendReflog(of: name, from: old, to: new, message: line, by: signature) }
  }

  private func moveMatching(
    _ name: String, to new: ObjectID, expecting old: ObjectID, message line: String
  ) throws(GitError) {
    guard var newID = new.raw, var oldID = old.raw else { throw .gone(new) }
    forget()
    do throws(GitError) {
      // Force with the expected id compares under the lock; without force two writers can both win.
      let reference = try Handle<ReferenceKind>("git_reference_create_matching") { out in
        git_reference_create_matching(&out, repository, name, &newID, 1, &oldID, line)
      }
      _ = consume reference
    } catch {
      // Syncing the folder comes last, and may fail after the reference has moved.
      if try read(name) == .direct(new) { return }
      var error = error
      // Deleted since it was read.
      if error.code == .notFound, error.category == .reference { error.code = .modified }
      if error.code == .locked { error.lock = lock(of: name) }
      throw error
    }
  }

  /// Whether libgit2 skips even a reflog that exists: in a bare repository, or told not to log.
  private func libgit2LeavesOutReflog() throws(GitError) -> Bool {
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
    of name: String, from old: ObjectID, to new: ObjectID, message: String, by signature: Signature
  ) {
    var signature = signature
    signature.time = Int64(time(nil))
    let path = "\(commonDirectory)/logs/\(name)"
    let line = Array("\(old) \(new) \(signature.header)\t\(message)\n".utf8)
    do throws(GitError) { try File.append(line, to: path) } catch { return }
  }

  /// The lock of a reference, if it is there now.
  func lock(of name: String) -> GitError.Lock? {
    let path = "\(commonDirectory)/\(name).lock"
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    return GitError.Lock(path: path, age: max(0, time(nil) - status.modified.tv_sec))
  }

  /// The locks that lie in one folder of references.
  func locks(in folder: String) throws(GitError) -> [GitError.Lock] {
    let names = try File.names(in: "\(commonDirectory)/\(folder)") ?? []
    return names.sorted().filter { $0.hasSuffix(".lock") }.compactMap { lock(of: folder + $0.dropLast(5)) }
  }
}
