import GitFormats
import Libc

/// Goes through the entries of a tree object, where they lie.
struct TreeCursor {
  private let bytes: UnsafeRawBufferPointer
  private let id: ObjectID
  private var start = 0
  private var next = 0
  private(set) var mode = FileMode(bits: 0)
  private var nameStart = 0
  private var nameEnd = 0
  /// Whether there is no entry left.
  private(set) var isAtEnd = false

  /// The bytes must outlive the cursor.
  init(_ bytes: UnsafeRawBufferPointer, of id: ObjectID) throws(GitError) {
    self.bytes = bytes
    self.id = id
    try advance()
  }

  /// Goes to the next entry: octal digits, a space, the name, a NUL and twenty bytes.
  mutating func advance() throws(GitError) {
    guard next < bytes.count else {
      isAtEnd = true
      return
    }
    start = next
    var bits: UInt32 = 0
    var position = next
    while position < bytes.count, position - next < 8, bytes[position] != UInt8(ascii: " ") {
      let digit = bytes[position] &- UInt8(ascii: "0")
      guard digit < 8 else { throw malformed }
      bits = bits << 3 | UInt32(digit)
      position += 1
    }
    guard position > next, position < bytes.count, bytes[position] == UInt8(ascii: " "),
      let base = bytes.baseAddress,
      let end = memchr(base + position + 1, 0, bytes.count - position - 1)
    else { throw malformed }
    mode = FileMode(bits: bits)
    nameStart = position + 1
    nameEnd = base.distance(to: UnsafeRawPointer(end))
    next = nameEnd + 21
    guard nameEnd > nameStart, next <= bytes.count else { throw malformed }
  }

  var name: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[nameStart..<nameEnd]) }

  var entryID: ObjectID {
    func word(_ start: Int) -> UInt64 {
      UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: nameEnd + start, as: UInt64.self))
    }
    let low = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: nameEnd + 17, as: UInt32.self))
    return ObjectID(sha1: (word(1), word(9), low))
  }

  var side: FileChange.Side { FileChange.Side(mode: mode, id: entryID) }

  /// Whether both entries are the same byte for byte: most are, and are not looked at any closer.
  func isSame(as other: TreeCursor) -> Bool {
    guard !isAtEnd, !other.isAtEnd, next - start == other.next - other.start,
      let left = bytes.baseAddress, let right = other.bytes.baseAddress
    else { return false }
    return memcmp(left + start, right + other.start, next - start) == 0
  }

  /// Below, at or above the other entry, in git's order: a folder's name counts as ending in a slash.
  func order(_ other: TreeCursor) -> Int {
    if isAtEnd || other.isAtEnd { return isAtEnd ? (other.isAtEnd ? 0 : 1) : -1 }
    let (mine, theirs) = (name, other.name)
    let common = min(mine.count, theirs.count)
    if let left = mine.baseAddress, let right = theirs.baseAddress {
      let order = memcmp(left, right, common)
      if order != 0 { return Int(order) }
    }
    let slash = UInt8(ascii: "/")
    let left = mine.count > common ? mine[common] : mode.isTree ? slash : 0
    let right = theirs.count > common ? theirs[common] : other.mode.isTree ? slash : 0
    return Int(left) - Int(right)
  }

  private var malformed: GitError {
    GitError(code: .corrupt, category: .odb, function: "git_odb_read", message: "tree \(id) is malformed")
  }
}
