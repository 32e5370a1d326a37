import GitFormats

extension RefStore {
  /// The reflog of a reference, oldest line first; empty when there is none.
  func reflog(of name: String) throws(GitError) -> [Repository.Movement] {
    guard Repository.isValidName(name) else { return [] }
    let bytes = try File.read("\(commonDirectory)/logs/\(name)") ?? []
    return bytes.split(separator: .lineFeed).compactMap { line in
      guard line.count > 82, line[line.startIndex + 40] == .space, line[line.startIndex + 81] == .space,
        let old = ObjectID(hexBytes: line.prefix(40)),
        let new = ObjectID(hexBytes: line.dropFirst(41).prefix(40))
      else { return nil }
      return .init(old: old.isZero ? nil : old, new: new.isZero ? nil : new)
    }
  }

  /// The references of one folder that have a reflog, without the folder, sorted: also those that are gone.
  func logged(in folder: String) throws(GitError) -> [String] {
    try File.names(in: "\(commonDirectory)/logs/\(folder)")?.sorted() ?? []
  }
}
