import Bets
import Git

/// Hooks in git's configuration: git 2.54 and later run them wherever the hooks directory is.
struct ConfigHooks {
  enum Scope: String { case local, global }
  let scope: Scope

  private static let events = HookSet.client.map(\.name)
  /// Another name than the event's: that would be fatal for every command that runs hooks.
  static func section(_ event: String) -> String { "hook.bet-\(event)" }

  /// Whether this git knows them: by the version that it reports.
  static func areKnown() throws -> Bool {
    let words = try GitCommand.checked(["version"]).text.split(separator: " ")
    let numbers = (words.count > 2 ? words[2] : "0").split(separator: ".").prefix(2).map { Int($0) ?? 0 }
    return numbers.count == 2 && (numbers[0], numbers[1]) >= (2, 54)
  }

  /// Writes what is not there yet.
  func install(program: String, in edit: ConfigEdit) throws {
    let before = try entries()
    for event in ConfigHooks.events {
      let name = ConfigHooks.section(event)
      let command = ConfigHooks.command(event, program: program, scope: scope)
      for (key, value) in [("\(name).command", command), ("\(name).event", event)]
      where before[key] != [value] {
        try edit.run(["--replace-all", key, value])
      }
    }
  }

  /// Takes them out; returns the events that had one.
  func uninstall(in edit: ConfigEdit) throws -> [String] {
    let entries = try entries()
    return try ConfigHooks.events.filter { event in
      let keys = ["event", "command"].map { "\(ConfigHooks.section(event)).\($0)" }
        .filter { entries[$0] != nil }
      for key in keys { try edit.run(["--unset-all", key]) }
      return !keys.isEmpty
    }
  }

  /// The program that our command starts, by event; only where both keys are there.
  func programs() throws -> [String: String] {
    let entries = try entries()
    var programs: [String: String] = [:]
    for event in ConfigHooks.events where entries["\(ConfigHooks.section(event)).event"] != nil {
      guard let command = entries["\(ConfigHooks.section(event)).command"]?.last else { continue }
      programs[event] = HookFile.program(in: command, end: "';") ?? ""
    }
    return programs
  }

  /// What is there, in the words of `install`.
  func summary() throws -> String {
    "config hooks for \(ConfigHooks.events.joined(separator: ", ")) in \(Text.printable(try file()))"
  }

  private func file() throws -> String {
    let answer = try GitCommand.run([
      "config", "--\(scope.rawValue)", "--show-origin", "--get", "\(ConfigHooks.section("pre-push")).event",
    ])
    let origin = answer.text.prefix { $0 != "\t" }
    return origin.hasPrefix("file:") ? String(origin.dropFirst(5)) : "the \(scope.rawValue) configuration"
  }

  /// Our keys with their values.
  private func entries() throws -> [String: [String]] {
    let answer = try GitCommand.run([
      "config", "--\(scope.rawValue)", "--null", "--get-regexp", "^hook\\.bet-.*\\.(command|event)$",
    ])
    let pairs = answer.standardOutput.split(separator: 0).map {
      String(decoding: $0, as: UTF8.self).split(
        separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    }
    return Dictionary(grouping: pairs.filter { $0.count == 2 }) { String($0[0]) }
      .mapValues { $0.map { String($0[1]) } }
  }

  /// `hooks/config-hook` in one line: what reads `git config --list` line by line stays right.
  private static func command(_ event: String, program: String, scope: Scope) -> String {
    let lines = String(decoding: PackageResources.config_hook, as: UTF8.self).split(separator: "\n")
      .map { Text.trimmed(String($0)) }.filter { !$0.hasPrefix("#") }
      .map { $0.hasSuffix(" \\") ? String($0.dropLast(2)) : $0 }
    return lines.joined(separator: " ").replacing("@HOOK@", with: event)
      .replacing("@SCOPE@", with: "--\(scope.rawValue)")
      .replacing("@BET@", with: Text.singleQuoted(program))
  }
}
