import ArgumentParser
import BetGate

struct PushCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "push",
    abstract: "Push; with --override, record why it may ship, then push.",
    discussion: "Everything but --override goes to git push as it is.")

  @Option(help: ArgumentHelp("Why it cannot wait.", valueName: "text"))
  var override: String?
  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp("Arguments of git push.", valueName: "git push arguments"))
  var arguments: [String] = []

  func run() throws {
    let context = try Context()
    defer {
      context.output.flush()
      context.errors.flush()
    }
    var arguments = arguments
    var reason = override
    // The parser passes everything on from the first word that it does not know: ours may stand anywhere.
    if let position = arguments.firstIndex(where: { $0 == "--override" || $0.hasPrefix("--override=") }) {
      let word = arguments.remove(at: position)
      if word.hasPrefix("--override=") {
        reason = String(word.dropFirst("--override=".count))
      } else if position < arguments.count {
        reason = arguments.remove(at: position)
      } else {
        reason = ""
      }
    }
    if let given = reason {
      // Before git goes over the wire for it, and may ask for a password.
      let reason = try context.reason(given, for: "can it not wait")
      try context.leaveToPerson("an override")
      let push = try Rehearsal.run(arguments, context)
      let remote = Remote(argument: push.remote, config: try context.config)
      let judgement = try context.judge().judge(Push(push.updates, to: remote, today: context.today))
      if try context.override(judgement, because: reason) == 0 {
        context.output.line("nothing stands in the way, so nothing was overridden")
      }
      // A server judges by what it has of the ledger: the override has to be there first.
      context.exchangeAfterWriting()
      context.output.flush()
    }
    let status = try GitCommand.passThrough(["push"] + arguments)
    if reason == nil { context.exchangeAfterWriting(always: true) }
    try context.output.end()
    if status != 0 { throw Stop(status: status == 1 ? .blocked : status == 129 ? .usage : .couldNot) }
  }
}

/// What a push would bring, as git itself says it: a dry run whose hook only writes down what it is told.
enum Rehearsal {
  static func run(_ arguments: [String], _ context: Context) throws -> (remote: String, updates: [RefUpdate])
  {
    let folder =
      try context.repository.gitDirectory
      + "/bet-rehearsal-\(context.now)-\(UInt32.random(in: 0 ... .max))"
    let answer = folder + "/answer"
    try Folder.make(folder)
    defer { Folder.remove(folder, files: ["answer", "pre-push"]) }
    try TextFile.write(
      "#!/bin/sh\n{ printf '%s\\n' \"$1\"; cat; } >\"${0%/*}/answer\"\n", to: folder + "/pre-push",
      mode: 0o755)
    let rehearsal = try GitCommand.run(
      ["-c", "core.hooksPath=\(folder)", "-c", "hook.bet-pre-push.enabled=false", "push", "--dry-run"]
        + arguments)
    guard File.exists(answer) else {
      throw Refusal(
        "push-failed", "git push would not get as far as the gate",
        notes: Array(rehearsal.errorLines.suffix(4)))
    }
    let lines = try TextFile.read(answer).split(separator: "\n", omittingEmptySubsequences: false)
    let updates = try lines.dropFirst().filter { !$0.isEmpty }.map { line in
      guard let update = RefUpdate(line: line) else { throw Refusal.badUpdate(line) }
      return update
    }
    return (String(lines.first ?? ""), updates)
  }
}

extension Refusal {
  static func badUpdate(_ line: some StringProtocol) -> Refusal {
    Refusal("bad-update", "git named a ref update that cannot be read", notes: [Text.printable(line)])
  }
}
