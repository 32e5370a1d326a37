/// A day of the calendar, without clock or zone.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01.
  public let number: Int

  /// Takes the days since 1970-01-01.
  public init(number: Int) { self.number = number }

  /// The day of a moment; `offset` is the zone's minutes east of Greenwich.
  public init(secondsSince1970 seconds: Int64, offset: Int = 0) {
    // A commit may carry any number as its date: bounded, so that no arithmetic on it can overflow.
    let bounded = min(max(seconds, -1 << 40), 1 << 40) + Int64(offset % 1440) * 60
    number = Int((bounded - (bounded < 0 ? 86_399 : 0)) / 86_400)
  }

  /// Reads an ISO 8601 date (`2026-12-15`) that exists; the years are 1970 to 9999.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8.prefix(11))
    guard bytes.count == 10, bytes[4] == .hyphen, bytes[7] == .hyphen else { return nil }
    func number(_ digits: Range<Int>) -> Int? {
      bytes[digits].reduce(0) { number, byte in
        (0x30...0x39).contains(byte) ? number.map { $0 * 10 + Int(byte - 0x30) } : nil
      }
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      year >= 1970, (1...12).contains(month), (1...Day.length(of: month, year)).contains(day)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  private static func length(of month: Int, _ year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Howard Hinnant's `days_from_civil`.
  private init(year: Int, month: Int, day: Int) {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// As ISO 8601 has it: `2026-12-15`.
  public var description: String {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    func padded(_ value: Int, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// Orders days by time.
  public static func < (left: Day, right: Day) -> Bool { left.number < right.number }
  /// How many days lie between.
  public static func - (left: Day, right: Day) -> Int { left.number - right.number }
  /// So many days later.
  public static func + (day: Day, count: Int) -> Day { Day(number: day.number + count) }
}
