import GitFormats

/// The names in a line of code.
package enum Words {
  /// The places of the names of five bytes and more, first to last: `[A-Za-z_]` and what an identifier goes on with.
  ///
  /// A chain with hyphens (`search-results`) comes after the names in it. A byte outside of ASCII is a letter like any
  /// other where a name ends, but a name that holds one is left out: it could not be told from half a name in another
  /// encoding.
  package static func forEach(in code: ArraySlice<UInt8>, _ body: (Range<Int>) -> Void) {
    var at = code.startIndex
    let end = code.endIndex
    // Where a chain with hyphens began, if the name that is read may go on with it.
    var chain: Int?
    while at < end {
      guard code[at].isWordASCII || code[at] >= 0x80 else {
        at += 1
        continue
      }
      let start = at
      var isName = !code[at].isDigit
      while at < end, code[at].isWordASCII || code[at] >= 0x80 {
        if code[at] >= 0x80 { isName = false }
        at += 1
      }
      if isName, at - start >= 5 { body(start..<at) }
      let goesOn = at + 1 < end && code[at] == .hyphen && code[at + 1].isWordASCII
      if goesOn {
        chain = chain ?? (isName && !isJoined(code, at: start) ? start : nil)
        at += 1
        if chain == nil { continue }
      } else if let first = chain {
        if at - first >= 5, code[first..<at].allSatisfy({ $0 < 0x80 }), at == end || code[at] != .hyphen {
          body(first..<at)
        }
        chain = nil
      }
    }
  }

  /// Whether a hyphen stands in front.
  private static func isJoined(_ code: ArraySlice<UInt8>, at place: Int) -> Bool {
    place > code.startIndex && code[place - 1] == .hyphen
  }
}
