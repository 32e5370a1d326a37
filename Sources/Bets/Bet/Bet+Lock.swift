import GitFormats

/// What a diary says of a bet while nobody may loosen it without a signature that is trusted.
///
/// The lock is the rule `unsigned` at `block`. Who is trusted may say anything; of everybody else the stricter counts: what
/// stood before, or what he says. Two heads that do not know of each other are held to the same.
struct LockedVerdicts {
  /// The events that the state comes from.
  let verdicts: [Entry]
  let state: Bet.State
  /// Whether its lines are still an open bet's, for all that anybody trusted has said.
  let isGround: Bool
  /// The events that would make more of it, and are not vouched for.
  let doubted: [Entry]

  /// Linear in the diary. `trusted` are the events that are vouched for.
  init(_ diary: Diary, trusting trusted: Set<ObjectID>) {
    func isTrusted(_ entry: Entry) -> Bool { trusted.contains(entry.id) }
    let all = diary.entries.filter { $0.readable?.kind.bearsVerdict ?? false }
    // A bet that is given up stops its work, whoever says so. Any other verdict lets work go on.
    let kept = all.filter { isTrusted($0) || $0.isLost || $0.readable?.kind != .closed }
    let closed = kept.filter { isTrusted($0) || $0.isLost }
    let isLost = diary.latest(among: closed).contains(where: \.isLost)
    var heads = diary.latest(among: isLost ? closed : kept)
    if heads.contains(where: \.isLost) { heads.removeAll { !$0.isLost && !isTrusted($0) } }
    let told = diary.latest(among: all)
    let (strict, open) = (Bet.State(of: heads), Bet.State(of: told))
    if open.strictness >= strict.strictness {
      (verdicts, state) = (told, open)
    } else {
      (verdicts, state) = (heads, strict)
    }
    let undecided = diary.latest(among: all.filter { isTrusted($0) || $0.readable?.kind != .closed })
    isGround = state.isUndecided || Bet.State(of: undecided).isUndecided
    doubted =
      state != open || isGround != state.isUndecided ? told.filter { !isTrusted($0) } : []
  }
}

extension Bet.State {
  /// What verdicts say that do not know of each other.
  init(of verdicts: [Entry]) {
    let states = Set(verdicts.compactMap(\.state))
    self = states.count == 1 ? states.first ?? .contested : .contested
  }

  /// How much it holds back: itself, and what rests on it.
  fileprivate var strictness: Int {
    switch self {
    case .validated: 0
    case .inconclusive: 1
    case .open, .contested: 2
    case .invalidated, .abandoned: 3
    }
  }
}

extension Entry {
  /// Whether it gives the bet up.
  var isLost: Bool { state?.isLost ?? false }
}

extension Diary {
  /// Whether some head of what was decided gives the bet up.
  var hasLostHead: Bool { latest { $0.kind.bearsVerdict }.contains(where: \.isLost) }
}
