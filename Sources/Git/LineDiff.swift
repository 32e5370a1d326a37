import Clibgit2

/// Lines that were replaced by others: numbers from 1, an empty range standing before the line it begins at.
public typealias Hunk = (old: Range<Int>, new: Range<Int>)

extension TextBlob {
  /// The changes from this text to another, in order, without lines around them.
  ///
  /// git's own algorithm with its indent heuristic, as in `git diff` and `git blame`. Blank space counts
  /// unless `ignoringBlanks`: then lines that differ in nothing else are the same.
  ///
  /// The corresponding C function is `git_diff_buffers`.
  public func hunks(to new: TextBlob, ignoringBlanks: Bool = false) throws(GitError) -> [Hunk] {
    LibGit2.start()
    var options = git_diff_options()
    try check(
      "git_diff_options_init", git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)))
    options.context_lines = 0
    options.interhunk_lines = 0
    options.flags |= GIT_DIFF_FORCE_TEXT.rawValue | GIT_DIFF_INDENT_HEURISTIC.rawValue
    if ignoringBlanks { options.flags |= GIT_DIFF_IGNORE_WHITESPACE.rawValue }
    var hunks: [Hunk] = []
    let code = bytes.withUnsafeBytes { old in
      new.bytes.withUnsafeBytes { new in
        withUnsafeMutablePointer(to: &hunks) { hunks in
          git_diff_buffers(
            old.baseAddress, old.count, nil, new.baseAddress, new.count, nil, &options, nil, nil,
            { _, hunk, payload in
              guard let hunk = hunk?.pointee, let payload else { return 0 }
              payload.assumingMemoryBound(to: [Hunk].self).pointee.append(
                (range(hunk.old_start, hunk.old_lines), range(hunk.new_start, hunk.new_lines)))
              return 0
            }, nil, hunks)
        }
      }
    }
    try check("git_diff_buffers", code)
    return hunks
  }
}

/// git names the line *before* where no line is.
private func range(_ start: Int32, _ count: Int32) -> Range<Int> {
  let first = Int(start) + (count == 0 ? 1 : 0)
  return first..<(first + Int(max(count, 0)))
}
