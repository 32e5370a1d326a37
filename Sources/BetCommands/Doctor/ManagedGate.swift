import Bets
import Git

/// The gate as an entry in the configuration of a hook manager: what such a one does not let it see.
struct ManagedGate {
  let health: Doctor.Finding.Health
  /// What is said of it, behind the hook's owner.
  let text: String

  /// Nil when the hook is no manager's that is known, or its configuration does not name the gate.
  init?(name: String, hook: String, workTree: String?) throws {
    let script = String(decoding: try TextFile.bytes(hook).prefix(1 << 16), as: UTF8.self)
    guard let workTree, let manager = Manager.all.first(where: { script.contains($0.word) }) else {
      return nil
    }
    for file in manager.files where File.kind("\(workTree)/\(file)") == .file {
      let entry = String(decoding: try TextFile.bytes("\(workTree)/\(file)").prefix(1 << 20), as: UTF8.self)
      guard entry.contains("git-bet hook \(name)") || entry.contains("git bet hook \(name)") else { continue }
      if name != "pre-push" {
        (health, text) = (.well, "and '\(file)' runs the gate")
      } else if !manager.givesRefs
        || !entry.contains("use_stdin: true") && !entry.contains("use_stdin = true")
      {
        (health, text) = (
          .wrong, "and '\(file)' runs the gate without all that is pushed; install keeps it and runs both"
        )
      } else {
        (health, text) = (
          .note,
          "and '\(file)' runs the gate, but not for a push to which the branch checked out brings no file; install keeps "
            + "it and runs both"
        )
      }
      return
    }
    return nil
  }

  /// How a manager's hook is known, and where it is configured.
  private struct Manager {
    let word: String
    let files: [String]
    /// Whether it can hand on what git says of the refs that are pushed: pre-commit and prek tell of the first alone.
    let givesRefs: Bool

    static let all = [
      Manager(
        word: "hook-impl", files: [".pre-commit-config.yaml", ".pre-commit-config.yml", "prek.toml"],
        givesRefs: false),
      Manager(
        word: "call_lefthook",
        files: ["lefthook", ".lefthook", ".config/lefthook"].flatMap { name in
          ["", "-local"].flatMap { local in ["yml", "yaml", "toml"].map { "\(name)\(local).\($0)" } }
        }, givesRefs: true),
    ]
  }
}
