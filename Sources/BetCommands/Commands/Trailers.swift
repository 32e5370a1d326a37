import ArgumentParser
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
  @Flag(help: "Also name 'Bet:' lines that stand outside the block, and why they do not count.")
  var explain = false
  @OptionGroup var json: JSONOption
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    if range == "-" {
      let message = try TextFile.standardInput()
      let trailers = try read(message, "the message")
      if json.isOn {
        context.output.answer(["commits": [try Self.json(nil, trailers: trailers, of: message)]])
      } else {
        show(Self.bytes(trailers), context)
        try showStrays(of: message, prefix: "", context)
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
        all.append(try Self.json(id, trailers: trailers, of: commit.message))
        continue
      }
      buffer += line
      buffer.append(0x0A)
      buffer += Self.bytes(trailers)
      buffer.append(0x0A)
      if explain {
        show(buffer, context)
        buffer = []
        try showStrays(of: commit.message, prefix: "commit \(id.short): ", context)
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

  private static func json(_ id: ObjectID?, trailers: Trailers, of message: [UInt8]) throws -> JSON {
    [
      "id": .optional(id?.hex),
      "trailers": .array(trailers) { ["key": .string($0.key), "value": .string($0.value)] },
      "strays": .array(try Trailers.strays(of: "Bet", in: message)) {
        [
          "line": .integer($0.line), "value": .string($0.value), "reason": .string($0.reason.sentence),
        ]
      },
    ]
  }

  private func showStrays(of message: [UInt8], prefix: String, _ context: Context) throws {
    guard explain else { return }
    for stray in try Trailers.strays(of: "Bet", in: message) {
      context.errors.show(
        Diagnostic(
          "stray-trailer",
          "\(prefix)'Bet: \(Text.printable(stray.value))' on line \(stray.line) is no trailer",
          severity: .note, notes: [stray.reason.sentence]))
    }
  }
}
