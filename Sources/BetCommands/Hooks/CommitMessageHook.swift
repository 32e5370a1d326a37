import BetLedger

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
    if try isUntouchedTemplate(message) {
      throw Refusal(
        "empty-message", "the template was left as it is",
        notes: ["only the 'Bet:' trailer was added, and git stops at a template that nobody edited"],
        exitStatus: .blocked)
    }
    for stray in try Trailers.strays(of: "Bet", in: message) {
      context.errors.show(
        Diagnostic(
          "stray-trailer",
          "'Bet: \(Text.printable(stray.value))' on line \(stray.line) is no trailer and does not count",
          severity: .warning, notes: [stray.reason.sentence]))
    }
    let ledger = try context.ledger
    var refused = false
    for (key, name) in ["Bet", "Builds-On"].flatMap({ key in
      trailers.values(of: key).map { (key, BetName($0)) }
    })
    where name != .none {
      if let id = name.id, try ledger.bet(id) != nil { continue }
      let level = context.level(of: .undeclared)
      guard level != .off else { continue }
      refused = refused || level == .block
      context.errors.show(
        try undeclared(name, as: key, in: ledger, severity: level == .block ? .error : .warning))
    }
    context.errors.flush()
    return refused ? .blocked : .done
  }

  private static func undeclared(
    _ name: BetName, as key: String, in ledger: Ledger, severity: Diagnostic.Severity
  ) throws -> Diagnostic {
    let shown = Text.printable(name.description.prefix(60))
    guard let id = name.id else {
      return Diagnostic(
        "undeclared", "'\(key): \(shown)' cannot name a bet", severity: severity, hints: ["git bet list"])
    }
    let ids = try ledger.ids()
    let near = BetID.nearMisses(of: id.name, among: ids)
    var notes = Refusal.guesses(near)
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
      return try name == .none || name.id.flatMap { try context.ledger.bet($0) } != nil
    }
  }

  /// Whether nothing was written but what `commit.template` says: with our trailer in it git cannot tell.
  private static func isUntouchedTemplate(_ message: [UInt8]) throws -> Bool {
    let answer = try GitCommand.run(["config", "--path", "--get", "commit.template"])
    guard answer.status == 0, File.kind(answer.text) != .nothing else { return false }
    let template = try cleaned(try TextFile.bytes(answer.text))
    return !template.isEmpty && written(message) == written(template)
  }

  /// The lines that somebody wrote: not blank, no sign-off, no `Bet:`.
  private static func written(_ message: [UInt8]) -> [ArraySlice<UInt8>] {
    message.split(separator: 0x0A).filter { line in
      !isBlank(line) && !line.starts(with: signOff) && !line.starts(with: "Bet: ".utf8)
    }
  }

  static let signOff = Array("Signed-off-by: ".utf8)

  static func isBlank(_ bytes: some Sequence<UInt8>) -> Bool {
    bytes.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
  }
}

extension Context {
  /// The level of a rule here and now; a ledger that cannot be read gives the default.
  func level(of rule: Rule) -> Level {
    do { return try settings.level(of: rule, policy: ledger.gate().policy).level } catch {
      return rule.defaultLevel
    }
  }
}
