import ArgumentParser
import BetLedger
import BetReports

struct Doctor: BetCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look at everything that fails silently; say what mends it.",
    discussion: "Exit status 0: all is well. 1: something is wrong, and the line says what to type.")

  @OptionGroup var json: JSONOption
  @OptionGroup var location: Location

  var tellsGateOff: Bool { false }

  func run(in context: Context) throws {
    let findings = try examine(context)
    let isWell = !findings.contains { $0.health == .wrong }
    if json.isOn {
      context.output.answer(["well": .bool(isWell), "checks": .array(findings.map(\.json))])
    } else {
      for finding in findings { finding.show(on: context.output) }
    }
    if !isWell { throw Stop(status: .blocked) }
  }

  /// Every check, from what all rest on to what only matters to some. None stops another.
  private func examine(_ context: Context) throws -> [Finding] {
    var findings = try [GitDoctor.version()]
    do { _ = try context.repository } catch let error as UnsupportedRepository {
      findings.append(GitDoctor.unsupported(error))
      return findings
    }
    findings.append(Finding(.well, about: "repository", "libgit2 opens it"))
    findings += try GitDoctor.trailerConfiguration()
    findings += try HookDoctor(context).findings()
    findings += try RemoteDoctor(context).findings()
    findings += try LedgerDoctor(context).findings()
    findings += try ReflogDoctor(context).findings()
    findings += try SignatureDoctor(context).findings()
    // What cannot be read of the ledger was told above.
    do {
      findings += try LinkDoctor(context).findings() + SettingDoctor(context).findings()
    } catch is LedgerError {}
    return findings
  }

  /// One line of the examination.
  struct Finding {
    enum Health: String {
      case well, note, wrong
    }

    let health: Health
    let subject: String
    let text: String
    /// What mends it: commands that work when they are pasted.
    let cures: [String]

    init(_ health: Health, about subject: String, _ text: String, cures: [String] = []) {
      self.health = health
      self.subject = subject
      self.text = Text.printable(text)
      self.cures = cures.map { Text.printable($0) }
    }

    func show(on output: Terminal) {
      let mark: DisplayText =
        switch health {
        case .well: "\("ok   ", .green)"
        case .note: "\("note ", .blue)"
        case .wrong: "\("wrong", .bold, .red)"
        }
      // The longest subject is a hook's name.
      let (indent, room) = output.width < 60 ? (7, 7 + subject.columns + 1) : (27, 27)
      let subject = output.width < 60 ? "\(subject) " : subject.padded(to: 20)
      output.line(
        "\(mark)  \(subject, .faint)\(output.isTerminal ? output.wrapped(text, indent: indent, first: room) : "\(text)")"
      )
      // A command is pasted: a line that is broken would be another one.
      for cure in cures { output.line("       \("type:", .cyan) \(cure)") }
    }

    var json: JSON {
      [
        "health": .string(health.rawValue), "subject": .string(subject), "text": .string(text),
        "cures": .strings(cures),
      ]
    }
  }
}

/// What concerns git itself and the repository as a whole.
enum GitDoctor {
  static func version() throws -> Doctor.Finding {
    Doctor.Finding(.well, about: "git", try GitCommand.checked(["version"]).text)
  }

  /// What libgit2 cannot open, and what works there all the same.
  static func unsupported(_ error: UnsupportedRepository) -> Doctor.Finding {
    Doctor.Finding(
      .wrong, about: "repository",
      "\(error.diagnostic.message); a push is stopped here once there is a ledger, and git itself can read it",
      cures: ["git for-each-ref refs/bets"])
  }

  /// git's own view of trailers can be configured; ours cannot, so that nothing can be smuggled past it.
  static func trailerConfiguration() throws -> [Doctor.Finding] {
    let answer = try GitCommand.run([
      "config", "--name-only", "--get-regexp", "^(trailer\\.|core\\.comment(char|string)$)",
    ])
    let keys = answer.text.split(separator: "\n").map(String.init)
    guard !keys.isEmpty else { return [] }
    return [
      Doctor.Finding(
        .note, about: "trailers",
        "\(keys.prefix(3).joined(separator: ", ")) may make git show other trailers than the gate reads",
        cures: ["git bet trailers"])
    ]
  }
}
