// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness

extension BoundSampler {
  /// The probability of x and what lies below, in a row.
  func upTo(_ x: Double, _ row: Int) throws(SamplerFailure) -> Double {
    try share(x, row, isIncluded: true)
  }

  /// The probability of what lies below x, in a row.
  func below(_ x: Double, _ row: Int) throws(SamplerFailure) -> Double {
    try share(x, row, isIncluded: false)
  }

  private func share(
    _ x: Double, _ row: Int, isIncluded: Bool
  ) throws(SamplerFailure) -> Double {
    switch self {
    case .family(let form, let family, _, _, let place, _):
      let arguments = try arguments(row)
      guard let law = family.law(of: form) else { throw Self.lawless(place) }
      // Between whole numbers a law of counts is level.
      let isWhole = family.result != .number
      if isIncluded { return law.upTo(arguments, x) }
      return law.upTo(arguments, isWhole ? x.rounded(.up) - 1 : x.nextDown)
    case .truncated(let inner, _, _, _, _, _):
      let (low, high, from, to) = try bounds(row)
      if isIncluded ? x < low : x <= low { return 0 }
      if x > high || (isIncluded && x == high) { return 1 }
      let value = try inner.share(x, row, isIncluded: isIncluded)
      return min(1, max(0, (value - from) / (to - from)))
    case .mixture(let parts, let place):
      let weights = try weights(parts, row, place)
      var sum = 0.0
      for (weight, part) in zip(weights, parts) where weight > 0 {
        sum += weight * (try part.2.share(x, row, isIncluded: isIncluded))
      }
      return sum
    case .rounded(let inner, let unit):
      let place = isIncluded ? (x / unit).rounded(.down) : (x / unit).rounded(.up) - 1
      // Halves are rounded away from 0.
      return try inner.share((place + 0.5) * unit, row, isIncluded: place < 0)
    case .heaped(let inner, let unit, let heaped):
      let rounded = BoundSampler.rounded(inner, unit)
      return heaped * (try rounded.share(x, row, isIncluded: isIncluded))
        + (1 - heaped) * (try inner.share(x, row, isIncluded: isIncluded))
    case .quantiles(let probabilities, let values):
      if isIncluded ? x < values[0] : x <= values[0] { return 0 }
      for place in 1..<values.count {
        let isBefore = isIncluded ? x < values[place] : x <= values[place]
        guard isBefore else { continue }
        let part = (x - values[place - 1]) / (values[place] - values[place - 1])
        return probabilities[place - 1]
          + part * (probabilities[place] - probabilities[place - 1])
      }
      return 1
    case .histogram(let edges, let weights):
      guard x > edges[0] else { return 0 }
      for bin in 1..<edges.count where x < edges[bin] {
        let below = weights.share(below: bin - 1)
        let part = (x - edges[bin - 1]) / (edges[bin] - edges[bin - 1])
        return below + part * (weights.share(below: bin) - below)
      }
      return 1
    case .zipf(let weights):
      let count = isIncluded ? x.rounded(.down) : x.rounded(.up) - 1
      return weights.share(below: Int(max(0, min(count, Double(weights.count)))))
    case .days:
      let (from, to) = try days(row)
      let count = (isIncluded ? x.rounded(.down) : x.rounded(.up) - 1) - from + 1
      return min(1, max(0, count / (to - from + 1)))
    }
  }

  /// The least value at or below which a share u of the law lies, in a row.
  ///
  /// - Precondition: u is in (0, 1).
  func quantile(_ u: Double, _ row: Int) throws(SamplerFailure) -> Double {
    switch self {
    case .family(let form, let family, _, _, let place, _):
      let arguments = try arguments(row)
      guard let law = family.law(of: form) else { throw Self.lawless(place) }
      return law.quantile(arguments, u)
    case .truncated(let inner, _, _, _, _, _):
      let (low, high, from, to) = try bounds(row)
      let inside = min(max(from + u * (to - from), 0x1p-1000), 1 - 0x1p-53)
      return min(high, max(low, try inner.quantile(inside, row)))
    case .mixture(let parts, let place):
      let weights = try weights(parts, row, place)
      var (low, high) = (Double.infinity, -Double.infinity)
      for (weight, part) in zip(weights, parts) where weight > 0 {
        let value = try part.2.quantile(u, row)
        low = min(low, value)
        high = max(high, value)
      }
      return try between(low, high, u, row)
    case .rounded(let inner, let unit): return (try inner.quantile(u, row) / unit).rounded() * unit
    case .heaped(let inner, let unit, _):
      let value = try inner.quantile(u, row)
      let rounded = (value / unit).rounded() * unit
      return try between(min(value, rounded), max(value, rounded), u, row)
    case .quantiles(let probabilities, let values):
      var place = 1
      while place < probabilities.count - 1, probabilities[place] <= u { place += 1 }
      let low = probabilities[place - 1]
      let part = (u - low) / (probabilities[place] - low)
      return values[place - 1] + part * (values[place] - values[place - 1])
    case .histogram(let edges, let weights):
      let bin = weights.index(at: u)
      let low = weights.share(below: bin)
      let part = (u - low) / (weights.share(below: bin + 1) - low)
      return edges[bin] + (edges[bin + 1] - edges[bin]) * min(1, max(0, part))
    case .zipf(let weights): return Double(weights.index(at: u) + 1)
    case .days:
      let (from, to) = try days(row)
      return min(to, from + (u * (to - from + 1)).rounded(.down))
    }
  }

