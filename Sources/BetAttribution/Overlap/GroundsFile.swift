import BetLedger

/// The grounds of all open bets in `bet/grounds` under the common git directory, valid for as long as ledger and ship
/// branches say the same.
struct GroundsFile {
  private static let version: UInt32 = 1

  private let file: CacheFile

  init(_ repository: Repository) {
    file = CacheFile(repository, name: OwnFile.grounds.name, version: GroundsFile.version)
  }

  /// Nil when they were made from something else, or make no sense.
  func read(madeFrom stamp: UInt64) -> Grounds? {
    guard let sections = file.read(sections: 4) else { return nil }
    var head = CacheReader(sections[0])
    guard head.number() == stamp, let oldest = head.id(), let reference = head.id() else { return nil }
    var (names, gone) = (CacheReader(sections[1]), CacheReader(sections[2]))
    guard let bets = names.all({ $0.text().flatMap { BetID(ifValid: $0) } }),
      let files = gone.all({ reader -> Grounds.Gone? in
        guard let path = reader.data(), let bet: UInt32 = reader.number(), bets.indices.contains(Int(bet))
        else { return nil }
        return Grounds.Gone(path: path, bet: Int(bet))
      }), sections[3].count % Grounds.width == 0
    else { return nil }
    return Grounds(
      bets: bets, oldest: oldest.isZero ? nil : oldest, reference: reference.isZero ? nil : reference,
      gone: files, rows: sections[3])
  }

  func write(_ grounds: Grounds, madeFrom stamp: UInt64) {
    var (head, names, gone) = (CacheWriter(), CacheWriter(), CacheWriter())
    head.add(stamp)
    head.add(grounds.oldest ?? .zero)
    head.add(grounds.reference ?? .zero)
    for bet in grounds.bets { names.add(bet.name) }
    for file in grounds.gone {
      gone.add(data: file.path)
      gone.add(UInt32(file.bet))
    }
    file.replace(with: [head.bytes, names.bytes, gone.bytes, Array(grounds.rows)])
  }
}

extension Attribution {
  /// Where the lines of open bets stand; nil when that cannot be kept: under the lock, where what is open hangs on
  /// signatures, and where history is not here in full.
  ///
  /// Cost: a listing of the ledger's refs while it stands as it did; else what all open bets have shipped is read.
  package func grounds() throws -> Grounds? { try kept.get { try findGrounds() } }

  private func findGrounds() throws -> Grounds? {
    guard !site.isLocked, !site.repository.isShallow else { return nil }
    let tips = try site.shipTips()
    let stamp = try stamp(tips)
    let file = GroundsFile(site.repository)
    if let kept = file.read(madeFrom: stamp) { return kept }
    let commits = try Dictionary(
      uniqueKeysWithValues: openBets().map { ($0, try self.commits(of: $0).map(\.id)) })
    let territories = try territories.territories(commits)
    let reference = try tips.first.flatMap { try walk.commit($0)?.tree }
    guard let grounds = try Grounds(of: territories, reference: reference, in: site.repository) else {
      return nil
    }
    file.write(grounds, madeFrom: stamp)
    return grounds
  }

  /// Who is open and has shipped: whose lines there are to rewrite.
  package func openBets() throws -> [BetID] {
    try shippedBets().filter { try site.ledger.digests(upTo: $0)[$0]?.isGround ?? false }
  }

  /// Of all that says which bets are open and which commits are theirs.
  ///
  /// Where linked branches stand is no part of it, only that they do: each commit moves one, and what was made of it comes
  /// with a ship branch that moves.
  private func stamp(_ shipTips: [ObjectID]) throws -> UInt64 {
    var hash = WordHash(seed: try site.ledger.stamp())
    func add(_ text: String) { hash.add(Array(text.utf8)) }
    for tip in shipTips { add(tip.hex) }
    let settings = try site.settings
    for pattern in settings.branchPatterns { add(pattern.text) }
    for (branch, bet) in settings.branchBets.sorted(by: { $0.key < $1.key }) {
      add(branch)
      add(bet)
    }
    for name in try LinkedTips.names(under: settings.branchPatterns, site) { add(name) }
    return hash.value
  }
}
