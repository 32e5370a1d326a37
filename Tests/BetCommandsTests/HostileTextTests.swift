import TestSupport
import Testing

/// What others wrote, in front of a person and in the log of a CI host.
@Suite struct HostileTextTests {
  /// Sets the clipboard, clears the screen, turns the line round, hides, and commands hosts wherever it stands.
  private static let evil =
    "\u{1B}]52;c;ZXZpbA==\u{7}\u{1B}[2J\u{9B}2J\u{202E}\u{2066}\u{AD}\u{180E}\u{206A}\u{FFF9}\u{E0041}\u{200B}\r"
    + "##vso[task.complete]##[error]##teamcity[x]"
  /// The same at the beginning of a line, where GitHub looks for a command, white space or not.
  private static let start = "::error title=evil::x" + evil
  /// What a ref's name may hold of it, and what a ledger's event may.
  private static let mild = "\u{9B}2J\u{202E}\u{2066}\u{AD}\u{180E}\u{206A}\u{FFF9}\u{E0041}\u{200B}"
  private static let event =
    "::error::\u{202E}\u{AD}\u{E0041}\u{200B}##vso[task.complete]##[error]##teamcity[x]"

  /// A repository in which everything that somebody else can name has such a name.
  private func scene() throws -> TestRepository {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    let (evil, start, mild, event) = (Self.evil, Self.start, Self.mild, Self.event)
    repository.environment["GIT_AUTHOR_NAME"] = "\(start)"
    repository.environment["GIT_COMMITTER_NAME"] = "\(start)"
    let claim = ["--if", event, "--expect", event, "--because", event, "--metric", event, "--outcome", event]
    for (id, below) in [("search", [String]()), ("ranking", ["--builds-on", "search"])] {
      try repository.tryBet(["declare", id, "--title", event] + claim + below + ["--instrument", event])
        .succeeded("declare")
    }
    try repository.bet("note", "search", "-m", "\(event)\n\(event)\n \u{3000}\(event)", "--source", event)
    // What a newer version, or nobody, would write.
    let tree = try repository.git("hash-object", "-t", "tree", "-w", "/dev/null").text.prefix { $0 != "\n" }
    for (ref, kind, seq) in [("search", evil, 9), ("gate", evil, 9), ("broken", "declared", 1)] {
      let parents = try repository.tryGit("rev-parse", "-q", "--verify", "refs/bets/\(ref)").text.split(
        separator: "\n")
      let message =
        "\(start)\n\n\(start)\n\(evil)\n\nEvent: \(kind)\nBet: \(ref)\nSeq: \(seq)\nAgent: \(evil)\nNews: \(evil)\n"
      let id = try repository.git(
        ["commit-tree", String(tree)] + parents.flatMap { ["-p", String($0)] }, input: Array(message.utf8)
      ).text.prefix { $0 != "\n" }
      try repository.git("update-ref", "refs/bets/\(ref)", String(id))
    }
    try repository.git("switch", "-q", "-c", "feature/\(mild)")
    try repository.write("::error::\(evil)\n::error::", "\(event)\n")
    try repository.git("add", "-A")
    try repository.commit("\(start)\n\nBet: ranking\n")
    try repository.commit("\(start)\n\nBet: \(evil)\n", file: "plain", content: "1\n")
    try repository.commit("\(start)\n\nBet: ranking\n\nnot the end \(evil)\n")
    try repository.git("config", "branch.feature/\(mild).bet", "ranking")
    try repository.git("branch", "feature/\(mild.dropFirst(3))")
    try repository.tryBet("link", "search", "feature/\(mild.dropFirst(3))").succeeded("link")
    try repository.git("remote", "add", "r\u{202E}\u{AD}", "/nowhere/\(mild)")
    return repository
  }

