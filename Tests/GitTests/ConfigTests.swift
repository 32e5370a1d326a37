import GitFormats
import Testing

@testable import Git

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Compares both ways of reading with `git config --list`. For exit tests: it uses the environment.
func compareConfiguration(expectingFast: Bool, sections: [String] = ["bet", "branch", "remote"]) throws {
  let repository = try Repository.open(trust: .gitHasAgreed)
  let listed = try GitCommand.run(["config", "--list", "-z", "--show-scope"])
  #expect(listed.status == 0)
  let fields = listed.standardOutput.split(separator: 0, omittingEmptySubsequences: false)
  var oracle: [String] = []
  for index in stride(from: 0, to: fields.count - 1, by: 2) {
    let scope = String(decoding: fields[index], as: UTF8.self)
    let entry = String(decoding: fields[index + 1], as: UTF8.self)
    if sections.contains(where: { entry.hasPrefix($0 + ".") }) { oracle.append("\(scope) \(entry)") }
  }
  let text = { (entry: ConfigLine) in
    "\(entry.scope) \(entry.key)" + (entry.value.map { "\n" + $0 } ?? "")
  }
  let own = try repository.ownConfiguration(sections)
  #expect((own != nil) == expectingFast)
  if let own { #expect(own.map(text) == oracle) }
  #expect(try repository.askedConfiguration(sections).map(text) == oracle)
  #expect(try repository.configuration(sections: sections).map(text) == oracle)
  #expect(!oracle.isEmpty)
}

@Suite("configuration") struct ConfigTests {
  /// A repository with all kinds of lines, and a home with its own.
  func scratch() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(
      """
      [bet]
      \tgate = block
      \tflag
      \tempty =
      \tlist = one
      \tlist = two
      [Bet "Sub.Section Q"]
      \tMixedCase = "quoted \\"text\\" # no comment" ; comment
      \tlong = one \\
      two
      \tescape = a\\\\b\\nc
      [branch "Feature/x"]
      \tbet = thing
      [include]
      \tpath = ../../home/more
      [bet]
      \tafter = include
      """, to: "home/local")
    try scratch.write("[bet]\n\tgate = warn\n[bet \"inc\"]\n\tx = 1\n", to: "home/more")
    try scratch.write("[bet]\n\tgate = off\n\thome = 1\n[remote \"o\"]\n\turl = x\n", to: "home/.gitconfig")
    let lines = try scratch.read("repository/.git/config") + "\n" + scratch.read("home/local") + "\n"
    try scratch.write(lines, to: "repository/.git/config")
    try scratch.git("config", "include.path", scratch.root + "/home/more")
    try scratch.git("config", "--add", "bet.last", "  spaces ")
    return scratch
  }

  @Test func `the process reads what git config lists`() async throws {
    let scratch = try scratch()
    let (path, home) = (scratch.path, scratch.root + "/home")
    await #expect(processExitsWith: .success) { [path = path as String, home = home as String] in
      enter(path, ["HOME": home])
      try compareConfiguration(expectingFast: true)
    }
  }

  @Test func `conditions and odd spellings are read as git reads them`() async throws {
    let scratch = try scratch()
    let config = try scratch.read("repository/.git/config")
    let odd = [
      "[includeIf \"gitdir:**/repository/\"]\n\tpath = \(scratch.root)/home/more",
      "[includeIf \"onbranch:main\"]\n\tpath = \(scratch.root)/home/more",
      "[includeIf \"onbranch:side\"]\n\tpath = \(scratch.root)/home/more",
      "[includeIf \"gitdir:/nowhere/\"]\n\tpath = \(scratch.root)/home/more",
      "[include]\n\tpath = /nowhere/at/all",
      "[branch.OldStyle]\n\tx = 1", "[bet] inline = 2", "[bet]\n\tcrlf = 3\r\n\tquoted = \" a \"  b  ",
      "[bet]\n\tspaces = a  b  c\n\thash = \"a#b\" # c\n\tsemi = a;b",
      "[bet]\n\tlong = \"a \\\n  b\"\n\tback = \\\\ \\b\n\tutf = ü",
      "[bet \"a\\\"b\\\\c.d\"]\n\tx = 1\n\tgate=\n\ty=\"\"", "[remote \"x\"] url = a\n\turl = b\n",
    ]
    try scratch.write(config + "\n" + odd.joined(separator: "\n"), to: "repository/.git/config")
    let (path, home) = (scratch.path, scratch.root + "/home")
    _ = try GitCommand.run(["-p", home + "/xdg/git"], program: "mkdir")
    try scratch.write("\u{feff}[bet]\n\tgate = xdg\n", to: "home/xdg/git/config")
    await #expect(processExitsWith: .success) { [path = path as String, home = home as String] in
      enter(path, ["HOME": home, "XDG_CONFIG_HOME": home + "/xdg"])
      try compareConfiguration(expectingFast: true)
    }
  }

  @Test func `also what the command line adds`() async throws {
    let scratch = try scratch()
    let (path, home) = (scratch.path, scratch.root + "/home")
    await #expect(processExitsWith: .success) { [path = path as String, home = home as String] in
      enter(
        path,
        [
          "HOME": home, "GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": "Bet.Counted.GATE",
          "GIT_CONFIG_VALUE_0": "a=b", "GIT_CONFIG_KEY_1": "other.x", "GIT_CONFIG_VALUE_1": "",
          "GIT_CONFIG_PARAMETERS":
            #"'bet.old=a'\''b' 'bet.flag' 'bet.Sub.X'='new '\!'='  'bet.none'= 'bet.empty'=''"#,
        ])
      try compareConfiguration(expectingFast: true)
    }
  }

  /// Files in the place of the user's and the system's, and none of them.
  static let replaced: [[String: String]] =
    ["1", "true", "Yes", "0", "off", ""].map { ["GIT_CONFIG_NOSYSTEM": $0] }
    + ["/dev/null", "", "HOME/more", "HOME/none", "../home/more"].flatMap { file in
      [["GIT_CONFIG_GLOBAL": file], ["GIT_CONFIG_SYSTEM": file]]
    } + [
      ["GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_SYSTEM": "HOME/more"],
      ["GIT_CONFIG_NOSYSTEM": "0", "GIT_CONFIG_SYSTEM": "HOME/local", "GIT_CONFIG_GLOBAL": "HOME/more"],
      ["GIT_CONFIG_GLOBAL": "HOME/more", "GIT_CONFIG_PARAMETERS": "'bet.gate=last'"],
      ["GIT_CONFIG_SYSTEM": "HOME/more", "XDG_CONFIG_HOME": "HOME/xdg"],
      ["GIT_CONFIG_GLOBAL": "HOME/more", "XDG_CONFIG_HOME": "HOME/xdg"],
    ]

  @Test(arguments: replaced)
  func `the process reads the files that the environment names`(_ variables: [String: String]) async throws {
    let scratch = try scratch()
    let (path, home) = (scratch.path, scratch.root + "/home")
    _ = try GitCommand.run(["-p", home + "/xdg/git"], program: "mkdir")
    try scratch.write("[bet]\n\tgate = xdg\n", to: "home/xdg/git/config")
    await #expect(processExitsWith: .success) {
      [path = path as String, home = home as String, variables = variables as [String: String]] in
      enter(path, variables.mapValues { $0.replacing("HOME", with: home) })
      setenv("HOME", home, 1)
      try compareConfiguration(expectingFast: true)
    }
  }

  @Test(arguments: [
    ["GIT_CONFIG_PARAMETERS": "'include.path=HOME/more'"], ["GIT_CONFIG_NOSYSTEM": "2"],
  ])
  func `git is asked where libgit2 is blind`(_ variables: [String: String]) async throws {
    let scratch = try scratch()
    let (path, home) = (scratch.path, scratch.root + "/home")
    await #expect(processExitsWith: .success) {
      [path = path as String, home = home as String, variables = variables as [String: String]] in
      enter(path, variables.mapValues { $0.replacing("HOME", with: home) })
      setenv("HOME", home, 1)
      try compareConfiguration(expectingFast: false)
    }
  }

  @Test func `git is asked about tabs, which its versions read differently`() async throws {
    let scratch = try scratch()
    let config = try scratch.read("repository/.git/config")
    try scratch.write(config + "\n[bet]\n\ttabs = a\t\tb\n", to: "repository/.git/config")
    let (path, home) = (scratch.path, scratch.root + "/home")
    await #expect(processExitsWith: .success) { [path = path as String, home = home as String] in
      enter(path, ["HOME": home])
      try compareConfiguration(expectingFast: false)
    }
  }

  @Test func `git is asked about a work tree's own file and about conditions on remotes`() async throws {
    let scratch = try scratch()
    try scratch.git("config", "extensions.worktreeConfig", "true")
    try scratch.git("config", "--worktree", "bet.gate", "tree")
    let other = try self.scratch()
    try other.git("config", "remote.o.url", "https://example.com/x")
    try other.git(
      "config", "includeIf.hasconfig:remote.*.url:https://example.com/**.path", other.root + "/home/more")
    for scratch in [scratch, other] {
      let (path, home) = (scratch.path, scratch.root + "/home")
      await #expect(processExitsWith: .success) { [path = path as String, home = home as String] in
        enter(path, ["HOME": home])
        try compareConfiguration(expectingFast: false)
      }
    }
  }

  @Test func `what git calls broken is an error`() async throws {
    let scratch = try scratch()
    let (path, home) = (scratch.path, scratch.root + "/home")
    await #expect(processExitsWith: .success) { [path = path as String, home = home as String] in
      for parameters in ["'bet.x", "bet.x=1", "'bet'", "'bet.1x=2'", "'bet.x'='a'b"] {
        enter(path, ["HOME": home, "GIT_CONFIG_PARAMETERS": parameters])
        let repository = try Repository.open(trust: .gitHasAgreed)
        #expect(try GitCommand.run(["config", "--list"]).status != 0, "\(parameters)")
        #expect(throws: GitError.self) { try repository.configuration(sections: ["bet"]) }
      }
    }
    #expect(try scratch.repository().configuration(sections: []) == [])
    #expect(throws: GitError.self) { try scratch.repository().configuration(sections: ["a|b"]) }
  }
}
