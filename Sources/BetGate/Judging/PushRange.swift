import Bets
import Git

/// What one pushed ref brings: the commits that its tip reaches when what the remote has is taken away.
package struct PushRange: Sendable {
  package let update: RefUpdate
  package let tip: ObjectID
  /// What was subtracted: these and all that they reach.
  package let hidden: [ObjectID]
  package var commits: [RawCommit]
  /// Where some of what the push carries has shipped already, when that is another remote; it is not listed.
  package let elsewhere: Decision.Place?

  package init(
    update: RefUpdate, tip: ObjectID, hidden: [ObjectID], commits: [RawCommit],
    elsewhere: Decision.Place? = nil
  ) {
    self.update = update
    self.tip = tip
    self.hidden = hidden
    self.commits = commits
    self.elsewhere = elsewhere
  }

  /// The fewest commits that say what was not looked at: from the tip without what these reach, the very same commits
  /// are left.
  ///
  /// The parents that the range stands on say it as well as all that was hidden; whichever are fewer.
  package var without: [ObjectID] {
    let all = Set(hidden)
    guard all.count > 1, !commits.isEmpty else { return Array(all) }
    let below = commits.edge
    return (all.count < below.count ? all : below).sorted()
  }
}
