import BetAttribution

extension CommitMessageHook {
  /// Adds the branch's `Bet:` trailer. Never fails: `--no-verify` does not skip this hook.
  static func prepare(_ arguments: [String]) -> ExitStatus {
    do { try prepareMessage(arguments) } catch {
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

  private static func prepareMessage(_ arguments: [String]) throws {
    guard let file = arguments.first else { return }
    let source = arguments.dropFirst().first ?? ""
    guard source != "merge", source != "commit" else { return }
    let context = try Context(trust: .gitHasAgreed)
    let repository = try context.repository
    let raw = try TextFile.bytes(file)
    if source == "squash" { return try lift(raw, into: file, context) }

    // The branch first: most commits are made on one that belongs to no bet, and git need not be asked about them.
    guard !isBorrowed(raw, repository), case .branch(let full, _) = try headOrUnborn(repository),
      let branch = RefUpdate.branch(full),
      let bet = try context.site.link(ofBranch: branch)?.bet.id,
      try context.ledger.bet(bet) != nil
    else { return }
    let message = try cleaned(raw)
    guard try Trailers(parsing: message).values(of: "Bet").isEmpty else { return }
    try add([bet], to: file, message: message, raw: raw)
  }

  private static func headOrUnborn(_ repository: Repository) throws -> Repository.Head {
    switch try repository.head() {
    case .unborn(let name): .branch(name, .zero)
    case let head: head
    }
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

  /// A squash message buries the trailers of what it joins: the bets found there become trailers again.
  private static func lift(_ raw: [UInt8], into file: String, _ context: Context) throws {
    guard Trailers.mention([Array("Bet".utf8)], in: raw) else { return }
    let message = try cleaned(raw)
    guard try Trailers(parsing: message).values(of: "Bet").isEmpty else { return }
    let ledger = try context.ledger
    var bets: [BetID] = []
    for stray in try Trailers.strays(of: "Bet", in: message) {
      guard let id = BetName(stray.value).id, !bets.contains(id), try ledger.bet(id) != nil else { continue }
      bets.append(id)
    }
    if !bets.isEmpty { try add(bets, to: file, message: message, raw: raw) }
  }

  /// Lets git insert the trailers, above comments and scissors.
  ///
  /// Not into a message that is empty or only signed off: git would put them on the first line, where they are a
  /// title. There the first line stays free, then a blank one, then the block.
  private static func add(_ bets: [BetID], to file: String, message: [UInt8], raw: [UInt8]) throws {
    if message.split(separator: 0x0A).allSatisfy({ isBlank($0) || $0.starts(with: signOff) }) {
      let block = "\n\n" + bets.map { "Bet: \($0)\n" }.joined()
      try TextFile.write(Array(block.utf8) + raw.drop { $0 == 0x0A }, to: file)
      return
    }
    let trailers = bets.flatMap { ["--trailer", "Bet: \($0)"] }
    try GitCommand.checked(
      ["interpret-trailers", "--in-place", "--no-divider", "--if-exists", "addIfDifferent"] + trailers + [
        file
      ])
  }
}
