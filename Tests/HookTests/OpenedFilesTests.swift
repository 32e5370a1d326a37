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

  /// How often each file of the git directory is opened by a push that is blocked.
  private func opened(by updates: String, in repository: TestRepository) throws -> [Substring: Int] {
    let hook = [binary("git-bet"), "hook", "pre-push", "origin", "url"]
    // What is kept has been made by then.
    _ = try repository.run(hook[0], Array(hook[1...]), input: Array(updates.utf8))
    let run = try repository.run(binary("killed-at"), ["--opens"] + hook, input: Array(updates.utf8))
    #expect(run.status == 1 && run.says("follow-on"), "\(run.errorText)")
    var counts: [Substring: Int] = [:]
    for line in run.errorText.split(separator: "\n") where line.hasPrefix("killed-at: open ") {
      if let inside = line.firstRange(of: "/.git/") { counts[line[inside.upperBound...], default: 0] += 1 }
    }
    return counts
  }

  @Test func `many refs in one push open no reference and no folder more often than one does`() throws {
    let repository = try scene()
    for number in 0..<20 { try repository.git("update-ref", "refs/remotes/origin/side-\(number)", "main") }
    let zero = String(repeating: "0", count: 40)
    let tip = try repository.id("HEAD")
    let updates = (0..<30).map { "refs/tags/v\($0) \(tip) refs/tags/v\($0) \(zero)\n" }
    let opened = try [1, 30].map { count in
      try self.opened(by: updates.prefix(count).joined(), in: repository)
        .filter { $0.key.hasPrefix("refs/") || $0.key == "packed-refs" }
    }
    #expect(opened[0] == opened[1])
    #expect(opened[0]["refs/remotes/origin/side-7"] == 1, "\(opened[0])")
  }

  @Test func `a blocked push opens each reference once`() throws {
    let repository = try scene()
    let update = "refs/heads/bet/ranking \(try repository.id("HEAD")) refs/heads/topic "
    let counts = try opened(by: update + "\(try repository.id("origin/topic"))\n", in: repository)
    let once = ["packed-refs"] + ["HEAD", "topic"].map { "refs/remotes/origin/\($0)" }
    for file in once { #expect(counts[file[...]] == 1, "\(file): \(counts)") }
    // The names in a folder are not kept, only what its files hold.
    // A test's own variables name the files of the configuration, which libgit2 does not know: it is read beside that.
    let again = counts.filter { !$0.key.hasSuffix("/") && $0.key != "config" && $0.value > 1 }
    // Each reading of a loose object opens its file: libgit2's own cache is off, because it costs more than it saves
    // in histories that are read once. A tip is asked for its kind, walked from, and its tree compared.
    let objects = again.filter { $0.key.hasPrefix("objects/") }
    #expect(objects.values.allSatisfy { $0 <= 4 }, "\(objects)")
    #expect(again.count == objects.count, "\(again)")
  }
}
