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
        weights.withUnsafeBufferPointer { weights in
          factors.withUnsafeBufferPointer { factors in
            let rows = piece * rowCount / pieceCount..<(piece + 1) * rowCount / pieceCount
            for row in rows {
              let own = row &* binCount
              var total = 0.0
              for bin in 0..<binCount { total += Double(weights[own &+ bin]) * factors[bin] }
              guard total > 0 else { continue }
              let scale = 1 / total
              for bin in 0..<binCount {
                expected[bin] += Double(weights[own &+ bin]) * factors[bin] * scale
              }
            }
          }
        }
        return expected
      }
    }
    return parts.reduce([Double](repeating: 0, count: binCount)) { sums, part in
      zip(sums, part).map { $0 + $1 }
    }
  }
}
