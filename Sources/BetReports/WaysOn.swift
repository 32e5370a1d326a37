import Bets

/// What can be typed next when work was stopped, each command once.
package struct WaysOn: Sendable {
  /// Where the work was to go, and what is at hand there.
  package struct Place: Sendable {
    /// The name of the remote, or the URL that was typed; nil when there is none.
    package var remote: String?
    /// Where drafts live, as `wip/`; nil when no pattern names a folder.
    package var draftFolder: String?
    /// What has to go along with a push when the answer comes from a server, as it is typed.
    package var ledgerRefspec: String?
    /// Whether that cannot be pushed, because a branch or another repository carries the ledger.
    package var isLedgerSynced: Bool
    /// The remote of which nothing is known here, so that every commit looks new; nil when something is.
    package var untracked: String?
    /// What was pushed along and nothing stops.
    package var others: [RefUpdate] = []
    package var surroundings: Surroundings

    package init(
      remote: String?, draftFolder: String? = nil, ledgerRefspec: String? = nil,
      isLedgerSynced: Bool = false, untracked: String? = nil,
      surroundings: Surroundings = Surroundings()
    ) {
      self.remote = remote
      self.draftFolder = draftFolder
      self.ledgerRefspec = ledgerRefspec
      self.isLedgerSynced = isLedgerSynced
      self.untracked = untracked
      self.surroundings = surroundings
    }
  }

  package private(set) var ways: [Way] = []
  /// Whoever writes thousands of names in one message gets ways on for the first of them.
  private static let mostFindings = 10
  private static let mostOthers = 10

  /// From the findings that stop: what their rules say, what settles a dispute, and what a push can always do.
  package init(from decision: Decision, at place: Place) {
    let blocking = decision.findings.filter(\.blocks)
    if let name = place.untracked, !blocking.isEmpty { add(.tracking(name)) }
    for finding in blocking.prefix(WaysOn.mostFindings) {
      for way in finding.ways(place.surroundings) { add(way) }
      for dispute in finding.disputes(decision.bets).prefix(FindingLayout.mostDisputes) {
        for way in dispute.ways.prefix(4) { add(way) }
      }
    }
    addPushes(of: blocking, to: place)
    let others = place.others.prefix(WaysOn.mostOthers).compactMap(WaysOn.refspec)
    if !others.isEmpty {
      let target = Text.shellOperands(place.remote ?? "origin")
      add(Way("push what nothing stops:", "git push \(target) \(others.joined(separator: " "))"))
    }
  }

  /// What brings an update by itself, as it is typed; nil where a name is no UTF-8 and cannot be.
  private static func refspec(of update: RefUpdate) -> String? {
    guard !"\(update.localRef) \(update.remoteRef)".contains("\u{FFFD}") else { return nil }
    let branch = RefUpdate.branch(update.localRef)
    let source = branch.map(Text.shellBranch) ?? Text.shellQuoted(update.localRef)
    let isSameName =
      branch != nil && branch == update.remoteBranch && source == branch.map { Text.shellQuoted($0) }
    return isSameName ? source : "\(source):\(Text.shellQuoted(update.remoteRef))"
  }

  private mutating func add(_ way: Way) {
    if !ways.contains(where: { $0.command == way.command }) { ways.append(way) }
  }

  /// As a draft, with the ledger, or with an override.
  private mutating func addPushes(of blocking: [Finding], to place: Place) {
    let target = Text.shellOperands(place.remote ?? "origin")
    var refspecs: [String] = []
    var seen: Set<String> = []
    for finding in blocking where seen.insert(finding.update.remoteRef).inserted {
      let update = finding.update
      // What is no UTF-8 cannot be typed here: better no command than one about another ref.
      guard update.remoteBranch != nil || update.isForReview, let refspec = WaysOn.refspec(of: update) else {
        continue
      }
      let source =
        RefUpdate.branch(update.localRef).map(Text.shellBranch) ?? Text.shellQuoted(update.localRef)
      if !refspecs.contains(refspec) { refspecs.append(refspec) }
      if let folder = place.draftFolder, place.remote != nil, refspecs.count == 1 {
        let name = finding.work.split(separator: "/").last.map(String.init) ?? finding.work
        let draft =
          update.isForReview
          ? "\(update.remoteRef)\(update.remoteRef.contains("%") ? "," : "%")wip"
          : "refs/heads/\(folder)\(name)"
        add(
          Way("share it without shipping it:", "git push \(target) \(source):\(Text.shellQuoted(draft))"))
      }
    }
    if let refspec = place.ledgerRefspec, !place.isLedgerSynced { refspecs.append(refspec) }
    guard !refspecs.isEmpty else { return }
    let all = refspecs.joined(separator: " ")
    if place.ledgerRefspec != nil {
      let sync = place.isLedgerSynced ? "git bet sync && " : ""
      add(
        Way("once that is done in your clone, push it with the ledger:", "\(sync)git push \(target) \(all)"))
    }
    // Where signatures matter an override without one lets nothing through.
    let git =
      "git" + (blocking.contains { $0.rule == .unsigned } ? " -c bet.sign=true" : "")
      + (place.isLedgerSynced ? " -c bet.sync=true" : "")
    add(
      Way(
        "ship it all the same, with a reason that stays:",
        "\(git) bet push --override \(Placeholder.override.quoted) \(target) \(all)"))
  }
}

extension Way {
  /// Lets git keep what a remote has.
  package static func tracking(_ remote: String) -> Way {
    let key = Text.shellQuoted("remote.\(remote).fetch")
    let refspec = Text.shellQuoted("+refs/heads/*:refs/remotes/\(remote)/*")
    return Way(
      "nothing is known here of what '\(remote)' has, so every commit looks new; to know it:",
      "git config --add \(key) \(refspec) && git fetch \(Text.shellOperands(remote))")
  }
}
