import GitFormats

extension TextBlob {
  /// About how many steps a diff to another text takes, blank space left out; nil as soon as it is more than `most`.
  ///
  /// What a diff costs hangs on how much has changed, and how often the same lines occur, more than on the size: six
  /// megabytes of lines of two letters take git's algorithm a minute. So the search is begun here, from one end, and
  /// its steps are counted: few where little has changed. Lines that only one text has cost nothing, there as here.
  package func effort(ofDiffTo new: TextBlob, most: Int) -> Int? {
    let (old, new) = bytes.withUnsafeBytes { whole in
      new.bytes.withUnsafeBytes { other in
        let (head, tail) = commonEnds(whole, other)
        return (
          hashes(of: whole[head..<(whole.count - tail)]), hashes(of: other[head..<(other.count - tail)])
        )
      }
    }
    let all = old.count + new.count
    if all < TextBlob.fewLines { return all * Int(Double(all).squareRoot()) }
    let (inOld, inNew) = (Set(old), Set(new))
    let left = old.filter(inNew.contains)
    let right = new.filter(inOld.contains)
    return TextBlob.steps(from: left, to: right, most: most - all).map { $0 + all }
  }

  /// So few that counting would cost as much as the diff.
  private static let fewLines = 400

  /// Myers' greedy search: the furthest that is reached on each diagonal with one more line taken out or put in.
  private static func steps(from old: [UInt64], to new: [UInt64], most: Int) -> Int? {
    var steps = 0
    var furthest = [0, 0, 0]
    var middle = 1
    var edits = 0
    while true {
      for diagonal in stride(from: -edits, through: edits, by: 2) {
        let place = middle + diagonal
        let isDown =
          diagonal == -edits || diagonal != edits && furthest[place - 1] < furthest[place + 1]
        var x = isDown ? furthest[place + 1] : furthest[place - 1] + 1
        let start = x
        while x < old.count, x - diagonal < new.count, x >= diagonal, old[x] == new[x - diagonal] { x += 1 }
        furthest[place] = x
        steps += 1 + x - start
        if x >= old.count, x - diagonal >= new.count { return steps }
        if steps > most { return nil }
      }
      edits += 1
      if middle < edits + 1 {
        let room = [Int](repeating: 0, count: furthest.count)
        furthest = room + furthest + room
        middle += room.count
      }
    }
  }
}

/// A hash of each line without its blank space.
private func hashes(of bytes: Slice<UnsafeRawBufferPointer>) -> [UInt64] {
  var hashes: [UInt64] = []
  var line = FNV()
  var isOpen = false
  for byte in UnsafeRawBufferPointer(rebasing: bytes) {
    if byte == 10 {
      hashes.append(line.hash)
      (line, isOpen) = (FNV(), false)
    } else {
      isOpen = true
      if byte != 32, !(9...13).contains(byte) { line.add(byte) }
    }
  }
  if isOpen { hashes.append(line.hash) }
  return hashes
}
