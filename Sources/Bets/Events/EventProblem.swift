import GitFormats

/// Why an event is not one: a refusal when it is about to be written, damage when it is read.
package enum EventProblem: Error, Hashable, Sendable {
  case notUTF8
  case tooLarge
  case noTrailer(TrailerName)
  case wrongDiary(String)
  case badSeq(String)
  case badVersion(String)
  case newerLedger(String)
  case missing(TrailerName)
  case missingReason
  case repeated(TrailerName)
  case controlCharacter(in: String)
  case malformed(TrailerName, value: String, expected: String)
  case emptySubject
  /// A line of the text would cut the trailers off, for git and for us.
  case cutOff

  /// The event's shape, as a check of values alone: nil when it is whole.
  ///
  /// A writer asks first, so that a refusal comes before anything is looked up or asked.
  package init?(in event: Event) {
    if let name = EventProblem.controlled(in: event) {
      self = .controlCharacter(in: name)
      return
    }
    for value in event.values {
      let removes = event.kind == .amended && value.text.isEmpty
      if !removes, let expected = value.name.objection(to: value.text) {
        self = .malformed(value.name, value: value.text, expected: expected)
        return
      }
    }
    if let name = Event.Value.repeated(in: event.values) {
      self = .repeated(name)
      return
    }
    var required = event.kind.required
    if event.kind == .closed, event.first(.verdict) != Verdict.abandoned.rawValue {
      required.append(.evidence)
    }
    if event.kind == .linked || event.kind == .unlinked, event.first(.commit) == nil {
      required.append(.branch)
    }
    for name in required
    where !event.values.contains(where: { $0.name == name && !Text.isBlank($0.text) }) {
      self = .missing(name)
      return
    }
    if event.kind.requiresBody, Text.isBlank(event.body) {
      self = .missingReason
      return
    }
    return nil
  }

  /// The first trailer whose value holds a control character.
  private static func controlled(in event: Event) -> String? {
    let hasControl = { (text: String) in Text.hasControlCharacter(text) }
    if let value = event.values.first(where: { hasControl($0.text) }) { return value.name.rawValue }
    if let trailer = event.unknown.first(where: { hasControl($0.value) }) { return trailer.key }
    if hasControl(event.kind.name) { return TrailerName.event.rawValue }
    return hasControl(event.agent ?? "") ? TrailerName.agent.rawValue : nil
  }
}

extension EventProblem {
  /// Written by a version that this one must not second-guess.
  package var isNewerLedger: Bool { if case .newerLedger = self { true } else { false } }
}

extension EventProblem: DiagnosticError {
  package var diagnostic: Diagnostic {
    switch self {
    case .notUTF8: Diagnostic("not-utf-8", "the event is not UTF-8")
    case .tooLarge: Diagnostic("too-large", "the event is larger than \(Trailers.largestMessage) bytes")
    case .noTrailer(let name): Diagnostic("damaged-event", "the event has no '\(name.rawValue)' trailer")
    case .wrongDiary(let other):
      Diagnostic("damaged-event", "the event says it belongs to '\(Text.printable(other))'")
    case .badSeq(let text):
      Diagnostic("damaged-event", "'Seq: \(Text.printable(text))' is not greater than that of its parents")
    case .badVersion(let text):
      Diagnostic("damaged-event", "'Ledger-Version: \(Text.printable(text.prefix(80)))' is no version")
    case .newerLedger(let version):
      Diagnostic(
        "newer-ledger", "the ledger is of version \(Text.printable(version)), this git-bet reads up to 1",
        notes: [
          "a newer git-bet wrote it; this one could misjudge it, so it does not try: install the newer one"
        ])
    case .missing(let name):
      Diagnostic("missing-field", "'\(name.rawValue)' is missing or empty", notes: EventProblem.why(name))
    case .missingReason:
      Diagnostic(
        "missing-reason", "a reason is needed", notes: ["it is what people read later: why was it done"])
    case .repeated(let name): Diagnostic("repeated-field", "'\(name.rawValue)' is given more than once")
    case .controlCharacter(let name):
      Diagnostic(
        "control-character", "'\(name)' holds a line break or another control character",
        notes: ["a value is one line of text: a line break in it could forge another trailer"])
    case .malformed(.buildsOn, let value, _), .malformed(.independentOf, let value, _):
      InvalidBetID(text: value, isReserved: false).diagnostic
    case .malformed(let name, let value, let expected):
      Diagnostic(
        "malformed-value", "'\(name.rawValue): \(Text.printable(value.prefix(80)))' is not \(expected)")
    case .emptySubject: Diagnostic("empty-title", "the title is empty")
    case .cutOff:
      Diagnostic(
        "cut-off", "a line of the text would cut off the event's trailers",
        notes: ["git ends a message at its scissors line '# ---- >8 ----'; indent that line by one space"])
    }
  }

  private static func why(_ name: TrailerName) -> [String] {
    switch name {
    case .if: ["a bet says what is built: if we build X"]
    case .expect: ["a bet says what moves, which way and how far: we expect Y to move"]
    case .because: ["a bet says why that should be so: because Z is true"]
    case .evidence: ["a verdict without evidence is an opinion; only an abandoned bet needs none"]
    default: []
    }
  }
}
