import Bets
import Git

/// Why the ledger could not be read or written. Doubt never opens the gate: each of these stops a decision.
package enum LedgerError: Error {
  case git(GitError)
  /// The disk is full, may not be written, or a rule of git's forbids it; the ledger is as it was.
  case notWritten(GitError)
  /// A ref of the ledger that holds something else than a commit.
  case notAnEvent(ref: String)
  /// A ref of the ledger that is no plain ref: broken on disk, or symbolic.
  case brokenRef(ref: String, why: String)
  case missingObject(ref: String, id: ObjectID)
  /// A diary that a shallow clone has the newest part of.
  case cutOff(ref: String)
  /// A bet without one readable declaration.
  case damaged(ref: String, EventProblem?)
  case tooLarge(ref: String)
  /// A diary that somebody has joined with a history that is none.
  case foreignHistory(ref: String)
  /// Another process kept writing, or left its lock, for as long as we are willing to wait.
  case busy(ref: String, GitError)
  /// The branch that is said to carry the ledger holds something else.
  case notACarrier(ref: String)
  /// git's signer failed, or what it wrote is not what was meant.
  case notSigned(GitError)
  /// There is no branch of that name.
  case missingBranch(String)
  /// Work names a bet and there is no ledger at all; `unfetched` is whose no fetch brings.
  case notFetched(bet: String, remote: String?, unfetched: LedgerPeer? = nil)
}

extension LedgerError: DiagnosticError {
  package var diagnostic: Diagnostic {
    switch self {
    case .git(let error):
      Diagnostic("git-failed", Text.printable(error.message), notes: ["in \(error.function)"])
    case .notWritten(let error):
      Diagnostic(
        "not-written", "the event could not be written: \(Text.printable(error.message))",
        notes: ["in \(error.function)", "nothing was written: the ledger is as it was"])
    case .notAnEvent(let ref):
      Diagnostic(
        "not-an-event", "'\(Text.printable(ref))' is not a diary: it points to something else than a commit",
        notes: ["nothing is decided or written while the ledger cannot be read"],
        hints: ["git cat-file -p \(Text.shellQuoted(ref))", "git update-ref -d \(Text.shellQuoted(ref))"]
          + LedgerError.deletion(of: ref))
    case .brokenRef(let ref, let why):
      Diagnostic(
        "broken-ref", "'\(Text.printable(ref))' cannot be read", notes: [Text.printable(why)],
        hints: ["git for-each-ref \(LedgerRefs.prefix) \(LedgerRefs.stagingPrefix)"])
    case .missingObject(let ref, let id):
      Diagnostic(
        "missing-object", "'\(Text.printable(ref))' needs the object \(id), which is not here",
        hints: ["git fsck --connectivity-only"]
      )
    case .cutOff(let ref):
      Diagnostic(
        "missing-object",
        "'\(Text.printable(ref))' is not whole: this clone is shallow, and the diary was cut off",
        hints: [
          LedgerRefspec.remote(of: ref).map {
            "git fetch --unshallow \(Text.shellOperands($0, LedgerRefspec.fetch(from: $0)))"
          } ?? "git fetch --unshallow"
        ])
    case .damaged(let ref, let problem):
      if let problem, problem.isNewerLedger {
        problem.diagnostic
      } else {
        Diagnostic(
          "damaged-bet", "'\(Text.printable(ref))' holds no readable declaration of a bet",
          notes: problem.map { ["its first event is damaged: \($0.diagnostic.message)"] } ?? [],
          // It need not be this clone's own ref.
          hints: ["git bet log \(Text.shellOperands(String(ref.dropFirst(LedgerRefs.prefix.count))))"])
      }
    case .tooLarge(let ref):
      Diagnostic(
        "too-many-events",
        "'\(Text.printable(ref))' has more than \(Ledger.largestDiary) events, too many to read",
        hints: ["git log --oneline -5 \(Text.shellQuoted(ref))"] + LedgerError.deletion(of: ref))
    case .foreignHistory(let ref):
      Diagnostic(
        "too-many-events", "'\(Text.printable(ref))' leads into a history that is no diary",
        notes: [
          "more than \(Ledger.mostDamage) of its commits are no events; what is below them is not read"
        ],
        hints: ["git log --oneline --graph -20 \(Text.shellQuoted(ref))"] + LedgerError.deletion(of: ref))
    case .notACarrier(let ref):
      Diagnostic(
        "not-a-carrier", "'\(Text.printable(ref))' does not carry a ledger: it has commits of another kind",
        notes: ["bet.ledgerBranch names a branch of its own, which nothing else is committed to"],
        hints: ["git config bet.ledgerBranch \(ref.hasSuffix("/bets") ? "bet-ledger" : "bets")"])
    case .busy(let ref, let error):
      if let lock = error.lock {
        Diagnostic(
          "ledger-busy", "'\(Text.printable(ref))' could not be moved: another program holds its lock",
          notes: [
            "'\(Text.printable(lock.path))' is \(words(seconds: lock.age)) old; nothing was written",
            "a program that was killed leaves it for ever: remove it when no git command is running here",
          ],
          hints: ["rm \(Text.shellOperands(lock.path))"])
      } else {
        Diagnostic(
          "ledger-busy", "'\(Text.printable(ref))' could not be moved: other programs kept writing",
          notes: [Text.printable(error.message), "nothing was written"])
      }
    case .notSigned(let error):
      Diagnostic(
        "not-signed", "the event could not be signed, and nothing was written",
        notes: error.message.split(separator: "\n").prefix(4).map { Text.printable($0) },
        hints: ["git config --get-regexp '^(gpg|user.signingkey|commit.gpgsign|bet.sign)'"])
    case .missingBranch(let name):
      Diagnostic(
        "unknown-branch", "there is no branch '\(Text.printable(name))'", hints: ["git branch --list"])
    case .notFetched(let bet, let remote, let unfetched):
      Diagnostic(
        "ledger-not-fetched", "the work names the bet '\(Text.printable(bet))', but there is no ledger here",
        notes: ["a clone does not bring the ledger; without it nobody can tell whether the bet is open"],
        hints: [
          unfetched?.bringing
            ?? remote.map {
              "git fetch \(Text.shellOperands($0, LedgerRefspec.fetch(from: $0)))"
            }, BetID(ifValid: bet).map { "git bet declare \($0)" },
        ].compactMap { $0 })
    }
  }

  /// What was fetched comes again with every fetch, until it is deleted where it comes from.
  private static func deletion(of ref: String) -> [String] {
    guard let remote = LedgerRefspec.remote(of: ref) else { return [] }
    let there = LedgerRefs.diary(String(ref.dropFirst(LedgerRefs.staging(of: remote).count)))
    return ["git push --no-verify --delete \(Text.shellOperands(remote, there))"]
  }

  private func words(seconds: Int) -> String {
    switch seconds {
    case ..<120: "\(seconds) seconds"
    case ..<7_200: "\(seconds / 60) minutes"
    case ..<172_800: "\(seconds / 3_600) hours"
    default: "\(seconds / 86_400) days"
    }
  }
}
