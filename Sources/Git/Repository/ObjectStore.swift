import Clibgit2
import GitFormats

/// The one door to objects: nothing else in this module touches the object database.
///
/// An object that has a file of its own is read here (``LooseObjects``), one in a pack by libgit2: a database that
/// knows packs alone, so that libgit2 never opens a loose one. Writing goes through libgit2's own database, which then
/// asks only whether a file is there. An id of a hash that the repository does not use names nothing here.
final class ObjectStore {
  private let packs: Handle<OdbKind>
  private let loose: LooseObjects
  /// Owned by the repository, which outlives this.
  private let repository: OpaquePointer
  private var database: Handle<OdbKind>?
  /// What ``header(of:)`` has found: tips are asked about by each who starts at them, and objects never change.
  private var headers: [ObjectID: ObjectHeader] = [:]

  /// `directories` hold the objects, each with its loose ones and its packs.
  ///
  /// The corresponding C function is `git_odb_backend_pack`.
  init(of repository: OpaquePointer, in directories: [String]) throws(GitError) {
    self.repository = repository
    loose = LooseObjects(directories: directories)
    packs = try Handle("git_odb_new") { out in git_odb_new(&out) }
    for directory in directories {
      var backend: UnsafeMutablePointer<git_odb_backend>?
      try check("git_odb_backend_pack", git_odb_backend_pack(&backend, directory))
      try check("git_odb_add_backend", git_odb_add_backend(packs.pointer, backend, 1))
    }
  }

  // MARK: Reading

  /// The kind of an object and its size in bytes; nil when it does not exist.
  ///
  /// The corresponding C function is `git_odb_read_header`.
  func header(of id: ObjectID) throws(GitError) -> ObjectHeader? {
    if let known = headers[id] { return known }
    guard var raw = id.raw else { return nil }
    var header = isPacked(&raw) ? nil : try loose.header(of: id)
    if header == nil { header = try packedHeader(of: id) }
    headers[id] = header
    return header
  }

  /// Reads an object whole; nil only when it does not exist.
  ///
  /// Another kind of object is an error, and so is one that is larger than any of its kind that people make. Unless it
  /// `isHashed`, a loose one is taken at its name's word, as git takes a commit on a walk: of many commits that costs a
  /// third.
  ///
  /// The corresponding C function is `git_odb_read`.
  func read(_ id: ObjectID, as kind: ObjectKind, isHashed: Bool = true) throws(GitError) -> StoredObject? {
    guard var raw = id.raw else { return nil }
    // The empty tree is there, written or not.
    if id != .emptyTree, !isPacked(&raw), let object = try loose.read(id, as: kind, isHashed: isHashed) {
      return object
    }
    guard let header = try packedHeader(of: id) else { return nil }
    try header.demand(kind, of: id)
    do throws(GitError) {
      return StoredObject(
        packed: try Handle("git_odb_read") { out in git_odb_read(&out, packs.pointer, &raw) })
    } catch { throw error.naming(id) }
  }

  /// Whether there is such an object.
  ///
  /// The corresponding C function is `git_odb_exists`.
  func contains(_ id: ObjectID) -> Bool {
    guard var raw = id.raw else { return false }
    return isPacked(&raw) || loose.contains(id) || git_odb_exists(packs.pointer, &raw) == 1
  }

  /// Whether one of the packs that are known so far has it. git may have packed a loose one since: whoever finds it
  /// nowhere asks again without this, and libgit2 then looks for new packs.
  ///
  /// The corresponding C function is `git_odb_exists_ext`.
  private func isPacked(_ raw: inout git_oid) -> Bool {
    git_odb_exists_ext(packs.pointer, &raw, GIT_ODB_LOOKUP_NO_REFRESH.rawValue) == 1
  }

  private func packedHeader(of id: ObjectID) throws(GitError) -> ObjectHeader? {
    guard var raw = id.raw else { return nil }
    var size = 0
    var type = GIT_OBJECT_INVALID
    let code = git_odb_read_header(&size, &type, packs.pointer, &raw)
    guard code >= 0 else {
      let error = GitError(code, in: "git_odb_read_header")
      if error.isMissingObject { return nil }
      throw error.naming(id)
    }
    guard let kind = ObjectKind(type) else {
      throw .damaged(id, "it is of no known kind", in: "git_odb_read_header")
    }
    return ObjectHeader(kind: kind, size: size)
  }

  // MARK: Writing

  /// Writes an object, which is on disk when this returns, and gives its id.
  ///
  /// The corresponding C functions are `git_repository_odb` and `git_odb_write`.
  func write(_ bytes: [UInt8], as kind: ObjectKind) throws(GitError) -> ObjectID {
    if database == nil {
      let opened = try Handle<OdbKind>("git_repository_odb") { out in git_repository_odb(&out, repository) }
      // libgit2 1.5 hashes the whole commit-graph before it finds that it cannot read it: none is ever loaded.
      try check("git_odb_set_commit_graph", git_odb_set_commit_graph(opened.pointer, nil))
      database = consume opened
    }
    var raw = git_oid()
    try check("git_odb_write", git_odb_write(&raw, database?.pointer, bytes, bytes.count, kind.raw))
    return ObjectID(raw)
  }

  /// The id that the bytes have as an object of this kind.
  ///
  /// The corresponding C function is `git_odb_hash`.
  static func id(of bytes: UnsafeRawBufferPointer, as kind: ObjectKind) -> ObjectID? {
    var raw = git_oid()
    return git_odb_hash(&raw, bytes.baseAddress, bytes.count, kind.raw) == 0 ? ObjectID(raw) : nil
  }
}

extension GitError {
  /// Whether an object does not exist, as opposed to not being readable.
  package var isMissingObject: Bool { code == .notFound && category == .odb }

  /// The same, told about the object: libgit2 does not say which one it was.
  fileprivate func naming(_ id: ObjectID) -> GitError {
    var error = self
    if !isMissingObject { error.message = "object \(id): \(message)" }
    return error
  }

  static func damaged(_ id: ObjectID, _ why: String, in function: String) -> GitError {
    GitError(code: .corrupt, category: .odb, function: function, message: "object \(id) is damaged: \(why)")
  }
}
