import Bets

/// Every ref name of the ledger, in one place.
enum LedgerRefs {
  /// One ref for each bet, and `gate`.
  static let prefix = "refs/bets/"
  /// What remotes had when last fetched: never under `refs/remotes/`, where it would show as branches.
  static let stagingPrefix = "refs/bets-remote/"

  /// How far a branch of a remote was read that carries its ledger.
  static func carried(by remote: String) -> String { "refs/bets-carried/\(remote)" }
  static func diary(_ name: String) -> String { prefix + name }
  static func staging(of remote: String) -> String { stagingPrefix + remote + "/" }
  static func staged(_ name: String, of remote: String) -> String { staging(of: remote) + name }
}

extension RefUpdate {
  /// Whether it is about the ledger itself, or about what was fetched of another's: never judged.
  package var isLedger: Bool {
    remoteRef.hasPrefix(LedgerRefs.prefix) || remoteRef.hasPrefix(LedgerRefs.stagingPrefix)
  }

  /// Whether it deletes or moves a part of the ledger that the remote has.
  package var mayHarmLedger: Bool {
    remoteRef.hasPrefix(LedgerRefs.prefix) && !remoteID.isZero && localID != remoteID
  }
}

/// The fetch refspec of the ledger.
///
/// Never `+refs/bets/*:refs/bets/*`: a plain `git fetch` would overwrite events that were not pushed yet, and a
/// pruning one would delete bets that exist only here.
package enum LedgerRefspec {
  package static func fetch(from remote: String) -> String {
    "+\(LedgerRefs.prefix)*:\(LedgerRefs.staging(of: remote))*"
  }

  /// All diaries of this clone, and all that was fetched, as patterns for `git for-each-ref`.
  package static let local = LedgerRefs.prefix
  package static let fetched = LedgerRefs.stagingPrefix

  /// Where a fetch refspec puts a remote's diaries, like `refs/bets-remote/origin/`; nil when it does not bring them to
  /// where they count.
  ///
  /// After `git remote rename` that is the folder of the former name.
  package static func target(of refspec: String) -> String? {
    let halves = refspec.drop { $0 == "+" }.split(separator: ":", omittingEmptySubsequences: false)
    guard halves.count == 2, halves[0] == "\(LedgerRefs.prefix)*", halves[1].hasSuffix("/*") else {
      return halves == ["refs/*", "refs/*"] ? LedgerRefs.prefix : nil
    }
    let folder = String(halves[1].dropLast())
    return folder == LedgerRefs.prefix || remote(of: folder) != nil ? folder : nil
  }

  /// Fetches a remote's ledger, and once that has worked has every fetch bring it.
  package static func adding(_ remote: String) -> String {
    "git fetch \(Text.shellOperands(remote, fetch(from: remote)))"
      + " && git config --add \(Text.shellQuoted("remote.\(remote).fetch")) \(Text.shellQuoted(fetch(from: remote)))"
  }

  /// Moves what was fetched to the name that a remote has now: all of it, or nothing where something is there already.
  package static func moving(from former: String, to remote: String) -> String {
    let depth = LedgerRefs.staging(of: former).split(separator: "/").count
    let lines =
      "create \(LedgerRefs.staging(of: remote))%(refname:lstrip=\(depth)) %(objectname)%0adelete %(refname) %(objectname)"
    return
      "git for-each-ref --format=\(Text.shellQuoted(lines)) \(Text.shellQuoted(LedgerRefs.staging(of: former)))"
      + " | git update-ref --stdin"
  }

  /// Whether a fetch refspec writes straight into the ledger.
  package static func isDangerous(_ refspec: String) -> Bool {
    guard let colon = refspec.lastIndex(of: ":") else { return false }
    let target = refspec[refspec.index(after: colon)...]
    return target.hasPrefix(LedgerRefs.prefix) || target == "refs/*"
  }

  /// The name of the diary that a ref holds a head of; nil for a remote that is not configured.
  package static func diary(of ref: String, remotes: [String]) -> String? {
    let prefixes = [LedgerRefs.prefix] + remotes.map(LedgerRefs.staging)
    return prefixes.first { ref.hasPrefix($0) }.map { String(ref.dropFirst($0.count)) }
  }

  /// The remote that a ref was fetched from; nil for this clone's own.
  package static func remote(of ref: String) -> String? {
    guard ref.hasPrefix(LedgerRefs.stagingPrefix), let slash = ref.lastIndex(of: "/") else { return nil }
    let name = ref[..<slash].dropFirst(LedgerRefs.stagingPrefix.count)
    return name.isEmpty ? nil : String(name)
  }
}
