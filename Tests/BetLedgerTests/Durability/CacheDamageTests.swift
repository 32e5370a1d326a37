import Git
import TestSupport
import Testing

/// What is kept in `bet/` of the git directory is never in the way, whatever stands in its place.
@Suite("a damaged cache") struct CacheDamageTests {
  static let names = OwnFile.allCases.map(\.rawValue)

  /// What is put in its place; `$1` is the path, `$2` a folder outside.
  static let damages = [
    "pipe": "mkfifo \"$1\"", "folder": "mkdir -p \"$1/x\"", "dangling link": "ln -s \"$2/none\" \"$1\"",
    "link to outside": "ln -s \"$2/mine\" \"$1\"", "unreadable": "echo x >\"$1\"; chmod 0 \"$1\"",
    "garbage": "head -c 100000 /dev/urandom >\"$1\"", "huge": "truncate -s 3G \"$1\"",
    "smallest number": "printf '%s\\texchanged\\torigin\\n' -9223372036854775808 >\"$1\"",
  ]

  @Test(arguments: names) func `changes no answer, blocks nothing, and leads nowhere outside`(_ name: String)
    throws
  {
    let (repository, remote) = try TestRepository.withRemote()
    try repository.placeChain()
    try repository.declare("other")
    try repository.git("push", "-q", "--no-verify", "origin", "bet/ranking:main")
    try repository.commit("more\n\nBet: ranking\n")
    try repository.bet("sync")
    let shown = try repository.bet("show", "ranking").text
    let blocked = try repository.tryGit("push", "origin", "bet/ranking:main")
    #expect(blocked.stops("follow-on"))
    let outside = repository.scratch.path + "/outside"
    try repository.write(outside + "/mine", "keep\n")
    let path = repository.path + "/.git/bet/" + name
    for (damage, script) in Self.damages.sorted(by: { $0.key < $1.key }) {
      try repository.run("sh", ["-c", "rm -rf \"$1\"; \(script)", "sh", path, outside]).succeeded(damage)
      func bet(_ arguments: String...) throws -> Run {
        try repository.run(binary("git-bet"), arguments, limit: .seconds(20)).succeeded(
          "\(damage): \(arguments)")
      }
      _ = try bet("list")
      #expect(try bet("show", "ranking").text == shown, "\(damage)")
      _ = try bet("note", "other", "-m", damage)
      _ = try bet("sync")
      #expect(try remote.id("refs/bets/other") == repository.id("refs/bets/other"), "\(damage)")
      let again = try repository.tryGit("push", "origin", "bet/ranking:main")
      #expect(again.status == 1 && again.errorText == blocked.errorText, "\(damage)")
      try repository.git("push", "-q", "origin", "bet/ranking:wip/\(damage.prefix(4))")
      #expect(
        try repository.run("ls", [outside]).text == "mine\n" && repository.read(outside + "/mine") == "keep\n"
      )
    }
    #expect(try repository.run("find", [".git/bet", "-name", "*.[0-9]*"]).text.isEmpty)
  }

  @Test func `reading makes no folder`() throws {
    let repository = try TestRepository()
    try repository.git("remote", "add", "origin", "/nowhere")
    try repository.git("config", "bet.sync", "true")
    try repository.bet("list")
    #expect(try repository.run("sh", ["-c", "ls -d .git/bet 2>/dev/null"]).text.isEmpty)
  }
}
