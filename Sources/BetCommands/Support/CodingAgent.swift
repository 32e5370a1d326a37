import Bets

/// A coding agent in whose environment this process runs, told by the variables that agents set.
///
/// A label, never a proof: anyone can unset a variable, and a person may type in an agent's terminal. It may only
/// tighten.
struct CodingAgent: Equatable {
  /// As the `Agent` trailer holds it: 1 to 64 of `A-Z a-z 0-9 . _ @ / -`.
  let label: String

  /// Looks at the variables one by one; the first that says something wins. `variable` has nothing for an empty one.
  init?(_ variable: (String) -> String?) {
    for sign in CodingAgent.signs {
      guard let value = variable(sign.variable), sign.value == nil || sign.value == value else { continue }
      let label = CodingAgent.cleaned(sign.agent ?? value)
      self.label = label.isEmpty ? "agent" : label
      return
    }
    return nil
  }

  /// A variable, the value that it must have (any when nil), and whose it is (its value says so when nil).
  ///
  /// Variables that an editor also sets for people are not here, save `CLAUDECODE`, `REPL_ID` and `OZ_RUN_ID`: where
  /// these are, a person has a terminal and can be asked.
  private static let signs: [(variable: String, value: String?, agent: String?)] = [
    ("AI_AGENT", nil, nil),
    ("CLAUDE_CODE_CHILD_SESSION", "1", "claude-code"), ("CLAUDECODE", "1", "claude-code"),
    ("CODEX_THREAD_ID", nil, "codex"), ("CODEX_SANDBOX", nil, "codex"), ("CODEX_CI", nil, "codex"),
    ("GEMINI_CLI", "1", "gemini-cli"), ("QWEN_CODE", "1", "qwen-code"),
    ("CURSOR_AGENT", nil, "cursor"), ("CURSOR_EXTENSION_HOST_ROLE", "agent-exec", "cursor"),
    // Cursor's editor sets CURSOR_TRACE_ID for people too; this pager is its agent's.
    ("PAGER", "head -n 10000 | cat", "cursor"),
    ("COPILOT_CLI", "1", "copilot"), ("COPILOT_AGENT_SESSION_ID", nil, "copilot"),
    ("AGENT", "amp", nil), ("AGENT", "crush", nil), ("AGENT", "goose", nil), ("AGENT", "opencode", nil),
    ("OPENCODE", nil, "opencode"), ("AUGMENT_AGENT", nil, "augment"), ("CLINE_ACTIVE", nil, "cline"),
    ("ANTIGRAVITY_AGENT", nil, "antigravity"), ("CRUSH", "1", "crush"), ("PI_CODING_AGENT", "true", "pi"),
    ("GOOSE_TERMINAL", nil, "goose"), ("AMP_CURRENT_THREAD_ID", nil, "amp"), ("OZ_RUN_ID", nil, "warp"),
    ("REPL_ID", nil, "replit"),
  ]

  private static func cleaned(_ text: String) -> String {
    let kept = text.utf8.lazy.filter { byte in
      switch byte {
      case 0x30...0x39, 0x40...0x5A, 0x61...0x7A, 0x2D...0x2F, 0x5F: true
      default: false
      }
    }
    return String(decoding: Array(kept.prefix(64)), as: UTF8.self)
  }
}

extension Context {
  var agent: CodingAgent? { CodingAgent(variable) }

  /// Leaves an event to a person when it can make a push pass that was stopped.
  func leaveToPerson(
    _ event: Event, after before: Standing, isAnothers: Bool = false, as what: String, typing word: String
  ) throws {
    guard event.loosens(before, isAnothers: isAnothers) else { return }
    try leaveToPerson(what, typing: word)
  }

  /// Leaves a call that belongs to a person to a person, when a coding agent may be about to make it.
  ///
  /// Without a terminal it is refused, with what the person can run; on one, `word` has to be typed (when it is nil,
  /// that is asked later). Comes before anything else is asked or written. A guard rail, not a lock.
  func leaveToPerson(_ what: String, typing word: String? = nil) throws {
    guard let agent, try !settings.agentsMayDecide else { return }
    guard isInteractive else {
      let command = (["git", "bet"] + CommandLine.arguments.dropFirst()).map(Text.shellQuoted)
      throw Refusal(
        "person-needed",
        "\(what) is a person's call; this is \(agent.label)'s environment, without a terminal",
        notes: ["ask the person to run:"],
        // A name that a terminal would act on is shown escaped: better no command than a forged one.
        hints: [Text.printable(command.joined(separator: " "))])
    }
    guard let word else { return }
    errors.line("\(what) is a person's call, and this is \(agent.label)'s environment")
    errors.line("type '\(word)' to go on; anything else stops:")
    errors.flush()
    guard readLine().map({ Text.trimmed($0) }) == word else {
      errors.line("nothing was written")
      errors.flush()
      throw Stop(status: .blocked)
    }
  }
}
