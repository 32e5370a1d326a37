import BetGate
import BetReports
import Libc

/// The gate on a server: the same decision, for everybody who pushes, by the ledger's levels alone.
///
/// The pushed objects are still in quarantine, and nothing is written to objects or refs here. A refusal refuses the
/// push as a whole, and so the ledger's refs of the push count as if they stood: what is judged by them lands with
/// them. git can still refuse a single ref afterwards, when an `update` hook does or when somebody else was faster
/// with that very ref; the branch of such a push stands without the override that it brought, its pusher is told that
/// the ledger's ref was rejected, and `git bet audit` says so here until he has pushed it again.
enum PreReceive {
  /// `<old> <new> <ref>` for each ref on standard input.
  static func run(caller: String?) throws -> ExitStatus {
    let input = try TextFile.standardInput()
    let context = try Context(trust: .gitHasAgreed)
    let errors = Terminal(descriptor: 2, isPlain: true)
    defer { errors.flush() }
    let claims = try input.split(separator: 0x0A).map { bytes in
      let line = String(decoding: bytes, as: UTF8.self)
      guard let told = RefUpdate(receiveLine: line) else { throw Refusal.badUpdate(line) }
      return told
    }
    if !claims.contains(where: \.isLedger), try context.isUnreadableWithoutLedger() { return .done }
    let repository = try context.repository
    let updates = try claims.map { told in
      // What the ref holds is known here; the old value that the pusher names is his claim.
      let old = try repository.resolve(told.remoteRef) ?? .zero
      return RefUpdate(
        localRef: told.localRef, localID: told.localID, remoteRef: told.remoteRef, remoteID: old)
    }
    let site = LedgerSite(
      repository, config: try context.config, receiving: updates, authority: .server)
    guard try accepts(updates, into: site.ledger, telling: errors) else { return .blocked }

    let run = LoggedDecision.Run(
      time: context.now, hook: "pre-receive", process: caller,
      digest: LoggedDecision.Run.digest([], input))
    let judgement: Judgement
    do {
      let push = Push(updates, to: .here, today: context.today, authority: .server)
      judgement = try Judge(site).judge(push)
    } catch {
      context.log(nil, of: updates, to: .here, run, in: site)
      guard case LedgerError.notFetched(let bet, _, _) = error else { throw error }
      throw Refusal(
        "ledger-not-pushed", "the work names the bet '\(Text.printable(bet))', but this server has no ledger",
        notes: ["without it nobody can tell whether the bet is open"], hints: [try bringLedger(to: site)])
    }
    let decision = judgement.decision
    if !decision.isSilent {
      Hook.tellOddNames(in: input, on: errors)
      let place = try context.place(
        of: decision, remote: "origin", ledgerRefspec: "'refs/bets/*'", in: site)
      TextReport(decision, at: place, isPush: true, today: context.today).print(to: errors)
      if decision.isBlocked { showMissing(errors, hint: try bringLedger(to: site)) }
    }
    context.log(judgement, of: updates, to: .here, run, in: site)
    return ExitStatus(decision.state)
  }

  /// How the ledger gets to this server, as its administrator has set it.
  static func bringLedger(to site: LedgerSite) throws -> String {
    try site.comesBySync ? "git bet sync" : "git push origin 'refs/bets/*'"
  }

  /// Whether the ledger stays whole; says of each update that would harm it why.
  private static func accepts(_ updates: [RefUpdate], into ledger: Ledger, telling errors: Terminal) throws
    -> Bool
  {
    var isFine = true
    for update in updates {
      do { try ledger.guardAgainst(update) } catch {
        guard let (diagnostic, _) = GitBet.explain(error) else { throw error }
        errors.show(diagnostic)
        isFine = false
      }
    }
    if !isFine { errors.line("note: the push is refused as a whole") }
    return isFine
  }

  private static func showMissing(_ errors: Terminal, hint: String) {
    errors.line()
    errors.show(
      Diagnostic(
        "ledger-behind", "this was judged by this server's ledger, which may lack your last events",
        severity: .note, hints: [hint]))
    let count = unsafe getenv("GIT_PUSH_OPTION_COUNT").flatMap { unsafe Int(String(cString: $0)) } ?? 0
    for index in 0..<min(count, 1000) {
      guard let option = unsafe getenv("GIT_PUSH_OPTION_\(index)"),
        unsafe String(cString: option).hasPrefix("bet.")
      else { continue }
      errors.show(
        Diagnostic(
          "push-option", "a push option overrides nothing", severity: .note,
          notes: ["an override is an event of the ledger, with who and why"]))
      break
    }
  }
}
