import BetGate
import BetReports

/// What a bet may rest on: the other open bets, those first that the work here stands on.
///
/// It is asked when a bet is declared and when its work begins: where nobody says what a bet rests on, nothing stops it.
struct Foundations {
  struct Candidate {
    let bet: BetDigest
    /// What the work here tells of it; nil when it tells nothing.
    let evidence: Beneath?
  }

  private let bet: BetID
  private let candidates: [Candidate]
  /// Whether somebody has said already what it rests on, or does not rest on.
  private let isSaid: Bool

  /// So many are named.
  private static let (mostListed, mostHinted) = (6, 3)
  /// Of a line in a template, behind the mark and the indent of its comment.
  private static let width = 66

  /// `values` say what is known already: bets that it rests on, with all below those, and bets that it does not rest on.
  init(of bet: BetID, _ values: [Event.Value], _ context: Context) throws {
    self.bet = bet
    isSaid = values.contains { [.buildsOn, .independentOf].contains($0.name) && !$0.text.isEmpty }
    let ledger = try context.ledger
    let open = try ledger.digests().filter { $0.state.isUndecided && $0.id != bet }
    guard !open.isEmpty else {
      candidates = []
      return
    }
    func named(_ name: TrailerName) -> [BetID] { values.all(name).compactMap { BetID(ifValid: $0) } }
    let known = try Set(ledger.bets(named(.buildsOn)).keys).union(named(.independentOf))
    // What builds on it cannot carry it as well.
    let others = try open.filter { try !known.contains($0.id) && ledger.digests(upTo: $0.id)[bet] == nil }
    let beneath = others.isEmpty ? [] : Foundations.beneath(context)
    let told = beneath.compactMap { found in
      others.first { $0.id == found.bet }.map { Candidate(bet: $0, evidence: found) }
    }
    let seen = Set(told.map(\.bet.id))
    candidates =
      told
      + others.filter { !seen.contains($0.id) }.sorted { ($1.declaredAt, $0.id) < ($0.declaredAt, $1.id) }
      .map { Candidate(bet: $0, evidence: nil) }
  }

  /// What cannot be looked at tells nothing: the question is asked all the same.
  private static func beneath(_ context: Context) -> [Beneath] {
    do {
      let branch: String? =
        if case .branch(let ref, _) = try context.repository.head() { RefUpdate.branch(ref) } else { nil }
      guard let tip = try context.repository.headCommit() else { return [] }
      return try context.judge().beneath(tip, on: branch)
    } catch { return [] }
  }

  /// One line each, for a template's comment.
  var lines: [String] {
    let named = candidates.prefix(Foundations.mostListed).map { candidate in
      let words = Text.printable(candidate.evidence?.words() ?? candidate.bet.title)
      return "\(candidate.bet.id.name.padded(to: 12)) \(words)".shortened(to: Foundations.width)
    }
    let rest = candidates.count - named.count
    return named + (rest > 0 ? ["and \(rest) more: git bet list --open"] : [])
  }

  /// Asks a person on a terminal about each that the work here stands on; where it tells nothing, and nobody has said
  /// anything, for the names. What was answered with yes, or named.
  func asked(_ context: Context, forNames: Bool) -> [BetID] {
    guard context.isInteractive, !candidates.isEmpty else { return [] }
    if forNames, !isSaid, candidates.allSatisfy({ $0.evidence == nil }) { return named(context) }
    return candidates.prefix(Foundations.mostHinted).compactMap { candidate in
      guard let evidence = candidate.evidence else { return nil }
      let found = Text.printable(evidence.words(of: "'\(candidate.bet.id)'"))
      return context.asks("\(found): does '\(bet)' build on it?") ? candidate.bet.id : nil
    }
  }

  private func named(_ context: Context) -> [BetID] {
    let names = candidates.prefix(Foundations.mostListed).map(\.bet.id.name).joined(separator: ", ")
    let rest =
      candidates.count > Foundations.mostListed
      ? " and \(candidates.count - Foundations.mostListed) more" : ""
    for _ in 0..<Foundations.mostHinted {
      let answer = context.answer(to: "what does '\(bet)' rest on? open: \(names)\(rest); Return: nothing")
      let words = (answer ?? "").split { !$0.isLetter && !$0.isNumber && $0 != "-" }
      let found = words.map { word in
        let near = candidates.map(\.bet.id).filter { $0.name.hasPrefix(word) }
        return near.first { $0.name == word } ?? (near.count == 1 ? near[0] : nil)
      }
      if !found.contains(nil) { return found.compactMap(\.self) }
      context.errors.line(
        "none of them: \(zip(words, found).filter { $0.1 == nil }.map { String($0.0) }.joined(separator: ", "))"
      )
    }
    return []
  }

  /// Tells what it may rest on: what the work here stands on, else all that is open, if nobody has said anything yet.
  func tell(_ context: Context) {
    let told = candidates.filter { $0.evidence != nil }
    let shown = told.isEmpty && !isSaid ? candidates : told
    guard !shown.isEmpty else { return }
    let names = shown.prefix(Foundations.mostListed).map(\.bet.id.name).joined(separator: ", ")
    let rest = shown.count > Foundations.mostListed ? " and \(shown.count - Foundations.mostListed) more" : ""
    context.errors.show(
      Diagnostic(
        "foundation-unnamed", "what does '\(bet)' rest on? open: \(names)\(rest)", severity: .note,
        notes: shown.compactMap { candidate in
          candidate.evidence.map { Text.printable($0.words(of: "'\(candidate.bet.id)'")) }
        }.prefix(Foundations.mostHinted) + ["a push is stopped only for what a bet is said to rest on"],
        hints: shown.prefix(Foundations.mostHinted).map {
          "git bet amend \(bet) --builds-on \($0.bet.id)"
        }))
  }
}
