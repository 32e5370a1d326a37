import BetLedger

/// What the ledger has lost and git still knows, and the locks that keep it from being written.
struct ReflogDoctor {
  let ledger: Ledger

  init(_ context: Context) throws { ledger = try context.ledger }

  func findings() throws -> [Doctor.Finding] {
    // A write takes milliseconds; whoever holds a lock for a minute is gone.
    var findings = try ledger.locks().filter { $0.age > 60 }.map { lock in
      Doctor.Finding(
        .wrong, about: "ledger",
        "'\(lock.path)' was left by a program that was killed: nothing can be written there",
        cures: ["rm \(Text.shellOperands(lock.path))"])
    }
    for name in try ledger.loggedNames() {
      // A diary that cannot be read is told of by the one who reads them all.
      do throws(LedgerError) {
        // Each cure moves the ref, so the next one is printed when this one was typed.
        findings += try ledger.lost(from: name).prefix(1).map { finding($0, name) }
      } catch {}
    }
    return findings
  }

  private func finding(_ lost: Ledger.Lost, _ name: String) -> Doctor.Finding {
    let events = lost.count.of("event")
    let what =
      lost.wasThere
      ? "'\(lost.ref)' was \(lost.now == nil ? "deleted" : "moved back"): its reflog knows \(events) that no head has"
      : "\(events) of '\(name)' is in its reflog alone: the write was cut short, or the ref changed by hand"
    return Doctor.Finding(lost.wasThere ? .wrong : .note, about: "ledger", what, cures: [cure(lost, name)])
  }

  /// Moves the ref to what was lost, as long as it is what it was; joins both where each has what the other lacks.
  private func cure(_ lost: Ledger.Lost, _ name: String) -> String {
    let old = lost.now?.hex ?? String(repeating: "0", count: 40)
    var new = lost.tip.hex
    if !lost.isAhead {
      new = """
        "$(git commit-tree -p \(old) -p \(new) -m 'join what was moved away' \
        -m "$(printf 'Event: merged\\nBet: \(name)\\nSeq: \(lost.joiningSeq)')" \(ObjectID.emptyTree))"
        """
    }
    return "git update-ref --create-reflog -m 'bet: brought back' \(Text.shellQuoted(lost.ref)) \(new) \(old)"
  }
}
