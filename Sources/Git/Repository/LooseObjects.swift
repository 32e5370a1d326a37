import Czlib
import GitFormats
import Libc

/// Objects that have a file each, as git writes them before it packs them.
///
/// Not through libgit2: 1.5 goes round for ever over a file that was cut off, and writes past its memory where a header
/// names too small a size. The rules are those of git's own `unpack_loose_header`. What is read is hashed too, but for
/// commits on a walk, which git does not hash either: a clone of a local path and an alternate bring such files as they
/// are. The objects in a pack have their names from git, which hashed them when they came.
struct LooseObjects {
  let directories: [String]

  /// As many bytes as nearly all commits and trees have when they are deflated.
  private static let head = 1 << 12
  /// As many bytes as nearly all commits have, and the folders that change.
  private static let firstPass = 1 << 11
  /// git's own limit for `<kind> <size>` and the NUL after it.
  private static let longestHeader = 32
  /// No byte of a file stands for more: zlib's own figure.
  private static let density: Int64 = 1032
  /// What deflating can add to bytes that cannot be made smaller.
  private static let overhead = 1 << 16

  func contains(_ id: ObjectID) -> Bool { directories.contains { File.exists(path(of: id, in: $0)) } }

  /// Nil when no file has the object.
  func header(of id: ObjectID) throws(GitError) -> ObjectHeader? {
    guard let file = try open(id) else { return nil }
    return try Inflation(file.head, of: id, room: LooseObjects.longestHeader).header(inFileOf: file.size)
  }

  /// Nil when no file has the object; one of another kind, or too large, is an error.
  func read(_ id: ObjectID, as kind: ObjectKind, isHashed: Bool) throws(GitError) -> StoredObject? {
    guard let file = try open(id) else { return nil }
    let isWhole = file.head.count < LooseObjects.head
    let room = isWhole ? LooseObjects.firstPass : LooseObjects.longestHeader
    let head = try Inflation(file.head, of: id, room: room)
    let header = try head.header(inFileOf: file.size)
    try header.demand(kind, of: id)
    if isWhole { return try head.object(header, isHashed: isHashed) }
    let limit = kind.largest + LooseObjects.overhead
    guard let whole = try told(of: id, { () throws(GitError) in try File.read(file.path, limit: limit) })
    else { return nil }
    let all = try Inflation(whole, of: id, room: LooseObjects.firstPass)
    guard try all.header(inFileOf: whole.count) == header else {
      throw .damaged(id, "it changes", in: "inflate")
    }
    return try all.object(header, isHashed: isHashed)
  }

  private func path(of id: ObjectID, in directory: String) -> String {
    // Byte by byte: this is done for each object, and characters cost more than reading the file's head.
    let (folder, hex) = (directory.utf8, id.hex.utf8)
    return String(unsafeUninitializedCapacity: folder.count + hex.count + 2) { room in
      var end = 0
      func add(_ byte: UInt8) {
        room[end] = byte
        end += 1
      }
      for byte in folder { add(byte) }
      add(UInt8(ascii: "/"))
      for (index, byte) in hex.enumerated() {
        if index == 2 { add(UInt8(ascii: "/")) }
        add(byte)
      }
      return end
    }
  }

  /// The file in the first directory that has one, and how it begins.
  private func open(_ id: ObjectID) throws(GitError) -> (path: String, head: [UInt8], size: Int)? {
    for directory in directories {
      let path = path(of: id, in: directory)
      let head = try told(of: id) { () throws(GitError) in
        try File.readStart(of: path, count: LooseObjects.head)
      }
      if let head { return (path, head.bytes, head.size) }
    }
    return nil
  }

  /// What a disk says, said of the object.
  private func told<Value>(
    of id: ObjectID, _ body: () throws(GitError) -> Value
  ) throws(GitError) -> Value {
    do { return try body() } catch {
      var error = error
      error.message = "object \(id) cannot be read: \(error.message)"
      throw error
    }
  }

