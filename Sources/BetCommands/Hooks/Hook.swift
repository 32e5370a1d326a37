import Bets

/// What the shims call. No parser, no child process, nothing on standard output.
enum Hook {
  /// Says of each ref that has a name which is no UTF-8 what it is: elsewhere another stands in its place.
  static func tellOddNames(in input: [UInt8], on errors: Terminal) {
    for line in input.split(separator: 0x0A) where String(validating: line, as: UTF8.self) == nil {
      let text = Text.decoded(line).split(separator: " ").first { $0.contains("\\x") } ?? ""
      errors.show(
        Diagnostic(
          "not-utf-8", "the name of a ref is not UTF-8: '\(Text.printable(text, upTo: 200))'",
          severity: .note,
          notes: ["it is judged like any other, and no command that is printed here can name it"]))
    }
  }

  /// `[--for <git's pid>] <hook> <its arguments>`
  static func run(_ words: [String]) -> ExitStatus {
    var arguments = words
    let caller = Caller.take(from: &arguments)
    do {
      switch arguments.first {
      case "pre-push": return try PrePush.run(Array(arguments.dropFirst()), caller: caller)
      case "pre-receive": return try PreReceive.run(caller: caller)
      case "commit-msg": return try CommitMessageHook.check(Array(arguments.dropFirst()), caller: caller)
      case "prepare-commit-msg":
        return CommitMessageHook.prepare(Array(arguments.dropFirst()), caller: caller)
      default:
        throw Refusal(
          "unknown-hook", "there is no hook '\(Text.printable(arguments.first ?? ""))'",
          notes: ["this command is called by the hooks that 'git bet install' writes"], exitStatus: .usage)
      }
    } catch let stop as Stop {
      return stop.status
    } catch {
      let (diagnostic, status) = GitBet.explain(error) ?? (Diagnostic("internal", "\(error)"), .couldNot)
      let errors = Terminal(descriptor: 2, isPlain: arguments.first == "pre-receive")
      errors.show(diagnostic)
      if arguments.first == "pre-receive" {
        errors.line("note: what cannot be judged is not taken")
      }
      if arguments.first == "pre-push" {
        errors.line(
          "\("note:", .blue) what cannot be judged is not pushed; git push --no-verify goes round the gate this once"
        )
      }
      errors.flush()
      return status
    }
  }
}
