/// Looks paths up in one tree, reading each folder once.
public struct TreeReader {
  private let repository: Repository
  private let root: OID
  private var folders: [OID: [[UInt8]: FileChange.Side]] = [:]

  public init(_ repository: Repository, tree: OID) {
    self.repository = repository
    root = tree
  }

  /// What stands at a path; nil when nothing or a folder does, or when a tree on the way is not here.
  public mutating func entry(at path: [UInt8]) throws(GitError) -> FileChange.Side? {
    var side = FileChange.Side(mode: FileMode(bits: 0o040000), id: root)
    for name in path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      guard side.mode.isTree, let next = try folder(side.id)[Array(name)] else { return nil }
      side = next
    }
    return side.mode.isTree ? nil : side
  }

  private mutating func folder(_ id: OID) throws(GitError) -> [[UInt8]: FileChange.Side] {
    if let known = folders[id] { return known }
    var entries: [[UInt8]: FileChange.Side] = [:]
    if let object = try repository.tree(id) {
      var cursor = try TreeCursor(object.bytes, of: id)
      while !cursor.isAtEnd {
        entries[Array(cursor.name)] = cursor.side
        try cursor.advance()
      }
    }
    folders[id] = entries
    return entries
  }
}
