import Git
import Libc

/// What `prepare-commit-msg` has put into the message that is being written, kept for `commit-msg`: a hook that runs in
/// between may rewrite the message and lose it.
///
/// Each commit begins by taking away what an earlier one that was given up has left.
struct PreparedNote {
  private let path: String

  /// `message` is the file that git gives to both hooks; it lies in the git directory of the work tree.
  init(besides message: String) { path = PreparedNote.folder(of: message) + OwnFile.prepared.name }

  /// The folder of a message, with the slash at its end.
  static func folder(of message: String) -> String {
    message.lastIndex(of: "/").map { String(message[...$0]) } ?? ""
  }

  func write(_ trailers: [Trailer]) throws {
    let folder = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.endIndex))
    _ = unsafe mkdir(folder, 0o777)
    let text = trailers.map { "\($0.key): \($0.value)\n" }.joined()
    try File.replace(path, with: Array(text.utf8), aside: "\(path).\(getpid())", isSynced: false)
  }

  /// The trailers, which are then forgotten; none where nothing was added.
  func take() throws -> [Trailer] {
    guard let bytes = try File.read(path, limit: 1 << 20) else { return [] }
    remove()
    return Array(try Trailers(parsing: Array("x\n\n".utf8) + bytes))
  }

  func remove() { _ = unsafe unlink(path) }
}
