/// Text in front of a person: what a page takes, and nothing else.
///
/// It is written as a literal, and whatever is put into one is made printable: `"linked \(branch) to \(bet)"`. A
/// string cannot become one by itself, so nothing that came from a repository is printed as it is. A word carries
/// its style: `"\(bet.name, .bold)"`.
package struct DisplayText: Sendable {
  struct Run: Sendable {
    var text: String
    var styles: [Style] = []
  }

  private(set) var runs: [Run] = []

  /// In characters.
  package var count: Int { runs.reduce(0) { $0 + $1.text.count } }

  /// The text for a terminal, or for whoever reads the output: then there is no colour.
  package func rendered(inColour: Bool) -> String {
    withoutHostCommands.runs.map { run in
      guard inColour, !run.styles.isEmpty, !run.text.isEmpty else { return run.text }
      return "\u{1B}[\(run.styles.map(\.rawValue).joined(separator: ";"))m\(run.text)\u{1B}[0m"
    }.joined()
  }

  package static func + (left: DisplayText, right: DisplayText) -> DisplayText {
    var sum = left
    sum.runs += right.runs
    return sum
  }

  package static func += (left: inout DisplayText, right: DisplayText) { left = left + right }
}

/// How a word is shown, by its number in a terminal's language.
package enum Style: String, Sendable {
  case bold = "1"
  case faint = "2"
  case red = "31"
  case green = "32"
  case yellow = "33"
  case blue = "34"
  case cyan = "36"
}

extension Sequence<DisplayText> {
  package func joined(separator: DisplayText = "") -> DisplayText {
    var sum: DisplayText = ""
    for (index, text) in enumerated() { sum += index == 0 ? text : separator + text }
    return sum
  }
}

// MARK: Written as it reads

extension DisplayText: ExpressibleByStringInterpolation {
  // A static string is in the program: no other can take the place of a literal.
  package init(stringLiteral words: StaticString) { runs = [Run(text: words.description)] }
  package init(stringInterpolation: StringInterpolation) { runs = stringInterpolation.runs }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var runs: [Run] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      runs.reserveCapacity(2 * interpolationCount + 1)
    }

    package mutating func appendLiteral(_ words: StaticString) { runs.append(Run(text: words.description)) }

    /// Puts in what comes from anywhere.
    package mutating func appendInterpolation(_ value: some CustomStringConvertible, _ styles: Style...) {
      runs.append(Run(text: Text.printable(value.description), styles: styles))
    }

    /// The same of a text, which most are: what is generic is called as it stands from other rooms.
    package mutating func appendInterpolation(_ text: String, _ styles: Style...) {
      runs.append(Run(text: Text.printable(text), styles: styles))
    }

    /// Puts in what is printable already.
    package mutating func appendInterpolation(_ text: DisplayText, _ styles: Style...) {
      runs += text.runs.map { Run(text: $0.text, styles: $0.styles + styles) }
    }
  }
}

// MARK: Hosts that read along

extension DisplayText {
  /// The text without what a CI host takes for a command to it, of which one character is spelled.
  ///
  /// GitHub looks for `::` at the beginning of a line, behind any white space; Azure, TeamCity and GitHub for `##[`,
  /// `##vso[` and `##teamcity[` anywhere. Looked for in the whole: two words can make one together.
  private var withoutHostCommands: DisplayText {
    // Most lines have no two of these.
    let signs = runs.reduce(0) { count, run in count + run.text.utf8.count { $0 == 0x3A || $0 == 0x23 } }
    guard signs > 1 else { return self }
    let scalars = runs.flatMap { run in run.text.unicodeScalars.map { (scalar: $0, styles: run.styles) } }
    let positions = DisplayText.hostCommands(in: scalars.map(\.scalar))
    guard !positions.isEmpty else { return self }
    var spelled: DisplayText = ""
    for (index, (scalar, styles)) in scalars.enumerated() {
      let text = positions.contains(index) ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
      spelled.runs.append(Run(text: text, styles: styles))
    }
    return spelled
  }

  private static func hostCommands(in scalars: [Unicode.Scalar]) -> Set<Int> {
    var found: Set<Int> = []
    var isStart = true
    for index in scalars.indices.dropLast() {
      let scalar = scalars[index]
      if scalar == "\n" {
        isStart = true
      } else if !(isStart && scalar.properties.isWhitespace) {
        if isStart, scalar == ":", scalars[index + 1] == ":" { found.insert(index) }
        if scalar == "#", scalars[index + 1] == "#",
          scalars[(index + 2)...].first(where: { !$0.properties.isAlphabetic }) == "["
        {
          found.insert(index + 1)
        }
        isStart = false
      }
    }
    return found
  }
}
