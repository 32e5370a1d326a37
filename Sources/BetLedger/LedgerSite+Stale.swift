import Bets
import Git

/// A ledger that was known here once, and of which no fetch brings the news.
package struct StaleLedger: Error, Hashable, Sendable {
  /// What should bring it; nil when there is no remote.
  let peer: LedgerPeer?
  /// Whether something was fetched of it once.
  let isKnown: Bool
  /// Remotes that are gone, of which diaries are left.
  package let leftBehind: [String]
}

extension LedgerSite {
  /// Who should bring the ledger to this clone: a shared ledger, else home. Nil where there is no remote, and where nobody
  /// works.
  ///
  /// An `upstream` beside `origin` is taken for home until somebody has said what is.
  private var source: LedgerPeer? {
    get throws {
      guard authority == .clone, !repository.isBare else { return nil }
      let config = try config
      if let shared = try LedgerPeer.all(in: config).first(where: \.isElsewhere) { return shared }
      return try (isUndecidedFork ? "upstream" : home.remote.name).map {
        LedgerPeer(name: $0, isFetched: LedgerPeer.isFetched($0, in: config))
      }
    }
  }

  private var isUndecidedFork: Bool {
    get throws {
      try settings.home == nil && Set(["origin", "upstream"]).isSubset(of: Remote.names(in: config))
    }
  }

  /// Who should bring the ledger and does not, as a fetch is configured; nil when all is well.
  package var unfetched: LedgerPeer? {
    get throws {
      guard let source = try source else { return nil }
      return try source.comesWithFetch && !LedgerPeer.folders(of: source.name, in: config).isEmpty
        ? nil : source
    }
  }

  /// What a clone knows of the ledger, when that may be older than anybody can tell; nil when home brings it, and when
  /// nothing says that there is one elsewhere.
  ///
  /// What says so is what was fetched before its remote was renamed, or removed and added; and an `upstream` beside
  /// `origin`. Cost: a look at the configuration where home brings it.
  package var staleLedger: StaleLedger? {
    get throws {
      let source = try source
      guard authority == .clone, !repository.isBare, try source == nil || unfetched != nil else { return nil }
      let isKnown =
        try source.map { try !repository.references(under: LedgerRefs.staging(of: $0.name)).isEmpty } ?? false
      // What only an exchange brings is as new as the last one.
      if let source, !source.comesWithFetch, isKnown { return nil }
      let counted = try LedgerPeer.stagingNames(in: config)
      var leftBehind: [String] = []
      for ref in try repository.references(under: LedgerRefs.stagingPrefix)
      where LedgerRefspec.diary(of: ref.name, remotes: counted) == nil {
        guard let name = LedgerRefspec.remote(of: ref.name), !leftBehind.contains(name) else { continue }
        leftBehind.append(name)
      }
      guard try isKnown || !leftBehind.isEmpty || source?.isElsewhere == false && isUndecidedFork else {
        return nil
      }
      return StaleLedger(peer: source, isKnown: isKnown, leftBehind: leftBehind)
    }
  }
}

extension StaleLedger: DiagnosticError {
  package var diagnostic: Diagnostic {
    let gone = leftBehind.map { "'\(Text.printable($0))'" }.joined(separator: ", ")
    let why =
      !leftBehind.isEmpty
      ? "what was fetched of \(gone), which is no remote any more, does not count and gets no news"
      : isKnown
        ? "what was fetched once may have changed since: a verdict that was taken back would count here"
        : "work on a fork is held against the ledger of where it comes from, and nothing of that was ever fetched"
    return Diagnostic(
      "ledger-stale",
      peer.map { "'\(Text.printable($0.name))' does not bring its ledger: nobody can tell what it says now" }
        ?? "there is no remote that brings the ledger: nobody can tell what it says now",
      notes: [why], hints: [peer?.bringing ?? "git bet doctor"])
  }
}
