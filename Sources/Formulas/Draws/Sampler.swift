// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
import Tables

/// A distribution whose arguments are parts of formulas, ready to be bound to rows.
indirect enum Sampler: Sendable {
  case family(DistributionFamily, DistributionFamily.Form, [CompiledPart], SourcePlace)
  case truncated(Sampler, CompiledPart, CompiledPart, SourcePlace)
  case mixture([(weight: CompiledPart, sampler: Sampler)], SourcePlace)
  case rounded(Sampler, Double)
  case heaped(Sampler, Double, share: Double)
  /// Values at probabilities, with straight lines between them.
  case quantiles([Double], [Double])
  case histogram([Double], CumulativeWeights)
  case zipf(CumulativeWeights)
  /// Days from one date to another, both included.
  case days(CompiledPart, CompiledPart, SourcePlace)
}

/// Why a row's arguments give no distribution.
enum SamplerFailure: Error {
  case missing
  case invalid(SourcePlace, String, String)
}

/// A sampler whose arguments are known for each row of a block.
indirect enum BoundSampler {
  case family(
    DistributionFamily.Form, DistributionFamily, [ValueVector], [[Double]], SourcePlace,
    isConstant: Bool)
  case truncated(BoundSampler, ValueVector, [Double], ValueVector, [Double], SourcePlace)
  case mixture([(ValueVector, [Double], BoundSampler)], SourcePlace)
  case rounded(BoundSampler, Double)
  case heaped(BoundSampler, Double, Double)
  case quantiles([Double], [Double])
  case histogram([Double], CumulativeWeights)
  case zipf(CumulativeWeights)
  case days(ValueVector, [Int64], ValueVector, [Int64], SourcePlace)

  init(_ sampler: Sampler, _ frame: Frame) {
    func bind(_ part: CompiledPart) -> (ValueVector, [Double]) {
      let vector = part.evaluate(frame)
      return (vector, vector.numbers)
    }
    switch sampler {
    case .family(let family, let form, let parts, let place):
      let vectors = parts.map { $0.evaluate(frame) }
      self = .family(
        form, family, vectors, vectors.map(\.numbers), place,
        isConstant: vectors.allSatisfy { $0.isConstant && $0.missing.codes.isEmpty })
    case .truncated(let inner, let low, let high, let place):
      let (lows, lowNumbers) = bind(low)
      let (highs, highNumbers) = bind(high)
      self = .truncated(
        BoundSampler(inner, frame), lows, lowNumbers, highs, highNumbers, place)
    case .mixture(let parts, let place):
      self = .mixture(
        parts.map { part in
          let (vector, numbers) = bind(part.weight)
          return (vector, numbers, BoundSampler(part.sampler, frame))
        }, place)
    case .rounded(let inner, let unit): self = .rounded(BoundSampler(inner, frame), unit)
    case .heaped(let inner, let unit, let share):
      self = .heaped(BoundSampler(inner, frame), unit, share)
    case .quantiles(let probabilities, let values): self = .quantiles(probabilities, values)
    case .histogram(let edges, let weights): self = .histogram(edges, weights)
    case .zipf(let weights): self = .zipf(weights)
    case .days(let low, let high, let place):
      let lows = low.evaluate(frame)
      let highs = high.evaluate(frame)
      self = .days(lows, lows.wholes, highs, highs.wholes, place)
    }
  }

  func draw(_ row: Int, _ stream: inout RandomStream) throws(SamplerFailure) -> Double {
    switch self {
    case .family(let form, _, let vectors, let numbers, let place, let isConstant):
      var arguments = SIMD4<Double>()
      for index in numbers.indices {
        if !isConstant, vectors[index].isMissing(at: row) { throw .missing }
        arguments[index] = numbers[index][row & vectors[index].mask]
      }
      if !isConstant || row == 0 { try Self.check(form, arguments, place) }
      return form.draw(arguments, &stream)
    case .truncated(let inner, let lows, let low, let highs, let high, let place):
      if lows.isMissing(at: row) || highs.isMissing(at: row) { throw .missing }
      return try Self.truncated(
        inner, low[row & lows.mask], high[row & highs.mask], place, row, &stream)
    case .mixture(let parts, let place):
      var total = 0.0
      for (vector, numbers, _) in parts {
        if vector.isMissing(at: row) { throw .missing }
        let weight = numbers[row & vector.mask]
        guard weight >= 0 else {
          throw .invalid(place, "a weight of the mixture is negative", "Use weights of 0 or above.")
        }
        total += weight
      }
      guard total > 0 else {
        throw .invalid(place, "all weights of the mixture are 0", "Give one a weight above 0.")
      }
      var u = Draws.uniform(using: &stream) * total
      for (vector, numbers, sampler) in parts {
        let weight = numbers[row & vector.mask]
        if u < weight { return try sampler.draw(row, &stream) }
        u -= weight
      }
      return try parts[parts.count - 1].2.draw(row, &stream)
    case .rounded(let inner, let unit):
      return (try inner.draw(row, &stream) / unit).rounded() * unit
    case .heaped(let inner, let unit, let share):
      let isHeaped = Draws.uniform(using: &stream) < share
      let value = try inner.draw(row, &stream)
      return isHeaped ? (value / unit).rounded() * unit : value
    case .quantiles(let probabilities, let values):
      let u = Draws.uniform(using: &stream)
      var place = 1
      while place < probabilities.count - 1, probabilities[place] <= u { place += 1 }
      let low = probabilities[place - 1]
      let share = (u - low) / (probabilities[place] - low)
      return values[place - 1] + share * (values[place] - values[place - 1])
    case .histogram(let edges, let weights):
      let bin = weights.draw(using: &stream)
      return edges[bin] + (edges[bin + 1] - edges[bin]) * Draws.uniform(using: &stream)
    case .zipf(let weights): return Double(weights.draw(using: &stream) + 1)
    case .days(let lows, let low, let highs, let high, let place):
      if lows.isMissing(at: row) || highs.isMissing(at: row) { throw .missing }
      let from = low[row & lows.mask]
      let to = high[row & highs.mask]
      guard from <= to else {
        throw .invalid(place, "the first date is after the second", "Write the earlier date first.")
      }
      return Double(from) + Double(Draws.integer(below: Int(to - from) + 1, using: &stream))
    }
  }

  static func check(
    _ form: DistributionFamily.Form, _ arguments: SIMD4<Double>, _ place: SourcePlace
  ) throws(SamplerFailure) {
    for (index, parameter) in form.parameters.enumerated() {
      let value = arguments[index]
      let isFine =
        switch parameter.domain {
        case .any: true
        case .positive: value > 0
        case .notNegative: value >= 0
        case .probability: value >= 0 && value <= 1
        case .count: value >= 0 && value == value.rounded() && value < 0x1p53
        }
      guard isFine else {
        throw .invalid(
          place, "`\(parameter.name)` is not \(parameter.domain.rawValue)",
          "Change the argument, or bound it with `min` and `max`.")
      }
    }
    if let isValid = form.isValid, !isValid(arguments) {
      throw .invalid(place, form.validity, "Change the arguments.")
    }
  }

  /// By drawing until a value falls inside; the bounds must hold a ten-thousandth or so of the law.
  private static func truncated(
    _ inner: BoundSampler, _ low: Double, _ high: Double, _ place: SourcePlace, _ row: Int,
    _ stream: inout RandomStream
  ) throws(SamplerFailure) -> Double {
    guard low <= high else {
      throw .invalid(
        place, "the lower bound is above the upper one", "Write the lower bound first.")
    }
    for _ in 0..<100_000 {
      let value = try inner.draw(row, &stream)
      if value >= low, value <= high { return value }
    }
    throw .invalid(
      place, "hardly any value falls between the bounds",
      "Widen the bounds or move the distribution.")
  }
}
