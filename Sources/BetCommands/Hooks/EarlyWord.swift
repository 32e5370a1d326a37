import BetLedger
import BetReports
import SourceText

/// What the gate will say of a commit when it is pushed, told while it is made: once a branch, and again when that changes.
///
/// An agent works for hours before it pushes. Comfort only: what cannot be told here the push tells.
struct EarlyWord {
  let context: Context
  private let branch: String
  private static let mostNamed = 3

  /// Nil on a draft branch, from which nothing ships.
  init?(_ context: Context) throws {
    self.context = context
    switch try context.repository.head() {
    case .branch(let ref, _), .unborn(let ref): branch = RefUpdate.branch(ref) ?? ref
    case .detached: branch = "HEAD"
    }
    if try context.settings.isDraft(branch) { return nil }
  }

  /// `bets` and `buildsOn` are those that the commit names.
  func tell(_ bets: [BetID], buildsOn: [BetID]) throws {
    let told = Told(try context.repository)
    for bet in bets {
      guard let words = try words(about: bet, buildsOn: buildsOn.filter { $0 != bet }) else { continue }
      if told.isNews(words, under: "commit \(branch) \(bet)") {
        context.errors.line("\("git bet:", .bold) \(words)")
      }
    }
    told.write()
  }

  private func words(about id: BetID, buildsOn: [BetID]) throws -> String? {
    let ledger = try context.ledger
    let bets = try ledger.bets([id] + buildsOn)
    let graph = BetGraph(bets)
    guard let bet = bets[id], let state = graph.state(of: id) else { return nil }
    if state.isLost {
      return isStopped(id, by: .lost) ? "\(id) is \(state.rawValue): a push will be stopped" : nil
    }
    let direct = (state == .validated ? [] : bet.buildsOn) + buildsOn
    let below = graph.foundations(of: direct)
    let lost = below.filter { $0.state?.isLost ?? false }
    let inTheWay = lost.isEmpty ? below : lost
    if !inTheWay.isEmpty {
      guard isStopped(id, by: lost.isEmpty ? .followOn : .lost, inTheWay.map(\.bet)) else { return nil }
      let names = inTheWay.prefix(EarlyWord.mostNamed).map {
        "\($0.bet) (\($0.state?.rawValue ?? "not declared"))"
      }
      let more = inTheWay.count > names.count ? " and \(inTheWay.count - names.count) more" : ""
      let drafts =
        try context.settings.draftPatterns.first.map { "; \(Text.printable($0.text)) may go" } ?? ""
      return "\(id) rests on \(names.joined(separator: ", "))\(more): a push will be stopped\(drafts)"
    }
    guard state.isUndecided, context.level(of: .instrument) != .off else { return nil }
    guard let instrument = bet.instruments.first else {
      return "\(id) names nothing that measures it, and a push will say so"
    }
    // What is about to be committed is in the index that git tells hooks of.
    let grep = ["grep", "--cached", "--quiet", "--fixed-strings", "-I", "-e", instrument, "--"]
    guard try GitCommand.run(grep + SupportingFiles.withoutDocumentation).status != 0 else { return nil }
    return
      "\(id) ships once '\(Text.printable(instrument, upTo: 40))' stands in the code: it is measured by that"
  }

  /// Whether a rule stops it: by its level, and no standing override lets it through.
  private func isStopped(_ bet: BetID, by rule: Rule, _ blockers: [BetID] = []) -> Bool {
    guard context.level(of: rule) == .block else { return false }
    let matter = Override.Case(
      rule: rule.name, bet: bet, blockers: blockers.isEmpty ? [bet] : blockers, branch: branch,
      repository: (try? context.settings.repository).flatMap(\.self))
    let overrides = (try? context.ledger.gate().overrides) ?? []
    return !overrides.contains { override in
      !override.isRevoked && override.names(matter) && override.until.map { $0 >= context.today } ?? false
    }
  }
}
