import ArgumentParser
import BetAttribution
import BetReports

struct FootprintCommand: BetCommand {
  static let configuration = CommandConfiguration(
    commandName: "footprint",
    abstract: "Show the commits, files and surviving lines of a bet: what to remove if it is lost.",
    discussion: """
      Lines are counted in the ship branch as it was last fetched, else in HEAD. Blank space alone makes no line \
      another one, and renamed files are followed. Of a lost bet, or with --revert, the ways to take it out are shown: \
      what to delete and edit by hand, and the git revert that does it. Nothing is changed.
      """)

  @OptionGroup var bet: BetArgument
  @Flag(help: "Show how to take it out, whatever its state.")
  var revert = false
  @OptionGroup var json: JSONOption
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    let bet = try context.bet(bet)
    let footprint = try context.footprints().footprint(of: bet.id)
    if json.isOn {
      context.output.answer(footprint.json(bet))
      return
    }
    let output = context.output
    let place = footprint.place.map { Text.printable($0.name) } ?? "HEAD"
    output.line("\(bet.id.name, .bold)  \(bet.state.rawValue, bet.state.style)")
    guard !footprint.commits.isEmpty else {
      output.line("no commit of it is in \(place), on HEAD or on a branch of the bet")
      return
    }
    output.line(
      "\(footprint.commits.count.of("commit")), \(footprint.files.count.of("file")); "
        + "\(footprint.surviving) of \(footprint.brought.of("line")) left in \(place)")
    show(footprint, output)
    if revert || bet.state.isLost { try showRemoval(footprint, context) }
    try context.page()
  }

  private func show(_ footprint: Footprint, _ output: Terminal) {
    output.line()
    var commits = Table(["commit", "date", "", "title"])
    for commit in footprint.commits {
      commits.add([
        .init(commit.id.short, .yellow), .init("\(Day(secondsSince1970: commit.time))"),
        .init(commit.mark, .faint), .init(commit.title),
      ])
    }
    commits.print(to: output)
    if !footprint.files.isEmpty {
      output.line()
      var files = Table(["brought", "left", "file", ""])
      for file in footprint.files {
        files.add([
          .init(file.brought.map { "\($0)" } ?? "?"), .init(file.surviving.map { "\($0)" } ?? "?"),
          .init(Text.decoded(file.path)), .init(file.mark, .faint),
        ])
      }
      files.print(to: output)
    }
    if !footprint.otherChanges.isEmpty {
      output.line()
      for change in footprint.otherChanges {
        output.line("\(change.what): \(Text.decoded(change.path))")
      }
    }
    for commit in footprint.incomplete {
      output.line("note: what \(commit.short) changed cannot be told: history or trees are not here")
    }
  }

  private func showRemoval(_ footprint: Footprint, _ context: Context) throws {
    let output = context.output
    let whole = footprint.files.filter(\.isWhole)
    let edited = footprint.files.filter { !$0.isWhole && !$0.isGone && $0.surviving != 0 }
    output.line()
    output.line("to take it out")
    func path(_ file: Footprint.File) -> String { Text.printable(Text.decoded(file.path)) }
    for file in whole { output.line("  delete \(path(file))") }
    for file in edited {
      let lines = file.surviving.map { $0.of("line") } ?? "which lines cannot be told, \(file.mark)"
      output.line("  edit   \(path(file)): \(lines)")
    }
    for neighbour in footprint.neighbours { output.line("  mind   \(neighbour.sentence)") }
    if footprint.uncompared > 0 {
      output.line(
        "  mind   \(footprint.uncompared.of("commit")) of other bets, which were not compared")
    }
    for (commit, why) in footprint.reverting.omitted {
      output.line("  leave  \(commit.short): \(why.sentence)")
    }
    guard let command = footprint.reverting.command else {
      output.line("  nothing is left to revert")
      return
    }
    output.line()
    if let place = footprint.place, try context.repository.headCommit() != place.tip {
      // git takes no '--' here.
      let start = place.name.hasPrefix("-") ? place.tip.hex : Text.shellQuoted(place.name)
      output.line(
        "  \("git switch --no-track -c remove-\(footprint.bet) \(start)", .cyan)")
    }
    output.line("  \(command, .cyan)")
  }
}

