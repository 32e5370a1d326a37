import Bets
import Git

/// Where git looks for hooks, and how far what is written there reaches.
struct HooksDirectory {
  /// Absolute, as git says it.
  let path: String
  /// Why it is not written to unasked; nil for the repository's own.
  let objection: Refusal?
  /// Whether other repositories use it too: the user's or the machine's configuration names it.
  let isEverybodys: Bool
  /// git itself cannot run a hook from here, so nothing is written even when told.
  let isHopeless: Bool
  private var husky: Husky?

  init(path: String, isEverybodys: Bool = false) {
    self.path = path
    self.isEverybodys = isEverybodys
    objection = nil
    isHopeless = false
  }

  /// What git says: its own directory, or the one that `core.hooksPath` names.
  init(_ context: Context) throws {
    let repository = try context.repository
    let answer = try GitCommand.run(["rev-parse", "--path-format=absolute", "--git-path", "hooks"])
    let origin = try Origin()
    guard answer.status == 0, answer.text.hasPrefix("/") else {
      throw Refusal(
        "hooks-path-unreadable", "git cannot say where hooks are",
        notes: answer.errorLines + origin.notes,
        hints: origin.unset)
    }
    path = answer.text
    isEverybodys = origin.isEverybodys
    if let refusal = HooksDirectory.hopeless(path, origin) {
      (isHopeless, objection) = (true, refusal)
      return
    }
    isHopeless = false
    let own = [repository.commonDirectory, repository.gitDirectory].map { Folder.real($0) ?? $0 }
    let real = Folder.real(path) ?? path
    if own.contains(where: { real.hasPrefix($0 + "/") }) {
      objection = nil
    } else {
      husky = Husky(real, workTree: repository.workTree.flatMap(Folder.real))
      objection = HooksDirectory.objection(
        to: path, real: real, origin: origin, workTree: repository.workTree)
    }
  }

  /// The directory of the repository itself, whatever `core.hooksPath` says.
  static func ofTheRepository(_ context: Context) throws -> HooksDirectory {
    HooksDirectory(path: try context.repository.commonDirectory + "/hooks")
  }

  /// The directory that the user's own `core.hooksPath` names, for all repositories.
  static func ofTheUser() throws -> HooksDirectory {
    let answer = try GitCommand.run(["config", "--global", "--type=path", "--get", "core.hooksPath"])
    guard answer.status == 0, answer.text.hasPrefix("/") else {
      throw Refusal(
        "no-global-hooks", "this git has no hooks for all repositories",
        notes: [
          "git 2.54 and later take them from the configuration; older ones only from the directory that a "
            + "global core.hooksPath names, and that hides the hooks of every repository: it is not set for you"
        ], hints: ["git bet install"])
    }
    guard File.kind(answer.text) != .nothing else {
      throw Refusal(
        "hooks-path-missing", "core.hooksPath names '\(Text.printable(answer.text))', which is not there",
        notes: try Origin().notes + ["git runs no hook at all, and says nothing"],
        hints: ["mkdir -p \(Text.singleQuoted(answer.text))"])
    }
    return HooksDirectory(path: answer.text, isEverybodys: true)
  }

  /// What brings the gate into a hook here, as a command.
  func command(for hook: String, isBare: Bool) -> String {
    if let husky { return husky.command(for: hook) }
    return "git bet install" + (isBare ? " --bare" : "") + (objection == nil ? "" : " --force")
  }

  /// Makes the directory where it is missing.
  func prepare(_ steps: Steps) throws {
    switch File.kind(path) {
    case .nothing: try steps.make(path)
    case .directory: break
    case .link where Folder.real(path).map(File.kind) == .directory: break
    case .file, .other, .link:
      throw Refusal("hooks-not-a-directory", "'\(Text.printable(path))' is not a directory")
    }
  }

  // MARK: Whose it is

  /// husky, which writes a hooks directory of its own and runs the files beside that.
  private struct Husky {
    /// Where its files are, from the top of the work tree.
    let folder: String

