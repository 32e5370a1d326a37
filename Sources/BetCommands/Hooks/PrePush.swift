import BetGate
import BetReports

/// The gate itself.
enum PrePush {
  /// `pre-push <remote> <URL>`, with the ref updates on standard input.
  static func run(_ arguments: [String], caller: String?) throws -> ExitStatus {
    let input = try TextFile.standardInput()
    let updates = try input.split(separator: 0x0A).map { bytes in
      let line = String(decoding: bytes, as: UTF8.self)
      guard let update = RefUpdate(line: line) else { throw Refusal.badUpdate(line) }
      return update
    }
    // Everything up to date, or nothing but deletions and the ledger: not even libgit2 is started.
    guard updates.contains(where: { !$0.isDeletion && !$0.isLedger }) else { return .done }

    let context = try Context(trust: .gitHasAgreed)
    if try context.isUnreadableWithoutLedger() { return .done }
    let remote = Remote(argument: arguments.first ?? "", config: try context.config)
    let run = LoggedDecision.Run(
      time: context.now, hook: "pre-push", process: caller,
      digest: LoggedDecision.Run.digest(arguments.map(Remote.withoutCredentials), input))
    let log = DecisionLog(commonDirectory: try context.repository.commonDirectory)
    // git calls a hook of its configuration and the file beside it: the second one has nothing to add.
    if let state = log.answer(to: run) { return ExitStatus(state) }

    let judgement: Judgement
    do {
      let judge = try context.judge()
      // Never freed: the process ends next, and to unmap packs and free commits one by one takes its time.
      _ = unsafe Unmanaged.passRetained(judge)
      judgement = try judge.judge(Push(updates, to: remote, today: context.today))
    } catch {
      context.log(nil, of: updates, run)
      throw error
    }
    let decision = judgement.decision
    if !decision.isSilent {
      Hook.tellOddNames(in: input, on: context.errors)
      let place = try context.place(
        of: decision, remote: remote.name ?? arguments.first.map(Remote.withoutCredentials))
      TextReport(decision, at: place, isPush: true, today: context.today).print(to: context.errors)
      context.errors.flush()
    }
    context.log(judgement, of: updates, run)
    return ExitStatus(decision.state)
  }
}

extension Context {
  /// Whether libgit2 cannot open the repository and git itself says that there is no ledger in it: then there is
  /// nothing to decide. With one, what cannot be read stops a push.
  func isUnreadableWithoutLedger() throws -> Bool {
    do {
      _ = try repository
      return false
    } catch {
      // What else is wrong is told by whoever needs the repository.
      guard error is UnsupportedRepository else { return false }
    }
    let refs = try GitCommand.run([
      "for-each-ref", "--count=1", "refs/bets/", "refs/bets-remote/", "refs/namespaces/**/refs/bets/**",
    ])
    return refs.status == 0 && refs.standardOutput.isEmpty && refs.standardError.isEmpty
  }

  /// Adds a push to the log of decisions. What cannot be logged stops nothing.
  ///
  /// `judgement` is nil when the push could not be judged; `site` as in ``place(of:remote:ledgerRefspec:in:)``.
  func log(
    _ judgement: Judgement?, of updates: [RefUpdate], _ run: LoggedDecision.Run, in site: LedgerSite? = nil
  ) {
    guard let site = try? site ?? self.site,
      let lines = try? site.ledger.record(judgement, of: updates, run: run)
    else { return }
    DecisionLog(commonDirectory: site.repository.commonDirectory).append(lines)
    site.repository.share(OwnFile.decisions.name)
  }
}

extension ExitStatus {
  /// What a hook answers.
  init(_ state: Decision.State) {
    self =
      switch state {
      case .unsatisfied: .blocked
      case .error: .couldNot
      case .satisfied, .notApplicable, .overridden: .done
      }
  }
}
