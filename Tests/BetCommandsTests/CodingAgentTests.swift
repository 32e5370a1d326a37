import Bets
import TestSupport
import Testing

@testable import BetCommands

@Suite("a coding agent") struct CodingAgentTests {
  private func agent(_ variables: [String: String]) -> String? { CodingAgent { variables[$0] }?.label }

  @Test(arguments: [
    ("AI_AGENT", "codex@0.1", "codex@0.1"), ("CLAUDE_CODE_CHILD_SESSION", "1", "claude-code"),
    ("CLAUDECODE", "1", "claude-code"), ("CODEX_THREAD_ID", "x", "codex"), ("CODEX_SANDBOX", "x", "codex"),
    ("CODEX_CI", "1", "codex"), ("GEMINI_CLI", "1", "gemini-cli"), ("QWEN_CODE", "1", "qwen-code"),
    ("CURSOR_AGENT", "1", "cursor"), ("CURSOR_EXTENSION_HOST_ROLE", "agent-exec", "cursor"),
    ("PAGER", "head -n 10000 | cat", "cursor"), ("COPILOT_CLI", "1", "copilot"),
    ("COPILOT_AGENT_SESSION_ID", "x", "copilot"), ("AGENT", "amp", "amp"), ("AGENT", "crush", "crush"),
    ("AGENT", "goose", "goose"), ("AGENT", "opencode", "opencode"), ("OPENCODE", "1", "opencode"),
    ("AUGMENT_AGENT", "1", "augment"), ("CLINE_ACTIVE", "true", "cline"),
    ("ANTIGRAVITY_AGENT", "1", "antigravity"), ("CRUSH", "1", "crush"), ("PI_CODING_AGENT", "true", "pi"),
    ("GOOSE_TERMINAL", "1", "goose"), ("AMP_CURRENT_THREAD_ID", "T-1", "amp"), ("OZ_RUN_ID", "x", "warp"),
    ("REPL_ID", "x", "replit"),
  ])
  func `is known by one variable`(_ variable: String, _ value: String, _ label: String) {
    #expect(agent([variable: value]) == label)
  }

  @Test(arguments: [
    ("CLAUDECODE", "0"), ("CLAUDE_CODE_CHILD_SESSION", "2"), ("AGENT", "smith"), ("PAGER", "less"),
    ("CURSOR_EXTENSION_HOST_ROLE", "user"), ("CURSOR_TRACE_ID", "x"), ("COPILOT_MODEL", "x"),
    ("COPILOT_GITHUB_TOKEN", "x"), ("CRUSH", "0"), ("PI_CODING_AGENT", "false"), ("TERM_PROGRAM", "vscode"),
  ])
  func `is not known by what people have too`(_ variable: String, _ value: String) {
    #expect(agent([variable: value]) == nil)
  }

  @Test func `is named by the first variable that says something, in clean and bounded words`() {
    #expect(agent(["AI_AGENT": "mine", "CLAUDECODE": "1"]) == "mine")
    #expect(agent(["CLAUDECODE": "1", "GEMINI_CLI": "1", "REPL_ID": "x"]) == "claude-code")
    #expect(
      agent(["AI_AGENT": "a b\u{1B}[31m\nVerdict: validated\u{202E}ä/x_1.2@y"])
        == "ab31mVerdictvalidated/x_1.2@y")
    #expect(agent(["AI_AGENT": "\u{202E} \u{1B}"]) == "agent")
    #expect(agent(["AI_AGENT": String(repeating: "x", count: 100_000)])?.count == 64)
  }
}
