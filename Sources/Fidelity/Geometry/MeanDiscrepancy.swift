// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics
import Randomness
import Tables

/// The maximum mean discrepancy of two samples of equal size, with its permutation test.
///
/// ## Source
/// Gretton et al., "A kernel two-sample test", JMLR 13 (2012), the unbiased estimate of equation 3,
/// with a Gaussian kernel whose width is the median distance of the real points.
struct MeanDiscrepancy: Sendable {
  static let permutationCount = 200

  /// The squared discrepancy.
  let value: Double
  /// The squared discrepancy of each permutation, ascending.
  let null: [Double]

  /// The share of permutations with as much, counting the sample itself.
  var probability: Double {
    Double(1 + null.count { $0 >= value }) / Double(null.count + 1)
  }

  /// Creates an estimate from squared distances; `nil` below two points, or if all real points coincide.
  init?(
    realToReal: [[Float]], otherToOther: [[Float]], realToOther: [[Float]], count: Int,
    key: RandomKey, threads: Int
  ) {
    guard count >= 2 else { return nil }
    var distances: [Float] = []
    for i in 0..<count { distances += realToReal[i][..<i] }
    distances.sort()
    // The median of distances is the root of the median of their squares.
    let square = Double(distances[distances.count / 2])
    guard square > 0 else { return nil }
    let total = 2 * count
    var kernel = [Float](repeating: 0, count: total * total)
    func weigh(_ distance: Float) -> Float {
      Float(ElementaryFunctions.exp(-Double(distance) / (2 * square)))
    }
    for i in 0..<count {
      for j in 0..<count {
        if i != j {
          kernel[i * total + j] = weigh(realToReal[i][j])
          kernel[(count + i) * total + count + j] = weigh(otherToOther[i][j])
        }
        let cross = weigh(realToOther[i][j])
        kernel[i * total + count + j] = cross
        kernel[(count + j) * total + i] = cross
      }
    }
    let sums = (0..<total).map { row in
      kernel[row * total..<(row + 1) * total].reduce(0.0) { $0 + Double($1) }
    }
    let all = sums.reduce(0, +)
    let matrix = kernel
    let n = Double(count)
    @Sendable func discrepancy(_ others: [Int]) -> Double {
      // Whole rows are added, column by column, which is fast because no place is looked up.
      var columns = [Float](repeating: 0, count: total)
      columns.withUnsafeMutableBufferPointer { columns in
        matrix.withUnsafeBufferPointer { matrix in
          for row in others {
            let first = row &* total
            for column in 0..<total { columns[column] += matrix[first &+ column] }
          }
        }
      }
      let inner = others.reduce(0.0) { $0 + Double(columns[$1]) }
      let cross = others.reduce(0) { $0 + sums[$1] } - inner
      return (all - 2 * cross - inner) / (n * (n - 1)) + inner / (n * (n - 1))
        - 2 * cross / (n * n)
    }
    value = discrepancy(Array(count..<total))
    null = ChunkedWork(count: Self.permutationCount, threads: threads).map { range in
      range.map { number in
        var stream = key.stream(path: ["fidelity", "discrepancy", String(number)]).stream(entity: 0)
        return discrepancy(Draws.sample(count, of: total, using: &stream))
      }
    }.sorted()
  }
}
