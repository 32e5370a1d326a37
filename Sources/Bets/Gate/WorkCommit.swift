import GitFormats

/// A commit that a push brings, as far as the gate reads it.
public struct WorkCommit: Sendable {
  /// The commit.
  public let id: ObjectID
  /// The bytes of the message, for people: titles are read only for what is shown.
  package let message: [UInt8]
  /// Whether it is a merge in which nothing is but what its parents have: then it is nobody's work.
  package var bringsNothing: Bool
  /// The bets that it belongs to: by its trailers, by buried lines that count, or by what is known of it otherwise.
  package var bets: [BetName]
  /// Its own `Builds-On` trailers.
  package var buildsOn: [BetName]
  /// The lines outside the trailer block that look like trailers of ours and do not count.
  package var strays: [StrayTrailer]
  /// Those that count beside the block, because they name declared bets.
  package private(set) var buried: [StrayTrailer] = []

  package init(
    id: ObjectID, message: [UInt8] = [], bringsNothing: Bool = false, bets: [BetName] = [],
    buildsOn: [BetName] = [],
    strays: [StrayTrailer] = []
  ) {
    self.id = id
    self.message = message
    self.bringsNothing = bringsNothing
    self.bets = bets
    self.buildsOn = buildsOn
    self.strays = strays
  }

  /// The keys that a commit's message may have.
  package static let (betKey, buildsOnKey) = (TrailerName.bet.rawValue, TrailerName.buildsOn.rawValue)

  /// The bets that a line outside the block would give it, in order; whether they are declared is not asked.
  package var buriedBets: [BetID] {
    var ids: [BetID] = []
    for stray in strays where stray.key == WorkCommit.betKey {
      if let id = stray.named, !bets.contains(.id(id)), !ids.contains(id) { ids.append(id) }
    }
    return ids
  }

  /// Lets the lines outside the block count that name a bet for which `counts` is true.
  ///
  /// For a bet that is not declared the answer is nil: people are told that the line does not count. What the block
  /// names too, and what somebody has taken away, is told to nobody.
  package mutating func unearth(_ counts: (BetID) throws -> Bool?) rethrows {
    guard !strays.isEmpty else { return }
    let (lines, ownBets, ownBuildsOn) = (strays, bets, buildsOn)
    strays = []
    for line in lines {
      let isBet = line.key == WorkCommit.betKey
      let name = BetName(line.value)
      guard !(isBet ? ownBets : ownBuildsOn).contains(name) else { continue }
      guard let isCounted = try line.named.flatMap(counts) else {
        strays.append(line)
        continue
      }
      guard isCounted else { continue }
      buried.append(line)
      if isBet {
        if !bets.contains(name) { bets.append(name) }
      } else if !buildsOn.contains(name) {
        buildsOn.append(name)
      }
    }
  }

  /// The first line that is not blank, for people; a byte that is no UTF-8 is told as `\xff`.
  public var title: String {
    let newline = UInt8(ascii: "\n")
    let start = message.drop { $0 == newline || $0 == UInt8(ascii: " ") }
    // Of the bytes as many as two hundred characters can have: none of those is cut.
    let text = Text.decoded(start.prefix { $0 != newline }.prefix(800))
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(200)))
  }
}

extension StrayTrailer {
  /// The bet that it names where it is read; nil for `none`, for nonsense, and below the end of the message.
  fileprivate var named: BetID? { reason.isCutOff ? nil : BetName(value).id }
}
