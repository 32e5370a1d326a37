import GitFormats

/// The last commits that references were moved to, `bet/written` in the common directory: a second copy.
///
/// A `git gc --prune=now` or `git prune` decides what nothing keeps, and deletes it later: a commit that gets
/// its reference in between is deleted all the same, after everybody has been told that it is there. git itself
/// has the same hole. From here it is put back.
struct WrittenCommits {
  /// Past this the file is put aside as `written.old`, which replaces the one before it.
  private static let largest = 1 << 20

  private let path: String

  init(in directory: String) { path = "\(directory)/\(OwnFile.written.name)" }

  /// Adds a commit, if it can: a commit that has no second copy is written as well as git would.
  func append(_ id: ObjectID, _ bytes: UnsafeRawBufferPointer) {
    try? File.log(
      Array("\n\(id) \(bytes.count)\n".utf8) + bytes, to: path, largest: WrittenCommits.largest)
  }

  /// The bytes of a commit; nil when they are not here, or not whole.
  func bytes(of id: ObjectID) -> [UInt8]? {
    let head = Array("\n\(id) ".utf8)
    for file in [path, path + ".old"] {
      guard let all = try? File.read(file, limit: 8 * WrittenCommits.largest),
        let start = all.firstRange(of: head)?.upperBound,
        let end = all[start...].firstIndex(of: UInt8(ascii: "\n")),
        let count = Int64(digits: all[start..<end]), count <= all.count - end - 1
      else { continue }
      let bytes = Array(all[(end + 1)...].prefix(Int(count)))
      guard bytes.withUnsafeBytes({ ObjectStore.id(of: $0, as: .commit) }) == id else { continue }
      return bytes
    }
    return nil
  }
}

extension Repository {
  /// Reads a commit that a reference of ours was moved to, from the second copy, and puts it back.
  ///
  /// For one that ``commit(_:)`` does not find; nil when there is no second copy either. Where nothing can be
  /// written the commit is read all the same.
  package func commitAgain(_ id: ObjectID) -> RawCommit? {
    guard let bytes = WrittenCommits(in: commonDirectory).bytes(of: id) else { return nil }
    if environmentValue("GIT_QUARANTINE_PATH") == nil {
      do throws(GitError) { _ = try writeObject(bytes, as: .commit) } catch {}
    }
    return bytes.withUnsafeBytes { RawCommit(id: id, bytes: $0) }
  }

  /// Keeps a second copy of a commit for as long as it may be deleted.
  func keepCopy(of id: ObjectID) throws(GitError) {
    guard let object = try objects.read(id, as: .commit) else { throw .gone(id) }
    WrittenCommits(in: commonDirectory).append(id, object.bytes)
    share(OwnFile.written.name)
  }

  /// Puts a commit back that was there a moment ago, or leaves that to the next who reads it.
  func putBack(_ id: ObjectID) throws(GitError) {
    guard !objects.contains(id), commitAgain(id) == nil else { return }
    throw .gone(id)
  }
}

extension GitError {
  static func gone(_ id: ObjectID) -> GitError {
    GitError(
      code: .gone, category: .odb, function: "git_odb_exists",
      message: "\(id) was deleted while it was being written")
  }
}
