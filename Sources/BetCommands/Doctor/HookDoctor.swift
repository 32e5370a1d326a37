import Bets
import Git

/// Whether git runs our hooks at all, and whether they can start the binary.
struct HookDoctor {
  let context: Context

  init(_ context: Context) { self.context = context }

  func findings() throws -> [Doctor.Finding] {
    let directory: HooksDirectory
    do { directory = try HooksDirectory(context) } catch let refusal as Refusal {
      return [HookDoctor.noHooks(refusal)]
    }
    let isBare = try context.repository.isBare
    let names = (isBare ? HookSet.server : HookSet.client).map(\.name)
    let configured = try ConfigHooks.areKnown() && !isBare ? programs() : [:]
    if directory.isHopeless, let objection = directory.objection, configured.isEmpty {
      return [HookDoctor.noHooks(objection)]
    }
    if File.kind(directory.path) == .nothing, configured.isEmpty { return [try missing(directory.path)] }
    return try names.map { name in
      let install = directory.command(for: name, isBare: isBare)
      let file = try examine(name, at: "\(directory.path)/\(name)", install)
      guard let program = configured[name] else { return file }
      if let trouble = try trouble(with: program) {
        return Doctor.Finding(.wrong, about: name, trouble, cures: [install])
      }
      guard file.health == .wrong else { return file }
      return Doctor.Finding(
        .note, about: name,
        "runs '\(program)' from git's configuration; for older gits and other programs, its file \(file.text)",
        cures: file.cures)
    }
  }

  /// What `install` itself would say.
  private static func noHooks(_ refusal: Refusal) -> Doctor.Finding {
    let problem = refusal.diagnostic
    return Doctor.Finding(
      .wrong, about: "hooks", ([problem.message] + problem.notes).joined(separator: "; "),
      cures: problem.hints)
  }

  /// Those of this repository, over those of the user.
  private func programs() throws -> [String: String] {
    try ConfigHooks(scope: .global).programs().merging(ConfigHooks(scope: .local).programs()) { $1 }
  }

  /// Why a program is not the one that should run; nil when it is.
  private func trouble(with program: String) throws -> String? {
    guard Folder.isExecutable(program) else { return "starts '\(program)', which is gone" }
    let version = try GitCommand.run(["--version"], program: program)
    guard version.status == 0 else { return "starts '\(program)', which does not run" }
    let own = GitBet.configuration.version
    return version.text == own ? nil : "starts \(version.text) at '\(program)'; this is \(own)"
  }

  /// The most silent failure of all: git looks for hooks where there is nothing, and says nothing.
  private func missing(_ directory: String) throws -> Doctor.Finding {
    let setting = try GitCommand.run(["config", "--show-scope", "--show-origin", "--get", "core.hooksPath"])
    guard setting.status == 0 else {
      return Doctor.Finding(
        .wrong, about: "hooks", "the hooks directory '\(directory)' is not there: no hook runs",
        cures: ["git bet install"])
    }
    let words = setting.text.split(separator: "\t").map(String.init)
    let scope = words.first ?? "local"
    return Doctor.Finding(
      .wrong, about: "hooks",
      "core.hooksPath (\(words.joined(separator: ", "))) names a directory that is not there: no hook runs",
      cures: ["git config --\(scope) --unset-all core.hooksPath && git bet install"])
  }

  /// What writes our own file anew, where `way` may be a line for another tool's file.
  private static func renewing(_ way: String) -> String {
    way.hasPrefix("git bet install") ? way : "git bet install --force"
  }

  private static func forced(_ way: String) -> String {
    let command = renewing(way)
    return command.hasSuffix(" --force") ? command : "\(command) --force"
  }

  private func examine(_ name: String, at file: String, _ install: String) throws -> Doctor.Finding {
    func wrong(_ text: String, _ cure: String) -> Doctor.Finding {
      Doctor.Finding(.wrong, about: name, text, cures: [cure])
    }
    let section: HookFile.Section
    switch try HookFile(file).content {
    case .nothing: return wrong("is not installed", install)
    case .directory:
      return wrong("is a directory, which makes git hang", "rmdir \(Text.shellOperands(file)) && \(install)")
    case .torn: return wrong("lost its last lines", HookDoctor.forced(install))
    case .foreign where File.kind(file) == .link && Folder.real(file) == nil:
      return wrong(
        "is a link to nothing; git passes it over without a word",
        "rm \(Text.shellOperands(file)) && \(install)")
    case .foreign:
      // pre-commit moves what it finds to `.legacy` and runs it first: installed after ours, all is well.
      if try HookFile.runsLegacy(file), try HookFile(file + ".legacy").section != nil {
        return try examine(name, at: file + ".legacy", install)
      }
      if let place = try examine(HookPlaces(name: name, file: file), install) { return place }
      if let way = try ManagedGate(name: name, hook: file, workTree: context.repository.workTree) {
        return Doctor.Finding(
          way.health, about: name, "is \(try owner(of: file)), \(way.text)", cures: [install])
      }
      return wrong(
        "is \(try owner(of: file)), which does not run the gate"
          + (HookDoctor.renewing(install) == install ? "; install keeps it and runs both" : ""), install)
    case .ours(let ours): section = ours
    }
    guard Folder.isExecutable(file) else {
      return wrong("may not be executed, so git passes it over", "chmod +x \(Text.shellOperands(file))")
    }
    guard !section.isEdited else { return wrong("was edited in our lines", HookDoctor.forced(install)) }
    guard let program = HookFile.program(in: String(decoding: section.lines, as: UTF8.self), end: "'\n")
    else {
      return wrong("does not say where git-bet is", HookDoctor.forced(install))
    }
    if let door = KeptHooks(of: Folder.parent(file)).lostDoor {
      return wrong(
        "runs '\(program)' alone: '\(door)', where another hook was kept, leads nowhere",
        "rm \(Text.shellOperands(door))")
    }
    if let trouble = try trouble(with: program) { return wrong(trouble, HookDoctor.renewing(install)) }
    return Doctor.Finding(.well, about: name, "runs '\(program)'")
  }

  /// The gate where somebody else's hook calls it; nil when it does not.
  private func examine(_ places: HookPlaces, _ install: String) throws -> Doctor.Finding? {
    for place in try places.all() {
      if try HookFile(place).section != nil { return try examine(places.name, at: place, install) }
      guard try places.callsGate(place) else { continue }
      let owner = try owner(of: places.file)
      return Folder.isExecutable(place) || places.isRunAnyway(place)
        ? Doctor.Finding(.well, about: places.name, "is \(owner), and '\(place)' runs the gate")
        : Doctor.Finding(
          .wrong, about: places.name, "'\(place)' may not be executed, so \(owner) passes it over",
          cures: ["chmod +x \(Text.shellOperands(place))"])
    }
    return nil
  }

  /// Whose hook it is, by the words that its maker puts into it.
  private func owner(of file: String) throws -> String {
    let text = String(decoding: try TextFile.bytes(file).prefix(1 << 16), as: UTF8.self)
    let makers = [
      ("pre-commit", "pre-commit's hook"), ("lefthook", "lefthook's hook"), ("git lfs", "git-lfs' hook"),
      ("husky", "husky's hook"), ("overcommit", "overcommit's hook"), ("gitea", "Gitea's hook"),
    ]
    return makers.first { text.lowercased().contains($0.0) }?.1 ?? "somebody else's hook"
  }
}
