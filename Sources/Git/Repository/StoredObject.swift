import Clibgit2
import GitFormats

/// The kinds of object that git has, by the names that it writes.
package enum ObjectKind: String, Sendable {
  case commit, tree, blob, tag

  init?(_ type: git_object_t) {
    switch type {
    case GIT_OBJECT_COMMIT: self = .commit
    case GIT_OBJECT_TREE: self = .tree
    case GIT_OBJECT_BLOB: self = .blob
    case GIT_OBJECT_TAG: self = .tag
    default: return nil
    }
  }

  var raw: git_object_t {
    switch self {
    case .commit: GIT_OBJECT_COMMIT
    case .tree: GIT_OBJECT_TREE
    case .blob: GIT_OBJECT_BLOB
    case .tag: GIT_OBJECT_TAG
    }
  }

  /// The bytes that one may have: more than any has that people make, and less than costs anybody's memory.
  ///
  /// A tree of that size is a single folder with half a million files. What lines a blob has is asked of smaller ones.
  var largest: Int {
    switch self {
    case .commit, .tag: 1 << 22
    case .tree: 1 << 25
    case .blob: Repository.largestText.bytes
    }
  }
}

/// What an object says of itself.
struct ObjectHeader: Equatable {
  let kind: ObjectKind
  let size: Int

  /// Throws when it is of another kind than is asked for, or too large to be read.
  func demand(_ wanted: ObjectKind, of id: ObjectID) throws(GitError) {
    guard kind == wanted else {
      throw GitError(
        code: .wrongKind, category: .odb, function: "git_odb_read", message: "\(id) is not a \(wanted)")
    }
    guard size <= kind.largest else {
      throw GitError(
        code: .oversized, category: .odb, function: "git_odb_read",
        message: "\(kind) \(id) has \(size) bytes, and more than \(kind.largest) are not read")
    }
  }
}

/// An object's bytes, as long as it is in scope.
struct StoredObject: ~Copyable {
  private enum Owner: ~Copyable {
    case libgit2(Handle<OdbObjectKind>)
    case nobodyElse(UnsafeMutableRawBufferPointer)
  }

  let bytes: UnsafeRawBufferPointer
  private let owner: Owner

  init(packed object: consuming Handle<OdbObjectKind>) {
    bytes = UnsafeRawBufferPointer(
      start: git_odb_object_data(object.pointer), count: git_odb_object_size(object.pointer))
    owner = .libgit2(object)
  }

  /// Takes a buffer over that was allocated; its first `count` bytes are the object's.
  init(owning buffer: UnsafeMutableRawBufferPointer, count: Int) {
    bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
    owner = .nobodyElse(buffer)
  }

  deinit {
    if case .nobodyElse(let buffer) = owner { buffer.deallocate() }
  }

  /// Reads the bytes as the commit `id`.
  func commit(_ id: ObjectID) throws(GitError) -> RawCommit {
    guard let commit = RawCommit(id: id, bytes: bytes) else { throw StoredObject.malformed(id) }
    return commit
  }

  static func malformed(_ id: ObjectID) -> GitError {
    GitError(
      code: .corrupt, category: .odb, function: "git_odb_read", message: "commit \(id) is malformed")
  }
}
