import ArgumentParser
import BetLedger

struct Start: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make the bet's branch, link it and switch to it.",
    discussion: """
      With --here no branch is made: commits in this work tree say 'Bet: <id>' on every branch that has no bet of its own, \
      until another start, start --none, or somebody decides the bet.
      """)

  @Argument(
    help: ArgumentHelp("The bet's id, or the beginning of one that is unique.", valueName: "bet"),
    completion: .bets)
  var bet: String?
  @Option(
    help: ArgumentHelp("The branch's name; bet/<id> if not given.", valueName: "name"), completion: .branches)
  var branch: String?
  @Flag(name: .customLong("here"), help: "Make no branch; the commits of this work tree name the bet.")
  var isHere = false
  @Flag(name: .customLong("none"), help: "End what --here began.")
  var isNone = false
  @OptionGroup var location: Location

  func validate() throws {
    guard isNone ? bet == nil && branch == nil && !isHere : bet != nil else {
      throw ValidationError(isNone ? "--none stands alone." : "Missing expected argument '<bet>'")
    }
    if isHere, branch != nil { throw ValidationError("--here makes no branch.") }
  }

  func run(in context: Context) throws {
    guard let bet = try bet.map({ try context.bet($0) }) else {
      HereNote(try context.repository).remove()
      return context.output.line("commits here name no bet of their own any more")
    }
    if isHere {
      try Start.startHere(bet, in: context)
    } else {
      try Start.start(bet, branch: branch ?? "bet/\(bet.id)", in: context)
    }
    let unproven = try askFoundations(of: bet, context).buildsOn.filter {
      try context.ledger.bet($0)?.state != .validated
    }
    if !unproven.isEmpty {
      context.errors.show(
        Diagnostic(
          "rests-on-open",
          "it rests on \(unproven.map(\.name).joined(separator: ", ")): the gate will stop a push until that is validated",
          severity: .note, hints: ["git bet show \(unproven[0])"]))
    }
  }

  /// Asks what the work that begins here rests on; the bet as it is then.
  private func askFoundations(of bet: Bet, _ context: Context) throws -> Bet {
    let values = TrailerName.claim.flatMap { name in bet.all(name).map { Event.Value(name, $0) } }
    let foundations = try Foundations(of: bet.id, values, context)
    let named = foundations.asked(context, forNames: false)
    guard !named.isEmpty else {
      foundations.tell(context)
      return bet
    }
    let buildsOn = (bet.buildsOn + named).map { Event.Value(.buildsOn, $0.name) }
    try context.checkFoundations(of: bet.id, buildsOn)
    try context.ledger.append(to: bet.id.name, by: context.writer()) { _ in
      Event(.amended, in: bet.id.name, subject: "amend \(TrailerName.buildsOn.rawValue)", values: buildsOn)
    }
    context.output.line("amended \(bet.id): \(TrailerName.buildsOn.rawValue)")
    return try context.bet(bet.id.name)
  }

  private static func startHere(_ bet: Bet, in context: Context) throws {
    let repository = try workTree(for: bet, context)
    try HereNote(repository).write(bet.id)
    context.output.line(
      "commits here name \(bet.id) on every branch without a bet, until: git bet start --none")
  }

  private static func workTree(for bet: Bet, _ context: Context) throws -> Repository {
    guard bet.state.isUndecided else { throw Refusal.closed(bet, verb: "worked on") }
    let repository = try context.repository
    guard !repository.isBare else {
      throw Refusal("no-work-tree", "a bare repository has no work tree to work in")
    }
    return repository
  }

  static func start(_ bet: Bet, branch: String, in context: Context) throws {
    let repository = try workTree(for: bet, context)
    let named = try context.branch(spelled: branch)
    let branch = named.name
    // To git it would be an option.
    if branch.hasPrefix("-") { throw Refusal.notABranch(branch) }
    try context.refuseBlocked(branch)
    try context.mayLink(branch, to: bet.id)
    // Identity before anything is made: a refusal leaves nothing behind.
    let writer = try context.writer()
    let exists = try repository.reference("refs/heads/\(branch)") != nil
    let isThere = try named.isRemote && repository.reference(named.ref) != nil
    let switched = try GitCommand.run(
      ["switch", "--quiet"] + (exists ? [] : ["-c"]) + [branch]
        + (exists || !isThere ? [] : ["--track", named.ref]))
    guard switched.status == 0 else {
      throw Refusal(
        "switch-failed", "git could not switch to '\(Text.printable(branch))'",
        notes: switched.errorLines)
    }
    try context.link(branch, to: bet.id, by: writer)
    HereNote(repository).remove()
    context.output.line("on \(exists ? "" : "new ")branch \(branch), linked to \(bet.id)")
  }
}

extension Context {
  /// Refuses a branch that git cannot make beside one that is there: a name is a file or a folder, never both.
  func refuseBlocked(_ branch: String) throws {
    guard try repository.reference("refs/heads/\(branch)") == nil else { return }
    let inside = try repository.references(under: "refs/heads/\(branch)/").first.flatMap {
      RefUpdate.branch($0.name)
    }
    let folders = branch.indices.filter { branch[$0] == "/" }.map { String(branch[..<$0]) }
    let above = try folders.first { try repository.reference("refs/heads/\($0)") != nil }
    guard let other = above ?? inside else { return }
    throw Refusal(
      "branch-blocked", "'\(Text.printable(branch))' cannot be beside the branch '\(Text.printable(other))'",
      notes: ["to git a name is a branch or a folder of branches; another name goes: --branch"],
      hints: ["git branch -m \(Text.shellOperands(other, other + "-1"))"])
  }
}
