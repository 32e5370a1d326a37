import ArgumentParser
import BetAttribution
import BetReports
import Libc

/// The command `git bet`.
package struct GitBet: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "git bet",
    abstract: "Stop shipping work that rests on an unproven belief.",
    discussion: """
      A bet says: if we build X, we expect Y to move, because Z is true. Branches and commits belong to bets; a \
      pre-push hook stops follow-on work while the bet below it is open. The way on is to close the bet with \
      evidence, or to override the stop with a recorded reason. Everything is kept in the repository, under \
      refs/bets/.
      """,
    version: "git-bet 0.1.0",
    groupedSubcommands: [
      CommandGroup(name: "Set up", subcommands: [Install.self, Uninstall.self, Doctor.self]),
      CommandGroup(
        name: "Bets",
        subcommands: [Declare.self, Amend.self, Close.self, Reopen.self, List.self, Show.self, Log.self]),
      CommandGroup(name: "See", subcommands: [Graph.self]),
      CommandGroup(
        name: "Work",
        subcommands: [
          Start.self, Link.self, Unlink.self, Note.self, Why.self, FootprintCommand.self,
        ]),
      CommandGroup(
        name: "Gate",
        subcommands: [
          Check.self, OverrideCommand.self, PushCommand.self, AuditCommand.self, Rules.self, Policy.self,
          TrailersCommand.self,
        ]),
      CommandGroup(name: "Share", subcommands: [SyncCommand.self]),
    ],
    defaultSubcommand: List.self)

  package init() {}

  /// Runs one command line and ends the process with git's own exit codes.
  ///
  /// `hook …` goes past the parser: it is in the way of every push, and the parser costs as much as the decision.
  package static func run(_ arguments: [String]) -> Never {
    // A reader that goes away ends the output; it must not kill a hook, which would stop the push.
    _ = signal(SIGPIPE, SIG_IGN)
    // A file that may not grow is a full disk: it is told, and what was begun is taken back.
    _ = signal(SIGXFSZ, SIG_IGN)
    holdStandardStreams()
    let status = arguments.first == "hook" ? Hook.run(Array(arguments.dropFirst())) : execute(arguments)
    if status == .readerGone {
      _ = signal(SIGPIPE, SIG_DFL)
      raise(SIGPIPE)
    }
    _exit(status.rawValue)
  }

  /// Takes the number of a standard stream that is closed, so that no file gets it and what is printed with it.
  ///
  /// Reading and writing fail as they would have.
  private static func holdStandardStreams() {
    for stream: Int32 in 0...2 where fcntl(stream, F_GETFD) == -1 {
      _ = unsafe open("/dev/null", stream == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  private static func execute(_ arguments: [String]) -> ExitStatus {
    do {
      let arguments = try CommandLineWords.entering(arguments)
      // A file may have any name.
      if arguments.first != "why", let word = CommandLineWords.odd.first {
        throw Refusal.notUTF8("an argument", word)
      }
      if let refusal = CommandLineWords.unknownVerb(arguments, among: verbs) { throw refusal }
      var command: any ParsableCommand = try arguments.isEmpty ? Today.parse([]) : parseAsRoot(arguments)
      if let refusal = CommandLineWords.repeated(in: arguments) { throw refusal }
      try command.run()
      return .done
    } catch let stop as Stop {
      return stop.status
    } catch {
      return report(error, arguments)
    }
  }

  private static var verbs: [String] {
    configuration.groupedSubcommands.flatMap(\.subcommands).compactMap {
      $0.configuration.commandName ?? "\($0)".lowercased()
    }
  }

  private static func report(_ error: any Error, _ arguments: [String]) -> ExitStatus {
    let errors = Terminal(descriptor: 2)
    let output = Terminal(descriptor: 1)
    defer { errors.flush() }
    if let (diagnostic, status) = explain(error) {
      errors.show(diagnostic)
      if arguments.contains("--json") { output.answer(["error": diagnostic.json]) }
      return status
    }
    // git keeps --help for itself and opens the manual page.
    let message = fullMessage(for: error).replacing(" --help' for more", with: " -h' for more")
      .split(separator: "\n", omittingEmptySubsequences: false)
    if exitCode(for: error) == .success {
      for line in message { output.line("\(line)") }
      do { try output.end() } catch { return (error as? Stop)?.status ?? report(error, []) }
      return .done
    }
    let first = message.first.map(String.init) ?? "the command line cannot be read"
    errors.show(Diagnostic("usage", first.hasPrefix("Error: ") ? String(first.dropFirst(7)) : first))
    for line in message.dropFirst() {
      errors.line("\(String(line).replacingFirst("See 'bet ", by: "See 'git bet "))")
    }
    return .usage
  }

  /// How an error of ours is told, and the exit status it means; nil for the parser's own.
  static func explain(_ error: any Error) -> (Diagnostic, ExitStatus)? {
    switch error {
    case let refusal as Refusal: (refusal.diagnostic, refusal.exitStatus)
    case let error as any DiagnosticError: (error.diagnostic, .couldNot)
    case let error as GitError:
      (Diagnostic("git-failed", Text.printable(error.message), notes: ["in \(error.function)"]), .couldNot)
    default: nil
    }
  }
}

/// Ends a command with a status after it has said everything.
struct Stop: Error {
  let status: ExitStatus
}

extension Diagnostic {
  var json: JSON {
    [
      "severity": .string(severity.rawValue), "code": .string(code), "message": .string(message),
      "notes": .strings(notes), "hints": .strings(hints),
    ]
  }
}
