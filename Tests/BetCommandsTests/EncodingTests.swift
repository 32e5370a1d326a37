import TestSupport
import Testing

/// Texts and names in other encodings than UTF-8.
@Suite struct EncodingTests {
  private func scene() throws -> TestRepository {
    let (repository, _) = try TestRepository.withRemote()
    try repository.placeChain()
    return repository
  }

  /// Commits with this message, byte for byte, and perhaps an encoding in its header.
  private func commit(_ message: [UInt8], _ encoding: String?, in repository: TestRepository) throws {
    try repository.write("plain", "\(message.count) \(encoding ?? "")\n")
    try repository.git("add", "plain")
    let settings = encoding.map { ["-c", "i18n.commitEncoding=\($0)"] } ?? []
    try repository.git(
      settings + ["commit", "-q", "--cleanup=verbatim", "-F", "-"],
      input: message + Array("\n\nBet: ranking\n".utf8))
  }

  @Test(
    arguments: [
      ("ISO-8859-1", [0x47, 0x72, 0xFC, 0xDF, 0x65]), ("iso8859-15", [0xA4, 0x31]), ("latin-1", [0xE9]),
      ("windows-1252", [0x80, 0x93, 0x94]), ("KOI8-R", [0xC2, 0xC5]),
      ("Shift_JIS", [0x93, 0xFA, 0x96, 0x7B]),
      ("EUC-JP", [0xC6, 0xFC]), ("GB18030", [0xD6, 0xD0]), ("UTF-8", Array("日本".utf8)),
      (nil, Array("Grüße".utf8)),
    ] as [(String?, [UInt8])])
  func `a title is read as git reads it`(encoding: String?, title: [UInt8]) throws {
    let repository = try scene()
    try commit(title, encoding, in: repository)
    let expected = try repository.git("log", "-1", "--encoding=UTF-8", "--format=%s").text.prefix {
      $0 != "\n"
    }
    #expect(String(validating: title, as: UTF8.self).map { $0 == expected } ?? !expected.isEmpty)
    for arguments in [["why", "plain:1"], ["footprint", "ranking"], ["show", "ranking"], ["check"]] {
      if arguments == ["show", "ranking"] {
        try repository.git("push", "-q", "--no-verify", "origin", "HEAD:main")
      }
      let run = try repository.tryBet(arguments)
      let isShown = (run.text + run.errorText).contains(expected)
      #expect(
        isShown || arguments == ["check"] && run.status == 0, "\(arguments): \(run.text)\(run.errorText)")
    }
  }

  @Test(
    arguments: [
      ("", [0x66, 0xFC, 0x72], "f\\xfcr"), ("no-such-code", [0xE9, 0x1B], "\\xe9\\u{1b}"),
      ("ISO-2022-CN-EXT", [0xE9], "\\xe9"),
      ("EUC-JP", [0x41, 0xFF, 0x42], "A\\xffB"), ("../../x//TRANSLIT", [0xE9], "\\xe9"),
    ] as [(String?, [UInt8], String)])
  func `a byte of a title that is nothing is told`(encoding: String?, title: [UInt8], shown: String) throws {
    let repository = try scene()
    // What git commit writes without an encoding is UTF-8, whatever it was given.
    try commit(encoding == "" ? Array("TITLE".utf8) : title, encoding == "" ? nil : encoding, in: repository)
    if encoding == "" {
      let script =
        "git update-ref HEAD $(git cat-file commit HEAD | sed $'s/TITLE/f\\xfcr/' | git hash-object -t commit -w --stdin)"
      try repository.run("bash", ["-c", script]).succeeded("hash-object")
    }
    #expect(try repository.bet("why", "plain:1").text.contains("  \(shown)\n"))
    let long = Array(String(repeating: "é", count: 300).utf8)
    try commit(long, nil, in: repository)
    #expect(try repository.bet("why", "plain:1").text.contains("  \(String(repeating: "é", count: 200))\n"))
  }

  @Test func `a name of a branch that is no UTF-8 is told, and not replaced`() throws {
    let repository = try scene()
    try repository.run("bash", ["-c", "git switch -q -c $'feature/caf\\xe9'"]).succeeded("switch")
    let before = try repository.refs()
    for command in [
      "link search", "link search $'feature/caf\\xe9'", "check $'feature/caf\\xe9'",
      "start search --branch $'caf\\xe9'", "why $'caf\\xe9'",
    ] {
      let run = try repository.run("bash", ["-c", "git-bet \(command)"])
      #expect(run.stops("not-utf-8", status: 128), "\(command): \(run.errorText)")
      #expect(run.errorText.contains("caf\\xe9'"), "\(command): \(run.errorText)")
    }
    #expect(try repository.refs() == before)
    let push = try repository.run("bash", ["-c", "git push origin $'feature/caf\\xe9'"])
    #expect(push.stops("follow-on") && push.says("not-utf-8") && push.errorText.contains("feature/caf\\xe9'"))
    // No command is printed that would push another branch.
    #expect(!push.errorText.contains("    git push") && !push.errorText.contains("    git bet push"))
    // The character that stands for what cannot be read is one like another when it is written.
    try repository.git("switch", "-q", "-c", "feature/\u{FFFD}")
    try repository.bet("link", "search")
  }

  @Test func `a text in a file is UTF-8, whatever stands before it`() throws {
    let repository = try scene()
    let mark = "\\xef\\xbb\\xbf"
    func run(_ script: String) throws -> Run { try repository.run("bash", ["-c", script]) }
    try run(
      "printf '\(mark)they like it\\n' >note; git-bet note search -F note; printf '\(mark)or not' | git-bet note search"
    ).succeeded("note")
    let log = try repository.bet("log", "search").text
    #expect(
      log.contains("    they like it\n") && log.contains("note: they like it\n")
        && log.contains("note: or not\n"))
    #expect(!log.contains("u{feff}"))
    let claim = "Faster\\n\\nIf: a\\nExpect: x rises from 1 to 2\\nBecause: z\\n"
    try run("printf '\(mark)\(claim)' >claim; git-bet declare faster -F claim").succeeded("declare")
    #expect(try repository.bet("show", "faster").text.contains("  Title          Faster\n"))
    let before = try repository.refs()
    for (make, words) in [
      ("printf 'a b\\n' | iconv -f UTF-8 -t UTF-16", "UTF-16"),
      ("printf 'a b\\n' | iconv -f UTF-8 -t UTF-16LE", "UTF-16"),
      ("printf 'a b\\n' | iconv -f UTF-8 -t UTF-16BE", "UTF-16"),
      ("printf 'one\\ncaf\\xe9 \\x1b\\n'", "line 2"),
    ] {
      for use in [
        "note search -F text", "note search <text", "declare other -F text", "declare other -F - <text",
      ] {
        let stop = try run("\(make) >text; git-bet \(use)")
        #expect(stop.stops("not-utf-8", status: 128), "\(use): \(stop.errorText)")
        #expect(stop.errorText.contains(words) && !stop.errorText.contains("\u{1B}"), "\(stop.errorText)")
      }
    }
    #expect(try repository.refs() == before)
  }
}
