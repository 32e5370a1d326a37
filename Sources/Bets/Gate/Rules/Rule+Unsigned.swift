import GitFormats

extension Rule {
  /// A decision takes the word of an event that nobody vouches for whom git trusts.
  ///
  /// Asked after all other rules: their findings say which overrides and policies are relied upon.
  package static let unsigned = Rule(
    "unsigned", .off,
    when: "a verdict, override or policy that the push relies on is not signed by a key that git trusts"
  ) { inquiry in
    let doubts = inquiry.doubts
    guard let first = doubts.first else { return nil }
    let doubted = Set(doubts.map(\.reliance))
    let more = doubts.count > 1 ? " (and \((doubts.count - 1).of("more event")))" : ""
    // Under the lock such a verdict does not count: the bet is no proof.
    let undecided = doubted.compactMap { reliance -> BetID? in
      if case .verdict(let bet) = reliance.role { bet } else { nil }
    }.filter { inquiry.graph.state(of: $0) != .validated }.sorted()
    return Objection(
      blockers: inquiry.resting.proofs.filter { !doubted.isDisjoint(with: $0.reliances) }.compactMap {
        proof in
        proof.path.last.map {
          Finding.Blocker(bet: .id($0), state: .validated, path: proof.path, loop: [])
        }
      }
        + undecided.map {
          Finding.Blocker(bet: .id($0), state: inquiry.graph.state(of: $0), path: [$0], loop: [])
        },
      commits: inquiry.commits, sentence: "\(inquiry.subject) relies on \(first.sentence)\(more)",
      doubts: doubts,
      ways: { around in doubts.prefix(3).flatMap { waysToSign($0, of: inquiry.work, around) } })
  }

  /// What git thinks of the signature, who may sign, and how the same is said again with a signature.
  private static func waysToSign(_ doubt: Doubt, of work: Work, _ around: Surroundings) -> [Way] {
    let event = doubt.reliance.event
    let look = Way("see what git says of the signature:", "git log -1 --show-signature \(event.short)")
    var ways: [Way]
    switch doubt.trust {
    case .unsigned: ways = [Way("have every event signed from now on:", "git config bet.sign true")]
    case .cannotVerify where !around.isServer, .unknownKey where !around.isServer:
      ways = [
        look,
        Way(
          "with ssh keys, say whose count, in a file of your own:",
          "git config --global gpg.ssh.allowedSignersFile '~/.ssh/allowed_signers'"),
      ]
    default: ways = [look]
    }
    switch doubt.reliance.role {
    case .verdict(let bet):
      // Two commands: where the second one is left to a person, the first has done what it says.
      ways.append(
        Way(
          "open it again, for a call that is signed:",
          "git bet reopen \(bet) --because 'the call was not signed'"))
      ways.append(Way("then make the call, signed:", "git -c bet.sign=true bet close \(bet)"))
    case .override:
      let isBranch = work.update.localRef.hasPrefix("refs/heads/")
      let name = Text.shellOperands(isBranch ? work.name : work.update.localID.hex)
      ways.append(
        Way(
          "override it again, signed:",
          "git bet override --revoke \(event.short) && "
            + "git -c bet.sign=true bet override --because \(Placeholder.override.quoted) \(name)"))
    case .policy(let rule, let level):
      ways.append(
        Way(
          "set the level again, signed:",
          "git -c bet.sign=true bet policy \(Text.shellOperands("\(rule)=\(level.name)"))"))
    case .setting(let key, let value):
      let setting = Text.shellOperands("\(key)=\(value.description)")
      ways.append(Way("set it again, signed:", "git -c bet.sign=true bet policy \(setting)"))
    case .change(let bet, _):
      ways.append(Way("what it changed, to be said again and signed:", "git bet log \(bet)"))
    }
    return ways
  }
}
