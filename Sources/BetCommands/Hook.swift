import BetLedger
import Bets
import Git

/// What the shims call. No parser, no child process, nothing on standard output.
enum Hook {
  static func run(_ given: [String]) -> ExitStatus {
    // `--for <pid>`: the git that runs the hook, by which two hooks for one push are told.
    let arguments = given.first == "--for" ? Array(given.dropFirst(2)) : given
    do {
      switch arguments.first {
      case "pre-push": return try PrePush.run(Array(arguments.dropFirst()))
      case "commit-msg": return try CommitMessageHook.check(Array(arguments.dropFirst()))
      case "prepare-commit-msg": return CommitMessageHook.prepare(Array(arguments.dropFirst()))
      default:
        throw Refusal(
          "unknown-hook", "there is no hook '\(Text.printable(arguments.first ?? ""))'",
          notes: ["this command is called by the hooks that 'git bet install' writes"], exitStatus: .usage)
      }
    } catch let stop as Stop {
      return stop.status
    } catch {
      let (diagnostic, status) = GitBet.explain(error) ?? (Diagnostic("internal", "\(error)"), .couldNot)
      let errors = Terminal(descriptor: 2)
      errors.show(diagnostic)
      if arguments.first == "pre-push" {
        errors.line(
          "\(errors.style("note:", .blue)) what cannot be judged is not pushed; git push --no-verify goes round the gate this once"
        )
      }
      errors.flush()
      return status
    }
  }
}

/// The gate itself.
enum PrePush {
  /// `pre-push <remote> <URL>`, with the ref updates on standard input.
  static func run(_ arguments: [String]) throws -> ExitStatus {
    let input = try TextFile.standardInput()
    let updates = try input.split(separator: 0x0A).map { bytes in
      let line = String(decoding: bytes, as: UTF8.self)
      guard let update = RefUpdate(line: line) else { throw Refusal.badUpdate(line) }
      return update
    }
    // Everything up to date, or nothing but deletions and the ledger: not even libgit2 is started.
    guard updates.contains(where: { !$0.isDeletion && !$0.isLedger }) else { return .done }

    let context = try Context(trust: .gitHasAgreed)
    if case .failure(let error as UnsupportedRepository) = context.repository, try hasNoLedger(error) {
      return .done
    }
    let remote = Remote(argument: arguments.first ?? "", config: try context.config.get())
    let judge = try context.judge(remote: remote)
    // Never freed: the process ends next, and to unmap packs and free commits one by one takes its time.
    _ = unsafe Unmanaged.passRetained(judge)
    let decision = try judge.judge(updates, today: context.today)
    if !decision.isSilent {
      try context.message(
        for: decision, remote: remote.name ?? arguments.first.map(Remote.withoutCredentials), isPush: true
      ).print(
        to: context.errors)
      context.errors.flush()
    }
    return decision.isBlocked ? .blocked : .done
  }

  /// Whether git itself says that there is no ledger in a repository that libgit2 cannot open.
  private static func hasNoLedger(_ error: UnsupportedRepository) throws -> Bool {
    let refs = try GitCommand.run(["for-each-ref", "--count=1", "refs/bets/", "refs/bets-remote/"])
    return refs.status == 0 && refs.standardOutput.isEmpty && refs.standardError.isEmpty
  }
}
