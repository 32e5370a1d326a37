import Bets
import Git

extension Ledger {
  /// What it took to bring everything that is known of a diary into this clone's own ref.
  package enum Joined: Equatable, Sendable {
    /// The ref had it all.
    case unchanged
    /// The ref moved ahead, or was made; no event was written.
    case forwarded
    /// Heads that had diverged were joined by an event; `contested` is what they disagree about.
    case merged(contested: [String])
  }

  /// Brings the heads of a diary together in this clone's own ref: by moving it ahead, or by an event that joins them.
  ///
  /// That event is the same on every clone that joins the same heads, in whatever order it met them: parents sorted
  /// by id, a fixed author, the latest committer time among the parents. It needs no identity of a person and is
  /// never signed. Idempotent; another writer in between makes it start again. Damaged events are joined as well: no
  /// event is lost, and they count as little afterwards. With `needsReadable` what has no readable event is no diary, and
  /// an error. Nor is a history
  /// joined that is no diary. Cost: one read of the diary.
  package func join(_ name: String, needsReadable: Bool = false) throws(LedgerError) -> Joined {
    try move(name, log: "join") { old throws(LedgerError) in
      guard let diary = try diary(name) else { return (nil, .unchanged) }
      let heads = diary.tops
      if heads == [old] { return (nil, .unchanged) }
      // Somebody's code under the name of a bet is not to spread, and to be offered again when it is gone.
      if needsReadable, diary.isFlooded {
        let ref = LedgerRefs.diary(name)
        let own = try old.map { old throws(LedgerError) in try self.diary(name, from: [(ref, old)]) }
        guard own?.isFlooded ?? false else { throw .foreignHistory(ref: try flooded(name) ?? ref) }
      }
      guard !needsReadable || diary.entries.count > diary.damaged.count else {
        throw .damaged(ref: LedgerRefs.diary(name), diary.entries.first?.problem)
      }
      if heads.count == 1 { return (heads[0], .forwarded) }
      let event = Event.merged(diary, in: name)
      return (try write(event, joining: heads), .merged(contested: event.all(.contested)))
    }
  }

  /// The ref that leads into a history that is no diary.
  private func flooded(_ name: String) throws(LedgerError) -> String? {
    for tip in try tips(of: name) where try diary(name, from: [tip]).isFlooded { return tip.ref }
    return nil
  }

  /// Writes the event that joins these heads of a diary, and moves no ref.
  func join(_ heads: [ObjectID], of name: String) throws(LedgerError) -> ObjectID {
    let diary = try diary(name, from: heads.map { (LedgerRefs.diary(name), $0) })
    return try write(Event.merged(diary, in: name), joining: heads.sorted())
  }

  /// Moves a diary's own ref to where `target` says, from where it stands; asked again when another was faster.
  private func move<Answer>(
    _ name: String, log: String, _ target: (_ old: ObjectID?) throws(LedgerError) -> (ObjectID?, Answer)
  ) throws(LedgerError) -> Answer {
    let ref = LedgerRefs.diary(name)
    var patience = Patience()
    while true {
      forget(name)
      let old = try tip(of: ref)
      let (new, answer) = try target(old)
      guard let new else { return answer }
      do throws(GitError) {
        try repository.updateReference(
          ref, to: new, expecting: old, message: "bet: \(log)", by: Ledger.joiner(at: 0))
        forget(name)
        return answer
      } catch { try patience.wait(for: ref, after: error) }
    }
  }

  private func write(_ event: Event, joining heads: [ObjectID]) throws(LedgerError) -> ObjectID {
    let message: String
    do throws(EventProblem) { message = try event.message(isRoot: false) } catch {
      throw .damaged(ref: LedgerRefs.diary(event.diary), error)
    }
    do throws(GitError) {
      var time: Int64 = 0
      for head in heads { time = max(time, try repository.commit(head)?.commitTime ?? 0) }
      let identity = Ledger.joiner(at: min(time, Ledger.latestTime))
      return try repository.writeCommit(
        tree: .emptyTree, parents: heads, author: identity, committer: identity, message: message)
    } catch { throw .git(error) }
  }

  /// Who joins heads: nobody in particular, so that it is the same on every clone.
  static func joiner(at time: Int64) -> Signature {
    Signature(name: "git-bet", email: "git-bet@localhost", time: time, offset: 0)
  }

  /// The last second of the year 9999: a date beyond it is a lie that git could not print.
  private static let latestTime: Int64 = 253_402_300_799
}
