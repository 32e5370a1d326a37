import Libc

/// Whole reads and writes on an open descriptor: interrupted calls go on, short ones are continued.
enum Descriptor {
  /// Whether all bytes went out; `errno` says why not.
  static func send(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// The next bytes, at most as many as `chunk` holds; 0 at the end, negative when `errno` says why.
  static func receive(into chunk: inout [UInt8], from descriptor: Int32) -> Int {
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 || errno != EINTR { return count }
    }
  }
}
