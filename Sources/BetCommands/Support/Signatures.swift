import BetLedger
import BetReports

/// What is said about the signatures of the events that a command shows: one git for all of them.
struct Signatures {
  private let trust: [ObjectID: SignatureTrust]
  /// Signed events that nobody asked about, because there were too many.
  let unchecked: Int

  /// Looks at the newest of them; without one that is signed no process is started.
  init(of entries: [Entry], _ context: Context) throws {
    let signed = entries.filter(\.isSigned).sorted { $0.time > $1.time }.map(\.id)
    let asked = signed.prefix(SignatureCheck.limit)
    unchecked = signed.count - asked.count
    trust = try context.ledger.signatures.trust(of: asked)
  }

  /// For people; nil for an event that is not signed.
  func words(_ entry: Entry) -> String? {
    guard entry.isSigned else { return nil }
    return trust[entry.id]?.sentence ?? "is signed, not checked"
  }

  func json(_ entry: Entry) -> JSON {
    if !entry.isSigned { return SignatureTrust.unsigned.json }
    return trust[entry.id]?.json ?? .null
  }

  /// What was left out; nil when nothing was.
  var note: String? {
    unchecked > 0 ? "\(unchecked) older signatures were not checked" : nil
  }
}

extension Entry {
  /// One event of a diary, with what its signature is worth.
  func json(_ signatures: Signatures) -> JSON { json.with(["signature": signatures.json(self)]) }
}
