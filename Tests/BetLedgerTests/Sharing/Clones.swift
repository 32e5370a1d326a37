import TestSupport

/// A bare host and people's clones of it, each with the gate installed and a name of its own.
struct Clones {
  let host: TestRepository
  let people: [TestRepository]

  init(_ names: String...) throws {
    let (first, host) = try TestRepository.withRemote(installed: false)
    self.host = host
    var people: [TestRepository] = []
    for name in names {
      let person = try host.clone(named: name)
      person.environment = first.environment
      for role in ["AUTHOR", "COMMITTER"] {
        person.environment["GIT_\(role)_NAME"] = name
        person.environment["GIT_\(role)_EMAIL"] = "\(name)@example.org"
      }
      try person.bet("install")
      people.append(person)
    }
    self.people = people
  }

  subscript(_ index: Int) -> TestRepository { people[index] }

  /// Everybody with everybody, until nothing new comes any more.
  func syncAll() throws {
    for _ in 0..<2 { for person in people { try person.bet("sync") } }
  }
}

extension TestRepository {
  /// The ledger's own refs, as `<id> <name>` lines.
  func ledger() throws -> String {
    try git("for-each-ref", "--format=%(objectname) %(refname)", "refs/bets/").text
  }

  /// Whether one commit is another or an ancestor of it.
  func has(_ commit: String, in ref: String) throws -> Bool {
    try tryGit("merge-base", "--is-ancestor", commit, ref).status == 0
  }

  func close(_ bet: String, _ verdict: String) throws {
    try self.bet(
      "close", bet, verdict, "--yes", "--evidence", "seen by \(environment["GIT_AUTHOR_NAME"] ?? "")")
  }
}
