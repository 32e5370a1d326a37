import ArgumentParser
import BetAttribution
import BetLedger
import BetReports

struct TrailersCommand: BetCommand {
  static let configuration = CommandConfiguration(
    commandName: "trailers",
    abstract: "Show how commit messages are read: per commit its id, its trailers, an empty line.",
    discussion: "Byte for byte what git log --format='%H%n%(trailers:only,unfold)' prints for UTF-8 messages."
  )

  @Argument(
    help: ArgumentHelp(
      "A range; HEAD if not given. '-' reads one message from standard input.", valueName: "range"))
  var range: String?
  @Flag(
    help:
      "Also name 'Bet:' and 'Builds-On:' lines outside the block: whether they count, and why git does not read them."
  )
  var explain = false
  @OptionGroup var json: JSONOption
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    if range == "-" {
      let message = try TextFile.standardInput()
      let trailers = try read(message, "the message")
      if json.isOn {
        context.output.answer(["commits": [try json(nil, trailers: trailers, of: message, context)]])
      } else {
        show(Self.bytes(trailers), context)
        try showRemarks(on: message, of: nil, context)
      }
      return
    }
    let repository = try context.repository
    // git itself resolves and walks: any range that git log takes is taken.
    let list = try GitCommand.run(
      ["rev-list", "--end-of-options", range ?? "HEAD", "--"], environment: ["GIT_NO_REPLACE_OBJECTS": "1"])
    guard list.status == 0 else {
      throw Refusal(
        "unknown-range", "git knows no range '\(Text.printable(range ?? "HEAD"))'",
        notes: Array(list.errorLines.prefix(1)),
        hints: ["git log --oneline -5"])
    }
    var all: [JSON] = []
    var buffer: [UInt8] = []
    for line in list.standardOutput.split(separator: 0x0A) {
      guard let id = ObjectID(hex: String(decoding: line, as: UTF8.self)),
        let commit = try repository.commit(id)
      else {
        throw Refusal("missing-object", "a commit of the range is not here")
      }
      let trailers = try read(commit.message, "the message of \(id)")
      if json.isOn {
        all.append(try json(id, trailers: trailers, of: commit.message, context))
        continue
      }
      buffer += line
      buffer.append(0x0A)
      buffer += Self.bytes(trailers)
      buffer.append(0x0A)
      if explain {
        show(buffer, context)
        buffer = []
        try showRemarks(on: commit.message, of: id, context)
      }
      if buffer.count > 1 << 16 {
        show(buffer, context)
        buffer = []
      }
    }
    show(buffer, context)
    if json.isOn { context.output.answer(["commits": .array(all)]) }
  }

  private func read(_ message: [UInt8], _ what: String) throws -> Trailers {
    do { return try Trailers(parsing: message) } catch {
      throw Refusal("too-large", "\(what) is larger than \(Trailers.largestMessage) bytes")
    }
  }

  /// What a program reads is as git has it; a terminal must not act on it.
  private func show(_ lines: [UInt8], _ context: Context) {
    guard context.output.isTerminal else { return context.output.write(asIs: lines) }
    for line in lines.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
      context.output.line("\(Text.decoded(line))")
    }
  }

  private static func bytes(_ trailers: Trailers) -> [UInt8] {
    trailers.flatMap { Array($0.key.utf8) + [0x3A, 0x20] + $0.valueBytes + [0x0A] }
  }

  private func json(
    _ id: ObjectID?, trailers: Trailers, of message: [UInt8], _ context: Context
  ) throws -> JSON {
    [
      "id": .optional(id?.hex),
      "trailers": .array(trailers) { ["key": .string($0.key), "value": .string($0.value)] },
      "strays": .array(
        try remarks(on: message, of: id, context).flatMap { remark in
          remark.trailers.map { stray in
            [
              "key": .string(stray.key), "line": .integer(stray.line), "value": .string(stray.value),
              "counts": .bool(remark.kind == .buried), "reason": .string(stray.reason.sentence),
            ] as JSON
          }
        }),
    ]
  }

  private func showRemarks(on message: [UInt8], of id: ObjectID?, _ context: Context) throws {
    guard explain else { return }
    for remark in try remarks(on: message, of: id, context) {
      context.errors.show(
        Diagnostic(
          remark.kind.rawValue, id == nil ? "the message \(remark.predicate)" : remark.sentence,
          severity: .note, notes: remark.reasons, hints: id == nil ? [] : remark.waysOut))
    }
  }

  /// What the gate would say of the message, by the ledger that is here; without a repository nothing is declared.
  private func remarks(on message: [UInt8], of id: ObjectID?, _ context: Context) throws -> [Remark] {
    var commit = WorkCommit(id: id ?? .zero)
    try commit.read(message)
    guard !commit.strays.isEmpty else { return [] }
    let (named, site) = (commit.id, try context.siteIfAny)
    try commit.unearth { try site?.isBuriedWord(of: named, for: $0) }
    return Remark.all(about: commit)
  }
}
