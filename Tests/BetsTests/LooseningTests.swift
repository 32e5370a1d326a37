import Bets
import TestSupport
import Testing

/// A push that is stopped, by nothing but values: the diaries it hangs on, and the work.
private struct Stop: CustomTestStringConvertible, Sendable {
  let name: String
  var diaries: [History]
  var commits: [WorkCommit] = [commit("ranking")]
  var branch = "topic"
  var gate = History("gate", firstID: 50_000)
  var testDescription: String { name }

  /// The same with one event more.
  func with(_ diary: History) -> Stop {
    var stop = self
    if diary.name == "gate" {
      stop.gate = diary
    } else if let index = diaries.firstIndex(where: { $0.name == diary.name }) {
      stop.diaries[index] = diary
    } else {
      stop.diaries.append(diary)
    }
    return stop
  }

  /// What the gate says; under the lock, where only these events may loosen.
  func decide(trusting trusted: Set<ObjectID>? = nil) throws -> Decision {
    let folded = diaries.compactMap { diary in
      BetID(ifValid: diary.name).flatMap { Bet($0, from: Diary(diary.entries), trusting: trusted) }
    }
    let bets = Dictionary(uniqueKeysWithValues: folded.map { ($0.id, $0) })
    let diary = GateDiary(
      from: Diary(gate.entries), trusting: trusted ?? [], isLocked: trusted != nil)
    let settings = try Settings(config: [], shared: diary.shared)
    let owners = folded.filter { $0.linkedBranches.contains(branch) }.map(\.id).sorted()
    let link = BranchLink(
      branch: branch, settings: settings, linkedInLedger: owners.first, isDeclared: { bets[$0] != nil })
    var commits = commits
    // Under the lock a branch that several were given is all of theirs.
    if trusted != nil, owners.count > 1, commits[0].bets.isEmpty {
      commits = [commit(all: owners)]
    }
    var work = Work(
      update: RefUpdate(
        localRef: "refs/heads/\(branch)", localID: oid(77), remoteRef: "refs/heads/main", remoteID: oid(0)),
      branch: branch, isDraft: settings.isDraft("main"), isFeature: settings.isFeature(branch),
      isShip: settings.isShip("main", remoteHead: nil), link: link, commits: commits,
      overrides: diary.overrides, reaches: diary.reaching(commits))
    work.facts = facts(bets, work)
    let levels = diary.policy
    return Gate(
      settings: settings, policy: levels, policyEvents: [:], today: try #require(Day("2026-06-15"))
    ).decide([work], bets: bets)
  }

  /// What would be found out: strings that are not in the code, work that is over its appetite, lines of `search`.
  private func facts(_ bets: [BetID: Bet], _ work: Work) -> Facts {
    var facts = Facts(bets: bets)
    facts.openBets = bets.values.count(where: \.isGround)
    for bet in work.openBets(bets) {
      facts.instruments[bet.id] = Dictionary(
        uniqueKeysWithValues: Set(bet.instruments).map { ($0, $0 == "there" ? .found : .missing) })
      facts.usage[bet.id] = Usage(commits: 20, lines: 2000)
      facts.starting.insert(bet.id)
    }
    guard name == "overlap", let search = bets.values.first(where: { $0.id.name == "search" }),
      let ranking = bets.values.first(where: { $0.id.name == "ranking" }), search.isGround,
      !ranking.buildsOn.contains(search.id), !ranking.independentOf.contains(search.id)
    else { return facts }
    facts.overlaps[.id(ranking.id)] = [OverlappedFile(bet: search.id, path: "file", lines: 9)]
    return facts
  }
}

private func commit(all bets: [BetID]) -> WorkCommit {
  WorkCommit(id: oid(78), bets: bets.map { .id($0) }, buildsOn: [])
}

extension Facts {
  fileprivate init(bets: [BetID: Bet]) {
    self.init()
    self.bets = bets
  }
}

/// Holds the one answer to "can this make a push pass that was stopped?" against the gate itself.
@Suite struct LooseningTests {
  private static let levels = [
    "follow-on=block", "lost=block", "undeclared=block", "unlinked=block", "instrument=block",
    "overlap=block", "overdue=block", "appetite=block",
  ]

  private static func stop(
    _ name: String, search: KeyValuePairs<TrailerName, String> = [:],
    ranking: KeyValuePairs<TrailerName, String> = [:], levels: [String] = levels,
    _ change: (inout Stop) throws -> Void = { _ in }
  ) throws -> Stop {
    var diaries = [
      History("search", firstID: 1000), History("ranking", firstID: 2000), History("free", firstID: 3000),
    ]
    try diaries[0].declare(search)
    try diaries[1].declare(ranking)
    try diaries[2].declare()
    var stop = Stop(name: name, diaries: diaries)
    for level in levels { try stop.gate.add(.policy, [.rule: level]) }
    try change(&stop)
    return stop
  }

