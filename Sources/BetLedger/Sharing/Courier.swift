import Bets
import Git

/// Carries refs to and from a peer through the user's own git: its ssh, proxies and credential helpers.
package struct Courier {
  /// Why nothing could be exchanged, in git's own words; empty when git has shown them already.
  struct Failure: Error { let words: String }

  /// Keeps a command of ours, in a hook that git runs meanwhile, from exchanging in its turn.
  package static let guardVariable = GitCommand.guardVariable

  private let environment: [String: String?]
  private let end: ContinuousClock.Instant?
  private let showsProgress: Bool

  /// `showsProgress` leaves git's standard error to people. With a `limit` on all that is carried nobody can be asked
  /// on a terminal; `environment` takes the other ways away.
  package init(environment: [String: String?] = [:], limit: Duration? = nil, showsProgress: Bool = false) {
    // Words are compared nowhere, but they are kept and shown: in one language.
    self.environment = environment.merging([Courier.guardVariable: "1", "LC_ALL": "C"]) { $1 }
    end = limit.map { .now + $0 }
    self.showsProgress = showsProgress
  }

  /// Updates what is kept of the peer's ledger, also backwards and by deletion.
  func fetch(_ refspecs: [String], from peer: LedgerPeer) throws(Failure) {
    let answer = try git(
      [
        "fetch", "--quiet", "--no-tags", "--prune", "--no-write-fetch-head", "--refmap=",
        "--no-recurse-submodules",
      ], with: peer, refspecs: refspecs)
    guard answer.status == 0 else { throw Failure(words: answer.words) }
  }

  /// Pushes without force; git's own `pre-push` hook has no say in it.
  ///
  /// Fails when there was no answer about any ref. `settings` are configuration in place of what the peer asks for.
  func push(
    _ refspecs: [String], to peer: LedgerPeer, settings: [(key: String, value: String)]? = nil
  ) throws(Failure) -> PushAnswer {
    let answer = try git(
      [
        // What is set for pushes of work: options that the host may not know, a certificate that it may not take.
        "-c", "push.pushOption=", "push", "--porcelain", "--no-verify", "--no-signed", "--no-follow-tags",
        "--recurse-submodules=no",
      ], with: peer,
      refspecs: refspecs, settings: settings)
    let told = PushAnswer(porcelain: answer.text, words: answer.words)
    guard answer.status == 0 || !told.refused.isEmpty else { throw Failure(words: answer.words) }
    return told
  }

  private func git(
    _ arguments: [String], with peer: LedgerPeer, refspecs: [String],
    settings given: [(key: String, value: String)]? = nil
  ) throws(Failure) -> GitCommand.Output {
    let settings = given ?? self.settings(of: peer)
    let left = end.map { max(.milliseconds(1), ContinuousClock.now.duration(to: $0)) }
    do throws(GitError) {
      return try GitCommand.run(
        arguments + (showsProgress ? ["--progress"] : []) + ["--end-of-options", peer.name] + refspecs,
        environment: environment, settings: settings, showsErrors: showsProgress, limit: left)
    } catch { throw Failure(words: error.code == .tooSlow ? "no answer in time" : error.message) }
  }

  private func settings(of peer: LedgerPeer) -> [(key: String, value: String)] {
    // The refspec lets a push note what the peer has now.
    [
      ("remote.\(peer.name).fetch", LedgerRefspec.fetch(from: peer.name)),
      ("remote.\(peer.name).mirror", "false"),
    ] + (peer.url.map { [("remote.\(peer.name).url", $0)] } ?? [])
  }
}

extension GitCommand.Output {
  fileprivate var words: String { String(decoding: standardError, as: UTF8.self) }
}
