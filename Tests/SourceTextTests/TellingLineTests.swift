import SourceText
import Testing

struct TellingLineTests {
  @Test(arguments: [
    ("", false), ("\t  ", false), ("}", false), ("  });", false), ("*/", false), ("} else {", false),
    ("return 0;", false), ("\tbreak;", false), ("#include \"x.h\"", false), ("import Testing", false),
    ("from os import path", false), ("int limit = 5;", true), ("k = 5", true), ("return limit;", true),
    ("# imports are sorted", true), ("größe", true), ("if (!ret)", true), ("12, 13", false),
  ])
  func `a line tells when it has a word of its own`(_ line: String, _ isTelling: Bool) {
    #expect(TellingLine.isTelling(Array(line.utf8)[...]) == isTelling)
  }
}
