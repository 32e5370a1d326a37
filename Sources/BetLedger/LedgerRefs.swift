import Bets

/// Every ref name of the ledger, in one place.
enum LedgerRefs {
  /// One ref for each bet, and `gate`.
  static let prefix = "refs/bets/"
  /// What remotes had when last fetched: never under `refs/remotes/`, where it would show as branches.
  static let stagingPrefix = "refs/bets-remote/"

  static func diary(_ name: String) -> String { prefix + name }
  static func staging(of remote: String) -> String { stagingPrefix + remote + "/" }
  static func staged(_ name: String, of remote: String) -> String { staging(of: remote) + name }
}

/// The fetch refspec of the ledger.
///
/// Never `+refs/bets/*:refs/bets/*`: a plain `git fetch` would overwrite events that were not pushed yet, and a
/// pruning one would delete bets that exist only here.
public enum LedgerRefspec {
  public static func fetch(from remote: String) -> String {
    "+\(LedgerRefs.prefix)*:\(LedgerRefs.staging(of: remote))*"
  }
}
