import BetLedger
import Bets
import Git

/// A push that was not made: what would be judged.
struct Question {
  let name: String
  let remote: Remote
  let update: RefUpdate
  /// The lower end of a range, subtracted as if the remote had it.
  private let zero = ObjectID(hex: String(repeating: "0", count: 40))

  /// Takes `A..B`, a branch, any revision, or nothing for the current branch.
  init(_ work: String?, remote remoteName: String?, _ context: Context) throws {
    let repository = try context.repository.get()
    let config = try context.config.get()
    guard let zero else { preconditionFailure("forty zeros are an object id") }
    var base: ObjectID?
    var revision = work
    if let work, let dots = work.firstRange(of: "..") {
      guard !work[dots.upperBound...].hasPrefix(".") else {
        throw Refusal(
          "not-a-range", "'\(Text.printable(work))' is not a range that a push could bring",
          hints: ["git bet check \(Text.shellQuoted(work.replacingFirst("...", by: "..")))"])
      }
      base = try context.commit(work[..<dots.lowerBound].isEmpty ? "HEAD" : String(work[..<dots.lowerBound]))
      let end = String(work[dots.upperBound...])
      revision = end.isEmpty ? "HEAD" : end
    }
    let branch: String?
    if let revision, revision != "HEAD" {
      branch = try context.hasBranch(revision) ? revision : nil
    } else if case .branch(let full, _) = try repository.head() {
      branch = RefUpdate.branch(full)
    } else if case .unborn = try repository.head() {
      throw Refusal(
        "no-commits", "there are no commits yet, so nothing could be pushed",
        hints: ["git commit --allow-empty -m 'start'"])
    } else {
      branch = nil
    }
    let tip = try context.commit(branch.map { "refs/heads/\($0)" } ?? revision ?? "HEAD")
    func last(_ key: String) -> String? { config.last { $0.key == key }?.value }
    let names = Remote.names(in: config)
    if let remoteName, !names.contains(remoteName) {
      throw Refusal(
        "unknown-remote", "there is no remote '\(Text.printable(remoteName))'", hints: ["git remote -v"])
    }
    let name =
      remoteName ?? branch.flatMap { last("branch.\($0).pushremote") } ?? last("remote.pushdefault")
      ?? branch.flatMap { last("branch.\($0).remote") } ?? (names.contains("origin") ? "origin" : names.first)
    remote = Remote(name: name)
    let place = branch ?? "HEAD"
    let known = try base ?? remote.tip(of: place, in: repository).map { ObjectID($0) }
    update = RefUpdate(
      localRef: branch.map { "refs/heads/\($0)" } ?? tip.hex, localID: tip, remoteRef: "refs/heads/\(place)",
      remoteID: known ?? zero)
    self.name = work ?? place
  }

  func judge(_ context: Context) throws -> Decision {
    try context.judge(remote: remote).judge([update], today: context.today)
  }
}

extension String {
  func replacingFirst(_ text: String, by other: String) -> String {
    firstRange(of: text).map { self[..<$0.lowerBound] + other + self[$0.upperBound...] } ?? self
  }

  func firstRange(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}

extension Context {
  /// The decision in words, with what is needed for its hints.
  func message(for decision: Decision, remote: String?, isPush: Bool = false, ledger: Ledger? = nil) throws
    -> DecisionMessage
  {
    let ledger = try ledger ?? self.ledger.get()
    var message = DecisionMessage(decision: decision, remote: remote, isPush: isPush, today: today)
    message.draftFolder = try settings.get().draftPatterns.map(\.text)
      .first { $0.hasSuffix("/*") && !$0.dropLast().contains("*") }.map { String($0.dropLast()) }
    if decision.findings.contains(where: { $0.rule == .undeclared }) {
      message.nearby = try ledger.ids()
    }
    if decision.findings.contains(where: { $0.rule == .unlinked }) {
      message.openBets = try ledger.readableBets().filter(\.state.isUndecided).map(\.id)
    }
    return message
  }
}
