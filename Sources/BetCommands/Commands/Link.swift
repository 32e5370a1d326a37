import ArgumentParser
import BetAttribution
import BetLedger

struct Link: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say that a branch, or commits, belong to a bet.")

  @OptionGroup var bet: BetArgument
  @OptionGroup var target: LinkTarget
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    let bet = try context.bet(bet)
    let commits = try target.commits(context)
    guard commits.isEmpty else {
      if context.agent != nil, try commits.contains(where: { try context.isAnothers($0, besides: bet.id) }) {
        try context.leaveToPerson("giving a bet what another one has", typing: bet.id.name)
      }
      try context.append(.linked, to: bet.id, commits: commits, by: context.writer())
      context.output.line("linked \(commits.map(\.short).joined(separator: ", ")) to \(bet.id)")
      return
    }
    let branch = try target.branch(context)
    try context.mayLink(branch, to: bet.id)
    try context.link(branch, to: bet.id, by: context.writer())
    context.output.line("linked \(Text.printable(branch)) to \(bet.id)")
  }
}

struct Unlink: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take a branch, or commits, from a bet.")

  @OptionGroup var bet: BetArgument
  @OptionGroup var target: LinkTarget
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    let bet = try context.bet(bet)
    let commits = try target.commits(context).flatMap { try linked($0, to: bet, context) }
    guard commits.isEmpty else {
      let unknown = try commits.filter {
        try !bet.linkedCommits.contains($0) && !isBuried(bet.id, in: $0, context)
      }
      if let first = unknown.first { throw notLinked(first.short, bet) }
      try leaveToPerson(context, bet)
      try context.append(.unlinked, to: bet.id, commits: commits, by: context.writer())
      context.output.line("unlinked \(commits.map(\.short).joined(separator: ", ")) from \(bet.id)")
      return
    }
    let branch = try target.branch(context)
    let key = "branch.\(branch).bet"
    let isConfigured = try context.settings.branchBets[branch] == bet.id.name
    guard isConfigured || bet.linkedBranches.contains(branch) else { throw notLinked(branch, bet) }
    try leaveToPerson(context, bet)
    if bet.linkedBranches.contains(branch) {
      try context.append(.unlinked, to: bet.id, branch: branch, by: context.writer())
    }
    if isConfigured { try GitCommand.checked(["config", "--local", "--unset-all", key]) }
    context.output.line("unlinked \(branch) from \(bet.id)")
  }

  private func leaveToPerson(_ context: Context, _ bet: Bet) throws {
    try context.leaveToPerson("taking work from a bet", typing: bet.id.name)
  }

  /// The linked commits that a commit stands for: itself, or those that it was made of by a rebase.
  private func linked(_ id: ObjectID, to bet: Bet, _ context: Context) throws -> [ObjectID] {
    guard !bet.linkedCommits.contains(id), let raw = try context.repository.commit(id) else { return [id] }
    let originals = try context.attribution.originals(of: raw).filter(bet.linkedCommits.contains)
    return originals.isEmpty ? [id] : originals
  }

  /// Whether the commit belongs to the bet only by what stands outside its trailer block: that may be prose.
  private func isBuried(_ bet: BetID, in id: ObjectID, _ context: Context) throws -> Bool {
    guard let raw = try context.repository.commit(id) else { return false }
    var commit = WorkCommit(id: id)
    try commit.read(raw.message)
    commit.unearth { $0 == bet }
    return !commit.buried.isEmpty
  }

  private func notLinked(_ what: String, _ bet: Bet) -> Refusal {
    Refusal(
      "not-linked", "'\(Text.printable(what))' is not linked to '\(bet.id)'",
      hints: ["git bet show \(bet.id)"])
  }
}

/// A branch, by default the current one, or commits.
struct LinkTarget: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The branch; the current one if not given.", valueName: "branch"),
    completion: .branches)
  var branch: String?
  @Option(help: ArgumentHelp("A commit instead of a branch; may repeat.", valueName: "commit"))
  var commit: [String] = []

  func branch(_ context: Context) throws -> String {
    guard let branch else { return try context.currentBranch(for: "link") }
    let name = try context.branch(spelled: branch).name
    guard try context.repository.reference("refs/heads/\(name)") != nil else {
      throw Refusal(
        "unknown-branch", "there is no branch '\(Text.printable(name))'", hints: ["git branch --list"])
    }
    return name
  }

  func commits(_ context: Context) throws -> [ObjectID] {
    if !commit.isEmpty, branch != nil {
      throw Refusal("branch-and-commit", "a branch and commits cannot be linked at once", exitStatus: .usage)
    }
    _ = try context.repository
    return try commit.map { try context.commit($0) }
  }
}

