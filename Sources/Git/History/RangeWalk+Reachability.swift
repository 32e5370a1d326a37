import GitFormats

extension RangeWalk {
  /// Whether a commit is one of `tips` or an ancestor of one; exact also where dates lie.
  ///
  /// Both sides are painted downwards until every commit in the queue has both colours, as git's
  /// merge-base does. History that is missing leads nowhere; `commit` itself must exist.
  package func isReachable(_ commit: ObjectID, from tips: [ObjectID]) throws(GitError) -> Bool {
    forget()
    var queue = CommitQueue()
    // The commits in the queue that lack a colour.
    var open = 0
    let goal = try tip(commit)
    paint(goal, with: .ours, in: &queue, open: &open)
    for id in tips {
      guard let number = try hidden(id) else { continue }
      if number == goal { return true }
      paint(number, with: .theirs, in: &queue, open: &open)
    }
    while open > 0, let (number, _) = queue.pop() {
      let colours = nodes[number].marks.intersection(.both)
      nodes[number].marks.remove(.queued)
      if colours != .both { open -= 1 }
      for parent in try parents(of: number, interesting: false) {
        if parent == goal && colours.contains(.theirs) { return true }
        try read(parent, required: false)
        paint(parent, with: colours, in: &queue, open: &open)
      }
    }
    return false
  }

  /// Adds colours to a commit, and queues it when they are new to it.
  private func paint(
    _ number: Int, with colours: CommitNode.Marks, in queue: inout CommitQueue, open: inout Int
  ) {
    let before = nodes[number].marks
    if before.isSuperset(of: colours) { return }
    nodes[number].marks.formUnion(colours.union(.queued))
    let isComplete = nodes[number].marks.isSuperset(of: .both)
    if before.contains(.queued) {
      // Counted once while it waits, if it lacked a colour.
      if isComplete && !before.isSuperset(of: .both) { open -= 1 }
      return
    }
    if !isComplete { open += 1 }
    queue.push(number, date: nodes[number].date)
  }
}

extension CommitNode.Marks {
  fileprivate static let both: CommitNode.Marks = [.ours, .theirs]
}
