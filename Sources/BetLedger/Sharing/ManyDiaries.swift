import Bets
import Git

/// Many diaries pushed by one pattern.
///
/// git holds each refspec against every ref there is: a hundred among 10,000 refs take 1.9 s, the pattern 0.1. It goes
/// to a remote of the moment that is where the peer is and fetches nothing: of a pattern to the peer's own name git
/// would note every ref anew, moved or not, for 6.6 s.
struct ManyDiaries {
  /// Up to as many are as quickly pushed by their names.
  private static let few = 8
  /// The remote of the moment.
  private static let moment = "bet-exchange"
  /// What of a remote's settings a push needs.
  private static let place: Set = ["url", "pushurl", "receivepack", "vcs", "proxy", "proxyauthmethod"]

  let repository: Repository
  let courier: Courier
  let peer: LedgerPeer

  /// Pushes the diaries of these names, and notes what the peer has then, as git does of other pushes.
  ///
  /// Nil when they are few, or not all in which `own` differs from what is `there`, or when it is not known where the
  /// peer is: nothing was done then.
  func push(
    _ names: ArraySlice<String>, from own: [String: ObjectID], to there: [String: ObjectID]
  ) throws -> PushAnswer? {
    guard peer.branch == nil, names.count > ManyDiaries.few,
      own.count - names.count == own.count(where: { there[$0.key] == $0.value }),
      // A name that no diary can have is offered to nobody.
      try repository.references(under: LedgerRefs.prefix).count == own.count, let settings = try settings()
    else { return nil }
    let pattern = "\(LedgerRefs.prefix)*:\(LedgerRefs.prefix)*"
    let answer = try courier.push([pattern], to: LedgerPeer(name: ManyDiaries.moment), settings: settings)
    let moved = names.filter { answer.refused[LedgerRefs.diary($0)] == nil }.map { name in
      "update \(LedgerRefs.staged(name, of: peer.name)) \(own[name] ?? .zero) \(there[name] ?? .zero)\n"
    }
    // Where that fails, the next fetch notes it.
    _ = try GitCommand.run(["update-ref", "--stdin"], input: Array(moved.joined().utf8))
    return answer
  }

  /// The peer's settings as the remote's of the moment.
  private func settings() throws -> [(key: String, value: String)]? {
    let lines = try repository.configuration(sections: ["remote"])
    let (theirs, moment) = ("remote.\(peer.name).", "remote.\(ManyDiaries.moment).")
    var settings = peer.url.map { [(key: moment + "url", value: $0)] } ?? []
    for line in lines where line.key.hasPrefix(theirs) {
      let name = line.key.dropFirst(theirs.count)
      if let value = line.value, ManyDiaries.place.contains(String(name)) {
        settings.append((moment + name, value))
      }
    }
    let isKnown =
      settings.contains { $0.key == moment + "url" } && !lines.contains { $0.key.hasPrefix(moment) }
    return isKnown ? settings : nil
  }
}
