#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A table in Markdown; each line is written as soon as it is known.
struct Table {
  private let columns: Int

  /// The first column holds words, the others figures.
  init(_ columns: [String]) {
    self.columns = columns.count
    print()
    row(columns)
    row(["---"] + columns.dropFirst().map { _ in "--:" })
  }

  func row(_ cells: [String]) {
    let missing = Array(repeating: "", count: max(0, columns - cells.count))
    print("| " + (cells + missing).joined(separator: " | ") + " |")
    fflush(nil)
  }
}

/// What a figure may be at most.
struct Aim {
  let most: Double
  var unit = ""

  init(_ most: Double, _ unit: String = "") {
    self.most = most
    self.unit = unit
  }

  /// The aim, and whether the figure misses it.
  func cell(_ figure: Double) -> String {
    let digits = most == most.rounded() ? 0 : 2
    let text = most.formatted(digits) + unit
    return figure > most ? "\(text), **missed**" : text
  }
}

/// The columns in which something of ours stands beside git's own.
enum Comparison {
  static let columns = ["git ms", "git bet ms", "CPU, × git (p10–p90)", "wall, × git (p10–p90)", "at most ×"]

  /// Of the children the last is ours, the others are git's for the same. What is held to an aim is the CPU time: other
  /// work on the machine disturbs it less.
  static func cells(_ rounds: Rounds, aim: Aim?, git: [Int] = [0], ours: Int = 1) -> [String] {
    let cpu = rounds.ratio(\.cpu, of: ours, to: git)
    return [
      git.reduce(0.0) { $0 + rounds.wall(of: $1).median }.formatted(1),
      rounds.wall(of: ours).median.formatted(1), cpu.formatted(2),
      rounds.ratio(\.wall, of: ours, to: git).formatted(2), aim?.cell(cpu.median) ?? "",
    ]
  }
}
