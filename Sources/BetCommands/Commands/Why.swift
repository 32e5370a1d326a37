import ArgumentParser
import BetAttribution
import BetReports

struct Why: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show which bets a file or a line rests on, with their state.",
    discussion: """
      The file is looked at as it is in HEAD. A line belongs to the commit that wrote it, as git blame -w has it, and \
      with the commit to its bets.
      """)

  @Argument(
    help: ArgumentHelp(
      "A file, from the current directory; with :LINE, one line of it.", valueName: "path[:line]"),
    completion: .file())
  var place: String
  @OptionGroup var json: JSONOption
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    let footprints = try context.footprints()
    let target = try Target(place, footprints)
    if target.isOdd, try !footprints.hasFile(at: target.path) {
      throw Refusal.notUTF8("the name of a file that is not here", target.path)
    }
    let origins = try footprints.origins(of: target.path)
    if let line = target.line, !(1...max(1, origins.lineCount)).contains(line) || origins.lineCount == 0 {
      throw Refusal.lineOutOfRange(target, origins)
    }
    let differs = try target.differs(context)
    let states = try States(context.ledger)
    if json.isOn {
      context.output.answer(origins.json(line: target.line, differs: differs, states))
      return
    }
    let output = context.output
    if let line = target.line {
      show(line, of: origins, states, on: output)
    } else {
      show(origins, states, on: output)
    }
    if differs { output.line("note: the work tree's version is another one; this is HEAD's") }
    if origins.isCut, target.line.map({ origins.part(at: $0) == nil }) ?? (origins.withoutBet > 0) {
      output.line("note: this clone is shallow: what came before its history counts as no bet's")
    }
    try context.page()
  }

  private func show(_ line: Int, of origins: FileOrigins, _ states: States, on output: Terminal) {
    guard let part = origins.part(at: line) else {
      output.line("no bet")
      return
    }
    for bet in part.bets {
      output.line("\(bet.name, .bold)  \(states[bet], states.style(bet))")
    }
    output.line(
      "\(part.commit.short, .yellow)  \(Day(secondsSince1970: part.time))  \(part.title)")
  }

  private static let mostCommits = 3

  private func show(_ origins: FileOrigins, _ states: States, on output: Terminal) {
    var table = Table(["bet", "state", "lines", "commits"])
    for (bet, parts) in FileOrigins.byBet(origins.parts) {
      let ids = parts.prefix(Why.mostCommits).map(\.commit.short).joined(separator: ", ")
      let rest = parts.count > Why.mostCommits ? " and \(parts.count - Why.mostCommits) older" : ""
      table.add([
        .init(bet.name, .bold), .init(states[bet], states.style(bet)),
        .init("\(parts.reduce(0) { $0 + $1.lines.lineCount })"), .init(ids + rest, .yellow),
      ])
    }
    if origins.withoutBet > 0 || origins.lineCount == 0 {
      table.add([.init("no bet"), .init(""), .init("\(origins.withoutBet)"), .init("")])
    }
    table.print(to: output)
  }

  /// What was typed, as a path from the top of the work tree and perhaps a line.
  struct Target {
    let path: [UInt8]
    /// As it was typed, without the line.
    let typed: String
    let line: Int?
    /// Whether its name is no UTF-8.
    var isOdd: Bool { String(validating: path, as: UTF8.self) == nil }

    /// A file of that very name is meant before a line of another.
    init(_ text: String, _ footprints: Footprints) throws {
      let prefix = try GitCommand.checked(["rev-parse", "--show-prefix"]).standardOutput
      let folder = Array(prefix.last == UInt8(ascii: "\n") ? prefix.dropLast() : prefix[...])
      let top = text.hasPrefix("/") ? try GitCommand.checked(["rev-parse", "--show-toplevel"]).text : ""
      let bytes = CommandLineWords.bytes(of: text)
      func resolved(_ bytes: [UInt8]) -> [UInt8]? { Target.resolve(bytes, in: folder, top: top) }
      let whole = resolved(bytes)
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      if try !(whole.map { try footprints.hasFile(at: $0) } ?? false), parts.count > 1,
        let last = parts.last, !last.isEmpty, last.utf8.allSatisfy({ (0x30...0x39).contains($0) })
      {
        typed = parts.dropLast().joined(separator: ":")
        // More digits than a number has are past the end of every file.
        line = Int(last) ?? .max
        guard let path = resolved(Array(bytes.dropLast(last.utf8.count + 1))) else {
          throw Refusal.outside(typed)
        }
        self.path = path
        return
      }
      guard let whole else { throw Refusal.outside(text) }
      (path, typed, line) = (whole, text, nil)
    }

    /// Takes `.` and `..` out of a path; nil when it leaves the work tree.
    private static func resolve(_ bytes: [UInt8], in folder: [UInt8], top: String) -> [UInt8]? {
      let slash = UInt8(ascii: "/")
      var bytes = bytes
      if bytes.first == slash {
        let root = Array(top.utf8) + [slash]
        guard !top.isEmpty, bytes.starts(with: root) else { return nil }
        bytes.removeFirst(root.count)
      } else {
        bytes = folder + bytes
      }
      var names: [ArraySlice<UInt8>] = []
      for name in bytes.split(separator: slash) where !name.elementsEqual(".".utf8) {
        if !name.elementsEqual("..".utf8) {
          names.append(name)
        } else if names.popLast() == nil {
          return nil
        }
      }
      return Array(names.joined(separator: [slash]))
    }

    /// Whether the file on disk is another than the one in `HEAD`.
    func differs(_ context: Context) throws -> Bool {
      // A name that cannot be handed to git is told of HEAD alone.
      guard try context.repository.workTree != nil, !isOdd else {
        return false
      }
      let answer = try GitCommand.run(
        ["--literal-pathspecs", "diff", "--quiet", "--no-ext-diff", "--no-textconv", "HEAD", "--", typed],
        environment: ["GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"])
      return answer.status == 1
    }
  }

  /// The bets' states in words.
  struct States {
    private var bets: [BetID: Bet.State] = [:]
    private var damaged: Set<BetID> = []

    init(_ ledger: Ledger) throws {
      for bet in try ledger.readableBets(damaged: { damaged.insert($0) }) { bets[bet.id] = bet.state }
    }

    subscript(_ bet: BetID) -> String {
      bets[bet]?.rawValue ?? (damaged.contains(bet) ? "damaged" : "undeclared")
    }
    func style(_ bet: BetID) -> Style { bets[bet]?.style ?? .red }
  }
}

