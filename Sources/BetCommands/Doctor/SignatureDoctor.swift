import BetLedger

/// The verdicts, overrides and policies that the rule `unsigned` would not take the word of.
struct SignatureDoctor {
  let context: Context

  init(_ context: Context) { self.context = context }

  /// Nothing when the rule is off: no signature is looked at then.
  func findings() throws -> [Doctor.Finding] {
    let ledger = try context.ledger
    let policy = try ledger.policy()
    guard try context.settings.level(of: .unsigned, policy: policy).level != .off else { return [] }
    let gate = try ledger.gate()
    let lowered = Rule.all.filter { (policy[$0.name] ?? $0.defaultLevel) < $0.defaultLevel }
    let relied =
      try ledger.readableBets().flatMap(\.proofs)
      + gate.overrides.filter { !$0.isRevoked }.map { Reliance($0) }
      + lowered.flatMap { gate.policyEvents[$0.name] ?? [] }
    let trust = try ledger.signatures.trust(of: relied.map(\.event))
    let doubts = relied.compactMap { reliance in
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
}
