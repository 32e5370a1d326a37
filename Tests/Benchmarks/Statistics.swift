/// The same things measured over and over, one after the other in each round, so that what disturbs the machine
/// disturbs all of them.
struct Rounds {
  /// One list per child, one sample per round.
  private let samples: [[Child.Sample]]

  /// A first round that does not count warms the caches. `before` runs ahead of each child, by its place in the list,
  /// and is not measured.
  init(_ children: [Child], count: Int, before: (Int) throws -> Void = { _ in }) throws {
    var samples = children.map { _ in [Child.Sample]() }
    for round in 0...count {
      for (index, child) in children.enumerated() {
        try before(index)
        let sample = try child.run()
        guard sample.status == 0 else {
          throw Failure("status \(sample.status): \(child.program) \(child.arguments)")
        }
        if round > 0 { samples[index].append(sample) }
      }
    }
    self.samples = samples
  }

  typealias Time = KeyPath<Child.Sample, Double>

  /// Milliseconds.
  func wall(of child: Int) -> Spread { Spread(samples[child].map(\.wall)) }

  func peakMiB(of child: Int) -> Double { Double(samples[child].map(\.peak).max() ?? 0) / 1_048_576 }

  /// The ratios within each round to what the others took together.
  func ratio(_ time: Time, of child: Int, to others: [Int]) -> Spread {
    Spread(
      samples[child].indices.map { round in
        samples[child][round][keyPath: time]
          / others.reduce(0) { $0 + samples[$1][round][keyPath: time] }
      })
  }

  /// The differences within each round, in milliseconds.
  func difference(_ time: Time, of child: Int, to other: Int) -> Spread {
    Spread(zip(samples[child], samples[other]).map { $0[keyPath: time] - $1[keyPath: time] })
  }
}

/// The median of some values, and where the lowest and the highest tenth of them begin.
struct Spread {
  let median: Double
  let low: Double
  let high: Double

  init(_ values: [Double]) {
    let sorted = values.sorted()
    func quantile(_ share: Double) -> Double {
      sorted.isEmpty ? .nan : sorted[Int((share * Double(sorted.count - 1)).rounded())]
    }
    (low, median, high) = (quantile(0.1), quantile(0.5), quantile(0.9))
  }

  func formatted(_ digits: Int) -> String {
    "\(median.formatted(digits)) (\(low.formatted(digits))–\(high.formatted(digits)))"
  }
}

extension Double {
  /// With that many digits after the point.
  func formatted(_ digits: Int) -> String {
    guard isFinite else { return "–" }
    var scale = 1
    for _ in 0..<digits { scale *= 10 }
    let number = Int((magnitude * Double(scale)).rounded())
    let fraction = String(number % scale)
    let sign = self < 0 && number > 0 ? "-" : ""
    return sign + "\(number / scale)"
      + (digits == 0 ? "" : "." + String(repeating: "0", count: digits - fraction.count) + fraction)
  }
}