  // MARK: Inflating

  /// One pass over a file's bytes: first the header, then what follows it.
  private final class Inflation {
    private let id: ObjectID
    private let deflated: [UInt8]
    /// zlib keeps a pointer to it, so it must not move.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private var status: Int32
    /// The header and the first bytes of the content: all of a commit, in one pass of zlib's fast loop, which wants room.
    private var start: [UInt8]
    private var used = 0

    /// `room` is for the header and as much of the content as is wanted at once.
    init(_ deflated: [UInt8], of id: ObjectID, room: Int) throws(GitError) {
      self.id = id
      self.deflated = deflated
      start = [UInt8](repeating: 0, count: room)
      stream.initialize(to: z_stream())
      status = inflateInit_(stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
      guard status == Z_OK else { throw .damaged(id, "zlib cannot start", in: "inflateInit") }
    }

    deinit {
      inflateEnd(stream)
      stream.deallocate()
    }

    /// `<kind> <size>` and a NUL, the size without leading zeros.
    func header(inFileOf bytes: Int) throws(GitError) -> ObjectHeader {
      start.withUnsafeMutableBytes { inflate(into: $0) }
      let inflated = start[..<min(used, LooseObjects.longestHeader)]
      guard let end = inflated.firstIndex(of: 0),
        let space = inflated[..<end].firstIndex(of: UInt8(ascii: " ")),
        let kind = ObjectKind(rawValue: String(decoding: inflated[..<space], as: UTF8.self))
      else { throw damaged("its file does not begin with a header") }
      let digits = inflated[(space + 1)..<end]
      guard let size = Int64(digits: digits), digits.count == 1 || digits.first != UInt8(ascii: "0") else {
        throw damaged("its header names no size")
      }
      guard size / LooseObjects.density <= bytes else {
        throw damaged("its header names more than its file can hold")
      }
      start.removeSubrange(used...)
      start.removeSubrange(...end)
      return ObjectHeader(kind: kind, size: Int(size))
    }

    /// What follows the header, once it is as long as that says and, where that is asked, hashes to the object's name.
    func object(_ header: ObjectHeader, isHashed: Bool) throws(GitError) -> StoredObject {
      guard start.count <= header.size else { throw damaged("it is longer than its header says") }
      // One byte more than may come shows whether more comes.
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: header.size + 1, alignment: 1)
      buffer.copyBytes(from: start)
      used = start.count
      inflate(into: buffer)
      let object = StoredObject(owning: buffer, count: min(used, header.size))
      guard used <= header.size else { throw damaged("it is longer than its header says") }
      switch status {
      case Z_STREAM_END where used == header.size: break
      case Z_STREAM_END: throw damaged("it is shorter than its header says")
      case Z_BUF_ERROR: throw damaged("its file ends early")
      default: throw damaged("its file is nothing that zlib wrote")
      }
      guard stream.pointee.avail_in == 0 else { throw damaged("something follows it in its file") }
      guard !isHashed || ObjectStore.id(of: object.bytes, as: header.kind) == id else {
        throw damaged("its content has another name")
      }
      return object
    }

    /// Goes on until the room is used up, or nothing comes any more.
    private func inflate(into room: UnsafeMutableRawBufferPointer) {
      deflated.withUnsafeBufferPointer { input in
        let taken = Int(stream.pointee.total_in)
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)?.advanced(by: taken)
        stream.pointee.avail_in = UInt32(input.count - taken)
        stream.pointee.next_out = room.baseAddress?.advanced(by: used).assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(room.count - used)
        while status == Z_OK, stream.pointee.avail_out > 0 { status = Czlib.inflate(stream, Z_NO_FLUSH) }
        used = room.count - Int(stream.pointee.avail_out)
      }
    }

    private func damaged(_ why: String) -> GitError { .damaged(id, why, in: "inflate") }
  }
}
