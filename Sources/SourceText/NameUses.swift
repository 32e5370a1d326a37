/// How one piece of work uses names of others: what it adds of them in code, less what it takes out.
package struct NameUses: Sendable {
  /// By the number of the name.
  private var counts: [Int: Int] = [:]
  private var defined: Set<Int> = []

  package init() {}

  /// Takes a line that the work adds or takes out, as a `CodeReader` made it.
  ///
  /// Whoever defines a name of their own, as a type, a function or a local one, does not use another's.
  package mutating func add(
    _ code: ArraySlice<UInt8>, _ language: SourceLanguage, isAdded: Bool, among table: NameTable
  ) {
    var isMet = false
    Words.forEach(in: code) { range in
      guard let number = table.number(of: code, range) else { return }
      counts[number, default: 0] += isAdded ? 1 : -1
      isMet = true
    }
    guard isMet, isAdded else { return }
    Definitions.forEach(in: code, language) { range, kind in
      if kind != .field, let number = table.number(of: code, range) { defined.insert(number) }
    }
  }

  /// The names it uses, by their numbers, and how often; none that it defines itself.
  package var uses: [(name: Int, count: Int)] {
    counts.filter { $0.value > 0 && !defined.contains($0.key) }.sorted { $0.key < $1.key }.map {
      ($0.key, $0.value)
    }
  }
}

/// How sure it is that work which uses these names rests on what brought them.
package enum UseLevel: Int, Comparable, Sendable {
  /// A good name.
  case plain
  /// Or: a composite that a keyword defined or that has an uncommon part; several names or uses.
  case middle
  /// A composite that a keyword defined, or several names and uses.
  case strict

  package struct Use: Sendable {
    package let quality: NameQuality
    package let kind: Definitions.Kind
    package let count: Int

    package init(quality: NameQuality, kind: Definitions.Kind, count: Int) {
      self.quality = quality
      self.kind = kind
      self.count = count
    }
  }

  /// The highest level that the uses of what one bet brought reach; nil when none of them has a good name.
  package init?(_ uses: [Use]) {
    let good = uses.filter { $0.count > 0 && $0.quality.isGood($0.kind) }
    guard !good.isEmpty else { return nil }
    let composites = good.filter(\.quality.isComposite)
    let isOften = good.reduce(0) { $0 + $1.count } >= 3
    if composites.contains(where: { $0.kind == .keyword })
      || isOften && (good.count >= 2 || !composites.isEmpty)
    {
      self = .strict
    } else if composites.contains(where: \.quality.hasUncommonPart) {
      self = .middle
    } else {
      self = .plain
    }
  }

  package static func < (one: UseLevel, other: UseLevel) -> Bool { one.rawValue < other.rawValue }
}
