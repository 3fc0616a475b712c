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
  private typealias Block = SIMD8<Float>

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
    // Rows are padded with points of no weight to whole vectors.
    let width = (total + Block.scalarCount - 1) / Block.scalarCount
    var kernel = [Block](repeating: .zero, count: total * width)
    func weigh(_ distance: Float) -> Float {
      Float(ElementaryFunctions.exp(-Double(distance) / (2 * square)))
    }
    func set(_ row: Int, _ column: Int, _ value: Float) {
      kernel[row * width + column / Block.scalarCount][column % Block.scalarCount] = value
    }
    for i in 0..<count {
      for j in 0..<count {
        if i != j {
          set(i, j, weigh(realToReal[i][j]))
          set(count + i, count + j, weigh(otherToOther[i][j]))
        }
        let cross = weigh(realToOther[i][j])
        set(i, count + j, cross)
        set(count + j, i, cross)
      }
    }
    let sums = (0..<total).map { row in
      kernel[row * width..<(row + 1) * width].reduce(0.0) { sum, block in
        block.indices.reduce(sum) { $0 + Double(block[$1]) }
      }
    }
    let all = sums.reduce(0, +)
    let matrix = kernel
    let n = Double(count)
    @Sendable func discrepancy(_ others: [Int]) -> Double {
      // A vector of 1 for the points chosen adds up a row without looking for their places.
      var isOther = [Block](repeating: .zero, count: width)
      for point in others { isOther[point / Block.scalarCount][point % Block.scalarCount] = 1 }
      let inner = isOther.withUnsafeBufferPointer { isOther in
        matrix.withUnsafeBufferPointer { matrix in
          others.reduce(0.0) { sum, row in
            var block = Block.zero
            for place in 0..<width { block += matrix[row &* width &+ place] * isOther[place] }
            return sum + Double(block.sum())
          }
        }
      }
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
