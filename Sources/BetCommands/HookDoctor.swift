import Bets
import Git

/// Whether git runs our hooks at all, and whether they can start the binary.
struct HookDoctor {
  let context: Context

  init(_ context: Context) { self.context = context }

  private static let names = ["pre-push", "commit-msg", "prepare-commit-msg"]

  func findings() throws -> [Doctor.Finding] {
    let answer = try GitCommand.run(["rev-parse", "--path-format=absolute", "--git-path", "hooks"])
    guard answer.status == 0 else {
      return [
        Doctor.Finding(
          .wrong, "hooks",
          answer.errorText.split(separator: "\n").first.map(String.init) ?? "git names no directory",
          cures: ["git config --show-origin --get-all core.hooksPath"])
      ]
    }
    let directory = answer.text
    guard Folder.kind(directory) != .nothing else { return [try missing(directory)] }
    return try HookDoctor.names.map { try examine($0, in: directory) }
  }

  /// The most silent failure of all: git looks for hooks where there is nothing, and says nothing.
  private func missing(_ directory: String) throws -> Doctor.Finding {
    let setting = try GitCommand.run(["config", "--show-scope", "--show-origin", "--get", "core.hooksPath"])
    guard setting.status == 0 else {
      return Doctor.Finding(
        .wrong, "hooks", "the hooks directory '\(directory)' is not there: no hook runs",
        cures: ["git bet install"])
    }
    let words = setting.text.split(separator: "\t").map(String.init)
    let scope = words.first ?? "local"
    return Doctor.Finding(
      .wrong, "hooks",
      "core.hooksPath (\(words.joined(separator: ", "))) names a directory that is not there: no hook runs",
      cures: ["git config --\(scope) --unset-all core.hooksPath && git bet install"])
  }

  private func examine(_ name: String, in directory: String) throws -> Doctor.Finding {
    let file = directory + "/" + name
    func wrong(_ text: String, _ cure: String = "git bet install") -> Doctor.Finding {
      Doctor.Finding(.wrong, name, text, cures: [cure])
    }
    switch Folder.kind(file) {
    case .nothing: return wrong("is not installed")
    case .link where Folder.real(file) == nil:
      return wrong(
        "is a link to nothing; git passes it over without a word",
        "rm \(Text.shellQuoted(file)) && git bet install")
    case .directory:
      return wrong(
        "is a directory, which makes git hang", "rmdir \(Text.shellQuoted(file)) && git bet install")
    default: break
    }
    let text = String(decoding: try TextFile.bytes(file).prefix(1 << 16), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.contains(where: { $0.hasPrefix("# BEGIN git-bet hook ") }) else {
      // pre-commit moves what it finds to `.legacy` and runs it first: installed after ours, all is well.
      if HookDoctor.owner(of: text) == "pre-commit's hook", Folder.kind(file + ".legacy") != .nothing {
        return try examine(name + ".legacy", in: directory)
      }
      return wrong(
        "is \(HookDoctor.owner(of: text)), which does not run the gate; install keeps it and runs both")
    }
    guard Folder.isExecutable(file) else {
      return wrong("may not be executed, so git passes it over", "chmod +x \(Text.shellQuoted(file))")
    }
    guard let line = lines.first(where: { $0.hasPrefix("bet='") }), line.hasSuffix("'") else {
      return wrong("was edited: it does not say where git-bet is")
    }
    let binary = String(line.dropFirst(5).dropLast()).replacing("'\\''", with: "'")
    guard Folder.isExecutable(binary) else { return wrong("starts '\(binary)', which is gone") }
    let version = try GitCommand.run(["--version"], program: binary)
    guard version.status == 0 else { return wrong("starts '\(binary)', which does not run") }
    guard version.text == GitBet.configuration.version else {
      return wrong("starts \(version.text) at '\(binary)'; this is \(GitBet.configuration.version)")
    }
    return Doctor.Finding(.well, name, "runs '\(binary)'")
  }

  /// Whose hook it is, by the words that its maker puts into it.
  private static func owner(of text: String) -> String {
    let makers = [
      ("pre-commit", "pre-commit's hook"), ("lefthook", "lefthook's hook"), ("git lfs", "git-lfs' hook"),
      ("husky", "husky's hook"), ("overcommit", "overcommit's hook"),
    ]
    return makers.first { text.lowercased().contains($0.0) }?.1 ?? "somebody else's hook"
  }
}
