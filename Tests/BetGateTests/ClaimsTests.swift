import BetAttribution
import BetGate
import LedgerSupport
import TestSupport
import Testing

/// Work without a name stays its branch's, however it gets to another branch.
@Suite("what linked branches claim") struct ClaimsTests {
  let scene: Scene
  private var git: TestRepository { scene.clone }

  /// `ranking` builds on the open bet `search`; each has one commit without a trailer, one branch on the other.
  init() throws {
    scene = try Scene()
    try scene.declare("search")
    try scene.declare("ranking", buildsOn: ["search"])
    try scene.commit("base", trailers: "")
    try scene.published("main")
    try scene.clone.git("switch", "-q", "-c", "bet/search")
    try scene.clone.commit("find\n", file: "find", content: "1\n")
    try scene.clone.git("switch", "-q", "-c", "bet/ranking")
    try scene.clone.commit("rank\n", file: "rank", content: "1\n")
    try scene.clone.git("switch", "-q", "main")
  }

  /// `follow-on ranking: rank`, for what is pushed.
  private func told(_ local: String = "refs/heads/main", to ref: String = "refs/heads/main") throws
    -> [String]
  {
    try scene.judge(local, to: ref, old: "origin/main").findings.filter(\.blocks).map {
      "\($0.rule.name) \($0.bet?.description ?? "-"): \($0.commits.map(\.title).joined(separator: ", "))"
    }
  }

  private func otherWorkOnMain() throws { try git.commit("other\n", file: "other", content: "1\n") }

  @Test func `a merge, a fast-forward and a detached HEAD bring a branch's bet along`() throws {
    for way in [["merge", "-q", "--no-ff"], ["merge", "-q", "--ff-only"]] {
      try git.git(way + ["bet/ranking"])
      #expect(try told() == ["follow-on ranking: rank"], "\(way)")
      try git.git("reset", "-q", "--hard", "origin/main")
    }
    try git.git("switch", "-q", "--detach", "bet/ranking")
    try git.commit("more\n", file: "more", content: "1\n")
    #expect(try told("HEAD") == ["follow-on ranking: rank"])
    #expect(try told("HEAD", to: "refs/heads/topic") == ["follow-on ranking: rank"])
  }

  @Test func `of a stack the lowest branch claims`() throws {
    // Else search would be stopped as work of ranking, which rests on it.
    try git.git("merge", "-q", "--ff-only", "bet/search")
    #expect(try told() == [])
    #expect(try told("refs/heads/bet/search", to: "refs/heads/bet/search") == [])
  }

  @Test func `a rebase and a cherry-pick keep a commit's bet`() throws {
    try otherWorkOnMain()
    try git.git("cherry-pick", "bet/ranking")
    #expect(try told() == ["follow-on ranking: rank"])
    try git.git("reset", "-q", "--hard", "HEAD~")
    try git.git("switch", "-q", "-c", "carried", "bet/ranking")
    try git.git("rebase", "-q", "main")
    #expect(try told("refs/heads/carried") == ["follow-on ranking: rank"])
    // One that says something else by now, or was written by somebody else, is nobody's.
    try git.git("switch", "-q", "main")
    try git.git("cherry-pick", "--no-commit", "bet/ranking")
    try git.git("commit", "-q", "--author", "Eve <eve@example.org>", "-m", "rank")
    #expect(try told() == [])
    try git.git("reset", "-q", "--hard", "HEAD~")
    try git.git("cherry-pick", "bet/ranking")
    try git.write("rank", "2\n")
    try git.git("commit", "-q", "-a", "--amend", "--no-edit")
    #expect(try told() == [])
  }

  @Test func `after a rebase of main nobody else's commits are claimed`() throws {
    try otherWorkOnMain()
    try scene.published("main")
    try git.git("switch", "-q", "-c", "carried", "bet/ranking")
    try git.git("rebase", "-q", "main")
    try git.git("switch", "-q", "main")
    try git.commit("mine\n", file: "mine", content: "1\n")
    #expect(try told() == [])
  }

  @Test func `a squash keeps its branch's bet, also where main has moved on`() throws {
    for isMoved in [false, true] {
      if isMoved { try otherWorkOnMain() }
      try git.git("merge", "-q", "--squash", "bet/ranking")
      try git.git("commit", "-q", "--author", "Host <host@example.org>", "-m", "all of it")
      #expect(try told() == ["follow-on ranking: all of it"], "\(isMoved)")
      try git.git("reset", "-q", "--hard", "HEAD~")
    }
    // Only a part of it is no squash.
    try git.git("checkout", "bet/ranking", "--", "rank")
    try git.git("commit", "-q", "--author", "Host <host@example.org>", "-m", "a part")
    #expect(try told() == [])
  }

  @Test func `the link decides, not only the name`() throws {
    try git.git("branch", "-m", "bet/ranking", "topic")
    try git.git("merge", "-q", "--ff-only", "topic")
    // The lower branch has claimed its own still.
    #expect(try told() == [])
    try git.git("config", "branch.topic.bet", "ranking")
    #expect(try told() == ["follow-on ranking: rank"])
    try git.git("config", "--unset", "branch.topic.bet")
    try scene.append(Event(.linked, in: "ranking", subject: "link", values: [.init(.branch, "topic")]))
    #expect(try told() == ["follow-on ranking: rank"])
  }

