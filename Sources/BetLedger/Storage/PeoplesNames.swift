import Bets
import Git

/// What people are called now, by git's own rules for a `.mailmap`: asked of git, each once.
///
/// For who shows names. Nothing is decided by them: what a signature is worth goes by the commit itself.
final class PeoplesNames {
  private struct Person: Hashable {
    let name: String
    let email: String
  }

  private let repository: Repository
  private var known: [Person: Person] = [:]
  private var isMapped: Bool?

  init(_ repository: Repository) { self.repository = repository }

  /// The entries with their authors' present names. Cost: one child process where there is a map and somebody new.
  ///
  /// A map that git cannot read changes nobody's name.
  func applied(to entries: [Entry]) -> [Entry] {
    let new = Set(entries.map { Person(name: $0.author, email: $0.email) }).filter {
      known[$0] == nil && !$0.email.isEmpty
    }
    if !new.isEmpty { ask(Array(new)) }
    return entries.map { entry in
      known[Person(name: entry.author, email: entry.email)].map {
        entry.by($0.name, email: $0.email)
      } ?? entry
    }
  }

  /// Whether anybody may be called otherwise than an event says.
  var isMapping: Bool {
    let known = isMapped ?? (try? hasMap()) ?? false
    isMapped = known
    return known
  }

  private func ask(_ people: [Person]) {
    guard isMapping else { return }
    let contacts = people.map { Signature(name: $0.name, email: $0.email, time: 0, offset: 0) }
    let lines = contacts.map { String($0.header.dropLast(" 0 +0000".count)) + "\n" }.joined()
    guard let answer = try? GitCommand.run(["check-mailmap", "--stdin"], input: Array(lines.utf8)),
      answer.status == 0
    else { return }
    let told = answer.text.split(separator: "\n", omittingEmptySubsequences: false)
    guard told.count == people.count else { return }
    for (person, line) in zip(people, told) {
      guard let now = Signature(ident: "\(line) 0 +0000") else { continue }
      known[person] = Person(name: now.name, email: now.email)
    }
  }

  /// Whether there is anything to ask about: a file in the work tree, a setting, or what a bare repository may hold.
  private func hasMap() throws(GitError) -> Bool {
    if repository.isBare { return true }
    if let tree = repository.workTree, File.kind("\(tree)/.mailmap") == .file { return true }
    return try repository.configuration(sections: ["mailmap"]).contains { $0.value?.isEmpty == false }
  }
}
