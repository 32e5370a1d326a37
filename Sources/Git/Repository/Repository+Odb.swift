import Clibgit2

extension Repository {
  /// The four kinds of object.
  public enum ObjectKind: Equatable, Sendable {
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
  }

  /// The number of tags of tags followed before the chain counts as endless.
  private static let tagDepth = 32

  /// Reads a commit; nil only when the object does not exist.
  ///
  /// Another kind of object is an error; an annotated tag is not followed (see ``peel(_:)``).
  public func commit(_ id: OID) throws(GitError) -> RawCommit? {
    guard let object = try object(id) else { return nil }
    return try object.commit(id)
  }

  /// The kind of an object; nil when it does not exist.
  ///
  /// The corresponding C function is `git_odb_read_header`.
  public func kind(of id: OID) throws(GitError) -> ObjectKind? {
    var raw = id.raw
    var length = 0
    var type = GIT_OBJECT_INVALID
    let code = git_odb_read_header(&length, &type, odb.pointer, &raw)
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
    return kind
  }

  /// What an annotated tag names, through tags of tags; any other object is its own answer.
  ///
  /// Nil when the object does not exist; a tag whose object does not exist is an error.
  public func peel(_ id: OID) throws(GitError) -> OID? {
    var current = id
    for step in 0...Repository.tagDepth {
      switch try kind(of: current) {
      case nil where step == 0: return nil
      case nil:
        throw GitError(
          code: .notFound, category: .odb, function: "git_odb_read_header",
          message: "tag \(id) names \(current), which does not exist")
      case .tag: current = try tagged(current)
      default: return current
      }
    }
    throw GitError(
      code: .tooDeep, category: .odb, function: "git_odb_read",
      message: "\(id) is a tag of too many tags")
  }

  /// The id on the first line of a tag object.
  private func tagged(_ id: OID) throws(GitError) -> OID {
    let key = Array("object ".utf8)
    guard let object = try object(id), object.bytes.starts(with: key),
      let target = OID(hexBytes: object.bytes.dropFirst(key.count).prefix { $0 != UInt8(ascii: "\n") })
    else {
      throw GitError(
        code: .corrupt, category: .odb, function: "git_odb_read",
        message: "tag \(id) does not say what it names")
    }
    return target
  }

  /// Reads an object's bytes; nil only when it does not exist.
  ///
  /// The corresponding C function is `git_odb_read`.
  func object(_ id: OID) throws(GitError) -> OdbObject? {
    var raw = id.raw
    do throws(GitError) {
      return OdbObject(
        handle: try Handle("git_odb_read") { out in git_odb_read(&out, odb.pointer, &raw) })
    } catch  where error.isMissingObject {
      return nil
    }
  }
}

/// An object's bytes, as long as it is in scope.
struct OdbObject: ~Copyable {
  let handle: Handle<OdbObjectKind>

  var isCommit: Bool { git_odb_object_type(handle.pointer) == GIT_OBJECT_COMMIT }
  var isTree: Bool { git_odb_object_type(handle.pointer) == GIT_OBJECT_TREE }

  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: git_odb_object_data(handle.pointer), count: git_odb_object_size(handle.pointer))
  }

  /// Reads the bytes as the commit `id`.
  func commit(_ id: OID) throws(GitError) -> RawCommit {
    guard isCommit else {
      throw GitError(
        code: .wrongKind, category: .odb, function: "git_odb_read", message: "\(id) is not a commit")
    }
    guard let commit = RawCommit(id: id, bytes: bytes) else { throw OdbObject.malformed(id) }
    return commit
  }

  static func malformed(_ id: OID) -> GitError {
    GitError(
      code: .corrupt, category: .odb, function: "git_odb_read", message: "commit \(id) is malformed")
  }
}

extension GitError {
  /// Whether an object does not exist, as opposed to not being readable.
  public var isMissingObject: Bool { code == .notFound && category == .odb }
}