  @Test func `a branch of a remote claims as one here does`() throws {
    try scene.published("bet/ranking", at: "bet/ranking")
    try git.git("merge", "-q", "--ff-only", "bet/ranking")
    try git.git("branch", "-q", "-D", "bet/ranking", "bet/search")
    #expect(try told() == ["follow-on ranking: rank, find"])
    try git.git("update-ref", "-d", "refs/remotes/origin/bet/ranking")
    #expect(try told() == [])
  }

  @Test func `a merge's title tells of a branch that is gone`() throws {
    try git.git("branch", "-q", "tip", "bet/ranking")
    try git.git("branch", "-q", "-D", "bet/ranking")
    let titles = [
      "Merge branch 'bet/ranking'", "Merge branch 'bet/ranking' of example.org:team/shop into main",
      "Merge remote-tracking branch 'origin/bet/ranking'", "Merge pull request #3 from team/bet/ranking",
      "Merge pull request 'Rank by starts' (#3) from bet/ranking into main",
      "Merged in bet/ranking (pull request #3)",
    ]
    for title in titles {
      try git.git("merge", "-q", "--no-ff", "-m", title, "tip")
      // The lower branch stands still, and has claimed its own.
      #expect(try told() == ["follow-on ranking: rank"], "\(title)")
      try git.git("reset", "-q", "--hard", "origin/main")
    }
    for title in [
      "Merge branch 'ranking'", "Merge branch 'main' into bet/ranking",
      "Merge branches 'bet/ranking' and 'x'",
      "merge bet/ranking", "Merge commit 'bet/ranking'", "Reverts \"Merge branch 'bet/ranking'\"",
    ] {
      try git.git("merge", "-q", "--no-ff", "-m", title, "tip")
      #expect(try told() == [], "\(title)")
      try git.git("reset", "-q", "--hard", "origin/main")
    }
    try git.git("branch", "-q", "-D", "bet/search")
    try git.git("merge", "-q", "--no-ff", "-m", titles[0], "tip")
    #expect(try told() == ["follow-on ranking: rank, find"])
    // No merge, no word: anybody may write that sentence.
    try git.git("reset", "-q", "--hard", "tip")
    try git.commit("\(titles[0])\n", file: "more", content: "1\n")
    #expect(try told() == [])
  }

  @Test func `a merge's title claims what that merge has brought, and nothing below it`() throws {
    try git.git("merge", "-q", "--no-ff", "-m", "Merge branch 'bet/search'", "bet/search")
    try otherWorkOnMain()
    try git.git("merge", "-q", "--no-ff", "-m", "Merge branch 'bet/ranking'", "bet/ranking")
    try git.git("branch", "-q", "-D", "bet/ranking", "bet/search")
    #expect(try told() == ["follow-on ranking: rank"])
    try scene.published("main")
    #expect(try shipped("search") + shipped("ranking") == ["merged find", "merged rank"])
  }

  @Test func `a commit's own word comes first`() throws {
    try git.git("switch", "-q", "bet/ranking")
    try git.commit("aside\n\nBet: none\n", file: "aside", content: "1\n")
    try git.git("switch", "-q", "main")
    try git.git("merge", "-q", "--ff-only", "bet/ranking")
    #expect(try told() == ["follow-on ranking: rank"])
  }

  @Test func `an empty commit is a copy of none`() throws {
    try git.git("switch", "-q", "bet/ranking")
    try git.git("commit", "-q", "--allow-empty", "-m", "empty")
    try git.git("switch", "-q", "main")
    try git.git("commit", "-q", "--allow-empty", "-m", "also empty")
    #expect(try told() == [])
  }

  @Test func `a ship branch is claimed by none, whatever it is linked to`() throws {
    try git.git("config", "branch.main.bet", "ranking")
    try otherWorkOnMain()
    try git.git("switch", "-q", "--detach")
    try git.commit("more\n", file: "more", content: "1\n")
    #expect(try told("HEAD", to: "refs/heads/topic") == [])
  }

  // MARK: What has landed

  private func shipped(_ bet: String) throws -> [String] {
    try Attribution(scene.site()).commits(of: BetID(bet)).map {
      "\($0.source) \(try git.git("show", "-s", "--format=tformat:%s", $0.id.hex).text.dropLast())"
    }
  }

  @Test func `what a ship branch reaches is no longer claimed`() throws {
    try git.git("merge", "-q", "--ff-only", "bet/ranking")
    try scene.published("main")
    #expect(try shipped("search") + shipped("ranking") == [])
    try git.git("switch", "-q", "--detach")
    try git.commit("more\n", file: "more", content: "1\n")
    #expect(try told("HEAD", to: "refs/heads/topic") == [])
  }

  @Test func `copies and squashes stay their branch's, read at once or one after the other`() throws {
    try otherWorkOnMain()
    try git.git("cherry-pick", "bet/search")
    try scene.published("main")
    #expect(try shipped("search") == ["copy find"])
    try git.git("merge", "-q", "--squash", "bet/ranking")
    try git.git("commit", "-q", "--author", "Host <host@example.org>", "-m", "all of it")
    try scene.published("main")
    let told = try shipped("search") + shipped("ranking")
    try git.run("rm", ["-r", ".git/bet"]).succeeded("rm")
    #expect(try shipped("search") + shipped("ranking") == told)
    #expect(told == ["copy find"])
  }

  @Test func `a branch that was started on main claims none of it`() throws {
    try git.git("branch", "-q", "bet/later", "main")
    try scene.declare("later")
    try otherWorkOnMain()
    try scene.published("main")
    #expect(try shipped("later") == [])
  }
}