extension Context {
  func footprints() throws -> Footprints {
    try Footprints(site, attribution)
  }
}

extension Footprint.Commit {
  fileprivate var mark: String {
    if let revertedBy { return "reverted by \(revertedBy.short)" }
    return switch standing {
    case .here: ""
    case .elsewhere: "on another ship branch"
    case .unshipped: "not shipped"
    }
  }

  fileprivate var json: JSON {
    [
      "id": .string(id.hex), "time": .integer(Int(time)), "title": .string(title), "merge": .bool(isMerge),
      "standing": .string(standing.rawValue), "revertedBy": .optional(revertedBy?.hex),
    ]
  }
}

extension Footprint.File {
  fileprivate var mark: String {
    if isGone { return "gone" }
    if let reason { return reason.rawValue }
    return isWhole ? "all of it" : ""
  }

  fileprivate var json: JSON {
    [
      "path": .string(String(decoding: path, as: UTF8.self)), "brought": .optional(brought),
      "surviving": .optional(surviving), "gone": .bool(isGone), "whole": .bool(isWhole),
      "unread": .optional(reason?.rawValue),
    ]
  }
}

extension Footprint.Neighbour {
  fileprivate var sentence: String {
    var parts = buildsOn ? ["builds on it"] : []
    if lines > 0 {
      let names = paths.prefix(3).map { Text.printable(Text.decoded($0)) }
      let rest = paths.count > 3 ? " and \(paths.count - 3) more" : ""
      parts.append(
        "works on \(lines.of("line")) of it in \(names.joined(separator: ", "))\(rest)")
    }
    return "\(bet): \(parts.joined(separator: ", and "))"
  }
}

extension Reverting {
  /// What takes the bet out of the branch, ready to be looked at and committed; nil when there is nothing to do.
  var command: String? {
    guard !commits.isEmpty else { return nil }
    let mainline = hasMerge ? " -m 1" : ""
    return "git revert --no-commit\(mainline) \(commits.map(\.short).joined(separator: " "))"
  }
}

extension Reverting.Omission {
  fileprivate var sentence: String {
    switch self {
    case .reverted(let commit): "reverted by \(commit.short)"
    case .isRevert: "reverts work of the bet, or brings it back"
    case .joinsOthers: "a merge that brought others' work to the bet's"
    case .inMerge(let commit): "came with merge \(commit.short)"
    case .changesNothing: "changes nothing"
    }
  }
}

extension Footprint {
  fileprivate func json(_ bet: Bet) -> JSON {
    [
      "bet": .string(bet.id.name), "state": .string(bet.state.rawValue),
      "branch": .optional(place?.name), "tip": .optional(place?.tip.hex),
      "commits": .array(commits.map(\.json)), "files": .array(files.map(\.json)),
      "otherChanges": .array(otherChanges) {
        ["path": .string(String(decoding: $0.path, as: UTF8.self)), "change": .string($0.what)]
      },
      "incomplete": .strings(incomplete.map(\.hex)),
      "brought": .integer(brought), "surviving": .integer(surviving),
      "others": .array(neighbours) {
        [
          "bet": .string($0.bet.name), "buildsOn": .bool($0.buildsOn), "lines": .integer($0.lines),
          "paths": .strings($0.paths.map { String(decoding: $0, as: UTF8.self) }),
        ]
      },
      "uncompared": .integer(uncompared),
      "revert": [
        "command": .optional(reverting.command), "commits": .strings(reverting.commits.map(\.hex)),
        "omitted": .array(reverting.omitted) {
          ["id": .string($0.commit.hex), "why": .string($0.why.sentence)]
        },
      ],
    ]
  }
}
