import Bets
import Testing

struct OverlapScopeTests {
  @Test func `lock files and what the user names are left out`() {
    let scope = OverlapScope(ignoring: ["*.pb.go", "", "/third_party/"])
    for path in [
      "Package.resolved", "web/package-lock.json", "Cargo.lock", "go.sum", "x/a.pb.go", "third_party/a/b.c",
    ] {
      #expect(scope.ignores(Array(path.utf8)), "\(path)")
    }
    for path in ["Package.swift", "go.mod", "src/third_party/a.c", "lock.c", "docs/a.md"] {
      #expect(!scope.ignores(Array(path.utf8)), "\(path)")
    }
  }

  @Test(arguments: [
    ("", false), ("\t  ", false), ("}", false), ("  });", false), ("*/", false), ("} else {", false),
    ("return 0;", false), ("\tbreak;", false), ("#include \"x.h\"", false), ("import Testing", false),
    ("from os import path", false), ("int limit = 5;", true), ("k = 5", true), ("return limit;", true),
    ("# imports are sorted", true), ("größe", true), ("if (!ret)", true), ("12, 13", false),
  ])
  func `a line tells when it has a word of its own`(_ line: String, _ isTelling: Bool) {
    #expect(TellingLine.isTelling(Array(line.utf8)[...]) == isTelling)
  }

  @Test(arguments: [
    (0, 1, 1, false), (2, 1, 40, true), (2, 50, nil, true), (2, 51, nil, false), (3, 75, nil, true),
    (1, 1, 1, true), (1, 1, 2, true), (1, 1, 3, false), (1, 3, nil, false),
  ])
  func `a brush is no overlap`(_ count: Int, _ files: Int, _ lines: Int?, _ isOverlap: Bool) {
    #expect(OverlapMeasure(files: files, lines: lines).isOverlap(count) == isOverlap)
  }
}
