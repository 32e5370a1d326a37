/// What a trailer, link or branch says the bet is; it may be nonsense.
public enum BetName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// `Bet: none`: belongs to no bet, said aloud.
  case none
  case id(BetID)
  /// Not an id at all.
  case nonsense(String)

  public init(_ text: String) {
    if text == "none" {
      self = .none
    } else if let id = BetID(ifValid: text) {
      self = .id(id)
    } else {
      self = .nonsense(text)
    }
  }

  public var id: BetID? { if case .id(let id) = self { id } else { nil } }
  public var description: String {
    switch self {
    case .none: "none"
    case .id(let id): id.name
    case .nonsense(let text): text
    }
  }
  public static func < (left: BetName, right: BetName) -> Bool { left.description < right.description }
}

/// A commit that a push brings, as far as the gate reads it.
public struct WorkCommit: Sendable {
  public let id: ObjectID
  /// The bytes of the message: titles are read only for what is shown.
  public let message: [UInt8]
  public let isMerge: Bool
  /// The bets it says it belongs to: trailers, buried lines that count, and commit links.
  public var bets: [BetName]
  /// Its own `Builds-On` trailers.
  public var buildsOn: [BetName]
  /// `Bet:` lines outside the trailer block.
  public var strays: [StrayTrailer]
  /// Whether its bets come from such lines, because its block names none.
  public var isBuried = false

  public init(
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
  public var title: String {
    let newline = UInt8(ascii: "\n")
    let start = message.drop { $0 == newline || $0 == UInt8(ascii: " ") }
    return String(decoding: start.prefix { $0 != newline }.prefix(200), as: UTF8.self)
  }
}

/// The bet that a branch belongs to, and how that is known.
public struct BranchLink: Hashable, Sendable {
  public enum Source: String, Sendable {
    /// `branch.<name>.bet`
    case config
    /// A `linked` event.
    case ledger
    /// The branch's name, by a pattern of `bet.branch`.
    case name
  }
  public let bet: BetName
  public let source: Source

  public init(bet: BetName, source: Source) {
    self.bet = bet
    self.source = source
  }

  /// The first that applies: this clone's configuration, the ledger, the name.
  ///
  /// A name counts when the bet is declared, or when it stands under `bet/`, which nothing else is called.
  public init?(
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
public struct Work: Sendable {
  public let update: RefUpdate
  /// The local branch it comes from, without `refs/heads/`.
  public let branch: String?
  /// Whether the commits go to a draft branch: findings are notes there.
  public let isDraft: Bool
  /// Whether commits must belong to a bet here.
  public let isFeature: Bool
  public let link: BranchLink?
  public let commits: [WorkCommit]
  /// Recorded overrides that reach this tip: made for it or for a descendant of it, or standing.
  public let overrides: [Override]
  /// Whether it goes to a branch that ships.
  public let isShip: Bool
  public var circumstances = Circumstances()

  public init(
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
  public func openBets(_ bets: [BetID: Bet]) -> [Bet] {
    Group.groups(of: self).compactMap { $0.bet.id.flatMap { bets[$0] } }.filter(\.state.isUndecided)
  }

  /// Its commits by the bet that they belong to.
  public var groups: [(bet: BetName, commits: [WorkCommit])] {
    Group.groups(of: self).map { ($0.bet, $0.commits) }
  }

  /// Whether any of it names a bet.
  var concernsBets: Bool {
    !commits.isEmpty && (link != nil || commits.contains { !$0.bets.isEmpty || !$0.buildsOn.isEmpty })
  }

  /// What people call it: the branch, or what it is pushed as.
  public var name: String { branch ?? update.remoteBranch ?? update.remoteRef }
}
