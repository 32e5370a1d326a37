#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reading and exchanging a ledger of many bets, held against git's own reading of the same refs and its own fetch.
struct LedgerTable {
  private let site: Site
  private let count: Int
  private let table: Table
  private let rounds: Int
  /// How many bets have something new in a sync.
  private static let changed = 100
  private static let format = "--format=%H %P %at%x00%B%x00%(trailers)"

  static func print(_ binary: String, isQuick: Bool) throws {
    let count = isQuick ? 1000 : 10_000
    let site = try Site(
      Landscape(history: 100, bets: 1, openBets: 1, shipped: 1), binary: binary)
    for bet in ["open-0", Landscape.followOn] { try site.git(["update-ref", "-d", "refs/bets/\(bet)"]) }
    let table = LedgerTable(
      site: site, count: count, table: Table(["\(count) bets"] + Comparison.columns),
      rounds: isQuick ? 5 : 11)
    try site.fastImport(LedgerStream(bets: count))
    try table.unpack()
    try table.lists("loose", aims: [:])
    try site.git(["gc", "-q", "--prune=now"])
    try table.lists("packed", aims: ["first": 0.9, "again": 0.2, "`--json`, again": 0.3])
    try table.syncs()
  }

  /// Puts every object into a file of its own, as they are written; refs are already.
  private func unpack() throws {
    let away = site.path + "/packs"
    let script = """
      mkdir '\(away)' && mv .git/objects/pack/* '\(away)'
      for pack in '\(away)'/*.pack; do git unpack-objects -q <"$pack"; done
      """
    try site.succeed(site.child("sh", ["-c", script], in: site.work))
  }

  private func row(_ name: String, _ result: Rounds, aim: Double?, git: [Int] = [0], ours: Int = 1) {
    table.row([name] + Comparison.cells(result, aim: aim.map { Aim($0) }, git: git, ours: ours))
  }

  // MARK: Reading

  private func lists(_ storage: String, aims: [String: Double]) throws {
    let one = "bet-\(count / 2)"
    let show = try Rounds(
      [
        site.child("git", ["log", LedgerTable.format, "refs/bets/\(one)"], in: site.work),
        site.child(site.binary, ["log", one], in: site.work),
      ], count: rounds)
    row("one bet (`log`), \(storage)", show, aim: nil)
    let git = [
      try site.child("git", ["for-each-ref", "refs/bets"], in: site.work),
      try site.child("git", ["log", LedgerTable.format, "--glob=refs/bets/*"], in: site.work),
    ]
    for (name, arguments, isFirst) in [
      ("first", ["list"], true), ("again", ["list"], false), ("`--json`, again", ["list", "--json"], false),
    ] {
      let list = try site.child(site.binary, arguments, in: site.work)
      try check(list)
      let result = try Rounds(git + [list], count: rounds) {
        if isFirst, $0 == 2 { try site.forget() }
      }
      row("all bets (`list`), \(storage), \(name)", result, aim: aims[name], git: [0, 1], ours: 2)
    }
  }

  /// A listing that leaves bets out would be fast.
  private func check(_ list: Child) throws {
    let said = site.path + "/said"
    try site.succeed(list, output: said)
    let script = "grep -o 'bet-[0-9]*' '\(said)' | sort -u | wc -l"
    let found = try site.succeed(site.child("sh", ["-c", script], in: site.work))
    guard found.filter(\.isNumber) == "\(count)" else { throw Failure("\(list.arguments): \(found) bets") }
  }

  // MARK: Exchanging

  /// A sync beside the fetch that git needs for the same, with nothing new, with news there, and with news on both
  /// sides, which have to be joined.
  private func syncs() throws {
    let refspec = "+refs/bets/*:refs/bets-remote/origin/*"
    let old = (0..<LedgerTable.changed).map { "create refs/old/bet-\($0) refs/bets/bet-\($0)\n" }
    try updateRefs(old.joined(), in: site.work)
    for who in ["ours", "theirs"] {
      try site.fastImport(LedgerStream(newsOf: who, bets: LedgerTable.changed))
    }
    for what in ["bets", "old", "theirs"] {
      try site.git(["push", "-q", "origin", "refs/\(what)/*:refs/\(what)/*"])
    }
    try site.git(["fetch", "-q", "origin", refspec])
    try site.git(["pack-refs", "--all"])
    let cases: [(String, ours: String, theirs: String, aim: Double?)] = [
      ("nothing new", "old", "old", 1.2), ("\(LedgerTable.changed) new there", "old", "theirs", nil),
      ("\(LedgerTable.changed) to join and push", "ours", "theirs", 4),
    ]
    for (name, ours, theirs, aim) in cases {
      let children = [
        try site.child("git", ["fetch", "-q", "origin", refspec], in: site.work),
        try site.child(site.binary, ["sync", "origin"], in: site.work),
      ]
      let result = try Rounds(children, count: rounds) { _ in try reset(ours: ours, theirs: theirs) }
      row("`sync`, \(name)", result, aim: aim)
    }
  }

  /// Lets the changed bets end here, there and in what was fetched as told.
  private func reset(ours: String, theirs: String) throws {
    var (here, there) = ("", "")
    for number in 0..<LedgerTable.changed {
      let bet = "bet-\(number)"
      here +=
        "update refs/bets/\(bet) refs/\(ours)/\(bet)\nupdate refs/bets-remote/origin/\(bet) refs/old/\(bet)\n"
      there += "update refs/bets/\(bet) refs/\(theirs)/\(bet)\n"
    }
    try updateRefs(here, in: site.work)
    try updateRefs(there, in: site.url)
  }

  private func updateRefs(_ commands: String, in directory: String) throws {
    let file = site.path + "/commands"
    try site.write(commands, to: file)
    try site.succeed(site.child("git", ["update-ref", "--stdin"], input: file, in: directory))
  }
}
