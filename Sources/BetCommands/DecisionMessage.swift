import Bets

/// The decision in words: what was stopped, why we think so, and the ways on as commands that can be pasted.
///
/// Every text from commits, refs or the ledger is made printable here.
struct DecisionMessage {
  let decision: Decision
  /// The name or URL that the push goes to, as it was typed; nil for a check.
  let remote: String?
  let today: Day

  func print(to terminal: Terminal) {
    let blocking = decision.findings.filter(\.blocks)
    if !blocking.isEmpty {
      let refs = Set(blocking.map(\.update.remoteRef)).sorted().map { shortRef($0) }
      terminal.line(
        "\(terminal.style("git bet:", .bold)) stopped \(refs.joined(separator: ", ")): the work rests on something unproven"
      )
      terminal.line()
    }
    for finding in decision.findings { show(finding, terminal) }
    for remark in decision.remarks { show(remark, terminal) }
    if !blocking.isEmpty { showWaysOn(blocking, terminal) }
  }

  // MARK: Findings

  private func show(_ finding: Finding, _ terminal: Terminal) {
    let severity: Diagnostic.Severity =
      finding.blocks ? .error : finding.override != nil || finding.isDraft ? .note : .warning
    terminal.show(
      Diagnostic(finding.rule.rawValue, sentence(finding), severity: severity))
    let source = finding.link.map { ", by \(linkSource($0))" } ?? ""
    terminal.line(
      "  \(Text.printable(finding.work)) → \(shortRef(finding.update.remoteRef)), \(count(finding.commits.count, "commit"))\(source)"
    )
    for commit in finding.commits.prefix(3) {
      terminal.line(
        "    \(terminal.style(commit.id.short, .yellow)) \(Table.cut(Text.printable(commit.title), to: terminal.width - 16))"
      )
    }
    if finding.commits.count > 3 { terminal.line("    … and \(finding.commits.count - 3) more") }
    for blocker in finding.blockers { show(blocker, of: finding, terminal) }
    if finding.level.isForOneCommand {
      terminal.line("  the level '\(finding.level.level.name)' was set for this command only")
    }
    if let override = finding.override {
      let until = override.until.map { " until \($0)" } ?? ""
      terminal.line(
        "  overridden\(until) by \(Text.printable(override.author)) on \(Day(secondsSince1970: override.time)): \(Text.printable(firstLine(override.reason)))"
      )
    } else if finding.isDraft {
      terminal.line("  a draft branch may carry it; it will be stopped on its way to a ship branch")
    }
    terminal.line()
  }

  private func show(_ blocker: Finding.Blocker, of finding: Finding, _ terminal: Terminal) {
    guard let id = blocker.bet.id, let bet = decision.bets[id] else { return }
    var facts = [blocker.state?.rawValue ?? bet.state.rawValue]
    facts.append("\(count(max(0, today - Day(secondsSince1970: bet.declaredAt)), "day")) old")
    if bet.state.isUndecided, let check = bet.checkBy {
      facts.append(bet.isOverdue(on: today) ? "overdue since \(check)" : "check by \(check)")
    }
    terminal.line(
      "  \(terminal.style(id.name, .bold)): \(Text.printable(bet.title)) (\(facts.joined(separator: ", ")))")
    terminal.line("    " + terminal.wrapped(Text.printable(bet.sentence), indent: 4))
    if let last = bet.lastObservation {
      let target = bet.first(.target).map { ", target \(Text.printable($0))" } ?? ""
      terminal.line("    last observed: \(last.text) on \(last.day)\(target)")
    } else if bet.state.isUndecided {
      terminal.line(
        "    nothing observed yet\(bet.first(.target).map { ", target \(Text.printable($0))" } ?? "")")
    }
    if !blocker.loop.isEmpty {
      terminal.line("    it rests on itself: \(blocker.loop.map(\.name).joined(separator: " → "))")
    } else if blocker.path.count > 1 {
      let start = finding.bet?.id.map { [$0.name] } ?? []
      terminal.line("    \((start + blocker.path.map(\.name)).joined(separator: " → "))")
    }
  }

