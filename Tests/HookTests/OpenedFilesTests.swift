import TestSupport
import Testing

/// What one push costs in opened files, as the system sees it.
@Suite(.enabled(if: canTrace, "a program cannot be traced here, so what it opens cannot be seen"))
struct OpenedFilesTests {
  /// A shipped bet, and a branch with work on top of it; the remote's branches partly packed.
  private func scene() throws -> TestRepository {
    let (repository, _) = try TestRepository.withRemote(installed: false)
    try repository.declare("search")
    try repository.bet("start", "search")
    try repository.commit("add search\n\nBet: search\n", file: "search")
    try repository.git("push", "-q", "origin", "bet/search:main")
    try repository.git("push", "-q", "origin", "main:topic")
    try repository.git("remote", "set-head", "origin", "main")
    try repository.git("pack-refs", "--all")
    try repository.declare("ranking", on: "search")
    try repository.bet("start", "ranking")
    try repository.commit("rank results\n\nBet: ranking\n", file: "ranking")
    try repository.git("push", "-q", "origin", "bet/ranking~1:topic")
    return repository
  }

  @Test func `a blocked push opens each reference once`() throws {
    let repository = try scene()
    let update = "refs/heads/bet/ranking \(try repository.id("HEAD")) refs/heads/topic "
    let hook = [binary("git-bet"), "hook", "pre-push", "origin", "url"]
    // What is kept has been made by then.
    _ = try repository.run(
      hook[0], Array(hook[1...]), input: Array((update + "\(repository.id("origin/topic"))\n").utf8))
    let run = try repository.run(
      binary("killed-at"), ["--opens"] + hook,
      input: Array((update + "\(try repository.id("origin/topic"))\n").utf8))
    #expect(run.status == 1 && run.says("follow-on"), "\(run.errorText)")
    var counts: [Substring: Int] = [:]
    for line in run.errorText.split(separator: "\n") where line.hasPrefix("killed-at: open ") {
      if let inside = line.firstRange(of: "/.git/") { counts[line[inside.upperBound...], default: 0] += 1 }
    }
    let once = ["packed-refs"] + ["HEAD", "topic"].map { "refs/remotes/origin/\($0)" }
    for file in once { #expect(counts[file[...]] == 1, "\(file): \(counts)") }
    // The names in a folder are not kept, only what its files hold.
    let again = counts.filter { !$0.key.hasSuffix("/") && $0.value > 1 }
    // Each reading of a loose object opens its file: libgit2's own cache is off, because it costs more than it saves
    // in histories that are read once. A tip is asked for its kind, walked from, and its tree compared.
    let objects = again.filter { $0.key.hasPrefix("objects/") }
    #expect(objects.values.allSatisfy { $0 <= 4 }, "\(objects)")
    #expect(again.count == objects.count, "\(again)")
  }
}
