// SPDX-License-Identifier: Apache-2.0
import Tables

/// The weights of a variable's bins in the rows of a trial run.
struct TrialWeights: Sendable {
  /// The weight of each bin, row after row.
  var weights: [Float]
  /// The number of bins.
  let binCount: Int

  /// The number of rows.
  var rowCount: Int { weights.count / binCount }

  /// The expected rows of each bin.
  ///
  /// - Parameter factors: By how much each bin's weight is multiplied.
  func expected(factors: [Double], threads: Int) -> [Double] {
    // Pieces whose number hangs on nothing but the rows, so that threads change no sum.
    let pieceCount = 64
    let parts = ChunkedWork(count: pieceCount, threads: threads, chunkSize: 1).map { pieces in
      pieces.map { piece -> [Double] in
        var expected = [Double](repeating: 0, count: binCount)
        let rows = piece * rowCount / pieceCount..<(piece + 1) * rowCount / pieceCount
        weights.withUnsafeBufferPointer { weights in
          factors.withUnsafeBufferPointer { factors in
            expected.withUnsafeMutableBufferPointer { add(rows, weights, factors, to: $0) }
          }
        }
        return expected
      }
    }
    return parts.reduce([Double](repeating: 0, count: binCount)) { sums, part in
      zip(sums, part).map { $0 + $1 }
    }
  }

  /// Adds the expected rows of each bin in some rows, row by row.
  ///
  /// Four rows are read at a time: each sum is still in the order of its own bins, and of rows, so that it has the
  /// same bits, but the processor need not wait for one sum before it goes on with another.
  private func add(
    _ rows: Range<Int>, _ weights: UnsafeBufferPointer<Float>,
    _ factors: UnsafeBufferPointer<Double>, to expected: UnsafeMutableBufferPointer<Double>
  ) {
    func scale(_ total: Double) -> Double { total > 0 ? 1 / total : 0 }
    var row = rows.lowerBound
    while row + 4 <= rows.upperBound {
      let a = row &* binCount
      let (b, c, d) = (a &+ binCount, a &+ 2 &* binCount, a &+ 3 &* binCount)
      var totals = SIMD4<Double>.zero
      for bin in 0..<binCount {
        let four = SIMD4(
          Double(weights[a &+ bin]), Double(weights[b &+ bin]), Double(weights[c &+ bin]),
          Double(weights[d &+ bin]))
        totals += four * factors[bin]
      }
      let (p, q, r, s) = (scale(totals.x), scale(totals.y), scale(totals.z), scale(totals.w))
      for bin in 0..<binCount {
        let factor = factors[bin]
        var sum = expected[bin]
        sum += Double(weights[a &+ bin]) * factor * p
        sum += Double(weights[b &+ bin]) * factor * q
        sum += Double(weights[c &+ bin]) * factor * r
        sum += Double(weights[d &+ bin]) * factor * s
        expected[bin] = sum
      }
      row += 4
    }
    while row < rows.upperBound {
      let own = row &* binCount
      var total = 0.0
      for bin in 0..<binCount { total += Double(weights[own &+ bin]) * factors[bin] }
      let scale = scale(total)
      for bin in 0..<binCount {
        expected[bin] += Double(weights[own &+ bin]) * factors[bin] * scale
      }
      row += 1
    }
  }
}
