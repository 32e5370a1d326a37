/// A pattern for paths, as in `.gitignore` and `.gitattributes`.
///
/// `*`, `?` and `[a-z]` stay within a name, `**` stands for any folders. A pattern without a slash is about a name,
/// wherever it lies; any other is about the whole path. Matching takes no longer than pattern times path.
package struct PathPattern: Hashable, Sendable {
  private static let slash = UInt8(ascii: "/")
  private static let anyFolders = Array("**".utf8)

  private let names: [[UInt8]]
  private let coversFolders: Bool

  /// A folder that matches stands for all below it, unless `coversFolders` is false, as in `.gitattributes`.
  package init(_ text: some Sequence<UInt8>, coversFolders: Bool = true) {
    var text = Array(text)
    self.coversFolders = coversFolders
    if coversFolders, text.last == PathPattern.slash { text.removeLast() }
    var names = text.split(separator: PathPattern.slash, omittingEmptySubsequences: false).map { Array($0) }
    if names.count == 1 {
      names.insert(PathPattern.anyFolders, at: 0)
    } else if names[0].isEmpty {
      names.removeFirst()
    }
    // At the end it stands for what is in the folder, not for the folder.
    if names.last == PathPattern.anyFolders { names.append([UInt8(ascii: "*")]) }
    self.names = names
  }

  package init(_ text: String) { self.init(text.utf8) }

  package func matches(_ path: [UInt8]) -> Bool {
    let path = path.split(separator: PathPattern.slash)
    // How many names of the path the pattern may have used up so far.
    var used = Array(repeating: false, count: path.count + 1)
    used[0] = true
    for name in names {
      var next = Array(repeating: false, count: path.count + 1)
      if name == PathPattern.anyFolders {
        guard let first = used.firstIndex(of: true) else { return false }
        for count in first...path.count { next[count] = true }
      } else {
        for count in path.indices where used[count] {
          next[count + 1] = PathPattern.matches(name[...], path[count])
        }
      }
      used = next
    }
    return coversFolders ? used.dropFirst().contains(true) : used[path.count]
  }

  /// Whether a name matches; a star is tried again only from the last one on, which is enough.
  private static func matches(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    var (pattern, name) = (pattern, name)
    var retry: (pattern: ArraySlice<UInt8>, name: ArraySlice<UInt8>)?
    while true {
      if pattern.first == UInt8(ascii: "*") {
        pattern = pattern.dropFirst()
        retry = (pattern, name)
      } else if let byte = name.first, let rest = rest(of: pattern, after: byte) {
        pattern = rest
        name = name.dropFirst()
      } else if name.isEmpty, pattern.isEmpty {
        return true
      } else if let last = retry, !last.name.isEmpty {
        (pattern, name) = (last.pattern, last.name.dropFirst())
        retry = (pattern, name)
      } else {
        return false
      }
    }
  }

  /// What is left of the pattern when its first element takes the byte; nil when it does not.
  private static func rest(of pattern: ArraySlice<UInt8>, after byte: UInt8) -> ArraySlice<UInt8>? {
    guard let first = pattern.first else { return nil }
    let rest = pattern.dropFirst()
    switch first {
    case UInt8(ascii: "?"): return rest
    case UInt8(ascii: "\\"): return rest.first == byte ? rest.dropFirst() : nil
    case UInt8(ascii: "["):
      guard let (takes, rest) = set(rest, byte) else { return byte == first ? rest : nil }
      return takes ? rest : nil
    default: return first == byte ? rest : nil
    }
  }

  /// Whether a set, without its opening bracket, takes the byte, and what follows it; nil when it has no end.
  private static func set(_ pattern: ArraySlice<UInt8>, _ byte: UInt8) -> (Bool, ArraySlice<UInt8>)? {
    var rest = pattern
    let isNegated = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
    if isNegated { rest = rest.dropFirst() }
    var (takes, isFirst) = (false, true)
    while let low = rest.first, low != UInt8(ascii: "]") || isFirst {
      isFirst = false
      rest = rest.dropFirst()
      var high = low
      if rest.first == UInt8(ascii: "-"), let end = rest.dropFirst().first, end != UInt8(ascii: "]") {
        high = end
        rest = rest.dropFirst(2)
      }
      if low <= byte, byte <= high { takes = true }
    }
    return rest.isEmpty ? nil : (takes != isNegated, rest.dropFirst())
  }
}
