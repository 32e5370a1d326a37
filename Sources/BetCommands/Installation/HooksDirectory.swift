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
    isHopeless = origin.value == "." || origin.value == "./"
    if isHopeless {
      objection = Refusal(
        "hooks-path-unreadable", "git cannot run a hook from core.hooksPath '.': it asks PATH for it",
        notes: origin.notes, hints: origin.unset)
      return
    }
    let own = [repository.commonDirectory, repository.gitDirectory].map { Folder.real($0) ?? $0 }
    let real = Folder.real(path) ?? path
    if own.contains(where: { real.hasPrefix($0 + "/") }) {
      objection = nil
    } else {
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
    if real.hasSuffix("/.husky/_") {
      notes.append("husky writes that directory anew with every install; its own place is .husky/pre-push")
      return Refusal(
        "hooks-elsewhere", "git looks for hooks in '\(shown)', which belongs to husky", notes: notes,
        hints: ["echo 'git bet hook pre-push \"$@\"' >>.husky/pre-push", force])
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
