import ArgumentParser
import BetLedger
import BetReports

struct Install: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "Turn the gate on in this repository.",
    discussion: """
      Writes the hooks pre-push, commit-msg and prepare-commit-msg where git looks for them, adds the ledger's \
      fetch refspec to each remote, and fetches the ledger. A hook that is already there keeps running. Safe to \
      repeat.
      """)

  @Flag(help: "Only the hooks: no refspec, no fetch.")
  var hooksOnly = false
  @Flag(help: "Write even where the hooks directory is shared, tracked, a link or missing.")
  var force = false
  @Flag(name: .customLong("global"), help: "The hooks of this user, for all repositories.")
  var isGlobal = false
  @Flag(
    name: .customLong("bare"),
    help: "In a bare repository that people push to: the pre-receive hook, for all of them.")
  var isForServer = false
  @OptionGroup var location: Location

  var tellsGateOff: Bool { false }

  func run(in context: Context) throws {
    let program = try OwnProgram.path()
    if isForServer { return try ServerHook.install(context, program: program, force: force) }
    let knowsConfigHooks = try ConfigHooks.areKnown()
    if isGlobal { return try installForAll(program, knowsConfigHooks: knowsConfigHooks, context) }
    try checkIsNotBare(context)
    let hooks = try HooksDirectory(context)
    let writesFiles = hooks.objection == nil || force && !hooks.isHopeless
    if let objection = hooks.objection, !writesFiles, !knowsConfigHooks { throw objection }

    var lines: [String] = []
    try Steps.all { steps in
      let edit = ConfigEdit(.local, context, for: steps)
      if writesFiles {
        lines = try installFiles(in: hooks, program, steps)
      } else {
        lines = ["    nothing was written to \(Text.printable(hooks.path)): it may serve others"]
      }
      if knowsConfigHooks { try ConfigHooks(scope: .local).install(program: program, in: edit) }
      if !hooksOnly { try addRefspecs(context, in: edit) }
      if try isFork(context) { try edit.run([ConfigKey.home.name, "upstream"]) }
      try edit.commit()
    }
    if knowsConfigHooks {
      if writesFiles { lines[0] = "    for older gits, \(lines[0])" }
      lines.insert(try ConfigHooks(scope: .local).summary(), at: 0)
    }
    let output = context.output
    for (index, line) in lines.enumerated() { output.line(index == 0 ? "on: \(line)" : "\(line)") }
    if !hooksOnly { output.line("ledger: \(try fetchLedger(context))") }
    try tellHome(context)
    try offerLog(context)
    let hasBets = try !context.ledger.ids().isEmpty
    output.line("next: \(hasBets ? "git bet" : "git bet declare my-first-bet")")
  }

  /// Writes the shims, and says what it did.
  private func installFiles(in hooks: HooksDirectory, _ program: String, _ steps: Steps) throws -> [String] {
    let wasMissing = File.kind(hooks.path) == .nothing
    try hooks.prepare(steps)
    let written = try HookSet(directory: hooks.path).install(program: program, force: force, steps)
    let kept = written.filter(\.keepsAnother).map(\.name)
    return ["pre-push, commit-msg and prepare-commit-msg in \(Text.printable(hooks.path))"]
      + (wasMissing && hooks.objection != nil ? ["    that directory was missing, and was made"] : [])
      + (kept.isEmpty ? [] : ["    what was there still runs: \(kept.joined(separator: ", "))"])
  }

  private func installForAll(_ program: String, knowsConfigHooks: Bool, _ context: Context) throws {
    let hooks = ConfigHooks(scope: .global)
    var lines: [String] = []
    try Steps.all { steps in
      guard knowsConfigHooks else { return lines = try installFiles(in: .ofTheUser(), program, steps) }
      let edit = ConfigEdit(.global, context, for: steps)
      try hooks.install(program: program, in: edit)
      try edit.commit()
    }
    if knowsConfigHooks { lines = [try hooks.summary()] }
    for (index, line) in lines.enumerated() {
      context.output.line(index == 0 ? "on in all repositories: \(line)" : "\(line)")
    }
    context.output.line("next: git bet install    (in each repository: fetches its ledger)")
  }

  /// Pushes that arrive run other hooks than pushes that leave.
  private func checkIsNotBare(_ context: Context) throws {
    _ = try context.repository
    guard try GitCommand.checked(["rev-parse", "--is-bare-repository"]).text == "true" else { return }
    throw Refusal(
      "bare-repository", "this repository is bare: nothing is committed in it or pushed from it",
      notes: [
        "--bare installs the gate for the pushes that arrive here; for one that has work trees, type it in one"
      ],
      hints: ["git bet install --bare"])
  }

  /// In a fork what has shipped is what upstream has, unless somebody said otherwise.
  private func isFork(_ context: Context) throws -> Bool {
    try context.settings.home == nil
      && Set(["origin", "upstream"]).isSubset(of: Remote.names(in: context.config))
  }

  /// Where nothing is pushed nothing is stopped, and where nothing is known of home everything is new.
  private func tellHome(_ context: Context) throws {
    let output = context.output
    if try Remote.names(in: context.config).isEmpty {
      output.line(
        "home: there is no remote, so nothing is stopped; the gate is: git bet check && your-deploy")
    } else if try isFork(context) {
      output.line("home: what 'upstream' has, has shipped (bet.home)")
    }
    guard let name = try context.site.untrackedHome else { return }
    let way = Way.tracking(name)
    output.line("home: \(way.what)")
    output.line("    \(way.command)")
  }

  /// The ledger's commits are nobody's work: how git leaves them out.
  private func offerLog(_ context: Context) throws {
    let isSet = try context.config.contains {
      $0.key == "log.excludedecoration" && $0.value?.hasPrefix("refs/bets") ?? false
    }
    guard !hooksOnly, !isSet else { return }
    context.output.line("log: the ledger's names stay out of git log with")
    context.output.line("    git config --add log.excludeDecoration 'refs/bets*'")
  }

  /// Adds the refspec to each remote that lacks it, and takes it from one that has no other.
  ///
  /// A remote without any is fetched by name alone: with ours as its only one `git pull` would find no branch to merge.
  private func addRefspecs(_ context: Context, in edit: ConfigEdit) throws {
    let config = try context.config
    for name in Remote.names(in: config) {
      let (key, refspec) = ("remote.\(name).fetch", LedgerRefspec.fetch(from: name))
      let isThere = config.contains { $0.key == key && $0.value == refspec }
      let isWanted = LedgerPeer.isFetched(name, in: config)
      if isWanted, !isThere { try edit.run(["--add", key, refspec]) }
      if isThere, !isWanted { try edit.run(["--fixed-value", "--unset-all", key, refspec]) }
    }
  }

  /// Fetches the ledger; being offline is no failure.
  private func fetchLedger(_ context: Context) throws -> String {
    let config = try context.config
    let shared = try LedgerPeer.all(in: config)
    let peers = try LedgerPeer.stagingNames(in: config).compactMap { try LedgerPeer.named($0, in: config) }
    if peers.isEmpty { return "kept in this repository; there is no remote yet" }
    var sync = try context.sync(by: Courier(environment: ["GIT_TERMINAL_PROMPT": "0"]))
    let reached = try sync.receive(from: peers).reached
    let unreached = peers.map(\.name).filter { !reached.contains($0) }
    let names = { (list: [String]) in list.map { Text.printable($0) }.joined(separator: ", ") }
    // A plain fetch of git's brings refs of remotes, and nothing that a branch or another repository carries.
    let again = shared.allSatisfy(\.comesWithFetch) ? "git fetch" : "git bet sync"
    return (reached.isEmpty ? [] : ["fetched from \(names(reached)), and again with every \(again)"])
      .appending(unreached.isEmpty ? nil : "not reached: \(names(unreached))").joined(separator: "; ")
  }
}

extension [String] {
  fileprivate func appending(_ text: String?) -> [String] { text.map { self + [$0] } ?? self }
}
