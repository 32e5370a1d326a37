/// The bet that a branch belongs to, and how that is known.
package struct BranchLink: Hashable, Sendable {
  package enum Source: String, Sendable {
    /// `branch.<name>.bet`
    case config
    /// A `linked` event.
    case ledger
    /// The branch's name, by a pattern of `bet.branch`.
    case name
  }
  package let bet: BetName
  package let source: Source

  package init(bet: BetName, source: Source) {
    self.bet = bet
    self.source = source
  }

  /// The first that applies: this clone's configuration, the ledger, the name.
  ///
  /// A name counts when the bet is declared, or when it stands under `bet/`, which nothing else is called.
  package init?(
    branch: String, settings: Settings, linkedInLedger: BetID?, isDeclared: (BetID) throws -> Bool
  ) rethrows {
    if let configured = settings.branchBets[branch], !configured.isEmpty {
      self.init(bet: BetName(configured), source: .config)
      return
    }
    if let linkedInLedger {
      self.init(bet: .id(linkedInLedger), source: .ledger)
      return
    }
    for pattern in settings.branchPatterns {
      guard let bet = pattern.name(in: branch).map({ BetName($0) }) else { continue }
      if try pattern.text.hasPrefix("bet/") || bet.id.map(isDeclared) ?? false {
        self.init(bet: bet, source: .name)
        return
      }
    }
    return nil
  }
}
