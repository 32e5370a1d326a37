import TestSupport
import Testing

/// Disks that are full or may not be written, in a mount namespace of the child: nothing to unmount afterwards.
@Suite(.enabled(if: Disk.canBeMounted, "nothing can be mounted here, so no disk can be full or read-only"))
struct DiskTests {
  /// Runs a script on a disk of its own; `$1` is `git-bet`.
  private func run(_ git: TestRepository, mounting mount: String, _ script: String) throws -> Run {
    try git.run(
      "unshare", ["-rm", "sh", "-c", "set -e\n\(mount)\nset +e\n\(script)", "sh", binary("git-bet")])
  }

  /// From no room at all to enough, a page more each time: each file that a write makes is once the one too many.
  @Test func `a full disk loses nothing, tears nothing and is named`() throws {
    let git = try TestRepository()
    let mount = """
      mkdir disk && mount -t tmpfs -o size=512k none disk && cd disk
      git init -q .
      "$1" declare search --if a --expect b --because c >/dev/null 2>&1
      """
    let run = try run(
      git, mounting: mount,
      """
      for pages in 0 1 2 3 4 5 6; do
        for page in $(seq $pages); do echo x >keep-$page; done
        dd if=/dev/zero of=fill bs=4k 2>/dev/null
        rm -f keep-*
        before=$(git rev-parse refs/bets/search)
        "$1" note search -m "with $pages" >/dev/null 2>../err
        status=$?
        now=$(git rev-parse refs/bets/search)
        echo "pages $pages: status $status, $([ $before = $now ] && echo same || echo moved), $(cat ../err)" | tr '\\n' ' '
        echo
        "$1" show search >/dev/null || echo "unreadable"
        find .git -name '*.lock' -o -name 'tmp_*' -o -path '*/bet/writing' -size +0
        rm fill
        git fsck --strict --no-dangling --no-progress 2>&1 | grep -v '^notice: '
      done
      "$1" note search -m "with room"
      git log --format=%s refs/bets/search
      """)
    let lines = run.text.split(separator: "\n").map(String.init)
    let steps = lines.prefix { $0.hasPrefix("pages ") }
    #expect(steps.count == 7, "\(run.text)")
    for (pages, step) in steps.enumerated() {
      if step.hasPrefix("pages \(pages): status 0, moved, ") { continue }
      #expect(
        step.hasPrefix("pages \(pages): status 128, same, error: the event could not be written: ")
          && step.contains("No space left on device [not-written]"), "\(step)")
    }
    #expect(steps.first?.contains("status 128") == true && steps.last?.contains("status 0") == true)
    let written = steps.enumerated().filter { $1.contains("status 0") }.map { "note: with \($0.offset)" }
    #expect(
      Array(lines.dropFirst(7)) == ["noted on search", "note: with room"] + written.reversed() + ["a"])
  }

  @Test func `a repository that may not be written is read, and an event for it is refused`() throws {
    let git = try TestRepository()
    try git.commit("start")
    try git.declare("search")
    let before = try (git.refs(), git.snapshot())
    let run = try run(
      git, mounting: "mount --bind . . && mount -o remount,bind,ro . && cd .",
      """
      cd "$(pwd)"
      "$1" note search -m slow; echo "status $?"
      "$1" declare ranking --if a --expect b --because c; echo "status $?"
      "$1" list
      """)
    #expect(run.text.hasPrefix("status 128\nstatus 128\nbet "), "\(run.text)")
    let refusals = run.errorText.split(separator: "\n").filter { $0.hasPrefix("error: ") }
    #expect(refusals.count == 2, "\(run.errorText)")
    #expect(refusals.allSatisfy { $0.hasSuffix("Read-only file system [not-written]") }, "\(refusals)")
    #expect(try (git.refs(), git.snapshot()) == before)
    #expect(try git.run("find", [".git/bet", "-size", "+0", "-name", "writing"]).text == "")
    try git.bet("note", "search", "-m", "on")
  }
}

private enum Disk {
  static let canBeMounted: Bool = {
    let script = "mount -t tmpfs -o size=64k none home && mount -o remount,ro home"
    do {
      let git = try TestRepository()
      try makeDirectory(git.path + "/home")
      return try git.run("unshare", ["-rm", "sh", "-c", script]).status == 0
    } catch { return false }
  }()
}
