import GitFormats

/// Looks paths up in trees, reading each folder once, whichever trees it is a part of.
package final class TreeReader {
  private let repository: Repository
  private var folders: [ObjectID: [[UInt8]: FileChange.Side]] = [:]

  package init(_ repository: Repository) { self.repository = repository }

  /// What stands at a path; nil when nothing or a folder does, or when a tree on the way is not here.
  package func entry(at path: [UInt8], in tree: ObjectID) throws(GitError) -> FileChange.Side? {
    var side = FileChange.Side(mode: FileMode(bits: 0o040000), id: tree)
    for name in path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      guard side.mode.isTree, let next = try folder(side.id)[Array(name)] else { return nil }
      side = next
    }
    return side.mode.isTree ? nil : side
  }

  private func folder(_ id: ObjectID) throws(GitError) -> [[UInt8]: FileChange.Side] {
    if let known = folders[id] { return known }
    var entries: [[UInt8]: FileChange.Side] = [:]
    if let object = try repository.tree(id) {
      entries.reserveCapacity(object.bytes.count / 32)
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

extension Repository {
  /// What stands at a path; nil when nothing or a folder does, or when a tree on the way is not here.
  ///
  /// Nothing is kept: for looking one path up in many trees, where ``TreeReader`` would keep them all.
  package func entry(at path: [UInt8], in tree: ObjectID) throws(GitError) -> FileChange.Side? {
    guard let side = try side(at: path, in: tree), !side.mode.isTree else { return nil }
    return side
  }

  /// Whether a folder stands at a path; the empty path is the tree itself.
  package func isFolder(_ path: [UInt8], in tree: ObjectID) throws(GitError) -> Bool {
    if path.isEmpty { return true }
    return try side(at: path, in: tree)?.mode.isTree ?? false
  }

  private func side(at path: [UInt8], in tree: ObjectID) throws(GitError) -> FileChange.Side? {
    var side = FileChange.Side(mode: FileMode(bits: 0o040000), id: tree)
    for name in path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      guard side.mode.isTree, let object = try self.tree(side.id) else { return nil }
      var cursor = try TreeCursor(object.bytes, of: side.id)
      while !cursor.isAtEnd, !cursor.name.elementsEqual(name) { try cursor.advance() }
      if cursor.isAtEnd { return nil }
      side = cursor.side
    }
    return side
  }
}
