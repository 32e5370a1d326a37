import BetLedger
import Libc

/// The log of this clone's decisions, `bet/decisions` in the common git directory: neither an object nor a ref.
///
/// It is never in the way: what cannot be written is not written, and what cannot be read was never said.
package struct DecisionLog: Sendable {
  /// Past this the log is put aside as `decisions.old`, which replaces the one before it.
  static let largest = 1 << 20

  private let commonDirectory: String
  private var path: String { "\(commonDirectory)/\(OwnFile.decisions.name)" }
  private var old: String { path + ".old" }

  /// `commonDirectory` is the git directory that all work trees share.
  package init(commonDirectory: String) { self.commonDirectory = commonDirectory }

  /// Adds the decisions of one push in one write, so that no other process comes between.
  package func append(_ decisions: [LoggedDecision]) {
    guard !decisions.isEmpty else { return }
    let bytes = Array(decisions.map { $0.line + "\n" }.joined().utf8)
    _ = unsafe mkdir("\(commonDirectory)/\(OwnFile.folder)", 0o777)
    try? File.log(bytes, to: path, largest: DecisionLog.largest)
  }

  /// All that is still there, oldest first; lines that are none of ours are passed over.
  package func all() -> [LoggedDecision] {
    (bytes(of: old) + bytes(of: path)).split(separator: 0x0A).compactMap {
      LoggedDecision(line: String(decoding: $0, as: UTF8.self))
    }
  }

  /// What the same git process was told of the same push within the last minute; nil when it was not.
  package func answer(to run: LoggedDecision.Run) -> Decision.State? {
    guard run.process != nil else { return nil }
    // A rotation may have put the answer aside a moment ago.
    for path in [path, old] {
      for line in bytes(of: path, last: 1 << 16).split(separator: 0x0A).reversed() {
        guard let told = LoggedDecision(line: String(decoding: line, as: UTF8.self)) else { continue }
        guard told.run.time >= run.time - 60 else { return nil }
        if told.run.process == run.process, told.run.digest == run.digest, told.run.hook == run.hook,
          told.run.time <= run.time
        {
          return told.state
        }
      }
    }
    return nil
  }

  /// A file's bytes, or as many of its last ones; nothing when it is not there or no file.
  private func bytes(of path: String, last limit: Int = 4 * largest) -> [UInt8] {
    (try? File.readEnd(of: path, count: limit)) ?? []
  }
}

extension Ledger {
  /// What the log keeps of a push, a line for each ref that is judged; nothing for a repository without bets.
  ///
  /// `judgement` is nil when the push could not be judged.
  package func record(
    _ judgement: Judgement?, of updates: [RefUpdate], to remote: String?, run: LoggedDecision.Run
  ) throws -> [LoggedDecision] {
    // A bet that was found is answer enough: a large ledger is not listed for a line of log.
    guard try judgement?.decision.bets.isEmpty == false || !isEmpty() else { return [] }
    let diaries = try judgement.map { try told($0.decision) }
    return updates.filter { !$0.isDeletion && !$0.isLedger }.map { update in
      var rules: [String] = []
      for finding in judgement?.decision.findings ?? []
      where finding.update == update && !rules.contains(finding.rule.name) {
        rules.append(finding.rule.name)
      }
      return LoggedDecision(
        run: run, state: judgement?.decision.state ?? .error, rules: rules, tip: update.localID,
        without: judgement?.ranges.first { $0.update == update }?.without ?? [], ref: update.remoteRef,
        loosened: judgement?.loosened.map(\.key) ?? [], remote: remote, ledger: diaries)
    }
  }

  /// Of a longer list an audit could not be sure, and sees no proof in it.
  private static let mostDiaries = 200

  /// Where the diaries stand that a decision has looked at.
  private func told(_ decision: Decision) throws -> [LoggedDecision.Diary] {
    let bets = decision.bets.values.sorted { $0.id < $1.id }.prefix(Ledger.mostDiaries)
    let all = try [(Event.gateDiary, gate().diary)] + bets.map { ($0.id.name, $0.diary) }
    return all.filter { !$1.entries.isEmpty }.map { LoggedDecision.Diary(name: $0, tops: $1.tops) }
  }
}
