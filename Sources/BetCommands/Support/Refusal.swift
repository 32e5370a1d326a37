import Bets
import Git

/// A command that does not do what it was asked: what is so, why, and what can be typed instead.
struct Refusal: DiagnosticError {
  let diagnostic: Diagnostic
  var exitStatus: ExitStatus = .couldNot

  init(
    _ code: String, _ message: String, notes: [String] = [], hints: [String] = [],
    exitStatus: ExitStatus = .couldNot
  ) {
    diagnostic = Diagnostic(code, message, notes: notes, hints: hints)
    self.exitStatus = exitStatus
  }

  init(_ diagnostic: Diagnostic, exitStatus: ExitStatus = .couldNot) {
    self.diagnostic = diagnostic
    self.exitStatus = exitStatus
  }

  static func notARepository(git words: String) -> Refusal {
    let said = words.split(separator: "\n").first.map { Text.printable($0) } ?? "git gave no reason"
    if said.contains("dubious ownership") {
      return Refusal("not-your-repository", "git does not trust this repository", notes: [said])
    }
    return Refusal("not-a-repository", "there is no git repository here", notes: [said], hints: ["git init"])
  }

  /// A name that cannot be kept, compared or typed here.
  static func notUTF8(_ what: String, _ bytes: some Sequence<UInt8>) -> Refusal {
    Refusal(
      "not-utf-8", "\(what) is not UTF-8: '\(Text.printable(Text.decoded(bytes), upTo: 200))'",
      notes: ["the ledger is kept in UTF-8, and another name is not put in its place"])
  }

  /// What else may have been meant, as a note; nothing when nothing is near.
  static func guesses(_ near: [BetID]) -> [String] {
    near.isEmpty ? [] : ["did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?"]
  }

  static func unknownBet(_ text: String, candidates: [BetID], among ids: [BetID]) -> Refusal {
    if candidates.count > 1 {
      return Refusal(
        "ambiguous-bet", "'\(text)' may mean several bets",
        notes: ["they are: \(candidates.prefix(8).map(\.name).joined(separator: ", "))"])
    }
    let near = BetID.nearMisses(of: text, among: ids)
    return Refusal(
      "unknown-bet", "there is no bet '\(text)'",
      notes: Refusal.guesses(near),
      hints: near.isEmpty ? ["git bet list --all", "git bet declare \(text)"] : ["git bet show \(near[0])"])
  }
}

/// A repository that git opens and libgit2 does not: named as such, never mistaken for one without bets.
struct UnsupportedRepository: DiagnosticError {
  let error: GitError

  var diagnostic: Diagnostic {
    let words = Text.printable(error.message)
    if words.contains("extensions.objectFormat") {
      return Diagnostic(
        "sha256-repository", "this repository names its objects with SHA-256, which libgit2 cannot read",
        notes: [words, "git itself works; the ledger can be read with: git log refs/bets/<id>"])
    }
    if words.contains("extensions.refStorage") {
      return Diagnostic(
        "reftable-repository", "this repository keeps its refs in a reftable, which libgit2 cannot read",
        notes: [words, "git itself works; the ledger can be read with: git log refs/bets/<id>"])
    }
    return Diagnostic("unsupported-repository", "libgit2 cannot open this repository", notes: [words])
  }
}

/// The exit codes are git's own.
enum ExitStatus: Int32 {
  case done = 0
  /// A push that is stopped, or "no" to a yes/no question.
  case blocked = 1
  case couldNot = 128
  case usage = 129
  /// What a shell makes of a program that `SIGPIPE` ended.
  case readerGone = 141
}
