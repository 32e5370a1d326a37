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
    (0, 1, 1, false), (2, 1, 40, true), (2, 50, nil, true), (2, 51, nil, false), (3, 75, nil, true),
    (1, 1, 1, true), (1, 1, 2, true), (1, 1, 3, false), (1, 3, nil, false),
  ])
  func `a brush is no overlap`(_ count: Int, _ files: Int, _ lines: Int?, _ isOverlap: Bool) {
    #expect(OverlapMeasure(files: files, lines: lines).isOverlap(count) == isOverlap)
  }
}
