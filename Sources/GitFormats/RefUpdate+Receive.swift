extension RefUpdate {
  /// Reads `<old oid> SP <new oid> SP <ref>`, as git tells a pre-receive hook.
  ///
  /// The pusher's own name for what he pushed is not known there: the ref's name stands for it.
  package init?(receiveLine line: some StringProtocol) {
    let fields = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard fields.count == 3, !fields[2].isEmpty, let old = ObjectID(hex: fields[0]),
      let new = ObjectID(hex: fields[1])
    else { return nil }
    let ref = String(fields[2])
    self.init(localRef: ref, localID: new, remoteRef: ref, remoteID: old)
  }
}
