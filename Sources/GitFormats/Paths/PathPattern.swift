/// A pattern for paths, as in `.gitignore` and `.gitattributes`.
///
/// `*`, `?` and `[a-z]` stay within a name, `**` stands for any folders. A pattern without a slash is about a name,
/// wherever it lies; any other is about the whole path. Matching takes no longer than pattern times path.
package struct PathPattern: Hashable, Sendable {
  private enum Name: Hashable, Sendable {
    case anyFolders
    case glob(Glob)
  }

  private let names: [Name]
  private let coversFolders: Bool

  /// A folder that matches stands for all below it, unless `coversFolders` is false, as in `.gitattributes`.
  package init(_ text: some Sequence<UInt8>, coversFolders: Bool = true) {
    var text = Array(text)
    self.coversFolders = coversFolders
    if coversFolders, text.last == .slash { text.removeLast() }
    var names = text.split(separator: .slash, omittingEmptySubsequences: false).map { name in
      name.elementsEqual("**".utf8) ? Name.anyFolders : .glob(PathPattern.glob(Array(name)))
    }
    if names.count == 1 {
      names.insert(.anyFolders, at: 0)
    } else if text.first == .slash {
      names.removeFirst()
    }
    // At the end it stands for what is in the folder, not for the folder.
    if names.last == .anyFolders { names.append(.glob(Glob([.anyBytes]))) }
    self.names = names
  }

  package init(_ text: String) { self.init(text.utf8) }

  package func matches(_ path: [UInt8]) -> Bool {
    let path = path.split(separator: .slash)
    // How many names of the path the pattern may have used up so far.
    var used = Array(repeating: false, count: path.count + 1)
    used[0] = true
    for name in names {
      var next = Array(repeating: false, count: path.count + 1)
      switch name {
      case .anyFolders:
        guard let first = used.firstIndex(of: true) else { return false }
        for count in first...path.count { next[count] = true }
      case .glob(let glob):
        for count in path.indices where used[count] { next[count + 1] = glob.matches(path[count]) }
      }
      used = next
    }
    return coversFolders ? used.dropFirst().contains(true) : used[path.count]
  }

  /// The pieces of one name.
  private static func glob(_ name: [UInt8]) -> Glob {
    var pieces: [Glob.Piece] = []
    var rest = name[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "*"): pieces.append(.anyBytes)
      case UInt8(ascii: "?"): pieces.append(.anyByte)
      // With nothing to stand for it matches nothing.
      case UInt8(ascii: "\\"): pieces.append(rest.popFirst().map { .byte($0) } ?? .set([], isNegated: false))
      case UInt8(ascii: "["): pieces.append(set(&rest) ?? .byte(byte))
      default: pieces.append(.byte(byte))
      }
    }
    return Glob(pieces)
  }

  /// Takes a set off, whose opening bracket is off already; nil, with nothing taken, when it has no end.
  private static func set(_ pattern: inout ArraySlice<UInt8>) -> Glob.Piece? {
    var rest = pattern
    let isNegated = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
    if isNegated { rest = rest.dropFirst() }
    var ranges: [ClosedRange<UInt8>] = []
    var isFirst = true
    while let low = rest.first, low != UInt8(ascii: "]") || isFirst {
      isFirst = false
      rest = rest.dropFirst()
      var high = low
      if rest.first == .hyphen, let end = rest.dropFirst().first, end != UInt8(ascii: "]") {
        high = end
        rest = rest.dropFirst(2)
      }
      // Of a range the wrong way round git takes the first.
      ranges.append(low...max(low, high))
    }
    guard !rest.isEmpty else { return nil }
    pattern = rest.dropFirst()
    return .set(ranges, isNegated: isNegated)
  }
}