  private static func stops() throws -> [Stop] {
    [
      try stop("follow-on", ranking: [.buildsOn: "search"]),
      try stop("own bet lost") { try $0.diaries[1].close(.invalidated) },
      try stop("lost below", ranking: [.buildsOn: "search"]) { try $0.diaries[0].close(.abandoned) },
      try stop("overlap"),
      try stop("overdue", ranking: [.checkBy: "2026-01-01"]),
      try stop("appetite", ranking: [.appetite: "2 commits"]),
      try stop("limit", levels: ["limit=block", "bet.limit=2"]),
      try stop("instrument", ranking: [.instrument: "gone"]),
      try stop("undeclared") {
        $0.commits = [WorkCommit(id: oid(78), bets: [.id(try BetID("new"))], buildsOn: [])]
      },
      try stop("unlinked") {
        $0.commits = [commit(all: [])]
        $0.branch = "feature/x"
      },
      try stop("linked branch", ranking: [.buildsOn: "search"]) {
        $0.commits = [commit(all: [])]
        try $0.diaries[1].add(.linked, [.branch: "topic"])
      },
    ]
  }

  /// What a trailer may hold, enough to matter somewhere.
  private static func values(_ name: TrailerName) -> [String] {
    switch name {
    case .checkBy, .until, .on: ["", "2020-01-01", "2099-01-01"]
    case .buildsOn, .independentOf, .blockedBy, .for: ["", "search", "free", "ranking", "none"]
    case .instrument: ["", "there", "gone"]
    case .appetite: ["", "1 commit", "999 commits"]
    case .target, .kill: ["", ">= 3"]
    case .value, .baseline, .reach, .impact, .effort, .confidence: ["", "3"]
    case .weight: ["1"]
    case .verdict: Verdict.allCases.map(\.rawValue)
    case .branch: ["topic", "feature/x"]
    case .commit: [oid(77).hex, oid(78).hex]
    case .override: [oid(50_000).hex]
    case .rule:
      Rule.all.flatMap { rule in Level.allCases.map { "\(rule.name)=\($0.name)" } } + Rule.all.map(\.name)
        + [
          "bet.ship=main", "bet.ship=prod", "bet.ship=", "bet.draft=main", "bet.draft=",
          "bet.feature=nothing",
          "bet.feature=", "bet.branch=topic", "bet.branch=", "bet.depth=0", "bet.depth=9", "bet.depth=",
          "bet.limit=0", "bet.limit=99", "bet.limit=",
        ]
    default: ["", "x"]
    }
  }

  /// Every event with what it needs, and with each trailer that there is beside that.
  ///
  /// `isTelling`: the trailer means something there; all that there are go with every event, once.
  private static func events() -> [(kind: Event.Kind, values: [Event.Value], isTelling: Bool)] {
    let kinds: [(Event.Kind, [Event.Value])] =
      [
        (.declared, [.init(.if, "a"), .init(.expect, "b"), .init(.because, "c")]), (.amended, []),
        (.noted, []),
        (.observed, [.init(.value, "3")]), (.reopened, []), (.linked, []), (.unlinked, []), (.merged, []),
        (.revoked, [.init(.override, oid(50_000).hex)]), (.policy, []), (.unknown("later"), []),
        (
          .overridden,
          [.init(.for, "ranking"), .init(.commit, oid(77).hex)]
            + Rule.all.map { .init(.rule, $0.name) } + [
              .init(.blockedBy, "search"), .init(.blockedBy, "ranking"),
            ]
        ),
        (.overridden, [.init(.for, "none"), .init(.rule, "unlinked"), .init(.commit, oid(77).hex)]),
      ] + Verdict.allCases.map { (.closed, [.init(.verdict, $0.rawValue), .init(.evidence, "x")]) }
    return kinds.flatMap { kind, base in
      [(kind, base, true)]
        + TrailerName.allCases.flatMap { name in
          let isTelling = telling(kind).contains(name)
          return (isTelling ? values(name) : Array(values(name).suffix(1))).map { value in
            (kind, base.filter { $0.name != name || name.repeats } + [.init(name, value)], isTelling)
          }
        }
    }
  }

  private static func telling(_ kind: Event.Kind) -> [TrailerName] {
    switch kind {
    case .declared, .amended: TrailerName.claim
    case .policy, .overridden: [.rule]
    case .linked, .unlinked: [.branch, .commit]
    default: []
    }
  }

  private static func added(
    _ kind: Event.Kind, _ values: [Event.Value], to diary: History, on parents: [ObjectID]? = nil,
    time: Int64? = nil
  ) -> (History, Event)? {
    var diary = diary
    let heads = parents ?? diary.heads
    let seq = 1 + (diary.entries.filter { heads.contains($0.id) }.compactMap { $0.readable?.seq }.max() ?? 0)
    let event = Event(kind, in: diary.name, seq: seq, subject: "x", body: "why", values: values)
    guard let message = try? event.message(isRoot: heads.isEmpty) else { return nil }
    let before = diary.heads
    diary.add(message: Array(message.utf8), on: heads, time: time)
    if parents != nil { diary.heads += before }
    return (diary, event)
  }

