// SPDX-License-Identifier: Apache-2.0
import Learners
import Numerics
import Randomness
import Synthesis

/// Draws chunks of rows of a copula: each normal given those before it, by the Cholesky factor of their
/// correlations.
final class CopulaChunk: JointChunk {
  /// A variable laid out for drawing.
  private struct Variable {
    let places: GaussianCopula.Places
    let missing: LatentBins?
    let present: LatentBins?
    let order: [UInt8]
    /// The place of each present bin on its normal.
    let positions: [Int]
    /// The only present bin, where there is no normal behind it.
    let onlyPresent: Int
    /// The only missing bin, or that there is none, where there is no normal behind it.
    let isAlwaysMissing: Bool
    let onlyMissing: Int
    let missingCount: Int
    let aims: [Double]
    let stream: StreamKey
  }

  private let variables: [Variable]
  private let rows: [[Double]]
  private let bins: UnsafeMutablePointer<UInt8>
  private let stride: Int
  /// The innovations: the independent normals of which each normal is a sum, a stretch each.
  private var innovations: [Double]
  /// What the normals before it say of each row's present normal, of the variable that was drawn last.
  private var means: [Double]
  private var spare: [Double]
  /// Which reason each row is missing for, counted from 1, or 0.
  private var reasons: [UInt8]
  private var firstRow = 0
  private var count = 0

  init(
    _ copula: GaussianCopula, _ variables: [JointVariable], key: RandomKey, table: String,
    bins: UnsafeMutablePointer<UInt8>, stride: Int
  ) {
    self.variables = zip(variables, zip(copula.margins, copula.places)).map { variable, law in
      let (margin, places) = law
      var positions = Array(margin.present.indices)
      for (position, bin) in margin.order.enumerated() { positions[Int(bin)] = position }
      return Variable(
        places: places, missing: margin.missingBins, present: margin.presentBins,
        order: margin.order, positions: positions,
        onlyPresent: margin.present.firstIndex { $0 > 0 } ?? 0,
        isAlwaysMissing: margin.presentWeight == 0,
        onlyMissing: margin.missing.firstIndex { $0 > 0 } ?? 0,
        missingCount: margin.missing.count, aims: CumulativeChoice.sums(margin.aims),
        stream: key.stream(table: table, path: [variable.name, "missing"]))
    }
    let factor = copula.factor
    rows = copula.supports.indices.map { row in (0...row).map { factor.entry(row, $0) } }
    self.bins = bins
    self.stride = stride
    innovations = [Double](repeating: 0, count: rows.count * stride)
    means = [Double](repeating: 0, count: stride)
    spare = [Double](repeating: 0, count: 2 * stride)
    reasons = [UInt8](repeating: 0, count: stride)
  }

  func begin(firstRow: Int, count: Int) {
    self.firstRow = firstRow
    self.count = count
  }

  func fill(_ place: Int, uniforms: UnsafePointer<Double>) {
    let variable = variables[place]
    let own = bins + place * stride
    fillSpare(variable)
    guard variable.aims.isEmpty else { return fillBalanced(variable, own, uniforms) }
    if let missing = variable.missing, let normal = variable.places.missing {
      spare.withUnsafeBufferPointer { numbers in
        guard let numbers = numbers.baseAddress else { return }
        draw(normal, numbers)
      }
      let deviation = rows[normal][normal]
      for row in 0..<count {
        reasons[row] = UInt8(
          missing.bin(means[row] + deviation * innovations[normal * stride + row]))
      }
    }
    let base = UInt8(variable.missingCount)
    if let present = variable.present, let normal = variable.places.present {
      draw(normal, uniforms)
      let deviation = rows[normal][normal]
      for row in 0..<count {
        let position = present.bin(means[row] + deviation * innovations[normal * stride + row])
        own[row] =
          base &+ (variable.order.isEmpty ? UInt8(position) : variable.order[position])
      }
    } else {
      own.update(
        repeating: variable.isAlwaysMissing
          ? UInt8(variable.onlyMissing) : base + UInt8(variable.onlyPresent), count: count)
    }
    guard variable.missing != nil else { return }
    for row in 0..<count where reasons[row] > 0 { own[row] = reasons[row] - 1 }
  }

  /// Uniform numbers for the normal behind missing cells, and further ones.
  private func fillSpare(_ variable: Variable) {
    guard variable.missing != nil || !variable.aims.isEmpty else { return }
    spare.withUnsafeMutableBufferPointer { numbers in
      guard let base = numbers.baseAddress else { return }
      variable.stream.fillUniforms(
        entities: UInt64(firstRow), count: count, draw: 0, firsts: base, seconds: base + stride)
      variable.stream.stratify(entities: UInt64(firstRow), count: count, base)
    }
  }

  /// Draws a normal, given those before it, and keeps what these say of it.
  private func draw(_ normal: Int, _ uniforms: UnsafePointer<Double>) {
    let factor = rows[normal]
    let (count, stride) = (count, stride)
    means.withUnsafeMutableBufferPointer { means in
      innovations.withUnsafeMutableBufferPointer { innovations in
        for row in 0..<count { means[row] = 0 }
        for before in 0..<normal where factor[before] != 0 {
          let weight = factor[before]
          let start = before &* stride
          for row in 0..<count { means[row] += weight * innovations[start &+ row] }
        }
        let start = normal &* stride
        for row in 0..<count {
          innovations[start &+ row] = NormalDistribution.quantile(max(uniforms[row], 0x1p-54))
        }
      }
    }
  }

