import Git
import TestSupport
import Testing

struct TreeDiffTests {
  /// Whether a file became a link or a submodule, or the other way round.
  static func isTypeChange(_ change: FileChange) -> Bool {
    guard let old = change.old, let new = change.new else { return false }
    return old.mode.bits & 0o170000 != new.mode.bits & 0o170000
  }

  /// One line for a change, as `git diff-tree -r --raw --abbrev=40` has it.
  static func raw(_ change: FileChange) -> String {
    func mode(_ side: FileChange.Side?) -> String {
      let digits = String(side?.mode.bits ?? 0, radix: 8)
      return String(repeating: "0", count: 6 - digits.count) + digits
    }
    let letter =
      change.oldPath != nil
      ? "R" : change.old == nil ? "A" : change.new == nil ? "D" : isTypeChange(change) ? "T" : "M"
    let names = [change.oldPath, change.path].compactMap { $0 }.map { String(decoding: $0, as: UTF8.self) }
    return
      ":\(mode(change.old)) \(mode(change.new)) \(change.old?.id ?? .zero) \(change.new?.id ?? .zero) \(letter)\t"
      + names.joined(separator: "\t")
  }

  private static func files(_ dice: inout Dice) -> [String: String] {
    var files: [String: String] = [:]
    let names = ["a", "a.c", "a-b", "ab", "b"]
    for _ in 0..<12 {
      let depth = Int.random(in: 1...3, using: &dice)
      let path = (0..<depth).map { _ in names.randomElement(using: &dice) ?? "a" }.joined(separator: "/")
      // A file cannot be a folder as well.
      if files.keys.contains(where: { path.hasPrefix($0 + "/") || $0.hasPrefix(path + "/") }) { continue }
      files[path] = String(Int.random(in: 0..<4, using: &dice))
    }
    return files
  }

  /// The tree with these contents; `m` is a submodule, `l` a symbolic link, `x` an executable.
  private func tree(_ scratch: Scratch, _ files: [String: String]) throws -> ObjectID {
    try scratch.git("read-tree", "--empty")
    var index = ""
    for (path, content) in files.sorted(by: { $0.key < $1.key }) {
      let mode = ["m": "160000", "l": "120000", "x": "100755"][content.prefix(1)] ?? "100644"
      let blob = try scratch.id("hash-object", "-w", "--stdin", input: content.filter { !"mlx".contains($0) })
      index += "\(mode) \(blob)\t\(path)\n"
    }
    try scratch.git("update-index", "--index-info", input: index)
    return try scratch.id("write-tree")
  }

  @Test(arguments: 1...12) func `two trees differ as git says`(seed: Int) throws {
    let scratch = try Scratch()
    var dice = Dice(state: UInt64(seed))
    let (old, new) = (TreeDiffTests.files(&dice), TreeDiffTests.files(&dice))
    let (before, after) = (try tree(scratch, old), try tree(scratch, new))
    let diff = try scratch.repository().treeDiff(from: before, to: after)
    #expect(diff.gap == nil)
    #expect(diff.changes.map(TreeDiffTests.raw) == (try diffTree(scratch, before, after)))
    let all = try scratch.repository().treeDiff(from: nil, to: after)
    #expect(all.changes.map(TreeDiffTests.raw) == (try diffTree(scratch, .emptyTree, after)))
    let none = try scratch.repository().treeDiff(from: after, to: nil)
    #expect(none.changes.count == all.changes.count && none.changes.allSatisfy { $0.new == nil })
  }

