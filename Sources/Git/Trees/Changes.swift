import GitFormats

/// What commits change, as ids that stay the same when a change is carried to another place: `git patch-id --verbatim` of
/// the difference to the first parent, without renames.
///
/// git's own, by two children for any number of questions: nothing here may differ from what another clone, or a person
/// with a shell, finds. Each answer is kept.
package final class Changes {
  /// Two trees, nil being the empty one.
  package struct Step: Hashable, Sendable {
    package let old: ObjectID?
    package let new: ObjectID

    package init(from old: ObjectID?, to new: ObjectID) {
      self.old = old
      self.new = new
    }

    /// Whether nothing changes.
    package var isEmpty: Bool { old ?? .emptyTree == new }
  }

  /// More bytes in the changed files than these are not compared: some seconds.
  private static let largest = 32 << 20
  private static let mostFiles = 20_000
  private static let limit: Duration = .seconds(60)

  private let repository: Repository
  private var ids: [Step: ObjectID?] = [:]
  private var paths: [Step: [[UInt8]]?] = [:]

  package init(_ repository: Repository) { self.repository = repository }

  /// The step that a commit makes from its first parent; nil where that is not here, as at a shallow clone's end.
  package func step(of commit: RawCommit) throws(GitError) -> Step? {
    guard let parent = commit.parents.first else { return Step(from: nil, to: commit.tree) }
    return try repository.commit(parent).map { Step(from: $0.tree, to: commit.tree) }
  }

  /// The id of a change; nil for one that changes nothing, is too large, or is not here in full.
  package func id(of step: Step) throws(GitError) -> ObjectID? {
    try find([step])
    return ids[step] ?? nil
  }

  /// Makes sure that all are known, at the price of one.
  package func find(_ steps: [Step]) throws(GitError) {
    var wanted: [Step] = []
    for step in steps where ids[step] == nil {
      ids[step] = .some(nil)
      if try isComparable(step) { wanted.append(step) }
    }
    guard !wanted.isEmpty else { return }
    let pairs = wanted.map { "\(($0.old ?? .emptyTree).hex) \($0.new.hex)\n" }.joined()
    let diff = try plumbing(Changes.diff, input: Array(pairs.utf8))
    let answer = String(
      decoding: try plumbing(["patch-id", "--verbatim"], input: diff), as: UTF8.self)
    let lines = answer.split(separator: "\n")
    // A line for each difference, in their order, named by its first tree.
    guard lines.count == wanted.count else { return }
    for (step, line) in zip(wanted, lines) {
      let words = line.split(separator: " ")
      guard words.count == 2, words[1] == (step.old ?? .emptyTree).hex else { return }
      ids[step] = ObjectID(hex: words[0])
    }
  }

  /// The changed paths in the order of git's trees; nil where they cannot be told.
  package func paths(of step: Step) throws(GitError) -> [[UInt8]]? {
    if let known = paths[step] { return known }
    let diff = try repository.treeDiff(from: step.old, to: step.new, limit: Changes.mostFiles)
    let found = diff.gap == nil ? diff.changes.map(\.path) : nil
    paths[step] = .some(found)
    return found
  }

  /// Whether there is something to compare, all of it here and not too much.
  private func isComparable(_ step: Step) throws(GitError) -> Bool {
    let diff = try repository.treeDiff(from: step.old, to: step.new, limit: Changes.mostFiles)
    guard diff.gap == nil, !diff.changes.isEmpty else { return false }
    var left = Changes.largest
    for change in diff.changes {
      for side in [change.old, change.new].compactMap(\.self) where !side.mode.isSubmodule {
        guard let size = try repository.blobSize(side.id) else { return false }
        left -= size
        if left < 0 { return false }
      }
    }
    return true
  }

  private static let diff = [
    "diff-tree", "--stdin", "-r", "-p", "--full-index", "--no-renames", "--no-ext-diff", "--no-textconv",
    "--no-color", "--unified=3", "--inter-hunk-context=0", "--diff-algorithm=myers", "--src-prefix=a/",
    "--dst-prefix=b/",
  ]

  private func plumbing(_ arguments: [String], input: [UInt8]) throws(GitError) -> [UInt8] {
    let answer = try GitCommand.run(
      arguments, input: input, environment: repository.objectsAlone,
      settings: [
        ("core.attributesFile", "/dev/null"), ("core.quotePath", "true"), ("diff.indentHeuristic", "true"),
        ("diff.suppressBlankEmpty", "false"),
      ], limit: Changes.limit)
    guard answer.status == 0 else {
      throw GitError(
        code: .invalid, function: "git \(arguments[0])",
        message: String(decoding: answer.standardError, as: UTF8.self))
    }
    return answer.standardOutput
  }
}

extension Repository {
  /// The environment of a child of git's that looks at this repository's objects and at nothing else: no network, real
  /// objects, pathspecs that mean what they say, and a work tree without attributes: the git directory itself.
  package var objectsAlone: [String: String?] {
    [
      "GIT_DIR": gitDirectory, "GIT_WORK_TREE": gitDirectory, "GIT_NO_LAZY_FETCH": "1",
      "GIT_ALLOW_PROTOCOL": "none", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_LITERAL_PATHSPECS": nil,
      "GIT_GLOB_PATHSPECS": nil, "GIT_NOGLOB_PATHSPECS": nil, "GIT_ICASE_PATHSPECS": nil, "LC_ALL": "C",
    ]
  }
}
