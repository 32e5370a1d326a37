import Git

/// What commits changed, kept in `bet/territory` under the common git directory: it never changes, so a commit that is
/// known is never looked at again. Only the commits that were asked about last are kept.
package struct TerritoryCache {
  /// Of what is kept in the file.
  private static let version: UInt32 = 1

  private let repository: Repository
  private let file: CacheFile

  package init(_ repository: Repository) {
    self.repository = repository
    file = CacheFile(repository, name: OwnFile.territory.name, version: TerritoryCache.version)
  }

  /// The territories of some bets, each from its commits, oldest first.
  package func territories<Bet: Hashable>(_ commits: [Bet: [ObjectID]]) throws(GitError) -> [Bet: Territory] {
    guard commits.contains(where: { !$0.value.isEmpty }) else { return [:] }
    var known = read()
    let wanted = Set(commits.values.joined())
    let isComplete = wanted.allSatisfy { known[$0] != nil }
    if !isComplete {
      for commit in wanted where known[commit] == nil {
        let territory = try Territory(of: [commit], in: repository)
        // What is missing today may be there tomorrow.
        known[commit] = territory
      }
      write(known.filter { wanted.contains($0.key) && $0.value.incomplete.isEmpty })
    }
    return commits.filter { !$0.value.isEmpty }.mapValues { ids in
      Territory(
        rows: ids.flatMap { known[$0]?.rows ?? [] },
        incomplete: Set(ids.flatMap { known[$0]?.incomplete ?? [] }))
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
