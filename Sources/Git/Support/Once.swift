/// A value that is made when it is first asked for, and kept. A failure is not: the next who asks tries again.
package struct Once<Value> {
  private var kept: Value?

  /// `value` is what was made already.
  package init(_ value: Value? = nil) { kept = value }

  /// The value, made by `make` unless it was made before.
  package mutating func get<Failure>(_ make: () throws(Failure) -> Value) throws(Failure) -> Value {
    if let kept { return kept }
    let made = try make()
    kept = made
    return made
  }
}
