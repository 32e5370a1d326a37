import GitFormats

extension Repository {
  /// Moves or creates a reference that holds exactly what the writer believes it holds.
  ///
  /// `old` nil means that the reference must not exist. When it holds something else the error's code is
  /// `modified`; when another process is writing it, `locked`. Each update leaves a line in the reflog, whatever
  /// the configuration says. A `reference-transaction` hook is asked, as git asks it. A lock that a writer of
  /// this program left when it was killed is removed first, another's never: the error names it. A commit that a
  /// `git gc --prune=now` takes meanwhile is put back; when it went before there was a copy of it, the error's
  /// code is `gone`. Refused while a push is being received.
  package func updateReference(
    _ name: String, to new: ObjectID, expecting old: ObjectID?, message: String, by signature: Signature
  ) throws(GitError) {
    try refuseInQuarantine()
    guard signature.isComplete else {
      throw GitError(
        code: .invalid, function: "git_repository_set_ident",
        message: "a reference update needs a name")
    }
    let signals = BlockedSignals()
    defer { signals.restore() }
    // git takes its own locks away.
    let isGits = try hasReferenceHook
    let intent = isGits ? nil : try WriteIntent.begin(name, new, in: commonDirectory)
    share(OwnFile.writing.name)
    try keepCopy(of: new)
    do throws(GitError) {
      let move = isGits ? askGitToMove : refs.move
      try move(name, new, old ?? .zero, message, signature)
    } catch {
      guard objects.contains(new) else { throw .gone(new) }
      throw error
    }
    share(name)
    share("logs/\(name)")
    try putBack(new)
    _ = consume intent
  }
}
