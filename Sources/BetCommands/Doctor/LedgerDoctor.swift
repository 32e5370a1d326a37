import BetLedger

/// What is wrong in the ledger itself, ref by ref: one that cannot be read hides no other.
struct LedgerDoctor {
  let context: Context
  let ledger: Ledger
  let remotes: [String]

  init(_ context: Context) throws {
    self.context = context
    ledger = try context.ledger
    remotes = try LedgerPeer.stagingNames(in: context.config)
  }

  func findings() throws -> [Doctor.Finding] {
    let listing = try GitCommand.run(
      [
        "for-each-ref", "--format=%(refname)", LedgerRefspec.local, LedgerRefspec.fetched,
      ], environment: ["LC_ALL": "C"])
    let refs = listing.text.split(separator: "\n").map(String.init)
    var findings = try broken(in: listing.errorText)
    findings += try orphans(refs)
    var names: [String] = []
    for ref in refs {
      guard let name = LedgerRefspec.diary(of: ref, remotes: remotes) else { continue }
      if name != Event.gateDiary, BetID(ifValid: name) == nil {
        findings.append(stranger(ref))
      } else if !names.contains(name) {
        names.append(name)
      }
    }
    for name in names { findings += examine(name) }
    if !findings.contains(where: { $0.health == .wrong }) {
      let count = names.count { $0 != Event.gateDiary }
      findings.append(
        Doctor.Finding(.well, about: "ledger", "\(count.of("bet")), every event readable"))
    }
    return findings
  }

  /// git names the refs that it cannot read on standard error and lists the rest.
  private func broken(in words: String) throws -> [Doctor.Finding] {
    let common = try context.repository.commonDirectory
    return words.split(separator: "\n").compactMap { line in
      guard let start = line.firstRange(of: "broken ref ")?.upperBound else { return nil }
      let ref = String(line[start...])
      return Doctor.Finding(
        .wrong, about: "ledger",
        "'\(ref)' is broken on disk; what was fetched or logged of it can be put back afterwards",
        cures: ["rm \(Text.shellOperands("\(common)/\(ref)"))"])
    }
  }

  /// What was fetched of remotes that are gone. What nothing else has is brought into this clone's own diaries first.
  private func orphans(_ refs: [String]) throws -> [Doctor.Finding] {
    let orphans = refs.filter {
      LedgerRefspec.remote(of: $0) != nil && LedgerRefspec.diary(of: $0, remotes: remotes) == nil
    }
    guard !orphans.isEmpty else { return [] }
    let cures = try orphans.prefix(5).compactMap { ref throws -> String? in
      guard let tip = try context.repository.resolve(ref) else { return nil }
      let deletion = "git update-ref -d \(Text.shellQuoted(ref)) \(tip)"
      let name = ref.split(separator: "/").last.map(String.init) ?? ""
      guard name == Event.gateDiary || BetID(ifValid: name) != nil else { return deletion }
      let missing: [Ledger.Lost]
      // Nobody knows what a diary that cannot be read holds.
      do throws(LedgerError) { missing = try ledger.missing([tip], from: name) } catch { return nil }
      return (missing.map { $0.cure(name) } + [deletion]).joined(separator: " && ")
    }
    return [
      Doctor.Finding(
        .note, about: "ledger",
        orphans.count == 1
          ? "a fetched ref belongs to a remote that is gone; it does not count"
          : "\(orphans.count) fetched refs belong to a remote that is gone; they do not count",
        cures: cures)
    ]
  }

  private func stranger(_ ref: String) -> Doctor.Finding {
    Doctor.Finding(
      .wrong, about: "ledger", "'\(ref)' has a name that no bet can have",
      cures: ["git update-ref -d \(Text.shellQuoted(ref))"])
  }

  private func examine(_ name: String) -> [Doctor.Finding] {
    let diary: Diary
    do {
      guard let found = try ledger.diary(name) else { return [] }
      diary = found
    } catch {
      let diagnostic = error.diagnostic
      return [Doctor.Finding(.wrong, about: "ledger", diagnostic.message, cures: diagnostic.hints)]
    }
    let shown = 5
    var findings = diary.damaged.prefix(shown).map { entry in
      Doctor.Finding(
        .wrong, about: "ledger",
        "'\(name)' has a damaged event, which does not count: \(entry.problem?.diagnostic.message ?? "")",
        cures: ["git show \(entry.id.short)"])
    }
    if diary.isFlooded {
      findings.append(
        Doctor.Finding(
          .wrong, about: "ledger",
          "'\(name)' leads into a history that is no diary: what is below \(Ledger.mostDamage) such commits is left out",
          cures: ["git log --oneline --graph -20 \(Text.shellQuoted(LedgerRefspec.local + name))"]))
    } else if diary.damaged.count > shown {
      findings.append(
        Doctor.Finding(
          .wrong, about: "ledger", "'\(name)' has \((diary.damaged.count - shown).of("more damaged event"))",
          cures: ["git bet log \(name)"]))
    }
    if let future = diary.entries.first(where: { $0.time > context.now + 86_400 }) {
      findings.append(
        Doctor.Finding(
          .note, about: "clock",
          "'\(name)' has an event of \(Day(secondsSince1970: future.time)), which is not yet: somebody's clock is wrong",
          cures: ["git show \(future.id.short)"]))
    }
    guard let id = BetID(ifValid: name) else { return findings + contested(GateDiary(from: diary)) }
    guard let bet = Bet(id, from: diary) else {
      findings.append(
        Doctor.Finding(
          .wrong, about: "ledger", "'\(name)' has no readable declaration", cures: ["git bet log \(name)"]))
      return findings
    }
    return findings + contested(bet)
  }

  /// What two clones say differently counts as the stricter of both until somebody settles it.
  private func contested(_ bet: Bet) -> [Doctor.Finding] {
    let what = bet.contested
    guard !what.isEmpty else { return [] }
    return [
      Doctor.Finding(
        .wrong, about: "ledger",
        "'\(bet.id)' is contested (\(what.joined(separator: ", "))): it blocks until somebody settles it",
        cures: ["git bet show \(bet.id)"])
    ]
  }

  private func contested(_ gate: GateDiary) -> [Doctor.Finding] {
    gate.contestedRules.map { rule in
      let setting = gate.shared[rule]
      let value = setting?.description ?? gate.policy[rule]?.name ?? Level.block.name
      let what = setting == nil ? "the level of '\(rule)'" : "the setting '\(rule)'"
      return Doctor.Finding(
        .wrong, about: "ledger",
        "\(what) is contested: '\(value)' counts until somebody settles it",
        cures: ["git bet policy \(Text.shellOperands("\(rule)=\(value)"))"])
    }
  }
}
