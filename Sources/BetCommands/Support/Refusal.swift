import Bets
import Git
import Libc

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
    let lines = words.split(separator: "\n").map { Text.trimmed($0) }
    let said = lines.first.map { Text.printable($0) } ?? "git gave no reason"
    // Its words are in the user's language, the command that it offers is not; git has quoted it for a shell.
    if let trust = lines.first(where: { $0.hasPrefix("git config --global --add safe.directory ") }) {
      return Refusal(
        "not-your-repository", "git does not trust this repository", notes: [said],
        hints: [trust].filter { Text.printable($0) == $0 })
    }
    return Refusal("not-a-repository", "there is no git repository here", notes: [said], hints: ["git init"])
  }

  /// Why git has no author or committer for us: nobody has said who it is, or what was said is none to git.
  static func identity(_ variable: String, git answer: GitCommand.Output) -> Refusal {
    let said = answer.errorLines.last ?? "it answers '\(Text.printable(answer.text))'"
    // Asking for a name, git offers this in every language.
    if answer.errorText.contains("git config --global user.email") {
      return Refusal(
        "no-identity", "git does not know who you are",
        notes: [said, "every event of the ledger carries a name: a verdict is a person's"],
        hints: ["git config user.name 'Your Name'", "git config user.email you@example.com"])
    }
    let date = variable.replacing("_IDENT", with: "_DATE")
    let isDate = unsafe getenv(date).map { said.hasSuffix(": \(unsafe String(cString: $0))") } ?? false
    return Refusal(
      "bad-identity", "git does not take what \(isDate ? date : variable) says", notes: [said],
      hints: [isDate ? "unset \(date)" : "git var \(variable)"])
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
