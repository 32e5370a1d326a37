import BetLedger
import BetReports

/// Whether the ledger comes along with `git fetch`, and whether a fetch could destroy it.
struct RemoteDoctor {
  let context: Context

  init(_ context: Context) { self.context = context }

  func findings() throws -> [Doctor.Finding] {
    let config = try context.config
    let remotes = Remote.names(in: config)
    guard !remotes.isEmpty else {
      return [Doctor.Finding(.well, about: "remotes", "none; the ledger is kept here alone")]
    }
    return try homeFindings() + ledgerFindings(remotes, in: config)
  }

  /// Whether what has shipped is known here.
  private func homeFindings() throws -> [Doctor.Finding] {
    guard let name = try context.site.untrackedHome else { return [] }
    return [
      Doctor.Finding(
        .wrong, about: "remotes", "nothing is known here of what '\(name)' has, so every commit looks new",
        cures: [Way.tracking(name).command])
    ]
  }

  private func ledgerFindings(_ remotes: [String], in config: [ConfigLine]) throws -> [Doctor.Finding] {
    // A repository that people push to gets its ledger from them.
    let unfetched: Doctor.Finding.Health = try context.repository.isBare ? .note : .wrong
    let others = try LedgerPeer.all(in: config).filter(\.isElsewhere)
    guard others.isEmpty else {
      return others.map {
        Doctor.Finding(.well, about: "remotes", "'\($0.name)' brings its ledger with every git bet sync")
      }
    }
    return remotes.flatMap { name -> [Doctor.Finding] in
      let key = "remote.\(name).fetch"
      let refspecs = config.filter { $0.key == key }.compactMap(\.value)
      let wanted = LedgerRefspec.fetch(from: name)
      var findings = refspecs.filter(LedgerRefspec.isDangerous).map { refspec in
        Doctor.Finding(
          .wrong, about: "remotes",
          "'\(refspec)' of '\(name)' lets a fetch overwrite or delete bets that were not pushed",
          cures: [
            "git config --fixed-value --unset-all \(Text.shellQuoted(key)) \(Text.shellQuoted(refspec))"
          ])
      }
      if refspecs.contains(wanted), !LedgerPeer.isFetched(name, in: config) {
        findings.append(
          Doctor.Finding(
            .wrong, about: "remotes",
            "the ledger's refspec is the only one of '\(name)': without a branch to fetch, git pull from it fails",
            cures: ["git config --unset-all \(Text.shellQuoted(key))"]))
      } else if refspecs.isEmpty {
        findings.append(
          Doctor.Finding(
            .note, about: "remotes",
            "'\(name)' has no fetch refspec, and with the ledger's as its only one git pull from it would fail: its "
              + "ledger comes with git bet sync alone", cures: ["git bet sync \(Text.shellOperands(name))"]))
      } else if refspecs.contains(wanted) {
        findings.append(
          Doctor.Finding(.well, about: "remotes", "'\(name)' brings its ledger with every fetch"))
      } else if let former = LedgerPeer.folders(of: name, in: config).lazy.compactMap(LedgerRefspec.remote)
        .first
      {
        findings.append(renamed(name, from: former, isTaken: remotes.contains(former)))
      } else {
        findings.append(
          Doctor.Finding(
            unfetched, about: "remotes",
            "'\(name)' does not bring its ledger: a teammate's verdict would not count here",
            cures: [LedgerRefspec.adding(name)]))
      }
      return findings
    }
  }

  /// git leaves the refspec as it is when it renames a remote: what it brings counts, until another remote has the name.
  private func renamed(_ name: String, from former: String, isTaken: Bool) -> Doctor.Finding {
    let (key, wanted) = ("remote.\(name).fetch", LedgerRefspec.fetch(from: name))
    let setting =
      "git config --fixed-value --replace-all \(Text.shellQuoted(key)) \(Text.shellQuoted(wanted))"
      + " \(Text.shellQuoted(LedgerRefspec.fetch(from: former)))"
    guard !isTaken else {
      return Doctor.Finding(
        .wrong, about: "remotes",
        "'\(name)' brings its ledger to where that of '\(former)' is kept: each fetch takes the other's away",
        cures: [
          "\(setting) && git fetch \(Text.shellOperands(name)) && git fetch \(Text.shellOperands(former))"
        ])
    }
    return Doctor.Finding(
      .note, about: "remotes",
      "'\(name)' brings its ledger under a name that it had before, '\(former)'",
      cures: ["\(setting) && \(LedgerRefspec.moving(from: former, to: name))"])
  }
}
