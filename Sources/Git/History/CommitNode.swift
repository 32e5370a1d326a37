import GitFormats

/// What a walk knows about one commit.
struct CommitNode {
  enum State {
    /// Named by a child, not read yet.
    case unread
    case read
    case missing
  }

  /// What one question has found out; taken off before the next.
  struct Marks: OptionSet {
    let rawValue: UInt8
    static let seen = Marks(rawValue: 1)
    static let uninteresting = Marks(rawValue: 2)
    static let queued = Marks(rawValue: 4)
    /// Reached from the commit that is asked about.
    static let ours = Marks(rawValue: 8)
    /// Reached from the tips it is held against.
    static let theirs = Marks(rawValue: 16)
  }

  let id: ObjectID
  var state = State.unread
  var marks: Marks = []
  var date: Int64 = 0
  var parents: [Int] = []
  /// The whole commit, where it was read as one that may be listed or asked about.
  var commit: RawCommit?

  init(id: ObjectID) { self.id = id }
}

/// Commits by date, the newest first; of the same date, the one queued first.
struct CommitQueue {
  private struct Entry {
    let date: Int64
    let turn: Int
    let number: Int

    func precedes(_ other: Entry) -> Bool {
      date != other.date ? date > other.date : turn < other.turn
    }
  }

  private var heap: [Entry] = []
  private var turn = 0

  mutating func push(_ number: Int, date: Int64) {
    heap.append(Entry(date: date, turn: turn, number: number))
    turn += 1
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].precedes(heap[parent]) else { break }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  mutating func pop() -> (number: Int, date: Int64)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    return (first.number, first.date)
  }

  private mutating func sink() {
    var parent = 0
    while true {
      var best = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].precedes(heap[best]) {
        best = child
      }
      if best == parent { return }
      heap.swapAt(parent, best)
      parent = best
    }
  }
}