extension Refusal {
  fileprivate static func lineOutOfRange(_ target: Why.Target, _ origins: FileOrigins) -> Refusal {
    let name = Text.printable(target.typed)
    let last = origins.lineCount
    return Refusal(
      "line-out-of-range",
      last == 0 ? "'\(name)' has no lines in HEAD" : "'\(name)' has lines 1 to \(last) in HEAD",
      hints: ["git bet why \(Text.shellOperands(target.typed))"])
  }

  fileprivate static func outside(_ text: String) -> Refusal {
    Refusal("outside-work-tree", "'\(Text.printable(text))' is not in this work tree")
  }
}

extension FileOrigins {
  /// By bet, the one with the most lines first.
  fileprivate static func byBet(_ all: [Part]) -> [(bet: BetID, parts: [Part])] {
    var parts: [BetID: [Part]] = [:]
    for part in all { for bet in part.bets { parts[bet, default: []].append(part) } }
    let counts = parts.mapValues { $0.reduce(0) { $0 + $1.lines.lineCount } }
    return parts.sorted { left, right in
      (counts[right.key] ?? 0, left.key) < (counts[left.key] ?? 0, right.key)
    }.map { ($0.key, $0.value) }
  }

  fileprivate func json(line: Int?, differs: Bool, _ states: Why.States) -> JSON {
    let shown = line.map { part(at: $0).map { [$0] } ?? [] } ?? parts
    return [
      "path": .string(String(decoding: path, as: UTF8.self)), "tip": .string(tip.hex),
      "workTreeDiffers": .bool(differs), "line": .optional(line), "historyIsCut": .bool(isCut),
      "lines": .integer(lineCount), "withoutBet": .integer(withoutBet),
      "bets": .array(FileOrigins.byBet(shown)) { bet, parts in
        [
          "bet": .string(bet.name), "state": .string(states[bet]),
          "lines": .integer(parts.reduce(0) { $0 + $1.lines.lineCount }),
          "commits": .strings(parts.map(\.commit.hex)),
        ]
      },
    ]
  }
}