  /// Draws the first variable by other weights of its bins; the normals behind each bin stay what they are.
  private func fillBalanced(
    _ variable: Variable, _ own: UnsafeMutablePointer<UInt8>, _ uniforms: UnsafePointer<Double>
  ) {
    let total = variable.aims[variable.aims.count - 1]
    for row in 0..<count {
      means[row] = 0
      let bin = CumulativeChoice.index(in: variable.aims, uniform: uniforms[row])
      own[row] = UInt8(bin)
      let below = bin > 0 ? variable.aims[bin - 1] : 0
      let rest = min(
        max((uniforms[row] * total - below) / (variable.aims[bin] - below), 0), 1 - 0x1p-53)
      holdBalanced(variable, row, bin, spare: (spare[row], spare[stride + row]), rest)
    }
  }

  /// Settles the normals behind a bin of the first variable.
  private func holdBalanced(
    _ variable: Variable, _ row: Int, _ bin: Int, spare: (Double, Double), _ rest: Double
  ) {
    if let missing = variable.missing, let normal = variable.places.missing {
      let reason = bin < variable.missingCount ? bin + 1 : 0
      innovations[normal * stride + row] = missing.draw(
        mean: 0, deviation: 1, from: reason, through: reason, uniform: spare.0)
    }
    if let present = variable.present, let normal = variable.places.present {
      innovations[normal * stride + row] =
        bin < variable.missingCount
        ? NormalDistribution.quantile(max(spare.1, 0x1p-54))
        : present.draw(
          mean: 0, deviation: 1, from: variable.positions[bin - variable.missingCount],
          through: variable.positions[bin - variable.missingCount], uniform: rest)
    }
  }

  func redraw(
    _ place: Int, offset: Int, uniform: Double, from first: Int, through last: Int
  ) -> Int? {
    let variable = variables[place]
    let missingCount = variable.missingCount
    guard last >= missingCount, !variable.isAlwaysMissing else { return nil }
    guard let present = variable.present, let normal = variable.places.present else {
      let bin = missingCount + variable.onlyPresent
      return bin >= first && bin <= last ? bin : nil
    }
    // Limits are on scales, whose bins lie in their own order.
    var low = 0
    var high = variable.positions.count - 1
    if variable.order.isEmpty {
      low = max(low, first - missingCount)
      high = min(high, last - missingCount)
    }
    guard low <= high else { return nil }
    let deviation = rows[normal][normal]
    let z = present.draw(
      mean: means[offset], deviation: deviation, from: low, through: high, uniform: uniform)
    innovations[normal * stride + offset] = (z - means[offset]) / deviation
    let position = min(max(present.bin(z), low), high)
    return missingCount + (variable.order.isEmpty ? position : Int(variable.order[position]))
  }

  // MARK: Conditions

  /// What the normals before it say of a row's normal.
  private func mean(_ normal: Int, _ row: Int) -> Double {
    let factor = rows[normal]
    return (0..<normal).reduce(0) { $0 + factor[$1] * innovations[$1 * stride + row] }
  }

  func missingChances(
    _ place: Int, offset: Int, into result: UnsafeMutablePointer<Double>
  ) -> Bool {
    let variable = variables[place]
    guard variable.aims.isEmpty, let missing = variable.missing,
      let normal = variable.places.missing
    else { return false }
    let mean = mean(normal, offset)
    for reason in 0..<variable.missingCount {
      result[reason] = missing.chance(reason + 1, mean: mean, deviation: rows[normal][normal])
    }
    result[variable.missingCount] = missing.chance(
      0, mean: mean, deviation: rows[normal][normal])
    return true
  }

  func hold(_ place: Int, offset: Int, missingFor reason: Int, uniform: Double) {
    let variable = variables[place]
    guard let missing = variable.missing, let normal = variable.places.missing else { return }
    // On the normal, present values come first.
    let bin = reason < variable.missingCount ? reason + 1 : 0
    let (mean, deviation) = (mean(normal, offset), rows[normal][normal])
    let z = missing.draw(
      mean: mean, deviation: deviation, from: bin, through: bin, uniform: uniform)
    innovations[normal * stride + offset] = (z - mean) / deviation
  }

  func chances(_ place: Int, offset: Int, into result: UnsafeMutablePointer<Double>) {
    let variable = variables[place]
    guard variable.aims.isEmpty else {
      let total = variable.aims[variable.aims.count - 1]
      for bin in variable.aims.indices {
        result[bin] = (variable.aims[bin] - (bin > 0 ? variable.aims[bin - 1] : 0)) / total
      }
      return
    }
    guard !variable.isAlwaysMissing else {
      result[variable.onlyMissing] = 1
      return
    }
    guard let present = variable.present, let normal = variable.places.present else {
      result[variable.missingCount + variable.onlyPresent] = 1
      return
    }
    let mean = mean(normal, offset)
    for position in variable.positions.indices {
      let bin = variable.order.isEmpty ? position : Int(variable.order[position])
      result[variable.missingCount + bin] = present.chance(
        position, mean: mean, deviation: rows[normal][normal])
    }
  }

  func hold(_ place: Int, offset: Int, bin: Int, uniform: Double) {
    let variable = variables[place]
    guard variable.aims.isEmpty else {
      // A row's own numbers, which pick the place of each of its normals.
      return holdBalanced(
        variable, offset, bin, spare: (spare[offset], spare[stride + offset]), uniform)
    }
    guard bin >= variable.missingCount, let present = variable.present,
      let normal = variable.places.present
    else {
      // The value behind a missing cell is drawn as if nobody knew.
      return
    }
    let (mean, deviation) = (mean(normal, offset), rows[normal][normal])
    let position = variable.positions[bin - variable.missingCount]
    let z = present.draw(
      mean: mean, deviation: deviation, from: position, through: position, uniform: uniform)
    innovations[normal * stride + offset] = (z - mean) / deviation
  }
}
