import Libc

/// A file in the common git directory that holds what can be found out again: sections of bytes under a checksum.
///
/// It is never in the way. What is missing, damaged, cut short, of another kind or of another version reads as
/// nothing, and what cannot be written is not written. It is replaced whole, by a file written beside it: of two
/// writers the last one wins, and a reader sees the one or the other.
///
/// Layout, numbers with the low byte first: eight bytes of magic, version (4), number of sections (4), checksum (8)
/// of all that follows, the length of each section (8), the sections.
package struct CacheFile {
  private static let magic = Array("git\u{0}cach".utf8)
  private static let header = 24
  /// Past this nothing is read: no cache is worth it.
  private static let largest = 1 << 28

  private let repository: Repository
  private let name: String
  private let seed: UInt64
  private let version: UInt32

  /// `name` is the path under the common git directory, in at most one folder; a file under another name is another
  /// kind. `version` is that of the sections' content.
  package init(_ repository: Repository, name: String, version: UInt32) {
    self.repository = repository
    self.name = name
    self.version = version
    seed = CacheFile.checksum(Array(name.utf8), from: 0, seed: UInt64(version))
  }

  private var path: String { "\(repository.commonDirectory)/\(name)" }

  /// The sections; nil when there are none to be trusted.
  package func read(sections count: Int) -> [ArraySlice<UInt8>]? {
    // Why it cannot be read makes no difference: it is made again.
    guard let bytes = try? File.read(path, limit: CacheFile.largest), bytes.starts(with: CacheFile.magic)
    else { return nil }
    var header = CacheReader(bytes[CacheFile.magic.count...])
    guard header.number() == version, header.number() == UInt32(count), let sum: UInt64 = header.number(),
      sum == CacheFile.checksum(bytes, from: CacheFile.header, seed: seed)
    else { return nil }
    var sections: [ArraySlice<UInt8>] = []
    var start = CacheFile.header + 8 * count
    for _ in 0..<count {
      guard let length: UInt64 = header.number(), start <= bytes.count, length <= UInt64(bytes.count - start)
      else { return nil }
      sections.append(bytes[start..<(start + Int(length))])
      start += Int(length)
    }
    return start == bytes.count ? sections : nil
  }

  /// Writes the sections beside the file and renames them over it.
  package func replace(with sections: [[UInt8]]) {
    var content = CacheWriter()
    for section in sections { content.add(UInt64(section.count)) }
    for section in sections { content.bytes += section }
    var header = CacheWriter()
    header.bytes = CacheFile.magic
    header.add(version)
    header.add(UInt32(sections.count))
    header.add(CacheFile.checksum(content.bytes, from: 0, seed: seed))
    if let folder = path.lastIndex(of: "/") { mkdir(String(path[..<folder]), 0o777) }
    // Whoever is interrupted would leave the file beside it.
    let signals = BlockedSignals()
    defer { signals.restore() }
    let beside = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max))"
    // What cannot be written is not written; when it was is not the disk's to remember.
    try? File.replace(path, with: header.bytes + content.bytes, aside: beside, isSynced: false)
    repository.share(name)
  }

  /// Tells damage, not intent: whoever may write here may write anything.
  private static func checksum(_ bytes: [UInt8], from start: Int, seed: UInt64) -> UInt64 {
    var hash = WordHash(seed: seed)
    bytes.withUnsafeBytes { hash.add(UnsafeRawBufferPointer(rebasing: $0[start...])) }
    return hash.value
  }
}
