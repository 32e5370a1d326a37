import BetLedger

/// The bet that is meant.
extension Context {
  /// Finds a bet by its id or by the beginning of one that is unique.
  func bet(_ text: String) throws -> Bet {
    let ledger = try ledger
    let id: BetID
    do { id = try BetID(text) } catch {
      let ids = try ledger.ids()
      let proposal = InvalidBetID.proposal(for: text)
      let near =
        ids.first { $0.name == proposal }.map { [$0] } ?? BetID.nearMisses(of: proposal ?? text, among: ids)
      guard !near.isEmpty, !error.isReserved else { throw error }
      throw Refusal(
        error.diagnostic.code, error.diagnostic.message, notes: Refusal.guesses(near),
        hints: ["git bet show \(near[0])"])
    }
    if let bet = try ledger.bet(id) { return bet }
    let ids = try ledger.ids()
    let candidates = ids.filter { $0.name.hasPrefix(text) }
    if candidates.count == 1, let bet = try ledger.bet(candidates[0]) { return bet }
    throw Refusal.unknownBet(text, candidates: candidates, among: ids)
  }

  /// The same; without a text the bet whose work is done here.
  func bet(_ argument: BetArgument) throws -> Bet {
    try argument.text.map { try bet($0) } ?? betOfWorkHere()
  }

  /// The bet whose work is done here; refused where there is none.
  func betOfWorkHere() throws -> Bet {
    switch try workHere() {
    case .of(let id):
      guard let bet = try ledger.bet(id) else {
        throw try Refusal.unknownBet(id.name, candidates: [], among: ledger.ids())
      }
      return bet
    case .ofNobody(let branch):
      let place = branch.map { "'\(Text.printable($0))' is no bet's branch" } ?? "HEAD is on no branch"
      throw Refusal(
        "no-bet-here", "no bet is named, and \(place)", hints: ["git bet list"], exitStatus: .usage)
    }
  }

  /// Whose work is done in this work tree.
  enum WorkHere {
    /// A bet that need not be declared: the branch's own, else the one that ``HereNote`` names and nobody has decided.
    case of(BetID)
    case ofNobody(branch: String?)
  }

  func workHere() throws -> WorkHere {
    let repository = try repository
    let branch: String? =
      switch try repository.head() {
      case .branch(let ref, _), .unborn(let ref): RefUpdate.branch(ref)
      case .detached: nil
      }
    if let branch, let link = try site.link(ofBranch: branch) {
      return link.bet.id.map { .of($0) } ?? .ofNobody(branch: branch)
    }
    guard let here = try HereNote(repository).bet(), try ledger.bet(here)?.state.isUndecided == true else {
      return .ofNobody(branch: branch)
    }
    return .of(here)
  }

  /// The declared bet whose work is done here; nil where there is none.
  func betHere() throws -> Bet? {
    guard case .of(let id) = try workHere() else { return nil }
    return try ledger.bet(id)
  }
}
