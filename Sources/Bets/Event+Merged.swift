extension Event {
  /// The event that joins the heads of a diary: the same for everybody who joins the same heads.
  ///
  /// It says nothing of its own. `Contested` names what the heads disagree about, for people who read the diary
  /// with plain git: the fold finds it out by itself and does not believe the trailer.
  public static func merged(_ diary: Diary, in name: String) -> Event {
    Event(
      .merged, in: name, seq: diary.nextSeq, subject: "join what several clones wrote",
      values: contested(in: diary, name).map { Value(.contested, $0) })
  }

  /// The claim's fields by name, `Verdict`, or the rules of the gate.
  private static func contested(in diary: Diary, _ name: String) -> [String] {
    guard let id = BetID(ifValid: name) else { return GateDiary(from: diary).contestedRules }
    guard let bet = Bet(id, from: diary) else { return [] }
    return (bet.state == .contested ? [TrailerName.verdict.rawValue] : [])
      + bet.contests.map(\.field.rawValue)
  }
}
