import GitFormats

/// The branches of one remote as they were last seen here, each read once.
///
/// A few branches are looked up one by one; all of them are listed only when somebody asks for all.
package final class RemoteSnapshot {
  package let remote: Remote
  private let repository: Repository
  private var head = Once<String?>()
  private var all = Once<[(name: String, tip: ObjectID)]>()
  private var tips: [String: ObjectID?] = [:]

  package init(_ remote: Remote, in repository: Repository) {
    self.remote = remote
    self.repository = repository
  }

  /// The branch that the remote's HEAD names; nil when that is not known here, or the branch is gone.
  package func headBranch() throws(GitError) -> String? {
    try head.get { () throws(GitError) in
      guard let place = remote.place, let branch = try mainBranch(of: place) else { return nil }
      return try tip(of: branch) == nil ? nil : branch
    }
  }

  private func mainBranch(of place: Remote.Place) throws(GitError) -> String? {
    switch place.main {
    case .branch(let name): return name
    case .head(let ref):
      guard case .symbolic(let target)? = try repository.reference(ref), target.hasPrefix(place.prefix)
      else { return nil }
      return String(target.dropFirst(place.prefix.count))
    }
  }

  /// The tip of a branch; nil when there is none of that name.
  package func tip(of branch: String) throws(GitError) -> ObjectID? {
    if let known = tips[branch] { return known }
    guard let place = remote.place else { return nil }
    let tip = try repository.resolve(place.prefix + branch)
    tips[branch] = .some(tip)
    return tip
  }

  /// All branches, without the remote's HEAD.
  package func branches() throws(GitError) -> [(name: String, tip: ObjectID)] {
    try all.get { () throws(GitError) in try branches(below: "") }
  }

  /// The branches of some names, and all below some folders, each with a slash at its end; sorted.
  ///
  /// Costs a look-up for each name and a listing of each folder, whatever else there is.
  package func branches(
    named names: Set<String>, below folders: Set<String>
  ) throws(GitError) -> [(name: String, tip: ObjectID)] {
    if folders.contains("") { return try branches() }
    var found: [String: ObjectID] = [:]
    // A setting may say anything: what is no name is no branch.
    for folder in folders where Repository.isValidName("refs/heads/\(folder)x") {
      for branch in try branches(below: folder) { found[branch.name] = branch.tip }
    }
    for name in names where Repository.isValidName("refs/heads/\(name)") {
      guard let place = remote.place, case .direct(let tip)? = try repository.reference(place.prefix + name)
      else { continue }
      found[name] = tip
    }
    return found.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { ($0.key, $0.value) }
  }

  private func branches(below folder: String) throws(GitError) -> [(name: String, tip: ObjectID)] {
    guard let place = remote.place else { return [] }
    return try repository.references(under: place.prefix + folder).compactMap { listed in
      guard case .direct(let tip) = listed.target else { return nil }
      return (String(listed.name.dropFirst(place.prefix.count)), tip)
    }
  }
}