  /// Where the law reaches a share, between two values that hold the place.
  private func between(
    _ low: Double, _ high: Double, _ u: Double, _ row: Int
  ) throws(SamplerFailure) -> Double {
    var failure: SamplerFailure?
    func reached(_ x: Double) -> Double {
      do { return try upTo(x, row) } catch {
        failure = error
        return 1
      }
    }
    let value: Double
    if isWhole {
      var (a, b) = (low.rounded(.down) - 1, high.rounded(.up))
      while b - a > 1 {
        let middle = ((a + b) / 2).rounded(.down)
        if reached(middle) < u { a = middle } else { b = middle }
      }
      value = b
    } else {
      value = DistributionLaw.inverse(of: u, between: low, and: high, reached)
    }
    if let failure { throw failure }
    return value
  }

  /// Whether all values are whole numbers.
  private var isWhole: Bool {
    switch self {
    case .family(_, let family, _, _, _, _): family.result != .number
    case .truncated(let inner, _, _, _, _, _): inner.isWhole
    case .mixture(let parts, _): parts.allSatisfy(\.2.isWhole)
    case .rounded(_, let unit): unit == unit.rounded()
    case .heaped(let inner, let unit, _): inner.isWhole && unit == unit.rounded()
    case .quantiles, .histogram: false
    case .zipf, .days: true
    }
  }

  // MARK: A row's arguments

  private static func lawless(_ place: SourcePlace) -> SamplerFailure {
    .invalid(place, "the distribution has no inverse", "Take the column out of `correlated`.")
  }

  private func arguments(_ row: Int) throws(SamplerFailure) -> SIMD4<Double> {
    guard case .family(let form, _, let vectors, let numbers, let place, _) = self else {
      return .zero
    }
    var arguments = SIMD4<Double>()
    for index in numbers.indices {
      if vectors[index].isMissing(at: row) { throw .missing }
      arguments[index] = numbers[index][row & vectors[index].mask]
    }
    try Self.check(form, arguments, place)
    return arguments
  }

  /// The bounds of a truncated law, and the shares of the whole law below them.
  private func bounds(
    _ row: Int
  ) throws(SamplerFailure) -> (low: Double, high: Double, from: Double, to: Double) {
    guard case .truncated(let inner, let lows, let low, let highs, let high, let place) = self
    else { return (0, 0, 0, 1) }
    if lows.isMissing(at: row) || highs.isMissing(at: row) { throw .missing }
    let (least, most) = (low[row & lows.mask], high[row & highs.mask])
    guard least <= most else {
      throw .invalid(
        place, "the lower bound is above the upper one", "Write the lower bound first.")
    }
    let from = try inner.below(least, row)
    let to = try inner.upTo(most, row)
    guard to - from > 1e-9 else {
      throw .invalid(
        place, "hardly any value falls between the bounds",
        "Widen the bounds or move the distribution.")
    }
    return (least, most, from, to)
  }

  private func weights(
    _ parts: [(ValueVector, [Double], BoundSampler)], _ row: Int, _ place: SourcePlace
  ) throws(SamplerFailure) -> [Double] {
    var weights: [Double] = []
    for (vector, numbers, _) in parts {
      if vector.isMissing(at: row) { throw .missing }
      weights.append(numbers[row & vector.mask])
    }
    let total = weights.reduce(0, +)
    guard weights.allSatisfy({ $0 >= 0 }), total > 0 else {
      throw .invalid(
        place, "the weights of the mixture are negative or all 0",
        "Use weights of 0 or above, one of them above 0.")
    }
    return weights.map { $0 / total }
  }

  private func days(_ row: Int) throws(SamplerFailure) -> (Double, Double) {
    guard case .days(let lows, let low, let highs, let high, let place) = self else {
      return (0, 0)
    }
    if lows.isMissing(at: row) || highs.isMissing(at: row) { throw .missing }
    let from = low[row & lows.mask]
    let to = high[row & highs.mask]
    guard from <= to else {
      throw .invalid(place, "the first date is after the second", "Write the earlier date first.")
    }
    return (Double(from), Double(to))
  }
}
