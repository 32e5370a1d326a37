import GitFormats

/// Any object id, by its number.
package func oid(_ number: Int) -> ObjectID {
  let digits = String(number, radix: 16)
  guard let id = ObjectID(hex: String(repeating: "0", count: 40 - digits.count) + digits) else {
    preconditionFailure("not hexadecimal: \(digits)")
  }
  return id
}
