import Bets
import Git
import SourceText

/// Looks in the tree that would ship for the strings by which a bet's effect is measured.
///
/// The user's own `git grep`, literal, over the commit's tree: documentation does not measure anything and is left out,
/// as are binary files. The same everywhere: neither the work tree nor its attributes have a say, which a server does
/// not have. Nothing is fetched: in a partial clone without the blobs the answer is that it is not known.
final class InstrumentSearch {
  /// What `git grep` may take before the answer is that it is not known.
  static let limit: Duration = .seconds(20)

  private struct Question: Hashable {
    let text: String
    let tip: ObjectID
  }
  private let repository: Repository
  /// A push may be judged twice.
  private var answers: [Question: InstrumentAnswer] = [:]

  init(_ repository: Repository) { self.repository = repository }

  /// Whether the string occurs in the commit's tree.
  func search(for text: String, in tip: ObjectID) throws(GitError) -> InstrumentAnswer {
    let question = Question(text: text, tip: tip)
    if let known = answers[question] { return known }
    let answer = try grep(text, tip)
    answers[question] = answer
    return answer
  }

  private func grep(_ text: String, _ tip: ObjectID) throws(GitError) -> InstrumentAnswer {
    do throws(GitError) {
      let answer = try GitCommand.run(
        [
          "-C", repository.gitDirectory, "grep", "--quiet", "--fixed-strings", "--no-recurse-submodules",
          "-I", "-e", text, tip.description, "--",
        ] + SupportingFiles.withoutDocumentation, environment: repository.objectsAlone,
        settings: InstrumentSearch.settings,
        limit: InstrumentSearch.limit)
      // A file that cannot be read is complained of and passed over.
      let complaint = String(decoding: answer.standardError, as: UTF8.self).split(separator: "\n")
        .last { $0.hasPrefix("fatal: ") || $0.hasPrefix("error: ") }.map { String($0.dropFirst(7)) }
      switch answer.status {
      case 0: return .found
      case 1 where complaint == nil: return .missing
      default: return .unknown(complaint ?? "git grep ended with status \(answer.status)")
      }
    } catch {
      guard error.code == .tooSlow else { throw error }
      return .unknown("git grep took longer than \(InstrumentSearch.limit)")
    }
  }

  /// What counts as binary is for the repository to say, not for one person's machine.
  private static let settings = [(key: "core.attributesFile", value: "/dev/null")]
}
