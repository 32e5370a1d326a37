import BetLedger

/// A verdict as a person makes it: by flags, or in the editor.
struct Call {
  let verdict: Verdict
  let values: [Event.Value]
  var text = ""
  /// Where an editor left it.
  var file: String?

  init(verdict word: String, values: [Event.Value]) throws {
    let verdicts = Verdict.allCases.map(\.rawValue).joined(separator: ", ")
    guard let verdict = Verdict(rawValue: word) else {
      throw Refusal(
        "unknown-verdict", "'\(Text.printable(word))' is not a verdict",
        notes: ["a bet is closed as \(verdicts)"])
    }
    (self.verdict, self.values) = (verdict, values)
  }
}

extension Context {
  /// Asks for the verdict on a bet in the editor; without a terminal the flags are told.
  func call(of bet: Bet) throws -> Call {
    guard isInteractive else {
      throw Refusal(
        "verdict-needed", "no verdict is named, and no command makes the call for you",
        notes: [
          "a bet is closed as \(Verdict.allCases.map(\.rawValue).joined(separator: ", "))",
          "with what was seen: --evidence, and --observed, --learned, --decision; abandoned needs none",
        ], hints: ["git bet show \(bet.id)"], exitStatus: .usage)
    }
    let waiting = try BetsAround(ledger.digests()).waiting(on: bet.id).map(\.name)
    let file = try repository.gitDirectory + "/BET_CLOSE"
    let call = try filledIn(form(for: bet, waiting: waiting), in: file) { text in
      let draft = try Draft(text, fields: [.verdict, .evidence, .learned, .decision])
      let verdict = draft.values.filter { $0.name == .verdict }
      if verdict.count > 1 { throw EventProblem.repeated(.verdict) }
      guard let word = verdict.first?.text else { throw EventProblem.missing(.verdict) }
      var call = try Call(verdict: word, values: draft.values.filter { $0.name != .verdict })
      call.text = Text.trimmed("\(draft.title)\n\(draft.body)")
      call.file = file
      return call
    }
    guard let call else { throw Refusal("no-verdict", "nothing was filled in, so nothing was closed") }
    return call
  }

  /// The claim and what was seen as comments, and the fields of a call, all empty.
  private func form(for bet: Bet, waiting: [String]) -> String {
    var lines = ["'\(bet.id)': \(bet.title)", ""] + Text.folded(bet.sentence, to: 74)
    for name in [TrailerName.metric, .baseline, .target, .kill, .checkBy] {
      if let value = bet.first(name) { lines.append("\(name.rawValue.padded(to: 10))\(value)") }
    }
    let readings = bet.observations.suffix(3).map { "\($0.text) on \($0.day)" }
    lines.append(
      "\("Readings".padded(to: 10))\(readings.isEmpty ? "none" : readings.joined(separator: ", "))")
    if !waiting.isEmpty { lines += Text.folded("waiting on it: \(waiting.joined(separator: ", "))", to: 74) }
    return lines.map { $0.isEmpty ? "#" : "# \(Text.printable($0))" }.joined(separator: "\n") + """


      Verdict: 
      Evidence: 

      Learned: 
      Decision: 

      # Verdict   validated, invalidated, inconclusive or abandoned
      # Evidence  what was seen; may repeat; needed unless abandoned
      # A long value goes on in an indented line below it.
      # A form that is empty or left as it is closes nothing.

      """
  }
}
