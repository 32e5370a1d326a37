import Git

extension CommitMessageHook {
  /// The message as it will be committed: without what an editor's template adds.
  static func cleaned(_ raw: [UInt8]) throws -> [UInt8] {
    var mark: [UInt8] = [0x23]
    var cleanup = "default"
    // Asked only when there is something to clean; git knows its own precedence.
    if raw.contains(where: { $0 == 0x0A }) {
      let answer = try GitCommand.run([
        "config", "-z", "--get-regexp", "^(core\\.comment(char|string)|commit\\.cleanup)$",
      ])
      for entry in answer.standardOutput.split(separator: 0) {
        let parts = entry.split(separator: 0x0A, maxSplits: 1)
        guard parts.count == 2 else { continue }
        if parts[0].starts(with: "commit".utf8) {
          cleanup = String(decoding: parts[1], as: UTF8.self)
        } else if !parts[1].elementsEqual("auto".utf8) {
          mark = Array(parts[1])
        }
      }
    }
    let scissors = mark + Array(" ------------------------ >8 ------------------------".utf8)
    var result: [UInt8] = []
    for line in raw.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.elementsEqual(scissors) { break }
      if ["default", "strip"].contains(cleanup), line.starts(with: mark) { continue }
      result += line
      result.append(0x0A)
    }
    while result.last == 0x0A { result.removeLast() }
    if !result.isEmpty { result.append(0x0A) }
    return result
  }
}
