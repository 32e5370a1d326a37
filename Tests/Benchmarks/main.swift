// Measures the gate and the ledger against git itself: `Benchmarks [--quick] [--ledger] <git-bet>`. Prints tables in
// Markdown; `--ledger` those about the ledger alone.
// `Benchmarks [--quick] <git-bet> <repository>` measures attribution on a copy of that repository instead.
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One line of the table, written as soon as it is known.
func row(_ cells: [String]) {
  print("| " + cells.joined(separator: " | ") + " |")
  fflush(nil)
}

/// Measures one push: the gate, the `git log` that does the same work, and the floor.
func measure(_ site: Site, commits: Int, remoteRefs: Int, graph: Bool, rounds: Int) throws {
  let topic = "topic-\(commits)"
  try site.check(topic)
  let result = try Rounds([site.log(topic), site.gate(topic), site.floor()], count: rounds)
  let ratio = result.ratio(of: 1, to: 0)
  row([
    "\(site.size)", "\(commits)", "\(remoteRefs)", graph ? "yes" : "no",
    result.time(of: 0).median.formatted(1), result.time(of: 1).median.formatted(1),
    "\(ratio.median.formatted(2)) (\(ratio.low.formatted(2))–\(ratio.high.formatted(2)))",
    result.difference(of: 1, to: 2).median.formatted(1),
    "\(result.peakMiB(of: 0).formatted(1)) / \(result.peakMiB(of: 1).formatted(1))",
  ])
}

func run(_ binary: String, isQuick: Bool) throws {
  let rounds = isQuick ? 11 : 41
  row([
    "history", "commits to push", "remote refs", "commit-graph", "`git log` ms", "`git-bet` ms",
    "ratio (p10–p90)", "above `rev-parse` ms", "peak MiB",
  ])
  row(Array(repeating: "--:", count: 9))
  let topics = isQuick ? [1, 100] : [1, 100, 1000]
  let site = try Site(size: isQuick ? 5000 : 50_000, topics: topics, binary: binary)
  for refs in [HistoryStream.sideBranches + 1, 1] {
    if refs == 1 { try site.forgetSideBranches() }
    for graph in [true, false] {
      if !graph { try site.setCommitGraph(false) }
      for topic in topics {
        try measure(site, commits: topic, remoteRefs: refs, graph: graph, rounds: rounds)
      }
      if !graph { try site.setCommitGraph(true) }
    }
  }
  let idle = try Rounds([site.floor(), site.idleGate()], count: rounds)
  let small = try Site(size: 1000, topics: [1, 100], binary: binary)
  try small.forgetSideBranches()
  for topic in [1, 100] { try measure(small, commits: topic, remoteRefs: 1, graph: true, rounds: rounds) }
  print(
    """

    Nothing to push: \(idle.time(of: 1).median.formatted(1)) ms; `git rev-parse HEAD`: \
    \(idle.time(of: 0).median.formatted(1)) ms. Medians of \(rounds) rounds, ratios within each round.
    """)
}

/// Measures what hooks add to a push: ours, which decides for real, beside others that have nothing to do.
func compareHooks(_ binary: String, isQuick: Bool) throws {
  let site = try Site(size: 1000, topics: [1], binary: binary)
  let hooks = try site.hooks()
  let rounds = try Rounds(hooks.map(\.push), count: isQuick ? 11 : 41)
  print()
  row(["pre-push hook", "`git push --dry-run` ms", "added ms (p10–p90)"])
  row(["---", "--:", "--:"])
  for (index, hook) in hooks.enumerated() {
    let added = rounds.difference(of: index, to: 0)
    row([
      hook.name, rounds.time(of: index).median.formatted(1),
      index == 0
        ? "" : "\(added.median.formatted(1)) (\(added.low.formatted(1))–\(added.high.formatted(1)))",
    ])
  }
}

func fail(_ text: String, status: Int32) -> Never {
  let line = Array((text + "\n").utf8)
  _ = write(2, line, line.count)
  exit(status)
}

var arguments = Array(CommandLine.arguments.dropFirst())
let isQuick = arguments.first == "--quick"
if isQuick { arguments.removeFirst() }
let isLedgerAlone = arguments.first == "--ledger"
if isLedgerAlone { arguments.removeFirst() }
guard (1...2).contains(arguments.count), let binary = realpath(arguments[0], nil) else {
  fail("usage: Benchmarks [--quick] [--ledger] <git-bet> [<repository>]", status: 129)
}
do {
  if arguments.count == 2 {
    try measureAttribution(String(cString: binary), on: arguments[1], isQuick: isQuick)
    exit(0)
  }
  if !isLedgerAlone {
    try run(String(cString: binary), isQuick: isQuick)
    try compareHooks(String(cString: binary), isQuick: isQuick)
  }
  try measureLedger(String(cString: binary), isQuick: isQuick)
} catch {
  fail("error: \(error)", status: 1)
}
