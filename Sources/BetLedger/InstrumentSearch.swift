import Bets
import Git

/// Looks in the tree that would ship for the strings by which a bet's effect is measured.
///
/// The user's own `git grep`, literal, over the commit's tree: documentation does not measure anything and is left out,
/// as are binary files. Nothing is fetched: in a partial clone without the blobs the answer is that it is not known.
final class InstrumentSearch {
  /// What `git grep` may take before the answer is that it is not known.
  static let limit: Duration = .seconds(20)

  /// Where a name is only talked about.
  static let documentation = [
    "*.md", "*.markdown", "*.rst", "*.adoc", "*.asciidoc", "*.org", "README*", "CHANGELOG*", "CHANGES*",
    "NEWS*",
    "docs/**", "doc/**",
  ]

  private struct Question: Hashable {
    let text: String
    let tip: OID
  }
  /// A push may be judged twice.
  private var answers: [Question: InstrumentAnswer] = [:]

  /// Whether the string occurs in the commit's tree.
  func search(for text: String, in tip: OID) throws(GitError) -> InstrumentAnswer {
    let question = Question(text: text, tip: tip)
    if let known = answers[question] { return known }
    let answer = try grep(text, tip)
    answers[question] = answer
    return answer
  }

  private func grep(_ text: String, _ tip: OID) throws(GitError) -> InstrumentAnswer {
    let outside = InstrumentSearch.documentation.map { ":(top,exclude,icase,glob)**/\($0)" }
    do throws(GitError) {
      let answer = try GitCommand.run(
        [
          "grep", "--quiet", "--fixed-strings", "--no-recurse-submodules", "-I", "-e", text, tip.description,
          "--", ":(top)",
        ] + outside, environment: InstrumentSearch.environment, settings: InstrumentSearch.settings,
        limit: InstrumentSearch.limit)
      let words = String(decoding: answer.standardError, as: UTF8.self)
      switch answer.status {
      case 0: return .found
      // A file that it cannot read is passed over with an error.
      case 1 where !words.split(separator: "\n").contains { $0.hasPrefix("error: ") }: return .missing
      default: return .unknown(words)
      }
    } catch {
      guard error.code == .tooSlow else { throw error }
      return .unknown("git grep took longer than \(InstrumentSearch.limit)")
    }
  }

  /// What counts as binary is for the repository to say, not for one person's machine.
  private static let settings = [(key: "core.attributesFile", value: "/dev/null")]

  /// No network from a hook, real objects, and pathspecs that mean what they say.
  private static let environment: [String: String?] = [
    "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none", "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_LITERAL_PATHSPECS": nil, "GIT_GLOB_PATHSPECS": nil, "GIT_NOGLOB_PATHSPECS": nil,
    "GIT_ICASE_PATHSPECS": nil, "LC_ALL": "C",
  ]
}
