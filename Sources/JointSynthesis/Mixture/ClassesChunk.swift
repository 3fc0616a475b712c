// SPDX-License-Identifier: Apache-2.0
import Learners
import Numerics
import Randomness
import Synthesis

/// Draws chunks of rows of latent classes: first each row's class, then every variable given it.
final class ClassesChunk: JointChunk {
  private let groups: [LatentClasses.Group]
  private let parts: [LatentClasses.Part]
  private let latent: [LatentBins?]
  private let streams: [StreamKey]
  private let missingStreams: [StreamKey]
  private let missingCounts: [Int]
  /// The sums of the weights of each group's classes.
  private let sums: [[Double]]
  /// For each column of each group the sums of its shares, class by class.
  private let shares: [[[Double]]]
  private let classBins: [BinsOfClasses]
  /// Whether no two numbers of a group covary.
  private let isDiagonal: [Bool]
  /// For each group and class the factor of its covariances.
  private let factors: [[[[Double]]]]
  private let bins: UnsafeMutablePointer<UInt8>
  private let stride: Int
  /// The class of each row, a stretch a group.
  private var classes: [Int32]
  private var innovations: [[Double]]
  private var spare: [Double]
  private var means: [Double]
  private var firstRow = 0
  private var count = 0

  init(
    _ law: LatentClasses, _ variables: [JointVariable], key: RandomKey, table: String,
    bins: UnsafeMutablePointer<UInt8>, stride: Int
  ) {
    let (groups, parts) = law.drawn
    (self.groups, self.parts, latent) = (groups, parts, law.bins)
    streams = groups.indices.map {
      key.stream(table: table, path: ["mixture", "class", String($0)])
    }
    missingStreams = variables.map { key.stream(table: table, path: [$0.name, "missing"]) }
    missingCounts = variables.map { $0.layout.missingReasons.count }
    sums = groups.map { CumulativeChoice.sums($0.mixture.weights) }
    shares = groups.map { group in
      let k = group.mixture.classCount
      return group.mixture.shares.map { shares in
        let levels = shares.count / k
        return (0..<k).flatMap {
          CumulativeChoice.sums(Array(shares[$0 * levels..<($0 + 1) * levels]))
        }
      }
    }
    classBins = parts.map { BinsOfClasses($0.classes, weights: $0.weights) }
    isDiagonal = groups.map(\.mixture.isDiagonal)
    factors = groups.map { group in
      let mixture = group.mixture
      return (0..<mixture.classCount).map { c in
        let factor = mixture.factor(c)
        return (0..<mixture.numberCount).map { row in (0...row).map { factor.entry(row, $0) } }
      }
    }
    self.bins = bins
    self.stride = stride
    classes = [Int32](repeating: 0, count: groups.count * stride)
    innovations = groups.map { group in
      [Double](repeating: 0, count: group.mixture.numberCount * stride)
    }
    spare = [Double](repeating: 0, count: 2 * stride)
    means = [Double](repeating: 0, count: stride)
  }

  func begin(firstRow: Int, count: Int) {
    self.firstRow = firstRow
    self.count = count
    for group in streams.indices {
      streams[group].fillSpare(&spare, firstRow: firstRow, count: count, stride: stride)
      for row in 0..<count {
        classes[group * stride + row] = Int32(
          CumulativeChoice.index(in: sums[group], uniform: spare[row]))
      }
    }
  }

  func fill(_ place: Int, uniforms: UnsafePointer<Double>) {
    let part = parts[place]
    let own = bins + place * stride
    guard let number = part.number, let latent = latent[place] else {
      for row in 0..<count { own[row] = classBin(place, part, row, uniforms[row]) }
      return
    }
    let missingCount = missingCounts[place]
    let group = groups[part.group].mixture
    let size = group.numberCount
    let firstBefore = isDiagonal[part.group] ? number : 0
    for row in 0..<count {
      let c = Int(classes[part.group * stride + row])
      let factor = factors[part.group][c][number]
      var mean = group.means[c * size + number]
      for before in firstBefore..<number {
        mean += factor[before] * innovations[part.group][before * stride + row]
      }
      let e = NormalDistribution.quantile(max(uniforms[row], 0x1p-54))
      innovations[part.group][number * stride + row] = e
      means[row] = mean
      own[row] = UInt8(missingCount + latent.bin(mean + factor[number] * e))
    }
    guard part.column != nil else { return }
    missingStreams[place].fillSpare(&spare, firstRow: firstRow, count: count, stride: stride)
    for row in 0..<count {
      let bin = classBin(place, part, row, spare[row])
      if Int(bin) < missingCount { own[row] = bin }
    }
  }

