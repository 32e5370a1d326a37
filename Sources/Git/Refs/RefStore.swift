import GitFormats

/// The one door to references: nothing else in this module reads or moves one, or touches a reflog or a lock.
///
/// Behind it are the files of git's `files` format, so that something else can answer for another format one day.
/// What is read is read here and not with `git_reference_lookup`, which opens the file again for every question: of one
/// blocked push `refs/remotes/origin/HEAD`, the tracking reference and `packed-refs` were opened 8, 10 and 8 times.
/// libgit2's own iterator opens and peels each reference, and leaves broken ones out: what is left out cannot be
/// judged. Here each file is opened once, and again only when its stat has changed. Moving a reference under its
/// lock is left to libgit2.
final class RefStore {
  /// Whose references they are; it outlives this value, which it owns.
  let repository: OpaquePointer
  private let gitDirectory: String
  let commonDirectory: String
  private var loose: [String: Remembered<RefTarget>] = [:]
  private var packed: Remembered<PackedRefs>?

  typealias RefTarget = Repository.RefTarget

  /// What a file held when its stat was this.
  private struct Remembered<Content> {
    let stamp: FileStamp
    let content: Content
  }

  init(of repository: OpaquePointer, gitDirectory: String, commonDirectory: String) {
    self.repository = repository
    self.gitDirectory = gitDirectory
    self.commonDirectory = commonDirectory
  }

  /// What the reference holds; nil when there is none.
  func read(_ name: String) throws(GitError) -> RefTarget? {
    guard Repository.isValidName(name) else {
      throw GitError(
        code: .invalidName, category: .reference, function: "reference",
        message: "the given reference name '\(name)' is not valid")
    }
    // Loose first: a reference that is packed meanwhile is then found packed.
    if let target = try looseTarget(name) { return target }
    return try packedRefs().target(of: name)
  }

  /// What the reference's own file holds; nil when there is no such file.
  func looseTarget(_ name: String) throws(GitError) -> RefTarget? {
    let path = "\(directory(of: name))/\(name)"
    do throws(GitError) {
      let found = try content(of: path, limit: 1 << 16, remembered: loose[path]) { bytes throws(GitError) in
        guard let target = RefTarget(loose: bytes) else {
          throw GitError(
            code: .corrupt, category: .reference, function: "reference",
            message: "\(name) is broken: it holds neither an id nor the name of a reference")
        }
        return target
      }
      loose[path] = found.kept
      return found.content
    } catch {
      // A folder, empty or of other references: this one may be packed.
      if File.isDirectory(path) { return nil }
      throw error
    }
  }

  func packedRefs() throws(GitError) -> PackedRefs {
    let path = commonDirectory + "/packed-refs"
    if let packed, FileStamp(at: path) == packed.stamp { return packed.content }
    packed = nil
    guard let file = try File.mapped(path, limit: 1 << 30) else { return try PackedRefs(FileBytes([])) }
    let content = try PackedRefs(file.bytes)
    if file.stamp.isSettled { packed = Remembered(stamp: file.stamp, content: content) }
    return content
  }

  /// Reads a file unless it is known to be as it was; nothing is `kept` of one whose next change may not show.
  private func content<Content>(
    of path: String, limit: Int, remembered: Remembered<Content>?,
    _ parse: ([UInt8]) throws(GitError) -> Content
  ) throws(GitError) -> (content: Content?, kept: Remembered<Content>?) {
    if let remembered, FileStamp(at: path) == remembered.stamp { return (remembered.content, remembered) }
    guard let file = try File.readStamped(path, limit: limit) else { return (nil, nil) }
    let content = try parse(file.bytes)
    return (content, file.stamp.isSettled ? Remembered(stamp: file.stamp, content: content) : nil)
  }

  /// Drops what was read, since this process has moved a reference.
  func forget() {
    loose = [:]
    packed = nil
  }

  /// Where the reference's file is: each work tree has its own `HEAD`, bisection and rewriting.
  func directory(of name: String) -> String {
    let own = ["refs/bisect/", "refs/worktree/", "refs/rewritten/"]
    return !name.utf8.contains(UInt8(ascii: "/")) || own.contains(where: name.hasPrefix)
      ? gitDirectory : commonDirectory
  }
}

extension Repository.RefTarget {
  /// Reads the content of a loose reference's file.
  init?(loose bytes: [UInt8]) {
    if bytes.starts(with: "ref:".utf8) {
      let name = String(decoding: bytes[4...].trimmed, as: UTF8.self)
      guard Repository.isValidName(name) else { return nil }
      self = .symbolic(name)
      return
    }
    guard let id = ObjectID(hexBytes: bytes.prefix(40)), !id.isZero,
      bytes.count == 40 || bytes[40].isWhite
    else { return nil }
    self = .direct(id)
  }
}
