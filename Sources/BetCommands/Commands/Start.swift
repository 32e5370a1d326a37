import ArgumentParser
import BetLedger

struct Start: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make the bet's branch, link it and switch to it.")

  @OptionGroup var bet: BetArgument
  @Option(help: ArgumentHelp("The branch's name; bet/<id> if not given.", valueName: "name"))
  var branch: String?
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    let bet = try context.bet(bet.text)
    try Start.start(bet, branch: branch ?? "bet/\(bet.id)", in: context)
    let unproven = try bet.buildsOn.filter { try context.ledger.bet($0)?.state != .validated }
    if !unproven.isEmpty {
      context.errors.show(
        Diagnostic(
          "rests-on-open",
          "it rests on \(unproven.map(\.name).joined(separator: ", ")): the gate will stop a push until that is validated",
          severity: .note, hints: ["git bet show \(unproven[0])"]))
    }
  }

  static func start(_ bet: Bet, branch: String, in context: Context) throws {
    guard bet.state.isUndecided else { throw Refusal.closed(bet, verb: "worked on") }
    try checkBranchName(branch)
    let repository = try context.repository
    guard !repository.isBare else {
      throw Refusal("no-work-tree", "a bare repository has no work tree to switch in")
    }
    try context.mayLink(branch, to: bet.id)
    // Identity before anything is made: a refusal leaves nothing behind.
    let writer = try context.writer()
    let exists = try repository.reference("refs/heads/\(branch)") != nil
    let switched = try GitCommand.run(
      exists ? ["switch", "--quiet", branch] : ["switch", "--quiet", "-c", branch])
    guard switched.status == 0 else {
      throw Refusal(
        "switch-failed", "git could not switch to '\(Text.printable(branch))'",
        notes: switched.errorLines)
    }
    try context.link(branch, to: bet.id, by: writer)
    context.output.line("on \(exists ? "" : "new ")branch \(branch), linked to \(bet.id)")
  }

  /// Asks git itself what a branch may be called.
  static func checkBranchName(_ branch: String) throws {
    guard try GitCommand.run(["check-ref-format", "--branch", branch]).status != 0 else { return }
    throw Refusal("invalid-branch", "'\(Text.printable(branch))' cannot name a branch")
  }
}