  /// The bin of a row by its class: a class of bins, and one of them by weight.
  private func classBin(
    _ place: Int, _ part: LatentClasses.Part, _ row: Int, _ uniform: Double
  ) -> UInt8 {
    let levels = part.classes.count
    let start = Int(classes[part.group * stride + row]) * levels
    let list = shares[part.group][part.column ?? 0]
    return classBins[place].bin(uniform: uniform) { list[start + $0] }
  }

  func redraw(
    _ place: Int, offset: Int, uniform: Double, from first: Int, through last: Int
  ) -> Int? {
    let part = parts[place]
    let missingCount = missingCounts[place]
    guard let number = part.number, let latent = latent[place] else {
      return redrawn(place, part, offset, uniform, max(first, 0)...max(last, first, 0))
    }
    let low = max(0, first - missingCount)
    let high = min(latent.thresholds.count, last - missingCount)
    guard low <= high else { return nil }
    let c = Int(classes[part.group * stride + offset])
    let deviation = factors[part.group][c][number][number]
    let z = latent.draw(
      mean: means[offset], deviation: deviation, from: low, through: high, uniform: uniform)
    innovations[part.group][number * stride + offset] = (z - means[offset]) / deviation
    return missingCount + min(max(latent.bin(z), low), high)
  }

  private func redrawn(
    _ place: Int, _ part: LatentClasses.Part, _ offset: Int, _ uniform: Double,
    _ range: ClosedRange<Int>
  ) -> Int? {
    let mixture = groups[part.group].mixture
    let levels = part.classes.count
    let start = Int(classes[part.group * stride + offset]) * levels
    var kept: [Int] = []
    var sums: [Double] = []
    for isLikely in [true, false] where (sums.last ?? 0) <= 0 {
      kept = []
      sums = []
      for bin in part.weights.indices where range.contains(bin) && part.weights[bin] > 0 {
        let own = Int(part.classes.classOfBin[bin])
        let whole = classBins[place].weight(own)
        // Where what is asked for is impossible in the class, as all rows have it.
        let share = isLikely ? mixture.shares[part.column ?? 0][start + own] / whole : 1
        kept.append(bin)
        sums.append((sums.last ?? 0) + share * part.weights[bin])
      }
    }
    return kept.isEmpty ? nil : kept[CumulativeChoice.index(in: sums, uniform: uniform)]
  }

  // MARK: Conditions

  func chances(_ place: Int, offset: Int, into result: UnsafeMutablePointer<Double>) {
    let part = parts[place]
    let c = Int(classes[part.group * stride + offset])
    let missingCount = missingCounts[place]
    let isScale = part.number != nil && latent[place] != nil
    var rest = 1.0
    if let column = part.column {
      let list = groups[part.group].mixture.shares[column]
      let levels = part.classes.count
      let total = (0..<levels).reduce(0) { $0 + list[c * levels + $1] }
      for bin in part.weights.indices where part.weights[bin] > 0 {
        guard !isScale || bin < missingCount, total > 0 else { continue }
        let own = Int(part.classes.classOfBin[bin])
        let whole = classBins[place].weight(own)
        result[bin] = list[c * levels + own] / total * part.weights[bin] / whole
        rest -= result[bin]
      }
    }
    guard let number = part.number, let latent = latent[place] else { return }
    let deviation = factors[part.group][c][number][number]
    let mean = mean(part, c, number, offset)
    for bin in 0...latent.thresholds.count {
      result[missingCount + bin] =
        max(0, rest) * latent.chance(bin, mean: mean, deviation: deviation)
    }
  }

  /// What a row's class and the numbers before it say of a number.
  private func mean(_ part: LatentClasses.Part, _ c: Int, _ number: Int, _ row: Int) -> Double {
    let factor = factors[part.group][c][number]
    let size = groups[part.group].mixture.numberCount
    var mean = groups[part.group].mixture.means[c * size + number]
    for before in (isDiagonal[part.group] ? number : 0)..<number {
      mean += factor[before] * innovations[part.group][before * stride + row]
    }
    return mean
  }

  func hold(_ place: Int, offset: Int, bin: Int, uniform: Double) {
    let part = parts[place]
    let missingCount = missingCounts[place]
    // The value behind a missing cell is drawn as if nobody knew.
    guard bin >= missingCount, let number = part.number, let latent = latent[place] else { return }
    let c = Int(classes[part.group * stride + offset])
    let deviation = factors[part.group][c][number][number]
    let mean = mean(part, c, number, offset)
    let z = latent.draw(
      mean: mean, deviation: deviation, from: bin - missingCount, through: bin - missingCount,
      uniform: uniform)
    innovations[part.group][number * stride + offset] = (z - mean) / deviation
  }
}
