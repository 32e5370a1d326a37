import BetLedger

/// The verdicts, overrides and policies that the rule `unsigned` would not take the word of.
struct SignatureDoctor {
  let context: Context

  init(_ context: Context) { self.context = context }

  /// Nothing when the rule is off: no signature is looked at then.
  func findings() throws -> [Doctor.Finding] {
    let ledger = try context.ledger
    let policy = try ledger.policy()
    let level = try context.settings.level(of: .unsigned, policy: policy).level
    guard level != .off else { return [] }
    let gate = try ledger.gate()
    let lowered = Rule.all.filter { (policy[$0.name] ?? $0.defaultLevel) < $0.defaultLevel }
    let relied =
      try ledger.readableBets().flatMap(\.proofs)
      + gate.overrides.filter { !$0.isRevoked }.map { Reliance($0) }
      + lowered.flatMap { gate.policyEvents[$0.name] ?? [] } + (level == .block ? uncounted() : [])
    let trust = try ledger.signatures.trust(of: relied.map(\.event))
    let doubts = relied.unique.compactMap { reliance in
      trust[reliance.event].flatMap { $0.isTrusted ? nil : Doubt(reliance: reliance, trust: $0) }
    }
    if doubts.isEmpty {
      return [Doctor.Finding(.well, about: "signatures", "every verdict and override is signed and trusted")]
    }
    return doubts.map { doubt in
      Doctor.Finding(
        .note, about: "signatures", doubt.sentence,
        cures: ["git log -1 --show-signature \(doubt.reliance.event.short)"])
    }
  }

  /// Under the lock: what would loosen something and does not count while nobody who is trusted has signed it.
  private func uncounted() throws -> [Reliance] {
    let ledger = try context.site.locked(trusting: []).ledger
    return try ledger.readableBets().flatMap(\.doubts) + ledger.gate().doubts.values.joined()
  }
}
