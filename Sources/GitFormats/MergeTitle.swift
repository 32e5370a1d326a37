/// Which branches a merge's title says that it brings: git's own sentences, and those of hosts.
///
/// The branch is often deleted a moment after it was merged; the title is what is left of its name.
package struct MergeTitle: Hashable, Sendable {
  /// A merge of more branches names none.
  private static let mostBranches = 16
  private static let longest = 1 << 10

  /// As they stand there, in the order of the parents after the first: maybe with a remote's name or an owner before it.
  package let branches: [String]

  /// `parents` is how many the merge has; nil where the title does not name a branch for each but the first.
  package init?(_ message: [UInt8], parents: Int) {
    guard (2...MergeTitle.mostBranches).contains(parents), message.starts(with: "Merge".utf8) else {
      return nil
    }
    let line = message[...].line
    guard line.count <= MergeTitle.longest, let title = String(validating: line, as: UTF8.self) else {
      return nil
    }
    branches = MergeTitle.quoted(title) ?? MergeTitle.pulled(title).map { [$0] } ?? []
    guard branches.count == parents - 1, !branches.contains("") else { return nil }
  }

  /// `Merge branch 'a' into b`, `Merge branches 'a', 'b' and 'c'`, `Merge remote-tracking branch 'origin/a'`.
  private static func quoted(_ title: String) -> [String]? {
    let kinds = ["branch", "branches", "remote-tracking branch", "remote-tracking branches"]
    guard var rest = kinds.lazy.compactMap({ title.without(prefix: "Merge \($0) '") }).first else {
      return nil
    }
    var names: [String] = []
    while let end = rest.firstIndex(of: "'") {
      names.append(String(rest[..<end]))
      rest = rest[rest.index(after: end)...]
      guard let next = rest.without(prefix: ", '") ?? rest.without(prefix: " and '") else { return names }
      rest = next
    }
    return nil
  }

  /// `Merge pull request #1 from owner/a`, `Merge pull request 'Words' (#1) from a into b`,
  /// `Merged in a (pull request #1)`.
  private static func pulled(_ title: String) -> String? {
    let words = title.split(separator: " ").map { String($0) }
    if title.hasPrefix("Merged in ") { return words.count > 3 && words[3] == "(pull" ? words[2] : nil }
    guard title.hasPrefix("Merge pull request "), let from = words.lastIndex(of: "from") else { return nil }
    return words.dropFirst(from + 1).first
  }

  /// What a branch that is named so may be called: the name, and what follows a remote's name or an owner's.
  package static func readings(of branch: String) -> [String] {
    let inner = branch.split(separator: "/", maxSplits: 1).dropFirst().map { String($0) }
    return [branch] + inner
  }
}

extension StringProtocol {
  fileprivate func without(prefix: String) -> SubSequence? {
    starts(with: prefix) ? dropFirst(prefix.count) : nil
  }
}
