/// One line of what git tells a pre-push hook: what goes where.
public struct RefUpdate: Hashable, Sendable {
  /// As it was typed: a full ref name, `HEAD`, `HEAD~1`, an id, `(delete)`; it may hold spaces.
  public let localRef: String
  /// What the local ref names; zeros for a deletion.
  public let localID: ObjectID
  /// The full name of the ref there.
  public let remoteRef: String
  /// What the remote has there; zeros for nothing.
  public let remoteID: ObjectID

  /// Makes an update of its parts.
  public init(localRef: String, localID: ObjectID, remoteRef: String, remoteID: ObjectID) {
    self.localRef = localRef
    self.localID = localID
    self.remoteRef = remoteRef
    self.remoteID = remoteID
  }

  /// Reads `<local ref> SP <local oid> SP <remote ref> SP <remote oid>`; the last three fields are split off.
  public init?(line: some StringProtocol) {
    var rest = String(line)[...]
    var fields: [Substring] = []
    for _ in 0..<3 {
      guard let space = rest.lastIndex(of: " ") else { return nil }
      fields.append(rest[rest.index(after: space)...])
      rest = rest[..<space]
    }
    guard !rest.isEmpty, !fields[1].isEmpty, let remoteID = ObjectID(hex: fields[0]),
      let localID = ObjectID(hex: fields[2])
    else { return nil }
    self.init(localRef: String(rest), localID: localID, remoteRef: String(fields[1]), remoteID: remoteID)
  }

  /// Whether the ref goes away.
  public var isDeletion: Bool { localID.isZero }
  /// Whether the remote has no such ref.
  public var isNew: Bool { remoteID.isZero }
  /// The remote branch without `refs/heads/`; nil for tags and other refs.
  public var remoteBranch: String? { RefUpdate.branch(remoteRef) }

  /// Whether it goes to Gerrit for a review (`refs/for/main`): work that is to ship, and has not.
  package var isForReview: Bool { remoteRef.hasPrefix("refs/for/") }

  /// Whether it goes there as something that is not to ship yet: `refs/for/main%wip`, `%private`, `refs/drafts/main`.
  package var isPrivateReview: Bool {
    if remoteRef.hasPrefix("refs/drafts/") { return true }
    guard isForReview, let mark = remoteRef.firstIndex(of: "%") else { return false }
    let options = remoteRef[remoteRef.index(after: mark)...].split(separator: ",")
    return options.contains { ["wip", "private", "draft"].contains($0) }
  }

  package static func branch(_ ref: String) -> String? {
    // Byte by byte: a name may begin with a combining character, which Swift would join with the slash.
    let prefix = "refs/heads/".utf8
    return ref.utf8.starts(with: prefix)
      ? String(decoding: ref.utf8.dropFirst(prefix.count), as: UTF8.self) : nil
  }
}
