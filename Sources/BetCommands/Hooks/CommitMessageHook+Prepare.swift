import BetAttribution

extension CommitMessageHook {
  /// Adds the branch's `Bet:` trailer. Never fails: `--no-verify` does not skip this hook.
  static func prepare(_ arguments: [String], caller: String?) -> ExitStatus {
    do { try prepareMessage(arguments, caller: caller) } catch {
      let (diagnostic, _) = GitBet.explain(error) ?? (Diagnostic("internal", "\(error)"), .couldNot)
      let errors = Terminal(descriptor: 2)
      var warning = diagnostic
      warning.severity = .warning
      warning.notes.append("the commit goes on without a 'Bet:' trailer")
      errors.show(warning)
      errors.flush()
    }
    return .done
  }

  private static func prepareMessage(_ arguments: [String], caller: String?) throws {
    guard let file = arguments.first else { return }
    let note = PreparedNote(besides: file)
    note.remove()
    let source = arguments.dropFirst().first ?? ""
    guard source != "merge" else { return }
    let squashed = try squashMessage(besides: file)
    guard squashed != nil || source != "commit" else { return }
    let context = try Context(trust: .gitHasAgreed)
    let raw = try TextFile.bytes(file)
    let bet = source == "squash" || source == "commit" ? nil : try branchBet(for: raw, context)
    // Most commits are made on a branch that belongs to no bet, and git need not be asked about them.
    guard squashed != nil || bet != nil else { return }
    let command = Caller.command(of: caller)
    let cleaning = try Cleaning(of: raw, command: command)
    let message = cleaning.written(raw)
    // git stops at a message that nobody wrote, unless it was told not to: then it stays as it is.
    guard !nobodyWrote(message) || cleaning.isEdited && !command.contains("--allow-empty-message") else {
      return
    }
    var trailers = try squashed.map { try lifted(from: $0, into: message, context) } ?? []
    if trailers.isEmpty, let bet, try Trailers(parsing: message).values(of: WorkCommit.betKey).isEmpty {
      trailers = [Trailer(key: WorkCommit.betKey, value: bet.name)]
    }
    guard !trailers.isEmpty else { return }
    try add(trailers, to: file, raw, by: cleaning)
    try note.write(trailers)
  }

  /// The declared bet whose work the commit is; nil where the message is another commit's.
  private static func branchBet(for raw: [UInt8], _ context: Context) throws -> BetID? {
    try isBorrowed(raw, context.repository) ? nil : context.betHere()?.id
  }

  /// Whether the commit is being made from another one, whose bets are its own business.
  private static func isBorrowed(_ message: [UInt8], _ repository: Repository) -> Bool {
    let subject = String(
      decoding: message.drop { $0 == 0x0A }.prefix { $0 != 0x0A }.prefix(20), as: UTF8.self)
    if ["fixup! ", "squash! ", "amend! ", "Revert \"", "Reapply \""].contains(where: subject.hasPrefix) {
      return true
    }
    return ["CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply"].contains {
      File.exists(repository.gitDirectory + "/" + $0)
    }
  }

  /// What `git merge --squash` has left to be said; it goes away with the commit. Nil where nothing is squashed.
  ///
  /// It is at hand also where the message comes from `-m` or `-F`, and says nothing of what is squashed.
  private static func squashMessage(besides file: String) throws -> [UInt8]? {
    let path = PreparedNote.folder(of: file) + "SQUASH_MSG"
    return File.exists(path) ? try TextFile.bytes(path) : nil
  }

  /// A squash message buries the trailers of what it joins: those that name declared bets are to be trailers again.
  ///
  /// Who writes `Bet: none` has said what the commit is.
  private static func lifted(
    from squashed: [UInt8], into message: [UInt8], _ context: Context
  ) throws -> [Trailer] {
    let keys = [WorkCommit.betKey, WorkCommit.buildsOnKey]
    guard Trailers.mention(keys.map { Array($0.utf8) }, in: squashed) else { return [] }
    let ledger = try context.ledger
    var source = WorkCommit(id: .zero)
    try source.read(squashed)
    try source.unearth { try ledger.bet($0).map { _ in true } }
    let own = try Trailers(parsing: message)
    let ownBets = own.values(of: keys[0]).map { BetName($0) }
    guard !ownBets.contains(.none) else { return [] }
    let ownBuildsOn = own.values(of: keys[1]).map { BetName($0) }
    return source.bets.filter { $0.id != nil && !ownBets.contains($0) }.map {
      Trailer(key: keys[0], value: $0.description)
    }
      + source.buildsOn.filter { $0.id != nil && !ownBuildsOn.contains($0) }.map {
        Trailer(key: keys[1], value: $0.description)
      }
  }

  /// Adds the trailers that are not there yet, in git's plain grammar: what the user has set of `trailer.*` would have
  /// them written in another way than they are read.
  ///
  /// In a message that is empty or only signed off the first line stays free, as it is the title; then come a blank one
  /// and the block.
  static func add(_ trailers: [Trailer], to file: String, _ raw: [UInt8], by cleaning: Cleaning) throws {
    let message = cleaning.written(raw)
    let present = Array(try Trailers(parsing: message))
    let lines = trailers.filter { !present.contains($0) }.map { "\($0.key): \($0.value)" }
    if lines.isEmpty { return }
    if nobodyWrote(message) {
      let block = "\n\n" + lines.map { $0 + "\n" }.joined()
      try TextFile.write(Array(block.utf8) + raw.drop { $0 == 0x0A }, to: file)
    } else {
      try TextFile.write(cleaning.adding(lines, to: raw, hasBlock: !present.isEmpty), to: file)
    }
  }
}
