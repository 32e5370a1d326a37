import GitFormats
import TestSupport
import Testing

@Suite("a merge's title") struct MergeTitleTests {
  private func branches(_ title: String, parents: Int = 2) -> [String]? {
    MergeTitle(Array("\(title)\n\nmore\n".utf8), parents: parents)?.branches
  }

  @Test func `names the branches that git itself has merged`() throws {
    let git = try TestRepository()
    try git.commit("root\n", file: "root", content: "1\n")
    for branch in ["bet/search", "topic", "bet/o'brien", "into"] {
      try git.git("switch", "-q", "-c", branch, "main")
      try git.commit("\(branch)\n", file: String(branch.suffix(4)), content: "1\n")
    }
    try git.git("update-ref", "refs/remotes/origin/bet/far", "topic")
    for merged in [["bet/search"], ["topic", "into"], ["bet/search", "topic", "into"], ["origin/bet/far"]] {
      for branch in ["main", "elsewhere"] {
        try git.git("switch", "-q", "-C", branch, "main~0")
        try git.git(["merge", "-q", "--no-ff", "--no-edit"] + merged)
        let title = String(try git.git("show", "-s", "--format=%s").text.dropLast())
        #expect(branches(title, parents: merged.count + 1) == merged, "\(title)")
        try git.git("reset", "-q", "--hard", "HEAD~")
      }
    }
  }

  @Test func `names the branch of a host's pull request`() {
    #expect(branches("Merge pull request #12 from team/bet/search") == ["team/bet/search"])
    #expect(branches("Merge pull request 'Came from far' (#2) from bet/search into main") == ["bet/search"])
    #expect(branches("Merge pull request 12 from bet/search into main") == ["bet/search"])
    #expect(branches("Merged in bet/search (pull request #3)") == ["bet/search"])
    #expect(branches("Merge branch 'bet/search' into 'main'") == ["bet/search"])
    #expect(MergeTitle.readings(of: "origin/bet/search") == ["origin/bet/search", "bet/search"])
    #expect(MergeTitle.readings(of: "topic") == ["topic"])
  }

  @Test(arguments: [
    "", "Merge", "Merge branch", "Merge branch '", "Merge branch 'a", "Merge branch ''", "Merge tag 'v1'",
    "Merge commit '1234567'", "Merge branches 'a' and 'b' and 'c'", "merge branch 'a'", "Merged in",
    "Merged in a",
    "Merge pull request", "Merge pull request #1 from", "Merge pull request #1 from ",
    "Fix: Merge branch 'a'",
  ]) func `that names no branch says nothing`(title: String) {
    #expect(branches(title) == nil)
  }

  @Test func `of a commit that joins fewer or more says nothing`() {
    #expect(branches("Merge branch 'a'", parents: 1) == nil)
    #expect(branches("Merge branch 'a'", parents: 3) == nil)
    #expect(branches("Merge branches 'a' and 'b'", parents: 3) == ["a", "b"])
    #expect(
      MergeTitle(Array("Merge branch '\(String(repeating: "a", count: 2000))'".utf8), parents: 2) == nil)
    #expect(MergeTitle(Array("Merge branch 'a".utf8) + [0xFF, 0x27], parents: 2) == nil)
  }
}
