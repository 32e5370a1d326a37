/// What it costs to know which commits belong to which bet: a whole history, then nothing new, then a commit more.
enum IndexTable {
  static func print(_ binary: String, isQuick: Bool) throws {
    let size = isQuick ? 10_000 : 80_000
    let site = try Site(Landscape(history: size, topics: [.init(1, .bet)]), binary: binary)
    let log = try site.child("git", ["log", "--format=%H%x00%(trailers)", "main"], in: site.work)
    let list = try site.child(binary, ["list"], in: site.work)
    let table = Table(["which of \(size) commits are whose (`list`)"] + Comparison.columns)
    let rounds = isQuick ? 3 : 11
    let first = try Rounds([log, list], count: rounds) { if $0 == 1 { try site.forget() } }
    table.row(["first"] + Comparison.cells(first, aim: Aim(0.75)))
    table.row(["again"] + Comparison.cells(try Rounds([log, list], count: rounds), aim: nil))
    let id = try site.git(["rev-parse", "main"])
    let grown = try Rounds([log, list], count: rounds) { _ in
      let ref = "refs/remotes/origin/main"
      let old = try site.git(["rev-parse", ref])
      let tree = try site.git(["rev-parse", ref + "^{tree}"])
      try site.git(["update-ref", ref, site.git(["commit-tree", "-p", old, "-m", "one more", tree]), old])
    }
    try site.git(["update-ref", "refs/remotes/origin/main", id])
    table.row(["a commit more"] + Comparison.cells(grown, aim: nil))
    Swift.print(
      "\nPeak MiB of the first: \(first.peakMiB(of: 0).formatted(0)) for git, \(first.peakMiB(of: 1).formatted(0)) for git bet."
    )
  }
}
