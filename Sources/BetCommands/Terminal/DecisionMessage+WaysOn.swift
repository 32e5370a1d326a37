import BetReports
import Bets
import GitFormats

extension DecisionMessage {
  func showWaysOn(_ blocking: [Finding], _ terminal: Terminal) {
    terminal.line("Ways on:")
    for way in waysOn(blocking) {
      // A name that a terminal would act on is shown escaped: better no command than a forged one.
      terminal.line("  \(Text.printable(way.what))")
      terminal.line("    \(terminal.style(Text.printable(way.command), .cyan))")
    }
  }

  /// What can be typed next, each command once.
  func waysOn(_ blocking: [Finding]) -> [CheckReport.Way] {
    var ways: [CheckReport.Way] = []
    var seen: Set<String> = []
    func way(_ what: String, _ command: String) {
      if seen.insert(command).inserted { ways.append(CheckReport.Way(what: what, command: command)) }
    }
    for finding in blocking {
      for blocker in finding.blockers.prefix(3) { waysOn(finding, blocker, way) }
      for dispute in finding.disputes(decision.bets).prefix(DecisionMessage.mostDisputes) {
        for settling in dispute.ways.prefix(4) { way(settling.what, settling.command) }
      }
      if finding.rule == .unlinked { waysToLink(finding, way) }
      waysOn(fromProgress: finding, way)
      for doubt in finding.doubts.prefix(3) { waysToSign(doubt, finding, way) }
    }
    let target = Text.shellQuoted(remote ?? "origin")
    var refspecs: [String] = []
    for finding in blocking {
      guard let place = finding.update.remoteBranch else { continue }
      let isBranch = finding.update.localRef.hasPrefix("refs/heads/")
      let source = Text.shellQuoted(isBranch ? finding.work : finding.update.localRef)
      let refspec =
        isBranch && finding.work == place ? source : "\(source):\(Text.shellQuoted("refs/heads/\(place)"))"
      if !refspecs.contains(refspec) { refspecs.append(refspec) }
      if let draftFolder, remote != nil, refspecs.count == 1 {
        let name = finding.work.split(separator: "/").last.map(String.init) ?? finding.work
        way(
          "share it without shipping it:",
          "git push \(target) \(source):\(Text.shellQuoted("refs/heads/\(draftFolder)\(name)"))")
      }
    }
    if let ledgerRefspec { refspecs.append(ledgerRefspec) }
    if !refspecs.isEmpty {
      if ledgerRefspec != nil {
        way(
          "once that is done in your clone, push it with the ledger:",
          "git push \(target) \(refspecs.joined(separator: " "))")
      }
      // Where signatures matter an override without one lets nothing through.
      let git = blocking.contains { $0.rule == .unsigned } ? "git -c bet.sign=true" : "git"
      way(
        "ship it all the same, with a reason that stays:",
        "\(git) bet push --override 'why it cannot wait' \(target) \(refspecs.joined(separator: " "))")
    }
    return ways
  }

  /// What git thinks of the signature, who may sign, and how the same is said again with a signature.
  private func waysToSign(_ doubt: Doubt, _ finding: Finding, _ way: (String, String) -> Void) {
    let event = doubt.reliance.event
    switch doubt.trust {
    // What a server trusts is set on the server.
    case .cannotVerify, .unknownKey:
      way("see what git says of the signature:", "git log -1 --show-signature \(event.short)")
      if ledgerRefspec == nil {
        way(
          "with ssh keys, say whose count, in a file of your own:",
          "git config --global gpg.ssh.allowedSignersFile '~/.ssh/allowed_signers'")
      }
    case .unsigned: way("have every event signed from now on:", "git config bet.sign true")
    default: way("see what git says of the signature:", "git log -1 --show-signature \(event.short)")
    }
    switch doubt.reliance.role {
    case .verdict(let bet):
      way(
        "make the call again, signed:",
        "git bet reopen \(bet) --because 'the call was not signed' && git -c bet.sign=true bet close \(bet) validated --evidence 'what you saw'"
      )
    case .override:
      let work = Text.shellQuoted(
        finding.update.localRef.hasPrefix("refs/heads/") ? finding.work : finding.update.localID.hex)
      way(
        "override it again, signed:",
        "git bet override --revoke \(event.short) && git -c bet.sign=true bet override \(work) --because 'why it cannot wait'"
      )
    case .policy(let rule, let level):
      way("set the level again, signed:", "git -c bet.sign=true bet policy \(rule)=\(level.name)")
    }
  }

  private func waysToLink(_ finding: Finding, _ way: (String, String) -> Void) {
    let branch = Text.shellQuoted(finding.work)
    for id in openBets.prefix(3) { way("it belongs to '\(id)':", "git bet link \(id) \(branch)") }
    let name = finding.work.split(separator: "/").last.map(String.init) ?? ""
    let id = BetID(ifValid: name)?.name ?? "new-bet"
    way("it is a bet of its own; your editor opens:", "git bet declare \(id)")
    if id != name { way("and it is linked with:", "git bet link \(id) \(branch)") }
    if finding.commits.count == 1, finding.commits[0].id == finding.update.localID {
      way("it belongs to no bet, said aloud:", "git commit --amend --no-edit --trailer 'Bet: none'")
    }
  }

  private func waysOn(_ finding: Finding, _ blocker: Finding.Blocker, _ way: (String, String) -> Void) {
    guard let id = blocker.bet.id else {
      if case .nonsense(let text) = blocker.bet {
        way(
          "'\(Text.printable(text.prefix(60)))' cannot name a bet; mend the trailer, if it is in the last commit with:",
          "git commit --amend")
      }
      return
    }
    switch finding.rule {
    case .followOn:
      way("see where it stands:", "git bet show \(id)")
      if blocker.state == .contested { break }
      if blocker.state?.isUndecided ?? true {
        way("make the call, with what you saw:", "git bet close \(id) validated --evidence 'what you saw'")
      } else {
        way("there is more to see now:", "git bet reopen \(id) --because 'what has changed'")
      }
    case .lost:
      way("see why it was given up:", "git bet show \(id)")
      way("it was given up too early:", "git bet reopen \(id) --because 'what has changed'")
    case .undeclared:
      let near = BetID.nearMisses(of: id.name, among: nearby)
      for miss in near { way("did you mean '\(miss)'?", "git bet show \(miss)") }
      way("place the bet; your editor opens:", "git bet declare \(id)")
    case .unlinked, .unsigned, .instrument, .overlap, .overdue, .appetite, .limit: break
    }
  }
}
