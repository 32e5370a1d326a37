import Git
import Testing

@Suite("git commands") struct CommandTests {
  @Test func `big input and output do not wait for each other`() throws {
    let input = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0) }
    let output = try GitCommand.run([], input: input, program: "cat")
    #expect(output.status == 0)
    #expect(output.standardOutput == input)
    let both = try GitCommand.run(["-c", "tee /dev/stderr"], input: input, program: "sh")
    #expect(both.standardOutput == input && both.standardError == input)
  }

  @Test func `a child that does not listen ends nothing here`() throws {
    let input = [UInt8](repeating: 0, count: 1_000_000)
    let output = try GitCommand.run(["-c", "exec <&-; echo done; exit 3"], input: input, program: "sh")
    #expect(output.status == 3)
    #expect(output.text == "done")
  }

  @Test func `a status is told, also of a signal`() throws {
    #expect(try GitCommand.run(["-c", "kill -9 $$"], program: "sh").status == 137)
    #expect(try GitCommand.passThrough(["-c", "exit 7"], program: "sh") == 7)
    #expect(try GitCommand.run(["--version"]).text.hasPrefix("git version"))
  }

  @Test func `arguments are no shell's business, and one line feed is dropped`() throws {
    let output = try GitCommand.run(["%s\\n\\n", "a $(x) 'b'"], program: "printf")
    #expect(output.text == "a $(x) 'b'\n")
  }

  @Test func `variables are added, changed and taken away`() throws {
    let output = try GitCommand.run(
      ["-c", "echo \"$ONE-${HOME-none}\""], environment: ["ONE": "a=b", "HOME": nil], program: "sh")
    #expect(output.text == "a=b-none")
  }

  @Test func `settings of one command may have any subsection`() throws {
    let answer = try GitCommand.run(
      ["config", "remote.a=b c.url"], settings: [("core.abbrev", "9"), ("remote.a=b c.url", "../x y")])
    #expect(answer.text == "../x y")
  }

  @Test
  func `a child that takes too long is ended with all that it started, and could not ask on a terminal`()
    throws
  {
    let error = #expect(throws: GitError.self) {
      try GitCommand.run(
        ["-c", "sleep 60 & echo $!; sleep 60"], program: "sh", limit: .milliseconds(300))
    }
    #expect(error?.code == .tooSlow)
    let answer = try GitCommand.run(
      ["-c", "(: </dev/tty) 2>/dev/null && echo asks; exit 3"], program: "sh", limit: .seconds(60))
    #expect(answer.status == 3 && answer.text.isEmpty)
  }

  @Test func `a program that is not there is an error`() {
    let error = #expect(throws: GitError.self) { try GitCommand.run([], program: "no-such-program") }
    #expect(error?.code == .system)
  }
}
