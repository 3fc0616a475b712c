// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// Draws bins by the weights that a distribution gives them.
struct DistributionDraw: Sendable {
  /// How many rows are weighed at once.
  static let blockSize = 32

  private let weigher: any BinWeigher
  private let binCount: Int
  /// By how much each bin's weight is multiplied; empty for nothing.
  private let factors: [Double]
  /// The weights of a row to which the distribution gives none.
  private let margin: [Double]

  init(_ weigher: any BinWeigher, of variable: FittedVariable) {
    self.weigher = weigher
    binCount = max(1, variable.layout.binCount)
    factors = variable.binFactors
    margin = variable.marginWeights
  }

  /// Whether each row needs a number that picks its part of the distribution.
  var hasParts: Bool { weigher.hasParts }

  /// Draws a bin for each of `count` rows.
  ///
  /// - Parameters:
  ///   - columns: For each predictor, the bins of the rows.
  ///   - uniforms: One number in 0..<1 a row; the greater, the greater the bin.
  ///   - parts: A number in 0..<1 a row that picks its part of the distribution.
  ///   - result: Room for the bin of each row.
  func bins(
    _ columns: [UnsafePointer<UInt8>], count: Int, uniforms: UnsafePointer<Double>,
    parts: UnsafePointer<Double>?, into result: UnsafeMutablePointer<UInt8>
  ) {
    withWeights(columns, count: count, parts: parts) { row, weights in
      var total = 0.0
      for bin in 0..<binCount {
        total += weights[bin]
        weights[bin] = total
      }
      let aim = uniforms[row] * total
      var (low, high) = (0, binCount - 1)
      while low < high {
        let middle = (low + high) >> 1
        if weights[middle] <= aim { low = middle + 1 } else { high = middle }
      }
      // What rounding may reach past the last bin of any weight.
      while low > 0, weights[low] == weights[low - 1] { low -= 1 }
      result[row] = UInt8(low)
    }
  }

  /// The bin that a uniform number picks for one row among those within bounds; `nil` if none has weight.
  func bin(
    _ columns: [UnsafePointer<UInt8>], row: Int, uniform: Double, from first: Int,
    through last: Int
  ) -> Int? {
    var found: Int?
    let last = min(last, binCount - 1)
    guard first <= last else { return nil }
    withWeights(columns.map { $0 + row }, count: 1, parts: nil) { _, weights in
      let total = (first...last).reduce(0) { $0 + weights[$1] }
      guard total > 0 else { return }
      var rest = uniform * total
      for bin in first...last where weights[bin] > 0 {
        found = bin
        if rest < weights[bin] { return }
        rest -= weights[bin]
      }
    }
    return found
  }

  /// Writes the chance of each bin for one row.
  ///
  /// - Parameter part: The number that picks the row's part of the distribution; `nil` for all of it.
  func chances(
    _ columns: [UnsafePointer<UInt8>], row: Int, part: Double? = nil,
    into result: UnsafeMutablePointer<Double>
  ) {
    func write(_ parts: UnsafePointer<Double>?) {
      withWeights(columns.map { $0 + row }, count: 1, parts: parts) { _, weights in
        let total = (0..<binCount).reduce(0) { $0 + weights[$1] }
        guard total > 0 else { return }
        for bin in 0..<binCount { result[bin] = weights[bin] / total }
      }
    }
    guard hasParts, let part else { return write(nil) }
    withUnsafePointer(to: part) { write($0) }
  }

  /// Calls a body with the weights of each row, factors included, that it may change.
  func withWeights(
    _ columns: [UnsafePointer<UInt8>], count: Int, parts: UnsafePointer<Double>?,
    _ body: (Int, UnsafeMutablePointer<Double>) -> Void
  ) {
    let size = min(Self.blockSize, max(count, 1))
    withUnsafeTemporaryAllocation(of: Double.self, capacity: size * binCount) { room in
      guard let base = room.baseAddress else { return }
      var row = 0
      while row < count {
        let block = min(size, count - row)
        weigher.weigh(
          columns.map { $0 + row }, count: block, parts: parts.map { $0 + row }, into: base)
        for offset in 0..<block {
          let weights = base + offset * binCount
          settle(weights)
          body(row + offset, weights)
        }
        row += block
      }
    }
  }

  /// Multiplies weights by the factors; where nothing is left, those of the margin take their place.
  private func settle(_ weights: UnsafeMutablePointer<Double>) {
    var total = 0.0
    if factors.isEmpty {
      for bin in 0..<binCount { total += weights[bin] }
    } else {
      for bin in 0..<binCount {
        weights[bin] *= factors[bin]
        total += weights[bin]
      }
    }
    if total > 0, total.isFinite { return }
    for bin in 0..<binCount { weights[bin] = margin[bin] }
  }
}

extension FittedVariable {
  /// The weight of each bin of present values in the table, after no weight for missing reasons.
  fileprivate var marginWeights: [Double] {
    let missingCount = layout.missingReasons.count
    var weights = [Double](repeating: 0, count: max(1, layout.binCount))
    var before = 0.0
    for (bin, sum) in presentWeights.enumerated() where missingCount + bin < weights.count {
      weights[missingCount + bin] = sum - before
      before = sum
    }
    // A variable without present values has nothing but its reasons.
    if before <= 0 { for bin in weights.indices { weights[bin] = 1 } }
    return weights
  }
}
