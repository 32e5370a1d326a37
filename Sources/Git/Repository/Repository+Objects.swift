import GitFormats

extension Repository {
  /// The number of tags of tags followed before the chain counts as endless.
  private static let tagDepth = 32

  /// Reads a commit; nil only when the object does not exist.
  ///
  /// Another kind of object is an error; an annotated tag is not followed (see ``peel(_:)``).
  package func commit(_ id: ObjectID) throws(GitError) -> RawCommit? {
    try objects.read(id, as: .commit)?.commit(id)
  }

  /// The kind of an object; nil when it does not exist.
  package func kind(of id: ObjectID) throws(GitError) -> ObjectKind? { try objects.header(of: id)?.kind }

  /// What an annotated tag names, through tags of tags; any other object is its own answer.
  ///
  /// Nil when the object does not exist; a tag whose object does not exist is an error.
  package func peel(_ id: ObjectID) throws(GitError) -> ObjectID? { try peeled(id)?.id }

  /// The commit that an id names, through tags; nil when it names nothing, or something else.
  ///
  /// A tag whose object does not exist is an error.
  package func peelToCommit(_ id: ObjectID) throws(GitError) -> ObjectID? {
    guard let peeled = try peeled(id), peeled.kind == .commit else { return nil }
    return peeled.id
  }

  package func peeled(_ id: ObjectID) throws(GitError) -> (id: ObjectID, kind: ObjectKind)? {
    var current = id
    for step in 0...Repository.tagDepth {
      switch try kind(of: current) {
      case nil where step == 0: return nil
      case nil:
        throw GitError(
          code: .notFound, category: .odb, function: "git_odb_read_header",
          message: "tag \(id) names \(current), which does not exist")
      case .tag: current = try tagged(current)
      case let kind?: return (current, kind)
      }
    }
    throw GitError(
      code: .tooDeep, category: .odb, function: "git_odb_read",
      message: "\(id) is a tag of too many tags")
  }

  /// The id on the first line of a tag object.
  private func tagged(_ id: ObjectID) throws(GitError) -> ObjectID {
    let key = Array("object ".utf8)
    guard let object = try objects.read(id, as: .tag), object.bytes.starts(with: key),
      let target = ObjectID(hexBytes: object.bytes.dropFirst(key.count).prefix { $0 != .lineFeed })
    else {
      throw GitError(
        code: .corrupt, category: .odb, function: "git_odb_read",
        message: "tag \(id) does not say what it names")
    }
    return target
  }
}
