import Bets
import Git

/// Asks git what the signatures of events are worth.
///
/// Who is trusted is said by the user's or the server's configuration and keys, never by what is in the repository: a
/// program that its own configuration names does not run, and a list of signers in the work tree does not count.
/// Each event is asked about once. Cost: one git for all, about 10 ms for each signature.
package final class SignatureCheck {
  /// More are not asked about at once: they count as not verified.
  package static let limit = 200

  private let repository: Repository
  private var known: [ObjectID: SignatureTrust] = [:]

  package init(_ repository: Repository) { self.repository = repository }

  /// What each event's signature is worth. An event without one costs nothing but its object.
  package func trust(of events: some Sequence<ObjectID>) throws(GitError) -> [ObjectID: SignatureTrust] {
    var asked: [SignedCommit] = []
    var seen: Set<ObjectID> = []
    for id in events where known[id] == nil && seen.insert(id).inserted {
      guard let commit = try repository.commit(id) else {
        known[id] = .cannotVerify(why: "the event is not here")
        continue
      }
      guard let signature = commit.signature else {
        known[id] = .unsigned
        continue
      }
      // git gives up on all of them at the first that it cannot name the kind of.
      guard let format = SignedCommit.Format(signature) else {
        known[id] = .bad
        continue
      }
      guard asked.count < SignatureCheck.limit else {
        known[id] = .cannotVerify(why: "there are more than \(SignatureCheck.limit) signatures to look at")
        continue
      }
      asked.append(
        SignedCommit(id: id, format: format, signature: signature, author: commit.author?.email ?? ""))
    }
    if !asked.isEmpty { try verify(asked) }
    return known
  }

  private func verify(_ commits: [SignedCommit]) throws(GitError) {
    let programs = try SignaturePrograms(repository)
    var signers = AllowedSignersFile.unused
    if commits.contains(where: { $0.format == .ssh }) { signers = try AllowedSignersFile(of: repository) }
    var commits = commits
    if case .none(let why) = signers {
      for commit in commits where commit.format == .ssh { known[commit.id] = .cannotVerify(why: why) }
      commits.removeAll { $0.format == .ssh }
    }
    guard !commits.isEmpty else { return }
    let fields = ["%H", "%G?", "%GS", "%GF", "%GP", "%GG"]
    let answer = try GitCommand.run(
      (programs.settings + signers.settings).flatMap { ["-c", $0] } + [
        "log", "-z", "--no-walk=unsorted", "--stdin", "--no-show-signature", "--encoding=UTF-8",
        "--format=" + fields.joined(separator: "%x00"),
      ],
      input: commits.flatMap { Array("\($0.id.hex)\n".utf8) },
      environment: [
        "GIT_DIR": repository.gitDirectory, "GIT_NO_REPLACE_OBJECTS": "1", "LC_ALL": "C",
      ])
    let words = answer.standardOutput.split(separator: 0, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    var answers: [String: GitSignature] = [:]
    for start in stride(from: 0, to: words.count - fields.count + 1, by: fields.count) {
      answers[words[start]] = GitSignature(words[(start + 1)..<(start + fields.count)])
    }
    let complaint =
      String(decoding: answer.standardError, as: UTF8.self)
      .split(separator: "\n").first.map(String.init) ?? "git gave no answer"
    let keys = try UserIDs(
      of: commits.compactMap { commit in answers[commit.id.hex].map { (commit.format, $0) } }, programs)
    for commit in commits {
      known[commit.id] =
        answers[commit.id.hex].map { commit.trust(by: $0, signers, keys, complaint: complaint) }
        ?? .cannotVerify(why: complaint)
    }
  }
}