extension Context {
  /// Refuses what no branch is linked to, and leaves to a person what another bet would lose.
  func mayLink(_ branch: String, to bet: BetID) throws {
    try refuseShip(branch, linkedTo: bet)
    guard agent != nil, try isAnothers(branch, besides: bet) else { return }
    try leaveToPerson("giving a bet what another one has", typing: bet.name)
  }

  /// Links a branch here (git config) and for every clone (a `linked` event); the bet that had it loses it, and keeps the
  /// commits that are there.
  func link(_ branch: String, to bet: BetID, by writer: Ledger.Writer) throws {
    if let former = try former(of: branch, besides: bet), let known = try ledger.bet(former) {
      try keep(branch, of: known, by: writer)
      if known.linkedBranches.contains(branch) {
        try append(.unlinked, to: former, branch: branch, by: writer)
      }
    }
    if try ledger.bet(bet)?.linkedBranches.contains(branch) != true {
      try append(.linked, to: bet, branch: branch, by: writer)
    }
    try GitCommand.checked(["config", "--local", "--replace-all", "branch.\(branch).bet", bet.name])
    guard try !isNamed(branch, after: bet) else { return }
    errors.show(
      Diagnostic(
        "stays-linked",
        "'\(Text.printable(branch))' stays linked: what comes on it after this bet is its work, too",
        severity: .note, hints: ["git bet unlink \(bet) \(Text.shellOperands(branch))"]))
  }

  /// Whether a branch's own name says the bet: then nobody uses it for anything else.
  func isNamed(_ branch: String, after bet: BetID) throws -> Bool {
    branch.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.contains { $0 == bet.name }
  }

  /// What a branch has brought up to now stays the former bet's, until a person says otherwise: by one link for them all.
  private func keep(_ branch: String, of former: Bet, by writer: Ledger.Writer) throws {
    guard let tip = try repository.resolve("refs/heads/\(branch)") else { return }
    let commits = try attribution.unnamed(on: tip, of: former.id)
    guard !commits.isEmpty else { return }
    guard commits.count <= Override.Judged.mostCommits else {
      throw Refusal(
        "too-many-commits",
        "\(commits.count) commits of '\(Text.printable(branch))' belong to '\(former.id)' by that branch alone",
        notes: [
          "more than \(Override.Judged.mostCommits) are not carried over: a new branch begins without them"
        ],
        hints: ["git bet show \(former.id)"])
    }
    try append(.linked, to: former.id, commits: commits, by: writer)
    let few = commits.prefix(3).map { "--commit \($0.short)" }.joined(separator: " ")
    errors.show(
      Diagnostic(
        "kept",
        "\(commits.count.of("commit")) on it \(commits.count == 1 ? "stays" : "stay") work of '\(former.id)'",
        severity: .note, hints: ["git bet unlink \(former.id) \(few)"]))
  }

  func append(
    _ kind: Event.Kind, to bet: BetID, branch: String? = nil, commits: [ObjectID] = [],
    by writer: Ledger.Writer
  ) throws {
    let values =
      (branch.map { [Event.Value(.branch, $0)] } ?? []) + commits.map { Event.Value(.commit, $0.hex) }
      + (kind == .linked ? try covered(commits).map { Event.Value(.covers, $0.text) } : [])
      + (try settings.repository.map { [Event.Value(.repository, $0)] } ?? [])
    let what = branch ?? commits.map(\.short).joined(separator: " ")
    let verb = kind == .linked ? "link" : "unlink"
    try ledger.append(to: bet.name, by: writer) { _ in
      Event(kind, in: bet.name, subject: "\(verb) \(what)", values: values)
    }
  }

  /// The commit that a revision names, as git itself reads it.
  func commit(_ revision: String) throws -> ObjectID {
    // Peeled here: `:/words^{commit}` would be a search for other words.
    let answer = try GitCommand.run(["rev-parse", "--verify", "--quiet", "--end-of-options", revision])
    let repository = try repository
    guard answer.status == 0, let named = ObjectID(hex: answer.text), let id = try repository.peel(named),
      try repository.kind(of: id) == .commit
    else {
      throw Refusal(
        "unknown-commit", "'\(Text.printable(revision))' is no commit here", hints: ["git log --oneline -5"])
    }
    return id
  }
}

extension GitCommand {
  /// Runs git where failure is not expected; its words are the error.
  @discardableResult
  static func checked(_ arguments: [String], input: [UInt8] = []) throws -> Output {
    let output = try run(arguments, input: input)
    guard output.status == 0 else {
      throw Refusal(
        "git-failed", "git \(arguments.first ?? "") failed",
        notes: output.errorLines)
    }
    return output
  }
}
