extension Repository {
  /// A file that a setting names and that must not come with what somebody pushed.
  package enum OutsideFile {
    /// `path` has no symbolic link in it.
    case found(path: String, bytes: [UInt8])
    case missing
    /// In this work tree or another one of the repository, tracked or not, or reached through a link there.
    case inWorkTree
  }

  /// Reads a file, unless the next checkout of this repository could change it.
  ///
  /// A relative path counts from the top of the work tree, of a bare repository from its own directory. More than
  /// `limit` bytes are an error, as is anything but a regular file.
  package func outsideFile(_ path: String, limit: Int) throws(GitError) -> OutsideFile {
    let path = path.hasPrefix("/") ? path : "\(workTree ?? gitDirectory)/\(path)"
    guard let real = resolvedPath(path) else { return .missing }
    // Every step on the way: a link in the work tree comes with a checkout as well, wherever it leads.
    var steps = path.split(separator: "/")
    var places = [real]
    while let last = steps.popLast() {
      let parent = resolvedPath("/" + steps.joined(separator: "/")) ?? ""
      if last != "..", last != "." { places.append((parent == "/" ? "" : parent) + "/" + last) }
    }
    if places.contains(where: hasInWorkTree) { return .inWorkTree }
    guard let bytes = try File.read(real, limit: limit) else { return .missing }
    return .found(path: real, bytes: bytes)
  }

  private func hasInWorkTree(_ path: String) -> Bool {
    func isInside(_ directory: String?) -> Bool {
      guard let real = directory.flatMap(resolvedPath) else { return false }
      return path.hasPrefix(real == "/" ? real : real + "/")
    }
    for directory in [commonDirectory, gitDirectory]
    where isInside(directory) || path == resolvedPath(directory) { return false }
    if isInside(workTree) { return true }
    // Another work tree of this repository; where there is no repository at all, it is none.
    guard let slash = path.lastIndex(of: "/"),
      let other = try? Repository.open(at: String(path[..<slash]) + "/", trust: .gitHasAgreed),
      resolvedPath(other.commonDirectory) == resolvedPath(commonDirectory)
    else { return false }
    return isInside(other.workTree)
  }
}
