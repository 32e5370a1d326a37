import BetAttribution
import BetLedger
import BetReports

/// The two hooks around a commit's message. Comfort only: what they refuse, the gate judges again.
enum CommitMessageHook {
  // MARK: commit-msg

  /// Refuses a `Bet:` that names no declared bet while the message can still be mended.
  static func check(_ arguments: [String], caller: String?) throws -> ExitStatus {
    guard let file = arguments.first else { return .done }
    let prepared = try PreparedNote(besides: file).take()
    var raw = try TextFile.bytes(file)
    let command = Caller.command(of: caller)
    var known: Cleaning?
    if !prepared.isEmpty {
      let cleaning = try Cleaning(of: raw, command: command)
      let isAdded = try addAgain(prepared, to: file, raw, by: cleaning)
      if isAdded { raw = try TextFile.bytes(file) } else { known = cleaning }
    }
    // Most messages name no bet: they cost one pass over their bytes, and libgit2 is never started.
    guard Trailers.mention(keys.map { Array($0.utf8) }, in: raw) else { return .done }
    let cleaning = try known ?? Cleaning(of: raw, command: command)
    let message = cleaning.cleaned(raw)
    let context = try Context(trust: .gitHasAgreed)
    let trailers = try Trailers(parsing: message)
    if try onlyTrailers(message, context) {
      throw Refusal(
        "empty-message", "the message holds nothing but trailers",
        notes: ["write a subject, or leave everything empty to stop"],
        exitStatus: .blocked)
    }
    if try cleaning.isEdited && isUntouchedTemplate(message, cleaning) {
      throw Refusal(
        "empty-message", "the template was left as it is",
        notes: ["only the 'Bet:' trailer was added, and git stops at a template that nobody edited"],
        exitStatus: .blocked)
    }
    let ledger = try context.ledger
    var commit = WorkCommit(id: .zero)
    try commit.read(message)
    try commit.unearth { try ledger.bet($0).map { _ in true } }
    for remark in Remark.all(about: commit) {
      context.errors.show(
        Diagnostic(
          remark.kind.rawValue, "the message \(remark.predicate)",
          severity: remark.kind == .stray ? .warning : .note, notes: remark.reasons))
    }
    var refused = false
    for (key, name) in keys.flatMap({ key in
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
    // The message may be given up still, and nothing is refused for what cannot be told early.
    if !refused {
      try? EarlyWord(context)?.tell(commit.bets.compactMap(\.id), buildsOn: commit.buildsOn.compactMap(\.id))
    }
    context.errors.flush()
    return refused ? .blocked : .done
  }

  private static let keys = [WorkCommit.betKey, WorkCommit.buildsOnKey]

  /// Adds what `prepare-commit-msg` had added and somebody else has dropped since; false when that is not to be.
  ///
  /// A message that names a declared bet, or `none`, has the last word, and one that holds nothing is to stop the commit.
  private static func addAgain(
    _ prepared: [Trailer], to file: String, _ raw: [UInt8], by cleaning: Cleaning
  ) throws -> Bool {
    let message = cleaning.written(raw)
    var commit = WorkCommit(id: .zero)
    try commit.read(message)
    guard commit.bets.isEmpty, !nobodyWrote(message) else { return false }
    if !commit.buriedBets.isEmpty {
      let ledger = try Context(trust: .gitHasAgreed).ledger
      if try commit.buriedBets.contains(where: { try ledger.bet($0) != nil }) { return false }
    }
    try add(prepared, to: file, raw, by: cleaning)
    return true
  }

  private static func undeclared(
    _ name: BetName, as key: String, in ledger: Ledger, severity: Diagnostic.Severity
  ) throws -> Diagnostic {
    let shown = Text.printable(name.description.prefix(60))
    let ids = try ledger.ids()
    guard let id = name.id else {
      let near = InvalidBetID.meant(by: name.description, among: ids)
      let lines = near.map { "'\(key): \($0)'" }.joined(separator: " and ")
      let notes = near.isEmpty ? [] : ["\(near.count > 1 ? "one bet a line" : "did you mean"): \(lines)"]
      return Diagnostic(
        "undeclared", "'\(key): \(shown)' cannot name a bet", severity: severity, notes: notes,
        hints: ["git bet list"])
    }
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
  private static func isUntouchedTemplate(_ message: [UInt8], _ cleaning: Cleaning) throws -> Bool {
    let answer = try GitCommand.run(["config", "--path", "--get", "commit.template"])
    guard answer.status == 0, File.kind(answer.text) != .nothing else { return false }
    let template = cleaning.cleaned(try TextFile.bytes(answer.text))
    return !template.isEmpty && written(message) == written(template)
  }

  /// The lines that somebody wrote: not blank, no sign-off, no `Bet:`.
  private static func written(_ message: [UInt8]) -> [ArraySlice<UInt8>] {
    message.split(separator: 0x0A).filter { line in
      !isBlank(line) && !line.starts(with: signOff) && !line.starts(with: "Bet: ".utf8)
    }
  }

  /// Whether the message is empty, or only signed off.
  static func nobodyWrote(_ message: [UInt8]) -> Bool {
    message.split(separator: 0x0A).allSatisfy { isBlank($0) || $0.starts(with: signOff) }
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
