import Clibgit2
import GitFormats

/// The kinds of object that git has.
package enum ObjectKind: Equatable, Sendable {
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
}

/// The one door to objects: nothing else in this module touches the object database.
///
/// Four questions, so that something else than libgit2 can answer them one day. An id of a hash that the repository
/// does not use names nothing here.
final class ObjectStore {
  private let odb: Handle<OdbKind>
  /// What ``header(of:)`` has found: tips are asked about by each who starts at them, and objects never change.
  private var headers: [ObjectID: (kind: ObjectKind, size: Int)] = [:]

  /// The corresponding C function is `git_repository_odb`.
  init(of repository: OpaquePointer) throws(GitError) {
    odb = try Handle("git_repository_odb") { out in git_repository_odb(&out, repository) }
    // libgit2 1.5 hashes the whole commit-graph before it finds that it cannot read it. A walk here
    // reads objects only, so none is ever loaded.
    try check("git_odb_set_commit_graph", git_odb_set_commit_graph(odb.pointer, nil))
  }

  /// The kind of an object and its size in bytes; nil when it does not exist.
  ///
  /// The corresponding C function is `git_odb_read_header`.
  func header(of id: ObjectID) throws(GitError) -> (kind: ObjectKind, size: Int)? {
    if let known = headers[id] { return known }
    guard var raw = id.raw else { return nil }
    var size = 0
    var type = GIT_OBJECT_INVALID
    let code = git_odb_read_header(&size, &type, odb.pointer, &raw)
    guard code >= 0 else {
      let error = GitError(code, in: "git_odb_read_header")
      if error.isMissingObject { return nil }
      throw error
    }
    guard let kind = ObjectKind(type) else {
      throw GitError(
        code: .corrupt, category: .odb, function: "git_odb_read_header",
        message: "\(id) is of no known kind")
    }
    headers[id] = (kind, size)
    return (kind, size)
  }

  /// Reads an object whole; nil only when it does not exist.
  ///
  /// The corresponding C function is `git_odb_read`.
  func read(_ id: ObjectID) throws(GitError) -> StoredObject? {
    guard var raw = id.raw else { return nil }
    do throws(GitError) {
      return StoredObject(
        handle: try Handle("git_odb_read") { out in git_odb_read(&out, odb.pointer, &raw) })
    } catch  where error.isMissingObject {
      return nil
    }
  }

  /// Whether there is such an object.
  ///
  /// The corresponding C function is `git_odb_exists`.
  func contains(_ id: ObjectID) -> Bool {
    guard var raw = id.raw else { return false }
    return git_odb_exists(odb.pointer, &raw) == 1
  }

  /// Writes an object, which is on disk when this returns, and gives its id.
  ///
  /// The corresponding C function is `git_odb_write`.
  func write(_ bytes: [UInt8], as kind: ObjectKind) throws(GitError) -> ObjectID {
    var raw = git_oid()
    try check("git_odb_write", git_odb_write(&raw, odb.pointer, bytes, bytes.count, kind.raw))
    return ObjectID(raw)
  }

  /// The id that the bytes have as an object of this kind.
  ///
  /// The corresponding C function is `git_odb_hash`.
  static func id(of bytes: [UInt8], as kind: ObjectKind) -> ObjectID? {
    var raw = git_oid()
    return git_odb_hash(&raw, bytes, bytes.count, kind.raw) == 0 ? ObjectID(raw) : nil
  }
}

/// An object's bytes, as long as it is in scope.
struct StoredObject: ~Copyable {
  let handle: Handle<OdbObjectKind>

  var kind: ObjectKind? { ObjectKind(git_odb_object_type(handle.pointer)) }

  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: git_odb_object_data(handle.pointer), count: git_odb_object_size(handle.pointer))
  }

  /// Reads the bytes as the commit `id`.
  func commit(_ id: ObjectID) throws(GitError) -> RawCommit {
    guard kind == .commit else {
      throw GitError(
        code: .wrongKind, category: .odb, function: "git_odb_read", message: "\(id) is not a commit")
    }
    guard let commit = RawCommit(id: id, bytes: bytes) else { throw StoredObject.malformed(id) }
    return commit
  }

  static func malformed(_ id: ObjectID) -> GitError {
    GitError(
      code: .corrupt, category: .odb, function: "git_odb_read", message: "commit \(id) is malformed")
  }
}

extension GitError {
  /// Whether an object does not exist, as opposed to not being readable.
  package var isMissingObject: Bool { code == .notFound && category == .odb }
}
