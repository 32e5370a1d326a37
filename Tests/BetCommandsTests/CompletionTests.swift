import GitFormats
import TestSupport
import Testing

/// What each shell offers, asked of the shell itself; one that is not here is not asked.
@Suite("completion") struct CompletionTests {
  let repository: TestRepository

  init() throws {
    (repository, _) = try TestRepository.withRemote()
    try repository.declare("search")
    try repository.declare("ranking")
    try repository.git("branch", "bet/search")
  }

  private func has(_ shell: String) throws -> Bool {
    try repository.run("sh", ["-c", "command -v \(shell)"]).status == 0
  }

  /// As `make install` makes it.
  private func script(_ shell: String) throws -> String {
    let generated = try repository.bet("--generate-completion-script", shell).text
    return generated.replacing("git bet", with: "git-bet")
  }

  private func source(_ file: String) throws -> String {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(
      separator: "/")
    return try repository.run("cat", ["\(root)/\(file)"]).text
  }

  private static let cases: [(line: [String], words: [String])] = [
    (["sho"], ["show"]), (["show", "se"], ["search"]), (["show", ""], ["ranking", "search"]),
    (["close", "search", "inv"], ["invalidated"]), (["link", "search", "bet/s"], ["bet/search"]),
    (["check", "bet/"], ["bet/search"]), (["check", "--into", "ma"], ["main"]), (["log", "ra"], ["ranking"]),
    (["policy", "bet.hom"], ["bet.home="]), (["declare", "x", "--builds-on", "ran"], ["ranking"]),
  ]

  @Test func `in bash, for git bet too, with a space after the only one`() throws {
    guard try has("bash") else { return }
    let git = "/usr/share/bash-completion/completions/git"
    let gits = try repository.run("sh", ["-c", "[ -f \(git) ]"]).status == 0
    try repository.write("complete.bash", script("bash") + source("Sources/git-bet/git-bet.bash"))
    func offered(_ words: [String]) throws -> [String] {
      let list = words.map(Text.singleQuoted).joined(separator: " ")
      let call =
        words[0] == "git"
        ? "__git_wrap__git_main"
        : "_git-bet_words git-bet \"${COMP_WORDS[COMP_CWORD]}\" \"${COMP_WORDS[COMP_CWORD-1]}\""
      let text = """
        [ -f /usr/share/bash-completion/bash_completion ] && . /usr/share/bash-completion/bash_completion
        \(gits ? ". \(git)" : ":"); . ./complete.bash; compopt() { :; }
        COMP_WORDS=(\(list)) COMP_LINE="${COMP_WORDS[*]}"; COMP_CWORD=\(words.count - 1) COMP_POINT=${#COMP_LINE}
        \(call); printf '%s|' "${COMPREPLY[@]}"
        """
      let run = try repository.run("bash", ["--norc", "-c", text]).succeeded("bash")
      return run.text.split(separator: "|").map(String.init)
    }
    for (line, words) in CompletionTests.cases {
      #expect(try offered(["git-bet"] + line) == words, "\(line)")
      guard gits else { continue }
      let inserted = words.count == 1 && !words[0].hasSuffix("=") ? [words[0] + " "] : words
      #expect(try offered(["git", "bet"] + line) == inserted, "git bet \(line)")
    }
    // To bash `=` is a word of its own.
    #expect(try offered(["git-bet", "policy", "overdue", "=", "bl"]) == ["block"])
    #expect(try offered(["git-bet", "policy", "overdue", "="]) == ["block", "warn", "off"])
  }

  @Test func `in fish, for git bet too`() throws {
    guard try has("fish") else { return }
    try repository.write("home/fish/completions/git-bet.fish", script("fish"))
    try repository.write("home/fish/conf.d/git-bet.fish", source("Sources/git-bet/git-bet.fish"))
    for (line, words) in CompletionTests.cases {
      for command in ["git-bet", "git bet"] {
        let typed = ([command] + line).joined(separator: " ")
        let run = try repository.run(
          "fish", ["-c", "complete -C \(Text.singleQuoted(typed))"],
          environment: ["XDG_CONFIG_HOME": "\(repository.path)/home"])
        let offered = run.text.split(separator: "\n").compactMap {
          $0.split(separator: "\t").first.map(String.init)
        }
        #expect(offered.sorted() == words, "\(typed): \(run.text) \(run.errorText)")
      }
    }
  }

  @Test func `in zsh, for git bet too`() throws {
    guard try has("zsh"), try repository.hasTerminals() else { return }
    try repository.write("home/functions/_git-bet", script("zsh"))
    try repository.write(
      "home/.zshrc",
      """
      fpath=("$ZDOTDIR/functions" $fpath)
      autoload -Uz compinit; compinit -u -d "$ZDOTDIR/dump"
      unsetopt beep; PS1='ready '
      # What is typed is shown whole before a tab, and nothing is run.
      show() { zle complete-word; print -r -- "<$BUFFER>" >>"$ZDOTDIR/seen"; BUFFER=; zle redisplay }
      zle -N show; bindkey '^I' show
      """)
    let lines = CompletionTests.cases.filter { $0.words.count == 1 }
    let typed = lines.flatMap { line, _ in
      ["git-bet", "git bet"].map { ([$0] + line).joined(separator: " ") + "\t" }
    }.joined()
    _ = try repository.run(
      "script", ["-qec", "zsh -i", "/dev/null"], input: Array((typed + "exit\n").utf8),
      environment: ["ZDOTDIR": "\(repository.path)/home", "TERM": "xterm"])
    let seen = try repository.read("home/seen").split(separator: "\n").map(String.init)
    #expect(seen.count == 2 * lines.count, "\(seen)")
    for (index, (line, words)) in lines.enumerated() where seen.count == 2 * lines.count {
      let whole = (line.dropLast() + words).joined(separator: " ")
      for (number, command) in ["git-bet", "git bet"].enumerated() {
        #expect(seen[2 * index + number].hasPrefix("<\(command) \(whole)"), "\(seen[2 * index + number])")
      }
    }
  }
}
