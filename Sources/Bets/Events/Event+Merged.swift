extension Event {
  /// The event that joins the heads of a diary: the same for everybody who joins the same heads.
  ///
  /// It says nothing of its own. `Contested` names what the heads disagree about, for people who read the diary
  /// with plain git: the fold finds it out by itself and does not believe the trailer.
  package static func merged(_ diary: Diary, in name: String) -> Event {
    Event(
      .merged, in: name, seq: diary.nextSeq, subject: "join what several clones wrote",
      values: contested(in: diary, name).map { Value(.contested, $0) })
  }

  /// More rules than anybody has: what others wrote must not make the join too large to be written.
  private static let mostContested = 100

  /// The claim's fields by name, `Verdict`, or the rules of the gate whose names are 1 to 63 of a-z, 0-9 and '-'.
  ///
  /// Not the title: older programs do not name it, and all write the same join.
  private static func contested(in diary: Diary, _ name: String) -> [String] {
    guard let id = BetID(ifValid: name) else {
      return Array(GateDiary(from: diary).contestedRules.filter(isPlain).prefix(mostContested))
    }
    guard let bet = Bet(id, from: diary) else { return [] }
    return (bet.state == .contested ? [TrailerName.verdict.rawValue] : [])
      + bet.contests.map(\.field).filter { $0 != .title }.map(\.rawValue)
  }

  private static func isPlain(_ rule: String) -> Bool {
    (1...63).contains(rule.utf8.count)
      && rule.utf8.allSatisfy { $0.isAlphanumericASCII && $0 == $0.lowercasedASCII || $0 == .hyphen }
  }
}
