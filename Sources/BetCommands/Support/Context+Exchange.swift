import BetLedger
import Libc

extension Context {
  func sync(by courier: Courier) throws -> Sync {
    Sync(
      try repository, stagingNames: try LedgerPeer.stagingNames(in: config), courier: courier,
      identity: { try self.writer().committer },
      waits: { round in usleep(UInt32.random(in: 20_000...80_000) * UInt32(min(round, 6))) })
  }

  /// Exchanges the ledger and notes when; a peer that was reached counts, whatever it then refused.
  func exchange(with peers: [LedgerPeer], by courier: Courier) throws -> Sync.Outcome {
    var sync = try sync(by: courier)
    let outcome = try sync.run(with: peers)
    var record = exchangeRecord
    for peer in outcome.reached {
      record.note(peer, at: now, isRefused: outcome.refusal(by: peer) != nil && outcome.sent[peer] == nil)
    }
    // A note for people: where it cannot be kept, the exchange has happened all the same.
    if !outcome.reached.isEmpty, let path = try? exchangePath() {
      try? Folder.make(Folder.parent(path))
      try? TextFile.write(record.text, to: path)
      (try? repository)?.share(OwnFile.exchanged.name)
    }
    return outcome
  }

  /// When the ledger was exchanged last; empty when it never was, or the note is gone.
  var exchangeRecord: ExchangeRecord {
    // A pipe in its place would be waited for.
    guard let path = try? exchangePath(), File.kind(path) == .file, let text = try? TextFile.read(path)
    else { return ExchangeRecord() }
    return ExchangeRecord(text: text)
  }

  private func exchangePath() throws -> String {
    try "\(repository.commonDirectory)/\(OwnFile.exchanged.name)"
  }

  /// How old the last exchange is, in words; nil when there is nobody to exchange with, or nobody who wants to.
  func ageOfExchange() throws -> String? {
    let peers = try LedgerPeer.all(in: config)
    let record = exchangeRecord
    guard !peers.isEmpty, try settings.exchangesAfterWriting || !record.lines.isEmpty else {
      return nil
    }
    return peers.map { peer in
      let name = Text.printable(peer.name)
      guard let line = record[peer.name] else { return "never exchanged with \(name)" }
      return "exchanged with \(name) \(Self.ago(now - line.time))"
    }.joined(separator: ", ")
  }

  private static func ago(_ seconds: Int64) -> String {
    let (count, unit): (Int64, String) =
      switch max(0, seconds) {
      case ..<60: (0, "")
      case ..<3600: (seconds / 60, "minute")
      case ..<86_400: (seconds / 3600, "hour")
      default: (seconds / 86_400, "day")
      }
    return count == 0 ? "just now" : "\(Int(count).of(unit)) ago"
  }

  // MARK: After writing

  /// With `bet.sync`, exchanges what this command wrote: bounded, asking nobody, one line when it cannot be done.
  ///
  /// Never from inside a hook, where a push of somebody else's may be waiting, nor from an exchange of our own. It
  /// changes nothing about the command that has succeeded.
  func exchangeAfterWriting(always: Bool = false) {
    guard always || (try? ledger.hasAppended) == true, !isInsideHook else { return }
    do {
      guard try settings.exchangesAfterWriting else { return }
      let peers = try LedgerPeer.all(in: config)
      guard !peers.isEmpty else { return }
      output.flush()
      errors.flush()
      let known = exchangeRecord
      let courier = Courier(environment: try asksNobody(), limit: .seconds(10))
      let outcome = try exchange(with: peers, by: courier)
      for trouble in outcome.troubles {
        // A host that takes no ledger is named once.
        if case .refused(let peer, _, _) = trouble, known[peer]?.isRefused == true { continue }
        tell(trouble)
        return
      }
    } catch {
      let message = GitBet.explain(error)?.0.message ?? "\(error)"
      errors.line("note: kept here, not exchanged: \(message); try git bet sync [not-exchanged]")
    }
  }

  private func tell(_ trouble: SyncTrouble) {
    let diagnostic = trouble.diagnostic
    let why = diagnostic.notes.first.map { ": \($0)" } ?? ""
    switch trouble {
    case .unreachable, .refused:
      errors.line(
        "note: kept here, not exchanged: \(diagnostic.message)\(why); try git bet sync [\(diagnostic.code)]")
    case .rewound, .unreadable: errors.show(diagnostic)
    }
  }

  /// Whether git runs this command in the middle of something: what it sets for hooks, or an exchange of ours.
  private var isInsideHook: Bool {
    [
      Courier.guardVariable, "GIT_QUARANTINE_PATH", "GIT_INDEX_FILE", "GIT_REFLOG_ACTION",
      "GIT_PUSH_OPTION_COUNT",
    ]
    .contains { variable($0) != nil }
  }

  /// Takes away every way of asking a person, a terminal aside.
  private func asksNobody() throws -> [String: String?] {
    var environment: [String: String?] = [
      "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "true", "SSH_ASKPASS": "true",
      "SSH_ASKPASS_REQUIRE": "never",
      "GCM_INTERACTIVE": "never",
    ]
    guard variable("GIT_SSH") == nil, variable("GIT_SSH_VARIANT") == nil else { return environment }
    let configured = try GitCommand.run(["config", "--get", "core.sshCommand"])
    let command = variable("GIT_SSH_COMMAND") ?? (configured.status == 0 ? configured.text : "ssh")
    // Only the ssh that knows the option; another one has no terminal to ask on either.
    if command.prefix(while: { $0 != " " }).split(separator: "/").last == "ssh" {
      environment["GIT_SSH_COMMAND"] = command + " -o BatchMode=yes"
    }
    return environment
  }
}
