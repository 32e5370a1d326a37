import GitFormats

/// Names that are looked for in code, each with a number: those of all open bets, or of all pieces of work, at once.
package struct NameTable: Sendable {
  package private(set) var names: [[UInt8]] = []
  /// The number of a name, plus one, at the first free place from its hash on; a power of two of them.
  private var slots: [Int32] = Array(repeating: 0, count: 16)

  package init() {}

  /// The number of the name, which is the same for the same name.
  package mutating func insert(_ name: ArraySlice<UInt8>) -> Int {
    let slot = slot(of: name, name.indices)
    if slots[slot] != 0 { return Int(slots[slot]) - 1 }
    names.append(Array(name))
    slots[slot] = Int32(names.count)
    if names.count * 2 > slots.count { grow() }
    return names.count - 1
  }

  /// The number of the name that stands there; nil for any other.
  package func number(of code: ArraySlice<UInt8>, _ range: Range<Int>) -> Int? {
    let number = slots[slot(of: code, range)]
    return number == 0 ? nil : Int(number) - 1
  }

  /// Where the name is, or would be.
  private func slot(of code: ArraySlice<UInt8>, _ range: Range<Int>) -> Int {
    var hash = FNV()
    for index in range { hash.add(code[index]) }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash.hash ^ hash.hash >> 32) & mask
    while slots[slot] != 0 {
      let name = names[Int(slots[slot]) - 1]
      if name.count == range.count, code[range].elementsEqual(name) { break }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for (number, name) in names.enumerated() { slots[slot(of: name[...], name.indices)] = Int32(number + 1) }
  }
}
