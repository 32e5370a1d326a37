import Bets

/// One line of the local log: what a hook said of one pushed ref.
package struct LoggedDecision: Hashable, Sendable {
  /// Which run of which hook it was.
  package struct Run: Hashable, Sendable {
    /// Seconds since 1970.
    package let time: Int64
    package let hook: String
    /// The git process that called the hook, told apart from a later one with its number; nil when not known.
    package let process: String?
    /// Of the arguments and the standard input.
    package let digest: String

    package init(time: Int64, hook: String, process: String?, digest: String) {
      self.time = time
      self.hook = hook
      self.process = process
      self.digest = digest
    }
  }

  package let run: Run
  /// Of the push as a whole: one ref that is stopped stops them all.
  package let state: Decision.State
  /// The rules that were found for this ref, blocking or not.
  package let rules: [String]
  package let tip: ObjectID
  /// What was subtracted: commits that these reach were not looked at.
  package let without: [ObjectID]
  package let ref: String
  /// The settings by which this clone asked less than the ledger, where that let the push through.
  package let loosened: [String]
  /// The remote's name; nil for a URL.
  package let remote: String?
  /// What the ledger said then: the heads of the diaries that were looked at. Nil in a line that does not tell, which
  /// proves nothing.
  package let ledger: [Diary]?

  /// The heads of one diary, at the time.
  package struct Diary: Hashable, Sendable {
    package let name: String
    package let tops: [ObjectID]

    package init(name: String, tops: [ObjectID]) {
      self.name = name
      self.tops = tops
    }
  }

  package init(
    run: Run, state: Decision.State, rules: [String], tip: ObjectID, without: [ObjectID], ref: String,
    loosened: [String] = [], remote: String? = nil, ledger: [Diary]? = nil
  ) {
    self.loosened = loosened
    self.remote = remote
    self.ledger = ledger
    self.run = run
    self.state = state
    self.rules = rules
    self.tip = tip
    self.without = without
    self.ref = ref
  }

  /// Whether the push went on.
  package var letThrough: Bool { state != .unsatisfied && state != .error }

  /// Whether the ledger's own settings would have stopped it.
  package var isWeakened: Bool { !loosened.isEmpty }

  /// `<time> <hook> <process> <digest> <state>[/<settings>] <rules> <tip> <without> @<remote> <ledger> <ref>`; `-` stands
  /// for nothing. The ledger is `<diary>@<head>[+<head>…],…`.
  package var line: String {
    func list(_ words: [String]) -> String { words.isEmpty ? "-" : words.joined(separator: ",") }
    var words = [
      "\(run.time)", run.hook, run.process ?? "-", run.digest,
      ([state.rawValue] + (isWeakened ? [loosened.joined(separator: ",")] : [])).joined(separator: "/"),
      list(rules), tip.hex, list(without.map(\.hex)),
    ]
    if let ledger {
      words.append("@" + Text.printable(remote ?? "-"))
      words.append(list(ledger.map { "\($0.name)@\($0.tops.map(\.hex).joined(separator: "+"))" }))
    }
    return words.joined(separator: " ") + " " + Text.printable(ref)
  }

  /// Nil for anything that is no such line: a log may be cut off, or written by a newer version. A line of an older one
  /// has neither remote nor ledger.
  package init?(line: some StringProtocol) {
    func split(_ count: Int) -> [String] {
      line.split(separator: " ", maxSplits: count, omittingEmptySubsequences: false).map { String($0) }
    }
    var words = split(10)
    let tells = words.count == 11 && words[8].hasPrefix("@")
    if !tells { words = split(8) }
    guard words.count >= 9, let ref = words.last, words.allSatisfy({ !$0.isEmpty }),
      let time = Int64(words[0]), let state = Decision.State(rawValue: String(words[4].prefix { $0 != "/" })),
      let tip = ObjectID(hex: words[6])
    else { return nil }
    func list(_ word: String) -> [String] { word == "-" ? [] : word.split(separator: ",").map { String($0) } }
    let without = list(words[7]).map { ObjectID(hex: $0) }
    guard !without.contains(where: { $0 == nil }) else { return nil }
    let loosened = words[4].drop { $0 != "/" }.dropFirst().split(separator: ",").map { String($0) }
    var diaries: [Diary] = []
    for word in tells ? list(words[9]) : [] {
      guard let diary = Diary(word) else { return nil }
      diaries.append(diary)
    }
    let process = words[2] == "-" ? nil : words[2]
    self.init(
      run: Run(time: time, hook: words[1], process: process, digest: words[3]), state: state,
      rules: list(words[5]), tip: tip, without: without.compactMap { $0 }, ref: ref, loosened: loosened,
      remote: tells && words[8] != "@-" ? String(words[8].dropFirst()) : nil, ledger: tells ? diaries : nil)
  }
}

extension LoggedDecision.Diary {
  /// Nil for what is no `<diary>@<head>[+<head>…]`.
  fileprivate init?(_ word: String) {
    let parts = word.split(separator: "@", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    let tops = parts[1].split(separator: "+").map { ObjectID(hex: $0) }
    guard !tops.contains(nil) else { return nil }
    self.init(name: String(parts[0]), tops: tops.compactMap(\.self))
  }
}

extension LoggedDecision.Run {
  /// Tells one push from another.
  package static func digest(_ arguments: [String], _ input: [UInt8]) -> String {
    FNV(arguments.flatMap { Array($0.utf8) + [0] } + input).hex
  }
}
