import ArgumentParser
import BetLedger

struct SyncCommand: BetCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Exchange the ledger: fetch, join what diverged, push.",
    discussion: """
      With every remote that brings its ledger, or with the one named, through your own git. Your branches play no \
      part. Clones that joined the same diverged heads have the same object ids. With 'git config bet.sync true' \
      commands that write the ledger exchange it right after.
      """)

  @Argument(help: "A configured remote; all that bring their ledger if not given.")
  var remote: String?
  @Flag(help: "Only bring what others wrote; write and send nothing.")
  var noPush = false
  @OptionGroup var location: Location

  func run(in context: Context) throws {
    let peers = try peers(context)
    let courier = Courier(showsProgress: context.errors.isTerminal)
    let outcome: Sync.Outcome
    if noPush {
      var sync = try context.sync(by: courier)
      outcome = try sync.receive(from: peers)
    } else {
      outcome = try context.exchange(with: peers, by: courier)
    }
    SyncReport(outcome: outcome, peers: peers, isReceiving: noPush).print(to: context.output, context.errors)
    if outcome.troubles.contains(where: \.isFailure) { throw Stop(status: .couldNot) }
  }

  private func peers(_ context: Context) throws -> [LedgerPeer] {
    let config = try context.config
    if let remote {
      guard let peer = try LedgerPeer.named(remote, in: config) else {
        throw Refusal(
          "unknown-remote", "'\(Text.printable(remote))' is no configured remote",
          notes: [
            "the remotes are \(Remote.names(in: config).map { Text.printable($0) }.joined(separator: ", "))"
          ],
          hints: ["git remote -v"])
      }
      return [peer]
    }
    let peers = try LedgerPeer.all(in: config)
    guard !peers.isEmpty else {
      let remotes = Remote.names(in: config)
      throw Refusal(
        "no-remote",
        remotes.isEmpty
          ? "there is no remote to exchange the ledger with" : "none of the remotes brings its ledger",
        hints: remotes.isEmpty
          ? ["git remote add origin 'its URL'"]
          : ["git bet install"] + remotes.prefix(2).map { "git bet sync \(Text.shellOperands($0))" })
    }
    return peers
  }
}

/// What an exchange brought, in words.
struct SyncReport {
  let outcome: Sync.Outcome
  let peers: [LedgerPeer]
  let isReceiving: Bool

  func print(to output: Terminal, _ errors: Terminal) {
    if !outcome.received.isEmpty { output.line("received: \(names(outcome.received))") }
    for (name, contested) in outcome.joined.sorted(by: { $0.key < $1.key }) where !contested.isEmpty {
      errors.show(
        Diagnostic(
          "contested",
          "'\(name)' is contested: \(contested.map { Text.printable($0) }.joined(separator: ", "))",
          severity: .warning,
          notes: ["it was written in two ways at once; both stand until one more event settles it"],
          hints: [name == Event.gateDiary ? "git bet rules" : "git bet show \(name)"]))
    }
    for peer in peers {
      let shown = Text.printable(peer.name)
      if let sent = outcome.sent[peer.name] { output.line("sent to \(shown): \(names(sent))") }
    }
    let isQuiet = outcome.received.isEmpty && outcome.sent.isEmpty
    if isQuiet, !outcome.reached.isEmpty, outcome.troubles.isEmpty {
      output.line(
        "\(isReceiving ? "fetched from" : "nothing new with") \(outcome.reached.map { Text.printable($0) }.joined(separator: ", "))"
      )
    }
    output.flush()
    for peer in peers { outcome.refusal(by: peer.name).map(errors.show) }
    for trouble in outcome.troubles {
      if case .refused = trouble { continue }
      errors.show(trouble.diagnostic)
    }
  }

  /// A few names whole, many as a number.
  private func names(_ names: Set<String>) -> String {
    names.count <= 8 ? names.sorted().joined(separator: ", ") : "\(names.count) diaries"
  }
}

extension Sync.Outcome {
  /// What a host refused, as one message; nil when it refused nothing.
  func refusal(by peer: String) -> Diagnostic? {
    var diaries: [String] = []
    var words = ""
    for case .refused(let name, let diary, let said) in troubles where name == peer {
      diaries.append(diary)
      words = said
    }
    guard !diaries.isEmpty else { return nil }
    let shown = diaries.count <= 8 ? diaries.joined(separator: ", ") : "\(diaries.count) diaries"
    let isAll = sent[peer] == nil
    return Diagnostic(
      "ledger-refused", "'\(Text.printable(peer))' does not take: \(shown)",
      notes: ["its words: \(Text.printable(String(words.prefix(400))))"]
        + (isAll
          ? ["some hosts take nothing but branches and tags; one branch can carry the ledger instead"]
          : [
            "diaries that diverged are joined by 'git-bet <git-bet@localhost>': a rule about committers must allow it"
          ])
        + ["your branches are not affected, and the ledger is whole here"],
      hints: isAll ? ["git config bet.ledgerBranch bets && git bet sync"] : [])
  }
}

extension SyncTrouble {
  /// Whether the exchange is not complete because of it.
  var isFailure: Bool { if case .rewound = self { false } else { true } }
}
