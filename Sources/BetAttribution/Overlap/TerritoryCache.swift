import Git

/// What commits changed, kept in `bet/territory` under the common git directory: it never changes, so a commit that is
/// known is never looked at again. What was asked about is kept, and put aside when it has become too much.
package final class TerritoryCache {
  /// Of what is kept in the file.
  private static let version: UInt32 = 1
  /// More commits than these and what is asked for are not kept.
  private static let mostKept = 50_000

  private let repository: Repository
  private let file: CacheFile
  /// What was read, and what was found out since.
  private var known = Once<[ObjectID: Territory]>()
  private var found: [ObjectID: Territory] = [:]

  package init(_ repository: Repository) {
    self.repository = repository
    file = CacheFile(repository, name: OwnFile.territory.name, version: TerritoryCache.version)
  }

  /// The territories of some bets, each from its commits, oldest first.
  package func territories<Bet: Hashable>(_ commits: [Bet: [ObjectID]]) throws(GitError) -> [Bet: Territory] {
    guard commits.contains(where: { !$0.value.isEmpty }) else { return [:] }
    let wanted = Set(commits.values.joined())
    let kept = known.get { read() }
    for commit in wanted where kept[commit] == nil && found[commit] == nil {
      // What is missing today may be there tomorrow.
      found[commit] = try Territory(of: [commit], in: repository)
    }
    func territory(_ commit: ObjectID) -> Territory? { kept[commit] ?? found[commit] }
    if wanted.contains(where: { kept[$0] == nil }) {
      // A question about one bet leaves what is known of the others, until there is too much of it.
      let old = kept.count < TerritoryCache.mostKept ? kept : [:]
      write(wanted.reduce(into: old) { $0[$1] = territory($1) }.filter { $0.value.incomplete.isEmpty })
    }
    return commits.filter { !$0.value.isEmpty }.mapValues { ids in
      let all = ids.compactMap(territory)
      return Territory(rows: all.flatMap(\.rows), incomplete: Set(all.flatMap(\.incomplete)))
    }
  }

  // MARK: The file

  private func read() -> [ObjectID: Territory] {
    guard let section = file.read(sections: 1)?.first else { return [:] }
    var reader = CacheReader(section)
    let commits = reader.all { reader -> (ObjectID, Territory)? in
      guard let commit = reader.id(), let rows = reader.list({ row(of: commit, &$0) }) else { return nil }
      return (commit, Territory(rows: rows))
    }
    return Dictionary(commits ?? []) { $1 }
  }

  private func row(of commit: ObjectID, _ reader: inout CacheReader) -> Territory.Row? {
    guard let path = reader.data(), let oldPath = reader.data(), let old = reader.id(), let new = reader.id()
    else { return nil }
    return Territory.Row(
      commit: commit, path: path, oldPath: oldPath.isEmpty ? nil : oldPath, old: old.isZero ? nil : old,
      new: new)
  }

  private func write(_ commits: [ObjectID: Territory]) {
    var writer = CacheWriter()
    for (commit, territory) in commits.sorted(by: { $0.key < $1.key }) {
      writer.add(commit)
      writer.add(territory.rows) { writer, row in
        writer.add(data: row.path)
        writer.add(data: row.oldPath ?? [])
        writer.add(row.old ?? .zero)
        writer.add(row.new)
      }
    }
    file.replace(with: [writer.bytes])
  }
}
