import Clibgit2
import GitFormats

extension Repository {
  /// A reference and what it holds.
  package struct ListedRef: Equatable, Sendable {
    /// The full name.
    package let name: String
    package let target: RefTarget
  }

  /// Lists the references in a folder such as `refs/remotes/origin/`, sorted by name as bytes.
  ///
  /// Loose ones win over packed ones. A file that holds neither an id nor another name is an error that
  /// names the reference: libgit2's own iterator leaves it out, and what is left out cannot be judged.
  /// Names that git refuses are left out, as git does. Work trees' own references are not among them.
  /// Costs one read of `packed-refs` and one of each loose file in the folder.
  package func references(under prefix: String) throws(GitError) -> [ListedRef] {
    let folder = prefix.hasSuffix("/") ? prefix : prefix + "/"
    guard folder.hasPrefix("refs/"), Repository.isValidName(folder + "x") else {
      throw GitError(
        code: .invalidName, category: .reference, function: "references",
        message: "'\(prefix)' is no folder of references")
    }
    // Loose first: a reference that is packed meanwhile is then found packed.
    var found: [NamedRef] = []
    try collectLoose(folder, depth: 0, into: &found)
    let packed = try File.read(commonDirectory + "/packed-refs") ?? []
    found.sort { $0.precedes($1) }
    let listed = try PackedRefs(bytes: packed).entries(under: Array(folder.utf8))
    return NamedRef.merge(found, over: listed).compactMap { entry in
      let name = String(decoding: entry.name, as: UTF8.self)
      return Repository.isValidName(name) ? ListedRef(name: name, target: entry.target) : nil
    }
  }

  /// The number of folders in a reference's name before the tree counts as endless.
  private static let folderDepth = 64

  private func collectLoose(_ folder: String, depth: Int, into found: inout [NamedRef]) throws(GitError) {
    guard depth < Repository.folderDepth else {
      throw GitError(
        code: .tooDeep, category: .reference, function: "references",
        message: "\(folder) lies in too many folders")
    }
    let directory = "\(commonDirectory)/\(folder)"
    for name in try File.names(in: directory) ?? [] {
      if name.hasPrefix(".") || name.hasSuffix(".lock") { continue }
      let path = directory + name
      if File.isDirectory(path) {
        // git follows it; a loop of them would never end, and nothing makes them.
        guard !File.isSymbolicLink(path) else {
          throw GitError(
            code: .corrupt, category: .reference, function: "references",
            message: "\(folder)\(name) is a symbolic link to a folder")
        }
        try collectLoose("\(folder)\(name)/", depth: depth + 1, into: &found)
        continue
      }
      // Gone between listing and reading: deleted, or packed and read below.
      guard let bytes = try File.read(path, limit: 1 << 16) else { continue }
      guard Repository.isValidName(folder + name) else { continue }
      guard let target = RefTarget(loose: bytes) else {
        throw GitError(
          code: .corrupt, category: .reference, function: "references",
          message: "\(folder)\(name) is broken: it holds neither an id nor the name of a reference")
      }
      found.append(NamedRef(name: Array((folder + name).utf8), target: target))
    }
  }

  /// Whether git allows the name; paths that leave the folder are not names.
  ///
  /// The corresponding C function is `git_reference_name_is_valid`.
  package static func isValidName(_ name: String) -> Bool {
    LibGit2.start()
    var valid: Int32 = 0
    return git_reference_name_is_valid(&valid, name) == 0 && valid == 1
  }
}

extension Repository.RefTarget {
  /// Reads the content of a loose reference's file.
  init?(loose bytes: [UInt8]) {
    if bytes.starts(with: "ref:".utf8) {
      let name = String(decoding: bytes[4...].trimmed, as: UTF8.self)
      guard Repository.isValidName(name) else { return nil }
      self = .symbolic(name)
      return
    }
    guard let id = ObjectID(hexBytes: bytes.prefix(40)), !id.isZero,
      bytes.count == 40 || bytes[40].isWhite
    else { return nil }
    self = .direct(id)
  }
}

/// A reference under its name as bytes: two names may be equal as text and different on disk.
struct NamedRef {
  let name: [UInt8]
  let target: Repository.RefTarget

  func precedes(_ other: NamedRef) -> Bool { name.lexicographicallyPrecedes(other.name) }

  /// Joins two sorted lists; where both have a name, the first has the say.
  static func merge(_ winners: [NamedRef], over others: [NamedRef]) -> [NamedRef] {
    guard !winners.isEmpty else { return others }
    var merged: [NamedRef] = []
    merged.reserveCapacity(winners.count + others.count)
    var next = winners[...]
    for other in others {
      while let winner = next.first, winner.precedes(other) {
        merged.append(winner)
        next.removeFirst()
      }
      if next.first?.name != other.name { merged.append(other) }
    }
    return merged + next
  }
}
