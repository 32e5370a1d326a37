import TestSupport
import Testing

/// A bet from a file: what is typed is what is kept.
@Suite struct DraftTests {
  private func declare(_ text: String, in repository: TestRepository) throws -> Run {
    try repository.tryBet("declare", "new", "-F", "-", input: text)
  }

  @Test func `a value goes on in the indented lines below it, as git unfolds them`() throws {
    let (repository, _) = try TestRepository.withRemote()
    let text =
      "A title\n\nIf: we build\n  search\n# a comment\nExpect: starts rise from 2.1 to\n\t2.6 per learner\n"
    try declare(text + "Because:\n  z is true\n\n  An indented text\n", in: repository).succeeded("declare")
    let trailers = try repository.trailers("refs/bets/new")
    for line in [
      "If: we build search", "Expect: starts rise from 2.1 to 2.6 per learner", "Because: z is true",
    ] {
      #expect(trailers.contains(line), "\(trailers)")
    }
    let message = try repository.message("refs/bets/new")
    #expect(message.hasPrefix("A title\n\nAn indented text\n\n"), "\(message)")
  }

  @Test(arguments: [
    ("unclear-line", "If: a\nmore of a\nExpect: b\nBecause: c\n"),
    ("unclear-line", "If: a\n  Expect: b\nBecause: c\n"),
    ("unknown-field", "If: a\nExpect: b\nBecause: c\nTraget: >= 3\n"),
    ("unknown-field", "Chek-By: 14d\n\nIf: a\nExpect: b\nBecause: c\n"),
    ("unknown-field", "If: a\nExpect: b\nBecause: c\n\nchek_by: 14d\n"),
    ("repeated-field", "If: a\nExpect: b\nBecause: c\nTarget: >= 3\nTarget: >= 4\n"),
    ("front-matter", "---\nIf: a\nExpect: b\nBecause: c\n"),
  ])
  func `a slip of the hand is told, and nothing is written`(code: String, text: String) throws {
    let (repository, _) = try TestRepository.withRemote()
    try expectRefused(repository, [Bad(code, ["declare", "new", "-F", "-"], input: text)])
  }

  @Test func `front matter is no title, and its own title is one`() throws {
    let (repository, _) = try TestRepository.withRemote()
    let claim = "If: a\nExpect: b\nBecause: c\n"
    let run = try declare(
      "---\ntitle: \"Front\"\nlayout: post\nTarget: >= 3\n---\n\nText: of people\n\n\(claim)", in: repository)
    #expect(run.status == 0 && run.says("left-out") && run.errorText.contains("layout"), "\(run.errorText)")
    let message = try repository.message("refs/bets/new")
    #expect(
      message.hasPrefix("Front\n\nText: of people\n\n") && message.contains("Target: >= 3"), "\(message)")
    try repository.tryBet("declare", "plain", "-F", "-", input: "---\nlayout: post\n---\nReal\n\n\(claim)")
      .succeeded("declare")
    #expect(try repository.message("refs/bets/plain").hasPrefix("Real\n"))
  }
}
