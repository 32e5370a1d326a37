import Bets

extension DecisionMessage {
  func showWaysOn(_ blocking: [Finding], _ terminal: Terminal) {
    terminal.line("Ways on:")
    var seen: Set<String> = []
    func way(_ what: String, _ command: String) {
      guard seen.insert(command).inserted else { return }
      terminal.line("  \(what)")
      terminal.line("    \(terminal.style(command, .cyan))")
    }
    for finding in blocking {
      for blocker in finding.blockers.prefix(3) { waysOn(finding, blocker, way) }
      if finding.rule == .unlinked {
        let open = decision.bets.values.filter { $0.state == .open }.map(\.id).sorted()
        let branch = Text.shellQuoted(finding.work)
        for id in open.prefix(2) { way("it belongs to '\(id)':", "git bet link \(id) \(branch)") }
        let name = finding.work.split(separator: "/").last.map(String.init) ?? ""
        let id = (try? BetID(name))?.name ?? "new-bet"
        way("it is a bet of its own; your editor opens:", "git bet declare \(id)")
        if id != name { way("and it is linked with:", "git bet link \(id) \(branch)") }
        way(
          "it belongs to no bet: say so aloud in the last commit",
          "git commit --amend --no-edit --trailer 'Bet: none'")
      }
    }
    if let finding = blocking.first, let branch = finding.update.remoteBranch {
      let target = Text.shellQuoted(remote ?? "origin")
      let source = Text.shellQuoted(
        finding.update.localRef.hasPrefix("refs/heads/") ? finding.work : finding.update.localRef)
      let place = Text.shellQuoted(branch)
      if remote != nil, !finding.isDraft {
        let name = branch.split(separator: "/").last.map(String.init) ?? branch
        way(
          "share it without shipping it:",
          "git push \(target) \(source):refs/heads/wip/\(Text.shellQuoted(name))")
      }
      let refspec = source == place ? source : "\(source):refs/heads/\(place)"
      way(
        "ship it all the same, with a reason that stays:",
        "git bet push --override 'why it cannot wait' \(target) \(refspec)")
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
      way("make the call, with what you saw:", "git bet close \(id) validated --evidence 'what you saw'")
    case .lost:
      way("see why it was given up:", "git bet show \(id)")
      way("it was given up too early:", "git bet reopen \(id) --because 'what has changed'")
    case .undeclared:
      let near = BetID.nearMisses(of: id.name, among: nearby)
      for miss in near { way("did you mean '\(miss)'?", "git bet show \(miss)") }
      way("place the bet; your editor opens:", "git bet declare \(id)")
    case .unlinked: break
    }
  }
}