  /// Characters that a terminal acts on, or that nobody sees: Unicode's own list, for what is tried here.
  private func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: false
    case 0..<0x20, 0x7F...0x9F, 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
      0xFEFF,
      0xFFF9...0xFFFB, 0xE0000...0xE0FFF:
      true
    default: false
    }
  }

  private func expectHarmless(_ run: Run, _ what: [String], annotates: Bool = false) {
    for text in [run.text, run.errorText] {
      let hidden = text.unicodeScalars.filter(isHidden)
      #expect(hidden.isEmpty, "\(what): \(hidden.map { String($0.value, radix: 16) })")
      for command in ["##vso[", "##[", "##teamcity["] {
        #expect(!text.contains(command), "\(what) runs \(command)")
      }
      for line in text.split(separator: "\n") where !annotates {
        let start = line.unicodeScalars.drop { $0.properties.isWhitespace }
        #expect(!start.starts(with: "::".unicodeScalars), "\(what): \(line)")
        #expect(
          line.first == " " || !line.hasPrefix("\\u{"),
          "\(what) begins a line with what others wrote: \(line)")
      }
      for line in text.split(separator: "\n") where annotates && line.hasPrefix("::") {
        let isOurs = ["error", "warning", "notice"].contains { line.hasPrefix("::\($0) title=git bet") }
        #expect(isOurs, "\(what): \(line)")
      }
    }
  }

  @Test func `nothing that others wrote reaches a terminal or a host as a command`() throws {
    let repository = try scene()
    let branch = "feature/\(Self.mild)"
    let file = "::error::\(Self.evil)\n::error::"
    var shown = 0
    for arguments in [
      ["list"], ["list", "--all"], ["show", "search"], ["show", "ranking"], ["show", "broken"], ["log"],
      ["log", "search"], ["log", "gate"], ["log", "broken"], ["graph"], ["graph", "search"],
      ["graph", "--format", "mermaid"], ["graph", "--format", "dot"], ["why", file], ["why", "\(file):1"],
      ["why", "plain:1"], ["why", Self.start], ["footprint", "ranking"],
      ["footprint", "ranking", "--revert"],
      ["check"], ["check", "--ci"], ["check", branch], ["check", "main..\(branch)"], ["check", Self.start],
      ["check", "--format", "junit"], ["check", "--format", "github"], ["check", "--remote", Self.start],
      ["audit"], ["audit", "--since", Self.start], ["override", "--list"],
      ["override", "--revoke", Self.start],
      ["rules"], ["policy"], ["policy", "\(Self.start)=block"], ["doctor"],
      ["trailers", "--explain", Self.start],
      ["sync"], ["sync", Self.start], ["link", "ranking", branch], ["unlink", "ranking", Self.start],
      ["start", "ranking", "--branch", Self.start], ["close", "search", Self.start],
      ["close", "ranking", "abandoned"],
      ["reopen", "ranking", "--because", Self.event], ["amend", "search", "--because", Self.event],
      ["observe", Self.start], [Self.start], ["--\(Self.start)"], ["show", Self.start],
      ["declare", Self.start],
      ["note", "search", "-F", Self.start], ["-C", Self.start],
      ["hook", Self.start], ["install"], ["uninstall"],
    ] {
      let run = try repository.tryBet(arguments, input: Self.evil)
      expectHarmless(run, arguments, annotates: arguments.contains("github"))
      if !run.out.isEmpty { shown += 1 }
      if ["show", "log", "list", "graph", "audit", "check"].contains(arguments[0]) {
        expectHarmless(
          try repository.tryBet(arguments + ["--json"]), arguments + ["--json"],
          annotates: arguments.contains("github"))
      }
    }
    #expect(shown > 25)
  }

  @Test func `a terminal sees no more than colours`() throws {
    let repository = try scene()
    guard try repository.hasTerminals() else { return }
    repository.environment["GIT_PAGER"] = "cat"
    for arguments in [
      ["list"], ["show", "search"], ["log"], ["graph"], ["why", "plain:1"], ["check"], ["trailers"],
    ] {
      let run = try repository.onTerminal(arguments, typing: "")
      let colours = run.text.split(separator: "\u{1B}").dropFirst()
      #expect(colours.allSatisfy { $0.prefixMatch(of: /\[[0-9;]*m/) != nil }, "\(arguments)")
      let plain = run.text.replacing(/\u{1B}\[[0-9;]*m/, with: "").replacing("\r\n", with: "\n")
      expectHarmless(Run(status: 0, out: Array(plain.utf8), err: []), arguments)
    }
  }

  @Test func `the hooks say nothing as a command of others`() throws {
    let repository = try scene()
    let (tip, zero) = (try repository.id("HEAD"), String(repeating: "0", count: 40))
    let ref = "refs/heads/feature/\(Self.mild)"
    let push = try repository.tryBet(
      ["hook", "pre-push", "origin", "/nowhere/\(Self.evil)"], input: "\(ref) \(tip) \(ref) \(zero)\n")
    #expect(push.status == 1)
    expectHarmless(push, ["pre-push"])
    try repository.write(
      "message", "\(Self.start)\n\nBet: \(Self.evil)\nBuilds-On: \(Self.evil)\n\nBet: x\(Self.evil)\n\nend\n")
    let message = try repository.tryBet(["hook", "commit-msg", "message"])
    expectHarmless(message, ["commit-msg"])
    // What a ref has already arrived before.
    let new = try repository.git(
      ["commit-tree", "HEAD^{tree}", "-p", "HEAD"], input: Array("\(Self.start)\n\nBet: ranking\n".utf8)
    ).text.prefix { $0 != "\n" }
    let receive = try repository.tryBet(["hook", "pre-receive"], input: "\(zero) \(new) \(ref)-new\n")
    #expect(receive.status == 1)
    expectHarmless(receive, ["pre-receive"])
  }
}
