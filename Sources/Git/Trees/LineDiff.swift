import Clibgit2
import GitFormats
import Libc

extension TextBlob {
  /// The changes from this text to another, in order, without lines around them.
  ///
  /// git's own algorithm with its indent heuristic, as in `git diff` and `git blame`. Blank space counts
  /// unless `ignoringBlanks`: then lines that differ in nothing else are the same.
  ///
  /// The corresponding C function is `git_diff_buffers`.
  package func hunks(to new: TextBlob, ignoringBlanks: Bool = false) throws(GitError) -> [LineHunk] {
    LibGit2.start()
    var options = git_diff_options()
    try check(
      "git_diff_options_init", git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)))
    options.context_lines = 0
    options.interhunk_lines = 0
    options.flags |= GIT_DIFF_FORCE_TEXT.rawValue | GIT_DIFF_INDENT_HEURISTIC.rawValue
    if ignoringBlanks { options.flags |= GIT_DIFF_IGNORE_WHITESPACE.rawValue }
    var hunks: [LineHunk] = []
    var skipped = 0
    let code = bytes.withUnsafeBytes { whole in
      new.bytes.withUnsafeBytes { other in
        let (head, tail) = commonEnds(whole, other)
        skipped = feeds(whole[..<head])
        let old = UnsafeRawBufferPointer(rebasing: whole[head..<(whole.count - tail)])
        let new = UnsafeRawBufferPointer(rebasing: other[head..<(other.count - tail)])
        return withUnsafeMutablePointer(to: &hunks) { hunks in
          git_diff_buffers(
            old.baseAddress, old.count, nil, new.baseAddress, new.count, nil, &options, nil, nil,
            { _, hunk, payload in
              guard let hunk = hunk?.pointee, let payload else { return 0 }
              payload.assumingMemoryBound(to: [LineHunk].self).pointee.append(
                (range(hunk.old_start, hunk.old_lines), range(hunk.new_start, hunk.new_lines)))
              return 0
            }, nil, hunks)
        }
      }
    }
    try check("git_diff_buffers", code)
    guard skipped > 0 else { return hunks }
    return hunks.map { hunk in
      (
        (hunk.old.lowerBound + skipped)..<(hunk.old.upperBound + skipped),
        (hunk.new.lowerBound + skipped)..<(hunk.new.upperBound + skipped)
      )
    }
  }
}

/// How many bytes at the beginning and at the end of two texts need no comparison: whole lines that are the same.
///
/// Some lines are kept on both sides, because a change can be moved along lines that are like it. A large file with
/// a small change then takes a twentieth of the time.
func commonEnds(_ old: UnsafeRawBufferPointer, _ new: UnsafeRawBufferPointer) -> (
  head: Int, tail: Int
) {
  let kept = 100
  let shorter = min(old.count, new.count)
  guard let left = old.baseAddress, let right = new.baseAddress else { return (0, 0) }
  let block = 1024
  var head = 0
  while head + block <= shorter, memcmp(left + head, right + head, block) == 0 { head += block }
  while head < shorter, old[head] == new[head] { head += 1 }
  var lines = 0
  while head > 0 {
    if old[head - 1] == 10 {
      lines += 1
      if lines > kept { break }
    }
    head -= 1
  }
  let longest = shorter - head
  var tail = 0
  while tail + block <= longest,
    memcmp(left + (old.count - tail - block), right + (new.count - tail - block), block) == 0
  {
    tail += block
  }
  while tail < longest, old[old.count - tail - 1] == new[new.count - tail - 1] { tail += 1 }
  lines = 0
  while tail > 0 {
    if old[old.count - tail] == 10 {
      lines += 1
      if lines > kept {
        tail -= 1
        break
      }
    }
    tail -= 1
  }
  return (head, tail)
}

/// How many lines end among the bytes.
private func feeds(_ bytes: Slice<UnsafeRawBufferPointer>) -> Int {
  var feeds = 0
  for byte in UnsafeRawBufferPointer(rebasing: bytes) { feeds &+= byte == 10 ? 1 : 0 }
  return feeds
}

/// git names the line *before* where no line is.
private func range(_ start: Int32, _ count: Int32) -> Range<Int> {
  let first = Int(start) + (count == 0 ? 1 : 0)
  return first..<(first + Int(max(count, 0)))
}