    init?(_ hooks: String, workTree: String?) {
      guard hooks.hasSuffix("/.husky/_") else { return nil }
      let above = Folder.parent(hooks)
      folder =
        workTree.flatMap { above.hasPrefix("\($0)/") ? String(above.dropFirst($0.count + 1)) : nil } ?? above
    }

    func command(for hook: String) -> String {
      "echo 'git bet hook \(hook) \"$@\"' >>\(Text.shellOperands("\(folder)/\(hook)"))"
    }
  }

  /// Where `core.hooksPath` is set, in git's words.
  private struct Origin {
    let scope: String
    let file: String
    let value: String

    init() throws {
      let answer = try GitCommand.run(["config", "--show-scope", "--show-origin", "--get", "core.hooksPath"])
      let fields = answer.text.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
        .map(String.init)
      scope = answer.status == 0 && fields.count == 3 ? fields[0] : ""
      file = fields.count == 3 ? fields[1] : ""
      value = fields.count == 3 ? fields[2] : ""
    }

    var isEverybodys: Bool { scope == "global" || scope == "system" }
    var notes: [String] {
      scope.isEmpty
        ? [] : ["core.hooksPath is '\(Text.printable(value))' (\(scope), \(Text.printable(file)))"]
    }
    var unset: [String] {
      ["local", "worktree", "global"].contains(scope) ? ["git config --\(scope) --unset core.hooksPath"] : []
    }
    /// What gives this repository its own hooks again, and leaves other repositories as they are.
    var ownHooks: [String] {
      switch scope {
      case "local", "worktree": unset
      case "global", "system":
        ["git config core.hooksPath \"$(git rev-parse --path-format=absolute --git-common-dir)/hooks\""]
      default: []
      }
    }
  }

  /// Why git runs no hook from here whatever is written; nil where it does.
  private static func hopeless(_ path: String, _ origin: Origin) -> Refusal? {
    if [".", "./"].contains(origin.value) {
      return Refusal(
        "hooks-path-unreadable", "git cannot run a hook from core.hooksPath '.': it asks PATH for it",
        notes: origin.notes, hints: origin.unset)
    }
    guard !origin.scope.isEmpty, let kind = Folder.real(path).map(File.kind), kind != .directory else {
      return nil
    }
    return Refusal(
      "hooks-path-unreadable", "git runs no hook: '\(Text.printable(path))' is no directory",
      notes: origin.notes, hints: origin.ownHooks)
  }

  private static func objection(
    to path: String, real: String, origin: Origin, workTree: String?
  ) -> Refusal {
    let force = "git bet install --force"
    let shown = Text.printable(path)
    if File.kind(path) == .nothing {
      return Refusal(
        "hooks-path-missing", "git looks for hooks in '\(shown)', which is not there",
        notes: origin.notes + ["until it is, git runs no hook at all, and says nothing"],
        hints: [force] + origin.unset)
    }
    if origin.scope.isEmpty {
      return Refusal(
        "hooks-elsewhere", "the hooks directory is a link to '\(shown)'",
        notes: ["what is written there may serve other repositories"], hints: [force])
    }
    var notes = origin.notes
    let tree = workTree.flatMap(Folder.real)
    if let husky = Husky(real, workTree: tree) {
      return Refusal(
        "hooks-elsewhere", "git looks for hooks in '\(shown)', which belongs to husky",
        notes: notes + [
          "husky writes that directory anew with every install; its own place is \(Text.printable(husky.folder))"
        ], hints: HookSet.client.map { husky.command(for: $0.name) } + [force])
    }
    notes.append(
      tree.map { real.hasPrefix($0 + "/") } == true
        ? "it is in the work tree: what is written there may be committed, and names a path of this machine"
        : "other repositories may use it too")
    return Refusal(
      "hooks-elsewhere", "git looks for hooks in '\(shown)', outside this repository's git directory",
      notes: notes + ["it is written to only when you say so"], hints: [force])
  }
}
