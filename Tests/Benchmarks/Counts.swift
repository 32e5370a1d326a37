#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How many instructions pushes cost, held against what a file says that they cost before.
///
/// Times differ from one machine to the next, and from one minute to the next; instructions hardly do. What could move
/// them is held still, and objects are packed by one thread (``Site``). What else they depend on stands in the file: where it differs, nothing is held against anything.
struct Counts {
  /// What a push may cost more than the file says.
  private static let tolerance = 1.03
  /// Swift sows its hashing anew in each process; the C library takes what fits the processor.
  private static let stillness = [
    "SWIFT_DETERMINISTIC_HASHING=1",
    "GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-AVX512F,-AVX512VL,-AVX512BW,-AVX,-BMI2,-SSE4_2,-SSSE3,-ERMS,-FSRM",
  ]

  private var tools: [(name: String, version: String)] = []
  private var pushes: [(name: String, count: Int)] = []

  /// Compares with the file, or writes it anew; throws when a push has become dearer.
  static func run(_ binary: String, file: String, isUpdate: Bool) throws {
    let now = try Counts(measuring: binary)
    if isUpdate { return try Site.write(now.text, to: file) }
    try now.compare(with: Counts(reading: file))
  }

  // MARK: Counting

  private init(measuring binary: String) throws {
    let named = [1, 100, 1000].map { Landscape.Topic($0, .bet) }
    let (none, met) = (Landscape.Topic(1, .nothing), Landscape.Topic(100, .bet, meets: true))
    let few = try Site(Landscape(history: 5000, topics: named + [none, met]), binary: binary)
    tools = Counts.tools(few)
    for topic in named { try count("\(topic.commits.of("commit")), naming a bet", topic, in: few) }
    try count("1 commit, naming none", none, in: few)
    try count("100 commits, in files of open bets", met, in: few)
    try few.addRemoteBranches(5000)
    try count("100 commits, 5000 remote refs", named[1], in: few)
    let one = Landscape.Topic(1, .bet, meets: true)
    let many = try Site(
      Landscape(
        history: 2000, bets: 10_000, openBets: 10_000, shipped: 1, metFiles: 1000, lines: 8, topics: [one]),
      binary: binary)
    try count("1 commit, 10000 bets", one, in: many)
  }

  /// Counts once what earlier pushes have to keep is kept.
  private mutating func count(_ name: String, _ topic: Landscape.Topic, in site: Site) throws {
    let gate = try site.gate(topic)
    for _ in 0..<2 { try site.succeed(gate) }
    let child = try gate.with(
      Counts.stillness, behind: ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"])
    let said = site.path + "/said"
    let status = try child.run(errors: said).status
    let words = try Site.lines(of: said).first { $0.contains("Collected :") }?.split(separator: " ")
    guard status == 0, let count = words?.last.flatMap({ Int($0) }) else {
      throw Failure("\(name): status \(status)\n\(try Site.read(said))")
    }
    pushes.append((name, count))
  }

  /// What the figures depend on besides this repository.
  private static func tools(_ site: Site) -> [(name: String, version: String)] {
    let isShared = "if ldd '\(site.binary)' >/dev/null 2>&1; then echo shared; else echo static; fi"
    return [
      ("machine", "uname", ["-m"]), ("C library", "getconf", ["GNU_LIBC_VERSION"]),
      ("swift", "swiftc", ["--version"]), ("libgit2", "pkg-config", ["--modversion", "libgit2"]),
      ("zlib", "pkg-config", ["--modversion", "zlib"]), ("git", "git", ["--version"]),
      ("valgrind", "valgrind", ["--version"]), ("executable", "sh", ["-c", isShared]),
    ].map { name, program, arguments in
      let line = try? site.succeed(site.child(program, arguments, in: site.work))
      return (name, line ?? "unknown")
    }
  }

  // MARK: In a file

  private static let head =
    "# Instructions of a push, as callgrind counts them. `make count UPDATE=1` writes this.\n"

  private var text: String {
    Counts.head + (tools.map { "\($0.name): \($0.version)\n" } + ["\n"]).joined()
      + pushes.map { "\($0.count)\t\($0.name)\n" }.joined()
  }

  private init(reading file: String) throws {
    for line in try Site.lines(of: file) where !line.hasPrefix("#") {
      let fields = line.split(separator: "\t", maxSplits: 1)
      if fields.count == 2, let count = Int(fields[0]) {
        pushes.append((String(fields[1]), count))
      } else if let colon = line.firstRange(of: ": ") {
        tools.append((String(line[..<colon.lowerBound]), String(line[colon.upperBound...])))
      }
    }
  }

  private func compare(with before: Counts) throws {
    var dearer: [String] = []
    for push in pushes {
      guard let known = before.pushes.first(where: { $0.name == push.name }) else {
        throw Failure("'\(push.name)' is not in the file: make count UPDATE=1")
      }
      let ratio = Double(push.count) / Double(known.count)
      print("\(ratio.formatted(3)) × \(known.count)  \(push.name)")
      if ratio > Counts.tolerance { dearer.append(push.name) }
    }
    let others = tools.filter { tool in !before.tools.contains { $0 == tool } }
    guard others.isEmpty else {
      let words = others.map { tool in
        "\(tool.name) '\(tool.version)', not '\(before.tools.first { $0.name == tool.name }?.version ?? "")'"
      }
      return print("not held against the file, which was made elsewhere: \(words.joined(separator: "; "))")
    }
    guard dearer.isEmpty else {
      throw Failure(
        "dearer by more than 3 %: \(dearer.joined(separator: "; "))\nwhere that is worth it: make count UPDATE=1"
      )
    }
  }
}
