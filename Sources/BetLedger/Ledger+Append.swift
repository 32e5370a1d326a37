import Bets
import Git

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Ledger {
  /// Who writes an event: git's own identities for authors and committers.
  public struct Writer: Sendable {
    public let author: Signature
    public let committer: Signature
    public let agent: String?

    public init(author: Signature, committer: Signature, agent: String? = nil) {
      self.author = author
      self.committer = committer
      self.agent = agent
    }
  }

  /// Writes one event on top of every head of a diary, and returns its id.
  ///
  /// `make` gets the diary as it is now and says what to write, or throws why not: it is asked again whenever
  /// another process was faster, so that its answer always fits what the event stands on. `Seq`, the agent's label
  /// and the parents are filled in here. Order that survives a kill: read, check, write the object, then one
  /// compare-and-swap of the ref with a reflog entry.
  @discardableResult
  public func append(to name: String, by writer: Writer, _ make: (Diary?) throws -> Event) throws -> ObjectID
  {
    let ref = LedgerRefs.diary(name)
    var attempt = 0
    while true {
      // What `make` asks about the bet must not be older than the diary that it is given.
      forget(name)
      let old = try tip(of: ref)
      let diary = try diary(name)
      var event = try make(diary)
      event.seq = 1 + (diary?.entries.compactMap { $0.readable?.seq }.max() ?? 0)
      event.agent = writer.agent
      let parents = diary?.tops ?? []
      let message = try event.message(isRoot: parents.isEmpty)
      let id: OID
      do throws(GitError) {
        id = try repository.writeCommit(
          tree: .emptyTree, parents: parents.compactMap(\.oid), author: writer.author,
          committer: writer.committer, message: message)
      } catch {
        // A head that a `git prune` has taken since it was read: reading puts it back.
        guard error.isMissingObject, attempt < 3 else { throw LedgerError.notWritten(error) }
        attempt += 1
        continue
      }
      do throws(GitError) {
        try repository.updateReference(
          ref, to: id, expecting: old, message: "bet: \(event.kind.name)", by: writer.committer)
        forget(name)
        return ObjectID(id)
      } catch {
        guard error.isPassing else { throw LedgerError.notWritten(error) }
        attempt += 1
        guard attempt < Ledger.attempts else { throw LedgerError.busy(ref: ref, error) }
        usleep(UInt32.random(in: 5_000...20_000) * UInt32(min(attempt, 8)))
      }
    }
  }

  /// About two seconds: a foreign lock is waited for, then named, never deleted.
  private static let attempts = 24
}
