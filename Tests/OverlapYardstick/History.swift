import BetLedger

/// A git directory, and what git says about it.
struct History {
  let path: String
  let repository: Repository

  init(at path: String) throws {
    self.path = path
    repository = try Repository.open(at: path, trust: .gitHasAgreed)
  }

  func git(_ arguments: String...) throws -> [UInt8] {
    let output = try GitCommand.run(["-C", path] + arguments)
    guard output.status == 0 else {
      throw Failure("git \(arguments): " + String(decoding: output.standardError, as: UTF8.self))
    }
    return output.standardOutput
  }

  func lines(_ arguments: String...) throws -> [Substring] {
    let output = try GitCommand.run(["-C", path] + arguments)
    guard output.status == 0 else {
      throw Failure("git \(arguments): " + String(decoding: output.standardError, as: UTF8.self))
    }
    return String(decoding: output.standardOutput, as: UTF8.self).split(separator: "\n")
  }

  func ids(_ arguments: [String]) throws -> [ObjectID] {
    let output = try GitCommand.run(["-C", path, "rev-list"] + arguments)
    return output.text.split(separator: "\n").compactMap { ObjectID(hex: $0) }
  }

  func commit(_ id: ObjectID) throws -> RawCommit {
    guard let commit = try repository.commit(id) else { throw Failure("no commit \(id)") }
    return commit
  }
}

struct Failure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// A generator whose numbers are the same in each run.
struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    var mixed = state
    mixed = (mixed ^ (mixed >> 33)) &* 0xff51_afd7_ed55_8ccd
    return mixed ^ (mixed >> 33)
  }
}

extension Double {
  /// Rounded to three digits after the point.
  var rounded: String { "\((self * 1000).rounded() / 1000)" }
}