  private func sentence(_ finding: Finding) -> String {
    let names = finding.blockers.map { "'\(Text.printable($0.bet.description))'" }.joined(separator: ", ")
    let work =
      finding.bet.map { "'\(Text.printable($0.description))'" } ?? "'\(Text.printable(finding.work))'"
    switch finding.rule {
    case .followOn:
      let states = Set(finding.blockers.compactMap { $0.state?.rawValue }).sorted().joined(separator: " or ")
      return "\(work) rests on \(names), which \(finding.blockers.count == 1 ? "is" : "are") \(states)"
    case .lost:
      let states = Set(finding.blockers.compactMap { $0.state?.rawValue }).sorted().joined(separator: " or ")
      if finding.blockers.count == 1, finding.blockers[0].bet == finding.bet {
        return "\(names) is \(states)"
      }
      return "\(work) rests on \(names), which \(finding.blockers.count == 1 ? "is" : "are") \(states)"
    case .undeclared:
      return "\(names) \(finding.blockers.count == 1 ? "is not a declared bet" : "are not declared bets")"
    case .unlinked:
      return
        "\(count(finding.commits.count, "commit")) of the feature branch '\(Text.printable(finding.work))' \(finding.commits.count == 1 ? "belongs" : "belong") to no bet"
    }
  }

  private func linkSource(_ link: BranchLink) -> String {
    switch link.source {
    case .config: "the branch's configuration"
    case .ledger: "a link in the ledger"
    case .name: "the branch's name"
    }
  }

  private func show(_ remark: Remark, _ terminal: Terminal) {
    let value = Text.printable(Table.cut(remark.trailer.value, to: 60))
    let message =
      remark.kind == .buried
      ? "commit \(remark.commit.id.short) names '\(value)' outside its trailers; it counts"
      : "commit \(remark.commit.id.short): 'Bet: \(value)' on line \(remark.trailer.line) is no trailer and does not count"
    terminal.show(
      Diagnostic(remark.kind.rawValue, message, severity: .note, notes: [remark.trailer.reason.sentence]))
  }

  // MARK: Ways on

  private func showWaysOn(_ blocking: [Finding], _ terminal: Terminal) {
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

  /// Declared ids that are at hand, for near misses.
  var nearby: [BetID] = []

  private func shortRef(_ ref: String) -> String {
    Text.printable(RefUpdate.branch(ref) ?? (ref.hasPrefix("refs/") ? String(ref.dropFirst(5)) : ref))
  }

  private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
  private func firstLine(_ text: String) -> Substring { text.prefix { $0 != "\n" } }
}

extension Decision {
  /// The decision as `git bet check --json` prints it.
  var json: JSON {
    .answer([
      ("state", .string(state.rawValue)), ("blocked", .bool(isBlocked)),
      ("findings", .array(findings.map(\.json))),
      (
        "remarks",
        .array(
          remarks.map { remark in
            .object([
              ("code", .string(remark.kind.rawValue)), ("commit", .string(remark.commit.id.hex)),
              ("line", .integer(remark.trailer.line)), ("value", .string(remark.trailer.value)),
              ("reason", .string(remark.trailer.reason.sentence)),
            ])
          })
      ),
    ])
  }
}

extension Finding {
  var json: JSON {
    .object([
      ("rule", .string(rule.rawValue)), ("level", .string(level.level.name)),
      ("origin", .string(level.origin)),
      ("blocks", .bool(blocks)), ("draft", .bool(isDraft)), ("ref", .string(update.remoteRef)),
      ("work", .string(work)), ("bet", .optional(bet?.description)),
      (
        "blockedBy",
        .array(
          blockers.map { blocker in
            .object([
              ("bet", .string(blocker.bet.description)), ("state", .optional(blocker.state?.rawValue)),
              ("path", .strings(blocker.path.map(\.name))),
            ])
          })
      ),
      (
        "commits",
        .array(commits.map { .object([("id", .string($0.id.hex)), ("title", .string($0.title))]) })
      ),
      (
        "override",
        override.map { override in
          .object([
            ("id", .string(override.id.hex)), ("author", .string(override.author)),
            ("reason", .string(override.reason)),
            ("until", .optional(override.until?.description)),
          ])
        } ?? .null
      ),
    ])
  }
}
