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
    // Everything up to date, or nothing but new parts of the ledger: not even libgit2 is started.
    let isMirror = updates.isEmpty || MirrorPush.isLikely(updates, caller: caller)
    guard isMirror || updates.contains(where: { $0.mayHarmLedger || !$0.isLedger }) else { return .done }

    let context = try Context(trust: .gitHasAgreed)
    if try context.isUnreadableWithoutLedger() { return .done }
    let mirrored = isMirror ? try context.mirrored(to: arguments, updates, caller: caller) : []
    if let harm = try context.harm(to: updates + mirrored, at: arguments.first ?? "") { throw harm }
    if updates.allSatisfy({ $0.isDeletion || $0.isLedger }) { return .done }
    let remote = Remote(
      argument: arguments.first ?? "", url: arguments.dropFirst().first, config: try context.config)
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
      context.log(nil, of: updates, to: remote, run)
      throw error
    }
    let decision = judgement.decision
    if !decision.isSilent {
      Hook.tellOddNames(in: input, on: context.errors)
      var place = try context.place(
        of: decision, remote: remote.name ?? arguments.first.map(Remote.withoutCredentials))
      let stopped = Set(decision.findings.filter(\.blocks).map(\.update.remoteRef))
      place.others = updates.filter { !$0.isDeletion && !$0.isLedger && !stopped.contains($0.remoteRef) }
      let told = try Told(context.repository)
      TextReport(decision, at: place, isPush: true, today: context.today) { finding in
        told.isNews(finding, on: context.today)
      }.print(to: context.errors)
      told.write()
      context.errors.flush()
    }
    context.tellWeakened(judgement)
    context.log(judgement, of: updates, to: remote, run)
    return ExitStatus(decision.state)
  }
}

extension Context {
  /// Why a push would take events from the ledger of the remote; nil when it would not.
  ///
  /// Only a sync knows what both sides have: whatever deletes or rewinds the ledger came along by the way.
  fileprivate func harm(to updates: [RefUpdate], at remote: String) throws -> Refusal? {
    let harmful = try updates.filter { update in
      guard try site.mayHarmLedger(update) else { return false }
      return try update.isDeletion || !isKept(update)
    }
    guard let first = harmful.first(where: \.isDeletion) ?? harmful.first else { return nil }
    let more = harmful.count > 1 ? " (and \((harmful.count - 1).of("more ref")))" : ""
    let name = "'\(Text.printable(first.remoteRef))'\(more)"
    let diagnostic = Diagnostic(
      first.isDeletion ? "ledger-deleted" : "ledger-rewound",
      first.isDeletion
        ? "the push would delete \(name) at '\(Text.printable(Remote.withoutCredentials(remote)))'"
        : "the push would take events from \(name) that '\(Text.printable(Remote.withoutCredentials(remote)))' has",
      notes: ["the ledger only moves forward; what both sides have is exchanged by a sync"],
      hints: ["git bet sync"])
    return Refusal(diagnostic, exitStatus: .blocked)
  }

  /// Whether all that the remote has is still there after an update; what is not here cannot be told.
  private func isKept(_ update: RefUpdate) throws -> Bool {
    let repository = try repository
    guard try repository.kind(of: update.remoteID) == .commit,
      try repository.kind(of: update.localID) == .commit
    else { return false }
    return try RangeWalk(repository).isReachable(update.remoteID, from: [update.localID])
  }

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
    let refs = try GitCommand.run(
      [
        "for-each-ref", "--count=1", "refs/bets/", "refs/bets-remote/", "refs/namespaces/**/refs/bets/**",
      ], environment: ["LC_ALL": "C"])
    // A ref that git cannot read is left out with a warning, and the status is 0.
    return refs.status == 0 && refs.standardOutput.isEmpty && !refs.errorText.contains("broken ref")
  }

  /// What this clone's own settings let through although the ledger would not.
  func tellWeakened(_ judgement: Judgement) {
    guard !judgement.loosened.isEmpty else { return }
    let told = judgement.loosened.map(\.sentence).joined(separator: "; ")
    errors.line("\("note:", .blue) \(told) [weakened]")
    errors.flush()
  }

  /// Adds a push to the log of decisions. What cannot be logged stops nothing.
  ///
  /// `judgement` is nil when the push could not be judged; `site` as in ``place(of:remote:ledgerRefspec:in:)``.
  func log(
    _ judgement: Judgement?, of updates: [RefUpdate], to remote: Remote, _ run: LoggedDecision.Run,
    in site: LedgerSite? = nil
  ) {
    guard let site = try? site ?? self.site,
      let lines = try? site.ledger.record(judgement, of: updates, to: remote.name, run: run)
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
