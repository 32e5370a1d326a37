import BetAttribution

/// Each of two hundred random non-merge commits is a bet of its own: which lines of HEAD did it bring?
///
/// Every file of the commit that is still at its path in HEAD is asked about, line by line, of the rule and of
/// `git blame -w`. Translations are left out, as nobody's lines.
func measureAgreement(_ history: History) throws {
  var dice = Dice(state: 1)
  let chosen = try history.ids(["--no-merges", "-n", "3000", "HEAD"]).shuffled(using: &dice).prefix(200)
  let head = try history.commit(history.ids(["-n", "1", "HEAD"])[0])
  let trees = TreeReader(history.repository)
  var (files, same, both, ours, theirs) = (0, 0, 0, 0, 0)
  for id in chosen {
    let territory = try Territory(of: [id], in: history.repository)
    let finder = try OverlapFinder(history.repository, territories: [BetID("bet"): territory])
    for path in Set(territory.rows.map(\.path)).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      guard let blob = try trees.entry(at: path, in: head.tree)?.id,
        !path.suffix(3).elementsEqual(".po".utf8),
        let found = try finder.lines(of: BetID("bet"), at: path, in: blob)
      else { continue }
      let blamed = try blame(path, id, history)
      let common = found.intersection(blamed).lineCount
      files += 1
      same += found == blamed ? 1 : 0
      both += common
      ours += found.lineCount
      theirs += blamed.lineCount
      if found != blamed {
        print(
          "\(id) \(String(decoding: path, as: UTF8.self)): ours \(found.lineCount), git \(blamed.lineCount)"
            + ", both \(common)")
      }
    }
  }
  print(
    """
    \(files) files, \(same) with the same lines; precision \((Double(both) / Double(ours)).rounded), \
    recall \((Double(both) / Double(theirs)).rounded)
    """)
}

/// The lines of HEAD's file that `git blame` gives to a commit; older history does not matter to that.
private func blame(_ path: [UInt8], _ commit: ObjectID, _ history: History) throws -> RangeSet<Int> {
  let name = String(decoding: path, as: UTF8.self)
  let text = try history.lines(
    "blame", "-w", "-s", "-l", "--root", "HEAD", "--not", "\(commit)^@", "--", name)
  var lines = RangeSet<Int>()
  for (number, line) in text.enumerated() where line.hasPrefix("\(commit)") {
    lines.insert(contentsOf: (number + 1)..<(number + 2))
  }
  return lines
}
