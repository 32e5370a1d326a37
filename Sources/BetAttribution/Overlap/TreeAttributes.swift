import Bets
import Git

/// The `.gitattributes` files of one tree, as far as the overlap rule asks them.
///
/// Read from the tree that the work makes, and from nowhere else: a clone, a server and CI then agree, with or without
/// a work tree, and whatever somebody's own configuration says.
struct TreeAttributes {
  private let repository: Repository
  private let trees: TreeReader
  private let tree: ObjectID
  private var files: [[UInt8]: PathAttributes?] = [:]

  init(_ repository: Repository, _ trees: TreeReader, tree: ObjectID) {
    self.repository = repository
    self.trees = trees
    self.tree = tree
  }

  /// Whether the tree says that a file is generated or vendored; the nearest file that says something decides.
  mutating func leavesOut(_ path: [UInt8]) throws(GitError) -> Bool {
    for attribute in OverlapScope.attributes where try isSet(attribute, for: path) { return true }
    return false
  }

  private mutating func isSet(_ attribute: String, for path: [UInt8]) throws(GitError) -> Bool {
    var folder = path
    while let slash = folder.lastIndex(of: UInt8(ascii: "/")) {
      folder.removeSubrange(slash...)
      let rest = Array(path[(slash + 1)...])
      if let answer = try file(folder + [UInt8(ascii: "/")])?.isSet(attribute, for: rest) { return answer }
    }
    return try file([])?.isSet(attribute, for: path) ?? false
  }

  private mutating func file(_ folder: [UInt8]) throws(GitError) -> PathAttributes? {
    if let known = files[folder] { return known }
    var read: PathAttributes?
    if let side = try trees.entry(at: folder + Array(".gitattributes".utf8), in: tree), side.mode.isRegular,
      case .text(let text) = try repository.blob(side.id)
    {
      read = PathAttributes(text.bytes)
    }
    files.updateValue(read, forKey: folder)
    return read
  }
}
