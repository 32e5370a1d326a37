import Bets

/// What a bet's JSON says that its diary does not: it hangs on the day, on other bets and on what has shipped.
enum Passing {
  case age, overdue, due, stage, shipped, waiting, lostBelow
  /// Whether the bet was out at a moment.
  case wasOut(Int64)

  /// Around the name of what is left open. JSON has no control character.
  static let mark: UInt8 = 1

  /// Stands for it in a text that is kept.
  var placeholder: JSON {
    let name =
      switch self {
      case .age: "age"
      case .overdue: "overdue"
      case .due: "due"
      case .stage: "stage"
      case .shipped: "shipped"
      case .waiting: "waiting"
      case .lostBelow: "lostBelow"
      case .wasOut(let moment): String(moment)
      }
    return .asIs("\u{1}\(name)\u{1}")
  }

  init?(name: String) {
    switch name {
    case "age": self = .age
    case "overdue": self = .overdue
    case "due": self = .due
    case "stage": self = .stage
    case "shipped": self = .shipped
    case "waiting": self = .waiting
    case "lostBelow": self = .lostBelow
    default:
      guard let moment = Int64(name) else { return nil }
      self = .wasOut(moment)
    }
  }
}

/// A bet on one day, among the other bets and with what of it has shipped.
package struct BetNow {
  private let bet: BetDigest
  private let today: Day
  private let around: BetsAround
  private let shipment: Shipment?

  package init(_ bet: BetDigest, today: Day, around: BetsAround, shipment: Shipment?) {
    self.bet = bet
    self.today = today
    self.around = around
    self.shipment = shipment
  }

  func json(_ part: Passing) -> JSON {
    switch part {
    case .age: .integer(max(0, today - Day(secondsSince1970: bet.declaredAt)))
    case .overdue: .bool(bet.isOverdue(on: today))
    case .due: .bool(bet.isDue(shipment, on: today))
    case .stage: .string(bet.stage(shipment, on: today).rawValue)
    case .shipped: shipment?.json ?? .null
    case .waiting: .strings(around.waiting(on: bet.id).map(\.name))
    case .lostBelow: .optional(around.lostBelow(bet)?.name)
    case .wasOut(let moment): .bool(shipment?.isOut(at: moment) ?? false)
    }
  }

  /// Fills in what ``Bet/openJSON`` has left open where it was printed at `indent`.
  package func filled(_ text: ArraySlice<UInt8>, indent: Int) -> [UInt8] {
    var filled: [UInt8] = []
    filled.reserveCapacity(text.count + 64)
    var rest = text
    // Not by the library's `split`, which takes four times as long.
    while let start = rest.firstIndex(of: Passing.mark) {
      filled += rest[..<start]
      rest = rest[(start + 1)...]
      let end = rest.firstIndex(of: Passing.mark) ?? rest.endIndex
      let part = Passing(name: String(decoding: rest[..<end], as: UTF8.self))
      filled += (part.map { json($0) } ?? .null).printed(indent: indent + 2).utf8
      rest = rest[end...].dropFirst()
    }
    return filled + rest
  }
}
