import BetGate
import Libc

/// Everything that a command gets from outside: the clock, the streams and the repository.
final class Context {
  let output = Terminal(descriptor: 1)
  let errors = Terminal(descriptor: 2)
  /// Seconds since 1970, read once: one command sees one moment.
  let now: Int64
  private let trust: Repository.Trust

  init(directory: String? = nil, trust: Repository.Trust = .checkOwner) throws {
    self.trust = trust
    now = Int64(time(nil))
    if let directory { try Context.enter(directory) }
  }

  /// Changes to a directory; an empty name is this one, as git has it.
  static func enter(_ directory: String) throws {
    guard !directory.isEmpty, unsafe chdir(directory) != 0 else { return }
    throw Refusal(
      "no-such-directory",
      "cannot change to '\(Text.printable(directory))': \(unsafe String(cString: strerror(errno)))")
  }

  var today: Day {
    var moment = time_t(now)
    var parts = unsafe tm()
    _ = unsafe localtime_r(&moment, &parts)
    return unsafe Day(secondsSince1970: now, offset: parts.tm_gmtoff / 60)
  }

  /// A variable of the environment; nil when it is not set, or empty.
  func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name), unsafe value.pointee != 0 else { return nil }
    return unsafe String(cString: value)
  }

  /// Whether a person can answer: both ends are a terminal.
  var isInteractive: Bool { isatty(0) == 1 && isatty(2) == 1 }

  // MARK: The repository

  private var opened = Once<LedgerSite>()
  private var attributed = Once<Attribution>()

  /// The repository that git itself would use here, with its ledger.
  ///
  /// A hook was started by git, which has already agreed; a command asks git first, because git alone knows
  /// about owners, environment and extensions.
  var site: LedgerSite {
    get throws {
      try opened.get {
        if trust == .checkOwner {
          let answer = try GitCommand.run(["rev-parse", "--absolute-git-dir", "--show-object-format"])
          guard answer.status == 0 else { throw Refusal.notARepository(git: answer.errorText) }
        }
        do throws(GitError) {
          return LedgerSite(try Repository.open(trust: .gitHasAgreed), showsNames: trust == .checkOwner)
        } catch {
          throw UnsupportedRepository(error: error)
        }
      }
    }
  }

  /// The same; nil outside a repository.
  var siteIfAny: LedgerSite? {
    get throws {
      do { return try site } catch let refusal as Refusal where refusal.diagnostic.code == "not-a-repository"
      {
        return nil
      }
    }
  }

  var repository: Repository { get throws { try site.repository } }
  var config: [ConfigLine] { get throws { try site.config } }
  var settings: Settings { get throws { try site.settings } }
  var ledger: Ledger { get throws { try site.ledger } }

  /// Which commits on the ship branches belong to which bet.
  var attribution: Attribution { get throws { try attributed.get { Attribution(try site) } } }

  func judge() throws -> Judge { try Judge(site, attribution: attribution) }

  /// Who writes: git's own answer, which knows environment, configuration and its own refusals.
  func writer() throws -> Ledger.Writer {
    func identity(_ variable: String) throws -> Signature {
      let answer = try GitCommand.run(["var", variable])
      guard answer.status == 0, let signature = Signature(ident: answer.text) else {
        throw Refusal.identity(variable, git: answer)
      }
      return signature
    }
    return Ledger.Writer(
      author: try identity("GIT_AUTHOR_IDENT"), committer: try identity("GIT_COMMITTER_IDENT"),
      agent: agent?.label, signs: try signs())
  }

  /// Says so when an event was written that the rule `unsigned` will not take the word of.
  func tellUnsigned(_ writer: Ledger.Writer) throws {
    guard !writer.signs,
      try settings.level(of: .unsigned, policy: ledger.policy()).level != .off
    else { return }
    errors.show(
      Diagnostic(
        "not-signed", "it is not signed, and the rule 'unsigned' asks for that", severity: .warning,
        hints: ["git config bet.sign true"]))
  }

  /// Whether events are signed: `bet.sign`, and where that is not set, what commits are.
  func signs() throws -> Bool {
    let lines = try repository.configuration(sections: ["bet", "commit"])
    guard
      let line = [ConfigKey.sign.key, "commit.gpgsign"].lazy.compactMap({ key in lines.last { $0.key == key }
      }).first
    else { return false }
    return try Settings.truth(line)
  }

  /// The branch that is checked out; refused when there is none.
  func currentBranch(for purpose: String) throws -> String {
    switch try repository.head() {
    case .branch(let name, _), .unborn(let name):
      if name.contains("\u{FFFD}") {
        let bytes = try GitCommand.checked(["symbolic-ref", "HEAD"]).standardOutput.dropLast()
        if String(validating: bytes, as: UTF8.self) == nil { throw Refusal.notUTF8("the branch", bytes) }
      }
      if let branch = RefUpdate.branch(name) { return branch }
      fallthrough
    case .detached:
      throw Refusal(
        "detached-head", "HEAD is detached, so there is no branch to \(purpose)",
        hints: ["git switch -c new-branch", "git branch --list"])
    }
  }
}

extension GitCommand.Output {
  /// What git said on stderr, decoded.
  var errorText: String { String(decoding: standardError, as: UTF8.self) }

  /// The same line by line, printable.
  var errorLines: [String] { errorText.split(separator: "\n").map { Text.printable($0) } }
}
