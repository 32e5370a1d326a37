import BetGate
import BetLedger

/// What the ledger has lost and git still knows, and the locks that keep it from being written.
struct ReflogDoctor {
  let context: Context
  let ledger: Ledger

  init(_ context: Context) throws {
    self.context = context
    ledger = try context.ledger
  }

  func findings() throws -> [Doctor.Finding] {
    // A write takes milliseconds; whoever holds a lock for a minute is gone.
    var findings = try ledger.locks().filter { $0.age > 60 }.map { lock in
      Doctor.Finding(
        .wrong, about: "ledger",
        "'\(lock.path)' was left by a program that was killed: nothing can be written there",
        cures: ["rm \(Text.shellOperands(lock.path))"])
    }
    // Where a ref cannot be read there is a ledger, and it is told of by the one who reads them all.
    do { findings += try gone() } catch is LedgerError {}
    for name in try ledger.loggedNames() {
      // A diary that cannot be read is told of by the one who reads them all.
      do throws(LedgerError) {
        // Each cure moves the ref, so the next one is printed when this one was typed.
        findings += try ledger.lost(from: name).prefix(1).map { finding($0, name) }
      } catch {}
    }
    return findings
  }

  /// A ledger, or a bet, that this clone has known and of which nothing is left but what it did here.
  private func gone() throws -> [Doctor.Finding] {
    let cures = try LedgerPeer.all(in: context.config).isEmpty ? [] : ["git bet sync"]
    if try ledger.isEmpty() {
      // What was left behind is told of by the one who lists all refs.
      guard try context.repository.references(under: LedgerRefspec.fetched).isEmpty else { return [] }
      let log = DecisionLog(commonDirectory: try context.repository.commonDirectory)
      guard
        try !ledger.vanished().isEmpty || !context.exchangeRecord.lines.isEmpty || !log.all().isEmpty
          || context.settings.branchBets.contains(where: { !$0.value.isEmpty })
      else { return [] }
      return [
        Doctor.Finding(
          .wrong, about: "ledger",
          "a ledger was here and is gone: no ref of it is left, so the gate has nothing to go by; the manual page says "
            + "under RECOVERY how events are found again", cures: cures)
      ]
    }
    return try ledger.vanished().prefix(5).map {
      Doctor.Finding(.wrong, about: "ledger", "the bet '\($0)' was here and is gone", cures: cures)
    }
  }

  private func finding(_ lost: Ledger.Lost, _ name: String) -> Doctor.Finding {
    let events = lost.count.of("event")
    let what =
      lost.wasThere
      ? "'\(lost.ref)' was \(lost.now == nil ? "deleted" : "moved back"): its reflog knows \(events) that no head has"
      : "\(events) of '\(name)' is in its reflog alone: the write was cut short, or the ref changed by hand"
    return Doctor.Finding(lost.wasThere ? .wrong : .note, about: "ledger", what, cures: [lost.cure(name)])
  }
}

extension Ledger.Lost {
  /// Moves the ref to what was lost, as long as it is what it was; joins both where each has what the other lacks.
  func cure(_ name: String) -> String {
    let old = now?.hex ?? String(repeating: "0", count: 40)
    var new = tip.hex
    if !isAhead {
      new = """
        "$(git commit-tree -p \(old) -p \(new) -m 'join what was moved away' \
        -m "$(printf 'Event: merged\\nBet: \(name)\\nSeq: \(joiningSeq)')" \(ObjectID.emptyTree))"
        """
    }
    return "git update-ref --create-reflog -m 'bet: brought back' \(Text.shellQuoted(ref)) \(new) \(old)"
  }
}
