import GitFormats

/// The directories that objects lie in: the repository's own, and all that it borrows from.
enum ObjectDirectories {
  /// git's own number: what borrows from what borrows any deeper is not looked at.
  private static let deepest = 5
  private static let largestList = 1 << 20

  /// The own one first. `inEnvironment`: a push that is being received names its quarantine there.
  static func all(of commonDirectory: String, inEnvironment: Bool) throws(GitError) -> [String] {
    func variable(_ name: String) -> String? { inEnvironment ? environmentValue(name) : nil }
    let own = variable("GIT_OBJECT_DIRECTORY") ?? commonDirectory + "/objects"
    let others = variable("GIT_ALTERNATE_OBJECT_DIRECTORIES")?.split(separator: ":").map(String.init) ?? []
    var found: [String] = []
    var seen: Set<String> = []
    for directory in [own] + others { try add(directory, depth: 0, to: &found, seen: &seen) }
    return found
  }

  private static func add(
    _ directory: String, depth: Int, to found: inout [String], seen: inout Set<String>
  ) throws(GitError) {
    // One that is not there has no objects, for git as well.
    guard depth <= deepest, let real = resolvedPath(directory), File.isDirectory(real),
      seen.insert(real).inserted
    else { return }
    found.append(directory)
    guard let list = try File.read(directory + "/info/alternates", limit: largestList) else { return }
    for line in list.split(whereSeparator: { $0 == 10 || $0 == 13 }) where line.first != UInt8(ascii: "#") {
      let path = String(decoding: line, as: UTF8.self)
      if path.hasPrefix("/") {
        try add(path, depth: depth + 1, to: &found, seen: &seen)
      } else if depth == 0 {
        // Deeper it would count from a place that git does not look at.
        try add(directory + "/" + path, depth: depth + 1, to: &found, seen: &seen)
      }
    }
  }
}
