import GitFormats

/// What a trailer, link or branch says the bet is; it may be nonsense.
package enum BetName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// `Bet: none`: belongs to no bet, said aloud.
  case none
  case id(BetID)
  /// Not an id at all.
  case nonsense(String)

  package init(_ text: String) {
    if text == "none" {
      self = .none
    } else if let id = BetID(ifValid: text) {
      self = .id(id)
    } else {
      self = .nonsense(text)
    }
  }

  package var id: BetID? { if case .id(let id) = self { id } else { nil } }
  package var description: String {
    switch self {
    case .none: "none"
    case .id(let id): id.name
    case .nonsense(let text): text
    }
  }
  package static func < (left: BetName, right: BetName) -> Bool { left.description < right.description }
}

/// A commit that a push brings, as far as the gate reads it.
package struct WorkCommit: Sendable {
  package let id: ObjectID
  /// The bytes of the message: titles are read only for what is shown.
  package let message: [UInt8]
  package let isMerge: Bool
  /// The bets it says it belongs to: trailers, buried lines that count, and commit links.
  package var bets: [BetName]
  /// Its own `Builds-On` trailers.
  package var buildsOn: [BetName]
  /// `Bet:` lines outside the trailer block.
  package var strays: [StrayTrailer]
  /// Whether its bets come from such lines, because its block names none.
  package var isBuried = false

  package init(
    id: ObjectID, message: [UInt8] = [], isMerge: Bool = false, bets: [BetName] = [],
    buildsOn: [BetName] = [],
    strays: [StrayTrailer] = []
  ) {
    self.id = id
    self.message = message
    self.isMerge = isMerge
    self.bets = bets
    self.buildsOn = buildsOn
    self.strays = strays
  }

  /// The first line that is not blank, for people.
  package var title: String {
    let newline = UInt8(ascii: "\n")
    let start = message.drop { $0 == newline || $0 == UInt8(ascii: " ") }
    return String(decoding: start.prefix { $0 != newline }.prefix(200), as: UTF8.self)
  }
}

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

/// Everything that one pushed ref brings, as the gate judges it.
package struct Work: Sendable {
  package let update: RefUpdate
  /// The local branch it comes from, without `refs/heads/`.
  package let branch: String?
  /// Whether the commits go to a draft branch: findings are notes there.
  package let isDraft: Bool
  /// Whether commits must belong to a bet here.
  package let isFeature: Bool
  package let link: BranchLink?
  package let commits: [WorkCommit]
  /// Recorded overrides that reach this tip: made for it or for a descendant of it, or standing.
  package let overrides: [Override]
  /// Whether it goes to a branch that ships.
  package let isShip: Bool
  package var circumstances = Circumstances()

  package init(
    update: RefUpdate, branch: String?, isDraft: Bool = false, isFeature: Bool = false, isShip: Bool = false,
    link: BranchLink? = nil, commits: [WorkCommit], overrides: [Override] = []
  ) {
    self.update = update
    self.branch = branch
    self.isDraft = isDraft
    self.isFeature = isFeature
    self.isShip = isShip
    self.link = link
    self.commits = commits
    self.overrides = overrides
  }

  /// The open bets that it is work of, in the order in which they appear.
  package func openBets(_ bets: [BetID: Bet]) -> [Bet] {
    Group.groups(of: self).compactMap { $0.bet.id.flatMap { bets[$0] } }.filter(\.state.isUndecided)
  }

  /// Its commits by the bet that they belong to.
  package var groups: [(bet: BetName, commits: [WorkCommit])] {
    Group.groups(of: self).map { ($0.bet, $0.commits) }
  }

  /// Whether any of it names a bet.
  var concernsBets: Bool {
    !commits.isEmpty && (link != nil || commits.contains { !$0.bets.isEmpty || !$0.buildsOn.isEmpty })
  }

  /// What people call it: the branch, or what it is pushed as.
  package var name: String { branch ?? update.remoteBranch ?? update.remoteRef }
}
