import Bets
import Git

extension WorkCommit {
  private static let (betBytes, buildsOnBytes) = (Array(betKey.utf8), Array(buildsOnKey.utf8))
  private static let (betAlone, keys) = ([betBytes], [betBytes, buildsOnBytes])

  /// Whether a line of the message may name a bet; false is certain.
  static func mentionsBet(_ commit: RawCommit) -> Bool { Trailers.mention(betAlone, in: commit.message) }

  /// Reads which bets a commit's message names. Most name none, and cost one pass over their bytes.
  ///
  /// An encoding whose bytes are not ASCII where ASCII is meant hides every trailer: such a message cannot be judged.
  package init(_ commit: RawCommit) throws(UnjudgeableMessage) {
    self.init(id: commit.id, message: commit.shownMessage)
    if let encoding = commit.encoding?.lowercased(),
      UnjudgeableMessage.wideEncodings.contains(where: encoding.hasPrefix)
    {
      throw UnjudgeableMessage(commit: id, why: "it is encoded as \(Text.printable(encoding))")
    }
    guard Trailers.mention(WorkCommit.keys, in: commit.message) else { return }
    do {
      try read(commit.message)
    } catch {
      throw UnjudgeableMessage(commit: id, why: "it is larger than \(Trailers.largestMessage) bytes")
    }
  }

  /// Reads what a message says: its trailers, and the lines outside their block.
  package mutating func read(_ message: [UInt8]) throws(Trailers.TooLarge) {
    let (trailers, strays) = try Trailers.parse(message, straysOf: WorkCommit.keys)
    bets = trailers.values(of: WorkCommit.betBytes).map { BetName($0) }
    buildsOn = trailers.values(of: WorkCommit.buildsOnBytes).map { BetName($0) }
    self.strays = strays
  }
}

/// A message in which nobody can tell what is a trailer: it blocks, it is never skipped.
package struct UnjudgeableMessage: DiagnosticError {
  static let wideEncodings = [
    "utf-16", "utf16", "utf-32", "utf32", "ucs", "utf-7", "utf7", "ebcdic", "ibm", "cp037",
  ]

  package let commit: ObjectID
  package let why: String

  package var diagnostic: Diagnostic {
    Diagnostic(
      "unreadable-message", "the message of commit \(commit.short) cannot be judged", notes: [why],
      hints: ["git show --no-patch \(commit.short)"])
  }
}
