import BetLedger
import Bets
import Git

/// The two hooks around a commit's message. Comfort only: what they refuse, the gate judges again.
enum CommitMessageHook {
  // MARK: commit-msg

  /// Refuses a `Bet:` that names no declared bet while the message can still be mended.
  static func check(_ arguments: [String]) throws -> ExitStatus {
    guard let file = arguments.first else { return .done }
    let raw = try TextFile.bytes(file)
    // Most messages name no bet: they cost one pass over their bytes, and libgit2 is never started.
    guard Trailers.mention([Array("Bet".utf8), Array("Builds-On".utf8)], in: raw) else { return .done }
    let message = try cleaned(raw)
    let context = try Context(trust: .gitHasAgreed)
    let trailers = try Trailers(parsing: message)
    if try onlyTrailers(message, context) {
      throw Refusal(
        "empty-message", "the message holds nothing but trailers",
        notes: ["write a subject, or leave everything empty to stop"],
        exitStatus: .blocked)
    }
    for stray in try Trailers.strays(of: "Bet", in: message) {
      context.errors.show(
        Diagnostic(
          "stray-trailer",
          "'Bet: \(Text.printable(stray.value))' on line \(stray.line) is no trailer and does not count",
          severity: .warning, notes: [stray.reason.sentence]))
    }
    let ledger = try context.ledger.get()
    var refused = false
    for (key, name) in ["Bet", "Builds-On"].flatMap({ key in
      trailers.values(of: key).map { (key, BetName($0)) }
    })
    where name != .none {
      if let id = name.id, try ledger.bet(id) != nil { continue }
      let level = context.level(of: .undeclared)
      guard level != .off else { continue }
      refused = refused || level == .block
      context.errors.show(try undeclared(key, name, ledger, severity: level == .block ? .error : .warning))
    }
    context.errors.flush()
    return refused ? .blocked : .done
  }

  private static func undeclared(
    _ key: String, _ name: BetName, _ ledger: Ledger, severity: Diagnostic.Severity
  ) throws -> Diagnostic {
    let shown = Text.printable(name.description.prefix(60))
    guard let id = name.id else {
      return Diagnostic(
        "undeclared", "'\(key): \(shown)' cannot name a bet", severity: severity, hints: ["git bet list"])
    }
    let ids = try ledger.ids()
    let near = BetID.nearMisses(of: id.name, among: ids)
    var notes = near.isEmpty ? [] : ["did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?"]
    if ids.isEmpty {
      notes.append("there is no ledger here; if it lives on a remote, fetch it: git bet install")
    }
    return Diagnostic(
      "undeclared", "'\(key): \(shown)' names a bet that is not declared", severity: severity, notes: notes,
      hints: near.isEmpty ? ["git bet declare \(id)"] : ["git bet show \(near[0])"])
  }

  /// Whether nobody wrote a word: only what `prepare-commit-msg` and `--signoff` put there.
  ///
  /// Such lines stand in the title, where they are no trailers, so each is read below a title of its own. A subject
  /// like `bet: faster` is one, unless it names a bet.
  private static func onlyTrailers(_ message: [UInt8], _ context: Context) throws -> Bool {
    let lines = message.split(separator: 0x0A).filter { !isBlank($0) && !$0.starts(with: signOff) }
    guard !lines.isEmpty else { return false }
    return try lines.allSatisfy { line in
      guard let value = try Trailers(parsing: Array("x\n\n".utf8) + line).values(of: "Bet").first else {
        return false
      }
      let name = BetName(value)
      return try name == .none || name.id.flatMap { try context.ledger.get().bet($0) } != nil
    }
  }

  private static let signOff = Array("Signed-off-by: ".utf8)

  private static func isBlank(_ bytes: some Sequence<UInt8>) -> Bool {
    bytes.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
  }

  // MARK: prepare-commit-msg

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
    let repository = try context.repository.get()
    let raw = try TextFile.bytes(file)
    if source == "squash" { return try lift(raw, file, context) }

    // The branch first: most commits are made on one that belongs to no bet, and git need not be asked about them.
    guard !isBorrowed(raw, repository), case .branch(let full, _) = try headOrUnborn(repository),
      let branch = RefUpdate.branch(full),
      let bet = try context.judge(remote: Remote(name: nil)).link(ofBranch: branch)?.bet.id,
      try context.ledger.get().bet(bet) != nil
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
      Folder.exists(repository.gitDirectory + "/" + $0)
    }
  }

  /// A squash message buries the trailers of what it joins: the bets found there become trailers again.
  private static func lift(_ raw: [UInt8], _ file: String, _ context: Context) throws {
    guard Trailers.mention([Array("Bet".utf8)], in: raw) else { return }
    let message = try cleaned(raw)
    guard try Trailers(parsing: message).values(of: "Bet").isEmpty else { return }
    let ledger = try context.ledger.get()
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

  // MARK: The file

  /// The message as it will be committed: without what an editor's template adds.
  private static func cleaned(_ raw: [UInt8]) throws -> [UInt8] {
    var mark: [UInt8] = [0x23]
    var cleanup = "default"
    // Asked only when there is something to clean; git knows its own precedence.
    if raw.contains(where: { $0 == 0x0A }) {
      let answer = try GitCommand.run([
        "config", "-z", "--get-regexp", "^(core\\.comment(char|string)|commit\\.cleanup)$",
      ])
      for entry in answer.standardOutput.split(separator: 0) {
        let parts = entry.split(separator: 0x0A, maxSplits: 1)
        guard parts.count == 2 else { continue }
        if parts[0].starts(with: "commit".utf8) {
          cleanup = String(decoding: parts[1], as: UTF8.self)
        } else if !parts[1].elementsEqual("auto".utf8) {
          mark = Array(parts[1])
        }
      }
    }
    let scissors = mark + Array(" ------------------------ >8 ------------------------".utf8)
    var result: [UInt8] = []
    for line in raw.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.elementsEqual(scissors) { break }
      if ["default", "strip"].contains(cleanup), line.starts(with: mark) { continue }
      result += line
      result.append(0x0A)
    }
    while result.last == 0x0A { result.removeLast() }
    if !result.isEmpty { result.append(0x0A) }
    return result
  }
}

extension Context {
  /// The level of a rule here and now; a ledger that cannot be read gives the default.
  func level(of rule: Rule) -> Level {
    do { return try settings.get().level(of: rule, policy: ledger.get().gate().policy).level } catch {
      return rule.defaultLevel
    }
  }
}