  private func diffTree(_ scratch: Scratch, _ old: ObjectID, _ new: ObjectID, _ options: String...) throws
    -> [String]
  {
    try scratch.run(
      ["-C", scratch.path, "diff-tree", "-r", "--raw", "--abbrev=40"] + options + ["\(old)", "\(new)"]
    ).split(separator: "\n").map { String($0).replacing(#/ R\d+/#, with: " R") }
  }

  @Test func `submodules, links, modes and types are told apart`() throws {
    let scratch = try Scratch()
    let before = try tree(
      scratch, ["file": "1", "link": "l1", "module": "m1", "mode": "1", "type": "1", "to": "l2"])
    let after = try tree(
      scratch, ["file": "2", "link": "l2", "module": "m2", "mode": "x1", "type": "l1", "to": "2"])
    let changes = try scratch.repository().treeDiff(from: before, to: after).changes
    #expect(changes.map(TreeDiffTests.raw) == (try diffTree(scratch, before, after)))
    let named = Dictionary(
      uniqueKeysWithValues: changes.map { (String(decoding: $0.path, as: UTF8.self), $0) })
    #expect(named["mode"]?.isModeChange == true)
    #expect(named["type"].map(TreeDiffTests.isTypeChange) == true && named["type"]?.newBlob == nil)
    #expect(named["to"]?.oldBlob == nil && named["to"]?.newBlob != nil)
    #expect(named["link"]?.old?.mode.isSymbolicLink == true && named["link"]?.newBlob == nil)
    #expect(named["module"]?.new?.mode.isSubmodule == true && named["module"]?.newBlob == nil)
    #expect(named["file"]?.isModeChange == false)
  }

  @Test func `renames are git's renames`() throws {
    let scratch = try Scratch()
    let long = (1...40).map { "word \($0)\n" }.joined()
    let before = try tree(
      scratch, ["src/a": long, "src/b": "b\n", "old/c": "same\n", "x": "empty", "keep": "k\n"])
    let after = try tree(
      scratch,
      ["lib/a": long + "more\n", "lib/b": "b\n", "new/c": "same\n", "new/d": "other\n", "keep": "k\n"])
    let repository = try scratch.repository()
    let changes = try repository.renamed(in: repository.treeDiff(from: before, to: after).changes)
    #expect(changes.map(TreeDiffTests.raw) == (try diffTree(scratch, before, after, "-M")))
    #expect(changes.filter { $0.oldPath != nil }.count == 3)
  }

  @Test func `half the lines make a rename, fewer do not`() throws {
    let scratch = try Scratch()
    func text(_ common: Int) -> String {
      (1...20).map { "\($0 <= common ? "hers" : "ours") words number \($0 + 10)\n" }.joined()
    }
    for (common, isRename) in [(20, true), (10, true), (9, false), (0, false)] {
      let before = try tree(scratch, ["a": text(20)])
      let after = try tree(scratch, ["b": text(common)])
      let repository = try scratch.repository()
      let changes = try repository.renamed(in: repository.treeDiff(from: before, to: after).changes)
      #expect((changes.count == 1) == isRename, "\(common)")
    }
  }

  @Test func `a few trees that stand for endless files are given up on`() throws {
    let scratch = try Scratch()
    var id = try tree(scratch, ["a": "1"])
    for _ in 0..<20 {
      let entries = (0..<10).map { "040000 tree \(id)\t\($0)\n" }.joined()
      id = try scratch.id("mktree", input: entries)
    }
    let diff = try scratch.repository().treeDiff(from: nil, to: id, limit: 1000)
    #expect(diff.gap == .tooMany)
    #expect(diff.changes.count <= 1000)
  }

  @Test func `a path without an end is a gap, and what stands beside it is compared`() throws {
    let scratch = try Scratch()
    var id = try tree(scratch, ["a": "1"])
    let file = try scratch.id("rev-parse", "\(id):a")
    for _ in 0..<300 { id = try scratch.id("mktree", input: "040000 tree \(id)\td\n") }
    id = try scratch.id(
      "mktree", input: "100644 blob \(file)\ta\n040000 tree \(id)\td\n100644 blob \(file)\tz\n")
    let diff = try scratch.repository().treeDiff(from: nil, to: id)
    #expect(diff.gap == .tooMany)
    #expect(diff.changes.map { String(decoding: $0.path, as: UTF8.self) } == ["a", "z"])
  }

  @Test func `a missing tree is a gap, a malformed one an error`() throws {
    let scratch = try Scratch()
    let tree = try tree(scratch, ["a/b": "1", "c": "2"])
    let folder = try scratch.id("rev-parse", "\(tree):a")
    let hex = "\(folder)"
    let file = "\(scratch.path)/.git/objects/\(hex.prefix(2))/\(hex.dropFirst(2))"
    #expect(try GitCommand.run(["-f", file], program: "rm").status == 0)
    let diff = try scratch.repository().treeDiff(from: nil, to: tree)
    #expect(diff.gap == .missing(folder))
    #expect(diff.changes.map { String(decoding: $0.path, as: UTF8.self) } == ["c"])
    for text in [
      "100644", "100644 a", "100644 a\u{0}short", "9 a\u{0}aaaaaaaaaaaaaaaaaaaa",
      " a\u{0}aaaaaaaaaaaaaaaaaaaa",
    ] {
      let bad = try scratch.id("hash-object", "-w", "-t", "tree", "--literally", "--stdin", input: text)
      let error = #expect(throws: GitError.self) { try scratch.repository().treeDiff(from: nil, to: bad) }
      #expect(error?.code == .corrupt, "\(text)")
    }
  }

  @Test func `a path is looked up through its folders`() throws {
    let scratch = try Scratch()
    let id = try tree(scratch, ["a/b/c": "1", "a.c": "2", "l": "l3"])
    let reader = TreeReader(try scratch.repository())
    #expect(try reader.entry(at: Array("a/b/c".utf8), in: id)?.id == scratch.id("rev-parse", "\(id):a/b/c"))
    #expect(try reader.entry(at: Array("l".utf8), in: id)?.mode.isSymbolicLink == true)
    for path in ["a", "a/b", "a/b/c/d", "x", "", "/a.c", "a//b/c", "a.c/"] {
      #expect(try reader.entry(at: Array(path.utf8), in: id) == nil, "\(path)")
    }
  }
}
