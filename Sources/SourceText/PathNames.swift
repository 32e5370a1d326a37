import GitFormats

/// Many patterns at once for the names in a path, wherever they lie: `folder/**`, `name`, `*end`, `start*`, `*.part.*`,
/// `folder/name`, `folder/**/*end`.
///
/// Those that are no more than a word are looked up, and most others are turned down by their last byte, so that asking
/// a hundred costs little more than asking one.
struct PathNames: Sendable {
  private struct Shape: Sendable {
    let start: [UInt8]
    let middle: [UInt8]
    let end: [UInt8]

    /// A pattern with a star, or two with something between them.
    init(_ pattern: [UInt8]) {
      let parts = pattern.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(
        Array.init)
      start = parts[0]
      middle = parts.count > 2 ? parts[1] : []
      end = parts[parts.count - 1]
    }

    func matches(_ name: ArraySlice<UInt8>) -> Bool {
      guard name.count >= start.count + middle.count + end.count, name.last == end.last || end.isEmpty,
        name.first == start.first || start.isEmpty, name.suffix(end.count).elementsEqual(end),
        name.starts(with: start)
      else { return false }
      guard let first = middle.first else { return true }
      let inner = name.dropFirst(start.count).dropLast(end.count)
      return inner.indices.contains { inner[$0] == first && inner[$0...].starts(with: middle) }
    }
  }

  private var folders: Set<ArraySlice<UInt8>> = []
  private var names: Set<ArraySlice<UInt8>> = []
  private var folderShapes: [Shape] = []
  private var nameShapes: [Shape] = []
  /// Ends of paths, and whole patterns with the byte that they end with.
  private var tails: [[UInt8]] = []
  private var paths: [(last: UInt8?, pattern: PathPattern)] = []

  init(_ patterns: [String]) {
    for pattern in patterns {
      let isFolder = pattern.hasSuffix("/**")
      let name = Array((isFolder ? pattern.dropLast(3) : pattern[...]).utf8)
      let stars = name.count { $0 == UInt8(ascii: "*") }
      if name.contains(.slash) {
        if stars == 0, !isFolder {
          tails.append(name)
        } else {
          paths.append((name.last, PathPattern("**/\(pattern)")))
        }
      } else if stars == 0 {
        if isFolder { folders.insert(name[...]) } else { names.insert(name[...]) }
      } else if isFolder {
        folderShapes.append(Shape(name))
      } else {
        nameShapes.append(Shape(name))
      }
    }
  }

  func match(_ path: [UInt8]) -> Bool {
    var start = 0
    while let slash = path[start...].firstIndex(of: .slash) {
      let folder = path[start..<slash]
      if folders.contains(folder) || folderShapes.contains(where: { $0.matches(folder) }) { return true }
      start = slash + 1
    }
    let name = path[start...]
    return names.contains(name) || nameShapes.contains { $0.matches(name) }
      || tails.contains { ends(path, with: $0) }
      || paths.contains { $0.last == path.last && $0.pattern.matches(path) }
  }

  private func ends(_ path: [UInt8], with tail: [UInt8]) -> Bool {
    tail.last == path.last && path.suffix(tail.count).elementsEqual(tail)
      && (path.count == tail.count || path[path.count - tail.count - 1] == .slash)
  }
}