  @Test(arguments: try stops())
  private func `whatever lets a stopped push pass loosens, and under the lock it does not until it is signed`(
    _ stop: Stop
  ) throws {
    #expect(try stop.decide().isBlocked)
    #expect(try stop.decide(trusting: []).isBlocked)
    var passed: Set<String> = []
    for (kind, values, isTelling) in Self.events() {
      for diary in (isTelling ? stop.diaries : [stop.diaries[1]]) + [stop.gate] {
        guard let (grown, event) = Self.added(kind, values, to: diary) else { continue }
        let after = stop.with(grown)
        // That a link answers `unlinked` is what it is for.
        if kind == .linked, stop.name == "unlinked" { continue }
        guard try !after.decide().isBlocked else { continue }
        let what = "\(kind.name) \(values.map { "\($0.name.rawValue)=\($0.text)" }) in \(diary.name)"
        passed.insert(kind.name)
        let before: Standing? =
          diary.name == "gate"
          ? .gate(GateDiary(from: Diary(diary.entries)))
          : Bet(try BetID(diary.name), from: Diary(diary.entries)).map { .bet($0) }
        let isAnothers = stop.name == "linked branch"
        #expect(try event.loosens(#require(before), isAnothers: isAnothers), "\(what)")
        // Nobody who is trusted has said so.
        let id = try #require(grown.entries.last).id
        if kind != .overridden {
          #expect(try after.decide(trusting: []).isBlocked, "\(what)")
          if kind != .linked { #expect(try !after.decide(trusting: [id]).isBlocked, "\(what), signed") }
        }
        // On another head, from the very beginning, by a clock that runs ahead or behind.
        for time in [0, 4_000_000_000] as [Int64] where kind != .overridden && isTelling {
          for parents in [[], [diary.entries[0].id]] {
            guard let (forked, _) = Self.added(kind, values, to: diary, on: parents, time: time) else {
              continue
            }
            #expect(try stop.with(forked).decide(trusting: []).isBlocked, "\(what), on another head")
            var joined = forked
            try joined.add(.merged)
            #expect(try stop.with(joined).decide(trusting: []).isBlocked, "\(what), joined")
          }
        }
      }
    }
    #expect(!passed.isEmpty)
  }

  @Test func `a second declaration loosens nothing under the lock, whichever comes first`() throws {
    for stop in try Self.stops() {
      for index in stop.diaries.indices {
        for (name, value) in [
          (TrailerName.independentOf, "search"), (.checkBy, "2099-01-01"), (.instrument, "there"),
          (.appetite, "999 commits"), (.buildsOn, "free"),
        ] {
          for time in [0, 4_000_000_000] as [Int64] {
            let values: [Event.Value] = [
              .init(.if, "a"), .init(.expect, "b"), .init(.because, "c"), .init(name, value),
            ]
            let (grown, _) = try #require(
              Self.added(.declared, values, to: stop.diaries[index], on: [], time: time))
            #expect(
              try stop.with(grown).decide(trusting: []).isBlocked,
              "\(stop.name): \(name.rawValue) in \(stop.diaries[index].name) at \(time)")
          }
        }
      }
    }
  }

  @Test func `what was signed and loosened counts, and anybody may be stricter again`() throws {
    var stop = try Self.stop("follow-on", ranking: [.buildsOn: "search"])
    let signed = try stop.diaries[1].add(.amended, [.buildsOn: ""])
    #expect(try !stop.decide(trusting: [signed]).isBlocked)
    try stop.diaries[1].add(.amended, [.buildsOn: "search"])
    #expect(try stop.decide(trusting: [signed]).isBlocked)
  }

  @Test func `whoever closes a bet that others' lines rest on frees nothing unless he is trusted`() throws {
    var stop = try Self.stop("overlap")
    let closed = try stop.diaries[0].close(.abandoned)
    #expect(try !stop.decide().isBlocked)
    #expect(try stop.decide(trusting: []).isBlocked)
    #expect(try !stop.decide(trusting: [closed]).isBlocked)
  }

  @Test func `what is declared, linked for the first time, noted or measured never loosens`() throws {
    let stop = try Self.stop("follow-on", ranking: [.buildsOn: "search"])
    let bet = try #require(Bet(BetID("ranking"), from: Diary(stop.diaries[1].entries)))
    for kind in [Event.Kind.declared, .linked, .noted, .observed, .merged, .revoked, .unknown("later")] {
      #expect(!Event(kind, in: "ranking", subject: "x").loosens(.bet(bet)))
    }
    #expect(!Event(.reopened, in: "ranking", subject: "x").loosens(.bet(bet)))
    for (name, value) in [
      (TrailerName.because, "x"), (.outcome, "x"), (.appetite, "1 commit"),
    ]
    where TrailerName.claim.contains(name) {
      #expect(!Event(.amended, in: "ranking", subject: "x", values: [.init(name, value)]).loosens(.bet(bet)))
    }
  }
}
