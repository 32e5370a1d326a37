import GitFormats

/// A commit that a push brings, as far as the gate reads it.
public struct WorkCommit: Sendable {
  /// The commit.
  public let id: ObjectID
  /// The bytes of the message, for people: titles are read only for what is shown.
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

  /// The first line that is not blank, for people; a byte that is no UTF-8 is told as `\xff`.
  public var title: String {
    let newline = UInt8(ascii: "\n")
    let start = message.drop { $0 == newline || $0 == UInt8(ascii: " ") }
    // Of the bytes as many as two hundred characters can have: none of those is cut.
    let text = Text.decoded(start.prefix { $0 != newline }.prefix(800))
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(200)))
  }
}
