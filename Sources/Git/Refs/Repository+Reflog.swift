import GitFormats

extension Repository {
  /// A line of a reflog: from where to where a reference moved; nil where there was nothing.
  package struct Movement: Equatable, Sendable {
    package let old: ObjectID?
    package let new: ObjectID?
  }

  /// Reads the reflog of a reference, oldest line first; empty when there is none.
  ///
  /// The last line may tell of a movement that never came: git writes it before it moves the reference, and so
  /// does libgit2. Lines that cannot be read are passed over, as git does.
  package func reflog(of name: String) throws(GitError) -> [Movement] {
    guard Repository.isValidName(name) else { return [] }
    let bytes = try File.read("\(commonDirectory)/logs/\(name)") ?? []
    return bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let space = UInt8(ascii: " ")
      guard line.count > 82, line[line.startIndex + 40] == space, line[line.startIndex + 81] == space,
        let old = ObjectID(hexBytes: line.prefix(40)),
        let new = ObjectID(hexBytes: line.dropFirst(41).prefix(40))
      else { return nil }
      return Movement(old: old.isZero ? nil : old, new: new.isZero ? nil : new)
    }
  }

  /// The references of one folder that have a reflog, without the folder, sorted: also those that are gone.
  package func logged(in folder: String) throws(GitError) -> [String] {
    try File.names(in: "\(commonDirectory)/logs/\(folder)")?.sorted() ?? []
  }

  /// The locks that lie in one folder of references.
  package func locks(in folder: String) throws(GitError) -> [GitError.Lock] {
    let names = try File.names(in: "\(commonDirectory)/\(folder)") ?? []
    return names.sorted().filter { $0.hasSuffix(".lock") }.compactMap { lock(of: folder + $0.dropLast(5)) }
  }
}
