import GitFormats

extension RefStore {
  /// The references in a folder, sorted by name as bytes; loose ones win over packed ones.
  func list(under prefix: String) throws(GitError) -> [Repository.ListedRef] {
    let folder = try folder(prefix)
    // Loose first: a reference that is packed meanwhile is then found packed.
    let found = try loose(in: folder)
    let listed = try packedRefs().entries(under: Array(folder.utf8))
    return NamedRef.merge(found, over: listed).compactMap { entry in
      let name = String(decoding: entry.name, as: UTF8.self)
      return Repository.isValidName(name) ? .init(name: name, target: entry.target) : nil
    }
  }

  /// A hash of the references in a folder, without a list of them: while it is the same nothing has changed. Packing them
  /// changes it, too. About a third of an instruction for each byte of `packed-refs`.
  func fingerprint(under prefix: String) throws(GitError) -> UInt64 {
    let folder = try folder(prefix)
    var hash = WordHash(seed: 0)
    for ref in try loose(in: folder) {
      hash.add(ref.name)
      switch ref.target {
      case .direct(let id): hash.add(Array(id.hex.utf8))
      case .symbolic(let other): hash.add(Array(other.utf8))
      }
    }
    try packedRefs().add(under: Array(folder.utf8), to: &hash)
    return hash.value
  }

  /// Whether there is any reference in a folder.
  func isEmpty(under prefix: String) throws(GitError) -> Bool {
    let folder = try folder(prefix)
    let bytes = Array(folder.utf8)
    if try packedRefs().has(under: bytes) { return false }
    // One that is packed meanwhile is then found packed.
    var first: [NamedRef] = []
    try collectLoose(folder, depth: 0, upTo: 1, into: &first)
    guard first.isEmpty else { return false }
    return try !packedRefs().has(under: bytes)
  }

  private func folder(_ prefix: String) throws(GitError) -> String {
    let folder = prefix.hasSuffix("/") ? prefix : prefix + "/"
    guard folder.hasPrefix("refs/"), Repository.isValidName(folder + "x") else {
      throw GitError(
        code: .invalidName, category: .reference, function: "references",
        message: "'\(prefix)' is no folder of references")
    }
    return folder
  }

  /// Sorted by name.
  private func loose(in folder: String) throws(GitError) -> [NamedRef] {
    var found: [NamedRef] = []
    try collectLoose(folder, depth: 0, into: &found)
    return found.sorted { $0.precedes($1) }
  }

  /// The number of folders in a reference's name before the tree counts as endless.
  private static let folderDepth = 64

  /// No more than `limit`, in no order.
  private func collectLoose(
    _ folder: String, depth: Int, upTo limit: Int = .max, into found: inout [NamedRef]
  ) throws(GitError) {
    guard depth < RefStore.folderDepth else {
      throw GitError(
        code: .tooDeep, category: .reference, function: "references",
        message: "\(folder) lies in too many folders")
    }
    let directory = "\(self.directory(of: folder))/\(folder)"
    for name in try File.names(in: directory) ?? [] where found.count < limit {
      if name.hasPrefix(".") || name.hasSuffix(".lock") { continue }
      let path = directory + name
      if File.isDirectory(path) {
        // git follows it; a loop of them would never end, and nothing makes them.
        guard File.kind(path) != .link else {
          throw GitError(
            code: .corrupt, category: .reference, function: "references",
            message: "\(folder)\(name) is a symbolic link to a folder")
        }
        try collectLoose("\(folder)\(name)/", depth: depth + 1, upTo: limit, into: &found)
        continue
      }
      // Nil when it is gone between listing and reading: deleted, or packed and read below.
      guard Repository.isValidName(folder + name), let target = try looseTarget(folder + name) else {
        continue
      }
      found.append(NamedRef(name: Array((folder + name).utf8), target: target))
    }
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
