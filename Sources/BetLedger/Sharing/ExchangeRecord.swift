import Bets

/// When the ledger was last exchanged with whom: one line for each peer, for people to see how old their picture is.
///
/// A note for this clone alone (`bet/exchanged` under the common git directory), deletable at any time. A line that is
/// none of ours is passed over.
package struct ExchangeRecord: Equatable, Sendable {
  package struct Line: Equatable, Sendable {
    package let peer: String
    /// Seconds since 1970.
    package let time: Int64
    /// Whether the host was said to refuse the ledger's refs: to be said once.
    package let isRefused: Bool
  }

  package private(set) var lines: [Line]

  package init(text: String = "") {
    lines = text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3, let time = Int64(fields[0]), time >= 0,
        ["exchanged", "refused"].contains(fields[1])
      else { return nil }
      return Line(peer: String(fields[2]), time: time, isRefused: fields[1] == "refused")
    }
  }

  package subscript(_ peer: String) -> Line? { lines.first { $0.peer == peer } }

  /// Notes an exchange; the newest stands first.
  package mutating func note(_ peer: String, at time: Int64, isRefused: Bool) {
    lines.removeAll { $0.peer == peer }
    lines.insert(Line(peer: peer, time: time, isRefused: isRefused), at: 0)
  }

  package var text: String {
    lines.map { "\($0.time)\t\($0.isRefused ? "refused" : "exchanged")\t\($0.peer)\n" }.joined()
  }
}
