import BetGate

/// A push that deletes at the remote whatever is not here, and whose deletions git does not tell its hook.
enum MirrorPush {
  /// Whether this is one, without opening the repository: git's command line, and refs that nothing else pushes.
  static func isLikely(_ updates: [RefUpdate], caller: String?) -> Bool {
    updates.contains { $0.localRef == $0.remoteRef && isOnlyMirrored($0.remoteRef) } || isTyped(caller)
  }

  private static func isOnlyMirrored(_ ref: String) -> Bool {
    ref.hasPrefix("refs/remotes/") || ref.hasPrefix("refs/bets-remote/")
  }

  /// Where the system shows the command line of a process; git takes a long option's first letters for it. Elsewhere
  /// the refs have to tell.
  private static func isTyped(_ caller: String?) -> Bool {
    Caller.command(of: caller).contains { "--mirror".hasPrefix($0) && $0.utf8.count >= "--mi".utf8.count }
  }
}

extension Context {
  /// What a push makes of the ledger of a remote beside what git tells: of a mirroring one all that is there.
  func mirrored(to arguments: [String], _ updates: [RefUpdate], caller: String?) throws -> [RefUpdate] {
    guard let name = arguments.first else { return [] }
    if !MirrorPush.isLikely(updates, caller: caller) {
      guard let line = try config.last(where: { $0.key == "remote.\(name).mirror" }), try Settings.truth(line)
      else { return [] }
    }
    let place = arguments.count > 1 ? arguments[1] : name
    let answer = try GitCommand.run(
      ["ls-remote", "--refs", "--end-of-options", place, "refs/bets/*"]
        + [site.carrierRef].compactMap(\.self))
    guard answer.status == 0 else {
      throw Refusal(
        "ledger-unknown", "nobody can tell what a mirroring push would delete of the ledger there",
        notes: answer.errorLines.suffix(2), hints: ["git bet sync"])
    }
    return try answer.text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: "\t")
      guard words.count == 2, let id = ObjectID(hex: String(words[0])) else { return nil }
      let ref = String(words[1])
      return RefUpdate(
        localRef: ref, localID: try repository.resolve(ref) ?? .zero, remoteRef: ref, remoteID: id)
    }
  }
}
