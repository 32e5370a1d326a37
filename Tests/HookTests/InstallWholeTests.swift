import TestSupport
import Testing

/// Hooks, configuration and refspecs are one thing: all of it is there, or none.
@Suite("installed and taken out as a whole") struct InstallWholeTests {
  private func scene(
    _ version: String, _ install: String...
  ) throws -> (TestRepository, before: String, after: String) {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.claimGit(version)
    try repository.shell("printf '#!/bin/sh\\nexit 0\\n' >.git/hooks/pre-push; chmod +x .git/hooks/pre-push")
    // The first one makes what stays: the folder of our own files, and what was fetched.
    try repository.bet("install")
    try repository.bet("uninstall")
    let before = try repository.everything()
    try repository.tryBet(["install"] + install).succeeded("install")
    return (repository, before, try repository.everything())
  }

  @Test(arguments: ["2.39.5", "2.54.0"])
  func `nothing is changed while another program writes the configuration`(version: String) throws {
    let (repository, _, _) = try scene(version)
    for verb in ["uninstall", "install"] {
      try repository.write(".git/config.lock", "theirs")
      let before = try repository.everything()
      let stop = try repository.tryBet(verb)
      #expect(stop.stops("config-not-written", status: 128), "\(verb): \(stop.errorText)")
      #expect(stop.errorText.contains("hint: rm "))
      #expect(try repository.everything() == before)
      try repository.shell("rm .git/config.lock")
      try repository.bet("uninstall")
    }
    // Where there is nothing to change nobody is waited for.
    try repository.write(".git/config.lock", "theirs")
    try repository.bet("uninstall")
  }

  @Test(arguments: ["2.39.5", "2.54.0"])
  func `a full disk leaves all or nothing`(version: String) throws {
    let (repository, without, with) = try scene(version)
    var seen: Set<Int32> = []
    for (verb, start, end) in [("uninstall", with, without), ("install", without, with)] {
      for size in 0...8 {
        let run = try repository.run("sh", ["-c", "ulimit -f \(size); exec '\(binary("git-bet"))' \(verb)"])
        seen.insert(run.status)
        let now = try repository.everything()
        if run.status == 0 {
          #expect(now == end, "\(verb) with \(size)")
          try repository.bet(verb == "install" ? "uninstall" : "install")
        } else {
          #expect(run.status == 128 && !run.errorText.isEmpty, "\(verb) with \(size): \(run.errorText)")
          #expect(now == start, "\(verb) with \(size): \(run.errorText)")
        }
      }
      try repository.bet(verb)
    }
    #expect(seen == [0, 128])
  }

  @Test(.enabled(if: canTrace, "no program can be traced here"), arguments: ["2.39.5", "2.54.0"])
  func `a signal in the middle leaves all or nothing`(version: String) throws {
    let (repository, without, with) = try scene(version, "--hooks-only")
    let (install, uninstall) = (["install", "--hooks-only"], ["uninstall"])
    for (verb, back, start, end) in [
      (uninstall, install, with, without), (install, uninstall, without, with),
    ] {
      var ends: [Bool] = []
      while true {
        let run = try repository.run(
          binary("killed-at"), ["-s", "15", "\(ends.count + 1)", binary("git-bet")] + verb)
        guard run.errorText.contains("killed-at: ") else { break }
        let now = try repository.everything()
        #expect(now == start || now == end, "\(verb), killed at step \(ends.count + 1): \(run.errorText)")
        ends.append(now == end)
        if now != start { try repository.tryBet(back).succeeded("back") }
      }
      #expect(ends.count > 10 && ends.contains(true), "\(verb): \(ends)")
    }
  }
}
