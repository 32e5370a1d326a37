import Bets
import Git
import Libc

extension Ledger {
  /// Who writes an event: git's own identities for authors and committers.
  package struct Writer: Sendable {
    package let author: Signature
    package let committer: Signature
    package let agent: String?
    /// Whether git's own configured signer signs the event.
    package let signs: Bool

    package init(author: Signature, committer: Signature, agent: String? = nil, signs: Bool = false) {
      self.author = author
      self.committer = committer
      self.agent = agent
      self.signs = signs
    }
  }

  /// Writes one event on top of every head of a diary, and returns its id.
  ///
  /// `make` gets the diary as it is now and says what to write, or throws why not: it is asked again whenever
  /// another process was faster, so that its answer always fits what the event stands on. `Seq`, the agent's label
  /// and the parents are filled in here. Order that survives a kill: read, check, write the object, then one
  /// compare-and-swap of the ref with a reflog entry.
  @discardableResult
  package func append(to name: String, by writer: Writer, _ make: (Diary?) throws -> Event) throws -> ObjectID
  {
    let ref = LedgerRefs.diary(name)
    var patience = Patience()
    while true {
      // What `make` asks about the bet must not be older than the diary that it is given.
      forget(name)
      let old = try tip(of: ref)
      let diary = try diary(name)
      var event = try make(diary)
      event.seq = diary?.nextSeq ?? 1
      event.agent = writer.agent
      let parents = diary?.tops ?? []
      let message = try event.message(isRoot: parents.isEmpty)
      let id: ObjectID
      do throws(GitError) {
        let write = writer.signs ? repository.writeSignedCommit : repository.writeCommit
        id = try write(.emptyTree, parents, writer.author, writer.committer, message)
      } catch {
        if error.function == "git commit-tree" { throw LedgerError.notSigned(error) }
        try patience.wait(for: ref, after: error)
        continue
      }
      do throws(GitError) {
        try repository.updateReference(
          ref, to: id, expecting: old, message: "bet: \(event.kind.name)", by: writer.committer)
        forget(name)
        hasAppended = true
        return id
      } catch { try patience.wait(for: ref, after: error) }
    }
  }
}

/// How long a writer waits for others, about two seconds: a foreign lock is then named, never deleted.
struct Patience {
  private static let attempts = 24
  private var attempt = 0

  /// Returns when it is worth another try; throws when the failure is no matter of waiting, or it took too long.
  mutating func wait(for ref: String, after error: GitError) throws(LedgerError) {
    guard error.isPassing else { throw .notWritten(error) }
    attempt += 1
    guard attempt < Patience.attempts else { throw .busy(ref: ref, error) }
    usleep(UInt32.random(in: 5_000...20_000) * UInt32(min(attempt, 8)))
  }
}
