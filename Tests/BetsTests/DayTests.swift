import Bets
import TestSupport
import Testing

@Suite struct DayTests {
  @Test func `days are those of date(1), from 1970 to 2106, through leap years and centuries`() throws {
    var seconds = stride(from: 0, through: 4_294_944_000, by: 86_400 * 61).map { Int64($0) }
    for year in [1972, 1999, 2000, 2024, 2026, 2028, 2096, 2100, 2104] {
      let march = try #require(Day("\(year)-03-01"))
      seconds += (-2...1).map { Int64(march.number + $0) * 86_400 }
    }
    let git = try TestRepository(bare: true)
    let input = seconds.map { "@\($0)\n" }.joined()
    let dates = try git.run("date", ["-u", "-f", "-", "+%Y-%m-%d"], input: Array(input.utf8))
    let lines = dates.text.split(separator: "\n").map(String.init)
    #expect(lines.count == seconds.count)
    for (second, line) in zip(seconds, lines) {
      let day = Day(secondsSince1970: second)
      #expect(day.description == line)
      #expect(Day(line) == day)
      #expect(Day(secondsSince1970: second + 86_399) == day)
    }
  }

  @Test(arguments: [
    "", "2026", "2026-12", "2026-12-15T00:00", "2026-2-03", "2026-02-30", "2026-13-01", "2026-00-01",
    "2026-01-00", "2025-02-29", "2100-02-29", "1969-12-31", "10000-01-01", "20261215", "15.12.2026",
    "2026-12-15 ", "-026-12-15", "+026-12-15", "٢٠٢٦-12-15", "2026--1-15", "today",
  ])
  func `nothing but a date that exists is one`(_ text: String) { #expect(Day(text) == nil) }

  @Test(arguments: ["1970-01-01", "2024-02-29", "2000-02-29", "9999-12-31"])
  func `a date that exists is one`(_ text: String) { #expect(Day(text)?.description == text) }

  @Test func `a zone moves the day, and no moment of a commit is too far`() {
    #expect(Day(secondsSince1970: 82_800, offset: 60).description == "1970-01-02")
    #expect(Day(secondsSince1970: 0, offset: -1).description == "1969-12-31")
    #expect(Day(secondsSince1970: -1).number == -1)
    #expect(Day(secondsSince1970: -86_400).number == -1)
    #expect(Day(secondsSince1970: .max) > Day(secondsSince1970: 1 << 39))
    #expect(Day(secondsSince1970: .min) < Day(secondsSince1970: 0))
    #expect(Day(secondsSince1970: .max, offset: .max) - Day(secondsSince1970: .min, offset: .min) > 0)
  }
}
