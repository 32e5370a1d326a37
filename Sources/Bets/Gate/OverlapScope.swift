import GitFormats

/// Which files the overlap rule looks at.
package struct OverlapScope: Sendable {
  /// Files that a tool writes from others: everybody's work passes through them, nobody builds on a line of them.
  package static let lockFiles = [
    "*.lock", "*.lockb", "*.lock.json", "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml",
    "packages.lock.json", "Package.resolved", "go.sum", "go.work.sum", "Cartfile.resolved", "gradle.lockfile",
    ".terraform.lock.hcl", "MODULE.bazel.lock", "lock.yml",
  ]
  /// Those that a tree's `.gitattributes` says are not written here by hand.
  package static let attributes = ["linguist-generated", "linguist-vendored"]

  private let patterns: [PathPattern]

  /// `ignoring`: the patterns of `bet.overlapIgnore`, beside the lock files.
  package init(ignoring patterns: [String] = []) {
    self.patterns = (OverlapScope.lockFiles + patterns.filter { !$0.isEmpty }).map { PathPattern($0) }
  }

  package func ignores(_ path: [UInt8]) -> Bool { patterns.contains { $0.matches(path) } }
}
