import TestSupport
import Testing

/// Writers of one bet and of several, beside everything of git's that moves refs and deletes objects.
@Suite struct StressTests {
  /// The same commands in the same order for the same seed; what happens in between is the machine's.
  ///
  /// An event that git itself writes has no second copy, so none is while objects are deleted.
  @Test(arguments: [(1, true), (2, false), (3, false)] as [(UInt64, Bool)])
  func `every acknowledged event is in its chain`(seed: UInt64, plainGitWritesToo: Bool) throws {
    let git = try TestRepository()
    try git.commit("start")
    for bet in ["one", "two"] { try git.declare(bet) }
    // What git writes by itself: an event made by plumbing, moved to with the old value.
    let plumbing = """
      tip=$(git rev-parse refs/bets/one)
      new=$(printf 'plumbing\\n\\nEvent: noted\\nBet: one\\nSeq: 1000\\n' \
        | git commit-tree -p "$tip" 4b825dc642cb6eb9a060e54bf8d69288fbee4904) &&
      git update-ref refs/bets/one "$new" "$tip" && echo "one $new"
      """
    let upkeep =
      [
        "git pack-refs --all --prune", "git repack -adq",
        "git update-ref refs/bets/passing HEAD; git update-ref -d refs/bets/passing",
      ] + (plainGitWritesToo ? ["git gc -q"] : ["git gc -q --prune=now", "git prune --expire=now"])
    var random = Random(seed: seed)
    let chores = (0..<400).map { _ in upkeep[Int(random.next() % UInt64(upkeep.count))] }
    // A line for each event that was acknowledged: its bet, and its subject or id.
    let script = """
      (for i in 1 2 3; do
        (for j in 1 2 3 4 5 6 7 8; do
          bet=$([ $((j % 3)) = 0 ] && echo two || echo one)
          "$1" note $bet -m "$i $j" >/dev/null && echo "$bet note: $i $j"
        done) &
      done
      (\(plainGitWritesToo ? "for j in 1 2 3 4 5 6; do \(plumbing); done" : ":")) 2>/dev/null &
      wait
      touch done) &
      (\(chores.map { "[ -e done ] || { \($0); }" }.joined(separator: "\n"))) >/dev/null 2>&1
      wait
      """
    let run = try git.run("sh", ["-c", script, "sh", binary("git-bet")], environment: ["CI": "true"])
    #expect(run.errorText == "")
    let acknowledged = run.text.split(separator: "\n").map(String.init)
    #expect(acknowledged.count { $0.contains("note: ") } == 24)
    // What was deleted under a reference is put back by whoever reads it next.
    try git.bet("list", "--all")
    for bet in ["one", "two"] {
      let chain = try git.git("log", "--format=\(bet) %s%n\(bet) %H", "refs/bets/\(bet)").text
      let missing = Set(acknowledged.filter { $0.hasPrefix(bet) })
        .subtracting(chain.split(separator: "\n").map(String.init))
      #expect(missing.isEmpty, "seed \(seed)")
    }
    let fsck = try git.tryGit("fsck", "--strict", "--no-dangling", "--no-progress")
    #expect(fsck.status == 0 && fsck.text + fsck.errorText == "")
    #expect(try git.run("find", [".git", "-name", "*.lock"]).text == "")
  }
}

/// The same numbers for the same seed.
private struct Random: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
