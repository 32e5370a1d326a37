import GitFormats

/// The name that a person chose for a bet.
///
/// `[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?`: flat, lower-case ASCII, so that it is a safe ref component, file name
/// and shell word everywhere. It is checked before any ref is looked up.
public struct BetID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// As people type it.
  public let name: String

  /// Takes a name of the grammar that is not reserved.
  public init(_ name: String) throws(InvalidBetID) {
    guard BetID.matchesGrammar(name) else { throw InvalidBetID(text: name, isReserved: false) }
    guard !BetID.isReserved(name) else { throw InvalidBetID(text: name, isReserved: true) }
    self.name = name
  }

  /// The same of a part of a text.
  public init(_ name: some StringProtocol) throws(InvalidBetID) { try self.init(String(name)) }

  /// The same where a text that is no id is nothing to complain about: nil then.
  public init?(ifValid name: String) {
    do { try self.init(name) } catch { return nil }
  }

  /// The same of a part of a text.
  public init?(ifValid name: some StringProtocol) { self.init(ifValid: String(name)) }

  /// As people type it.
  public var description: String { name }
  /// Orders ids by their bytes.
  public static func < (left: BetID, right: BetID) -> Bool { left.name < right.name }

  /// Whether a name has a meaning of its own, or is one that Windows cannot store as a file.
  static func isReserved(_ name: String) -> Bool {
    switch name {
    case "gate", "none", "all", "con", "prn", "aux", "nul": true
    default:
      name.utf8.count == 4 && (name.hasPrefix("com") || name.hasPrefix("lpt"))
        && ("1"..."9").contains(name.suffix(1))
    }
  }

  private static func matchesGrammar(_ name: String) -> Bool {
    let bytes = name.utf8
    guard (1...63).contains(bytes.count), bytes.first != .hyphen, bytes.last != .hyphen else { return false }
    return bytes.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
  }

  /// The declared ids that somebody who typed `name` may have meant, best first, at most three.
  package static func nearMisses(of name: String, among ids: some Sequence<BetID>) -> [BetID] {
    let typed = name.lowercased()
    let allowed = max(1, typed.count / 3)
    return ids.compactMap { id -> (distance: Int, id: BetID)? in
      if id.name.hasPrefix(typed) || typed.hasPrefix(id.name) { return (0, id) }
      let distance = editDistance(Array(typed.utf8.prefix(64)), Array(id.name.utf8))
      return distance <= allowed ? (distance, id) : nil
    }
    .sorted { $0 < $1 }.prefix(3).map(\.id)
  }

  /// Levenshtein's distance, with a swap of neighbours counted once.
  private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var rows = [Array(0...right.count)]
    for i in left.indices {
      var row = [i + 1]
      for j in right.indices {
        var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          best = min(best, rows[i - 1][j - 1] + 1)
        }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[left.count][right.count]
  }
}

/// A text that cannot name a bet.
public struct InvalidBetID: DiagnosticError, Hashable {
  /// What was given.
  public let text: String
  /// Whether it is well formed, and means something else.
  public let isReserved: Bool

  /// The id in question, and what an id is.
  public var diagnostic: Diagnostic {
    let shown = Text.printable(text.prefix(80))
    if isReserved {
      return Diagnostic("reserved-id", "'\(shown)' is reserved and cannot name a bet")
    }
    return Diagnostic(
      "invalid-id", "'\(shown)' cannot name a bet",
      notes: [
        InvalidBetID.proposal(for: text).map { "did you mean '\($0)'?" }
          ?? "an id is 1 to 63 of a-z, 0-9 and '-', and neither begins nor ends with '-', for example 'search-ranking'"
      ])
  }

  /// The declared bets that a value names which is no id: by another spelling, or several at once.
  package static func meant(by text: String, among ids: [BetID]) -> [BetID] {
    let known = Set(ids)
    let parts = text.split { ", ;&+".contains($0) }.map(String.init)
    let single = [InvalidBetID.proposal(for: text) ?? text].compactMap { BetID(ifValid: $0) }
    let several = parts.compactMap { BetID(ifValid: InvalidBetID.proposal(for: $0) ?? $0) }
    let exact = [single, several].first { !$0.isEmpty && $0.allSatisfy(known.contains) }
    return exact ?? BetID.nearMisses(of: InvalidBetID.proposal(for: text) ?? text, among: ids)
  }

  /// The id that is nearest to a text: `JIRA-123` is `jira-123`, `Search box` is `search-box`; nil where none is near.
  package static func proposal(for text: String) -> String? {
    guard text.utf8.count <= 63, !Text.hasControlCharacter(text) else { return nil }
    let words = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let name = words.joined(separator: "-")
    // Letters of another script are not guessed at.
    let isNear = text.allSatisfy { $0.isASCII }
    return isNear && name != text ? BetID(ifValid: name)?.name : nil
  }
}
