import GitFormats

extension Event {
  /// The commit message that stores the event.
  ///
  /// What is written is read back before it is returned: a message that would not give the same event is refused.
  /// `isRoot` adds the ledger's version, which stands on the first event of a chain only.
  package func message(isRoot: Bool) throws(EventProblem) -> String {
    if let problem = EventProblem(in: self) { throw problem }
    if Text.trimmed(subject).isEmpty { throw .emptySubject }
    if Text.hasControlCharacter(subject) { throw .controlCharacter(in: "title") }
    if body.split(whereSeparator: { $0 == "\n" || $0 == "\t" }).contains(where: Text.hasControlCharacter) {
      throw .controlCharacter(in: "text")
    }
    var lines = [subject, ""]
    if !body.isEmpty { lines += [body, ""] }
    func add(_ name: TrailerName, _ text: String) {
      lines.append(text.isEmpty ? "\(name.rawValue):" : "\(name.rawValue): \(text)")
    }
    add(.event, kind.name)
    add(.bet, diary)
    add(.seq, String(seq))
    if isRoot { add(.ledgerVersion, String(Event.ledgerVersion)) }
    if let agent { add(.agent, agent) }
    for value in values { add(value.name, value.text) }
    for trailer in unknown { lines.append("\(trailer.key): \(trailer.value)") }
    let message = lines.joined(separator: "\n") + "\n"

    let readBack: Event
    do {
      readBack = try Event(
        message: Array(message.utf8), diary: diary, largestParentSeq: seq - 1, isRoot: isRoot)
    } catch { throw error == .tooLarge ? .tooLarge : .cutOff }
    guard readBack == self else { throw .cutOff }
    return message
  }

  /// Reads the event that a commit message stores.
  ///
  /// - Parameters:
  ///   - message: the bytes after the commit's first empty line.
  ///   - diary: the id of the ref it was found under; an event that says otherwise is damaged.
  ///   - largestParentSeq: the largest `Seq` of its parents, 0 for a root.
  package init(message: [UInt8], diary: String, largestParentSeq: Int, isRoot: Bool) throws(EventProblem) {
    try self.init(message: message, diary: diary, isRoot: isRoot)
    if let problem = problem(above: largestParentSeq) { throw problem }
  }

  /// What is wrong with its `Seq` above that of its parents; nil when nothing is.
  package func problem(above largestParentSeq: Int) -> EventProblem? {
    seq > largestParentSeq && seq - largestParentSeq <= Event.largestLeap ? nil : .badSeq(String(seq))
  }

  /// The same without a look at what it stands on.
  package init(message: [UInt8], diary: String, isRoot: Bool) throws(EventProblem) {
    let trailers: Trailers
    do { trailers = try Trailers(parsing: message) } catch { throw .tooLarge }
    guard let text = String(validating: message, as: UTF8.self) else { throw .notUTF8 }

    var envelope: [Value] = []
    var values: [Value] = []
    var unknown: [Trailer] = []
    for trailer in trailers {
      switch TrailerName(key: trailer.key) {
      case let name? where name.isEnvelope: envelope.append(Value(name, trailer.value))
      case let name?: values.append(Value(name, trailer.value))
      case nil: unknown.append(trailer)
      }
    }
    func single(_ name: TrailerName) -> String? { envelope.first { $0.name == name }?.text }
    // The version comes first: what a newer ledger means by the rest is not for us to judge.
    if isRoot {
      guard let version = single(.ledgerVersion) else { throw .noTrailer(.ledgerVersion) }
      guard let number = Event.number(version) else { throw .badVersion(version) }
      guard number <= Event.ledgerVersion else { throw .newerLedger(version) }
    }
    if let name = Value.repeated(in: envelope) { throw .repeated(name) }
    guard let kind = single(.event) else { throw .noTrailer(.event) }
    guard let bet = single(.bet) else { throw .noTrailer(.bet) }
    guard bet == diary else { throw .wrongDiary(bet) }
    guard let seqText = single(.seq) else { throw .noTrailer(.seq) }
    guard let seq = Event.number(seqText) else { throw .badSeq(seqText) }

    let (subject, body) = Event.prose(of: text, before: trailers.block)
    self.init(
      Kind(name: kind), in: diary, seq: seq, subject: subject, body: body, values: values, unknown: unknown,
      agent: single(.agent))
    if let problem = EventProblem(in: self) { throw problem }
  }

  /// How far a `Seq` may run ahead of its parents': one forged number must not use up those of all who follow.
  private static let largestLeap = 1_000_000

  /// ASCII digits, bounded, so that the next one cannot overflow; not zero.
  private static func number(_ text: String) -> Int? {
    guard (1...15).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(text), number > 0
    else { return nil }
    return number
  }

  /// The title on one line, and what stands between it and the trailers.
  private static func prose(of text: String, before block: Range<Int>?) -> (subject: String, body: String) {
    let utf8 = text.utf8
    let end = block.map { utf8.index(utf8.startIndex, offsetBy: min($0.lowerBound, utf8.count)) }
    var rest = text[..<(end ?? text.endIndex)]
    if rest.utf8.contains(.carriageReturn) {
      let lines = rest.utf8.split(separator: .lineFeed, omittingEmptySubsequences: false)
      let whole = lines.map { String(Substring($0.last == .carriageReturn ? $0.dropLast() : $0)) }
      rest = whole.joined(separator: "\n")[...]
    }
    var title = ""
    while !rest.isEmpty {
      let end = rest.utf8.firstIndex(of: .lineFeed) ?? rest.endIndex
      if !Text.isBlank(rest[..<end]) {
        title += (title.isEmpty ? "" : " ") + Text.trimmed(rest[..<end])
      } else if !title.isEmpty {
        break
      }
      rest = Substring(rest.utf8[end...].dropFirst())
    }
    var body = rest.utf8
    while body.first == .lineFeed { body.removeFirst() }
    // With a carriage return before it, it is another character, which stays.
    while body.last == .lineFeed, body.dropLast().last != .carriageReturn { body.removeLast() }
    return (title, String(Substring(body)))
  }
}
