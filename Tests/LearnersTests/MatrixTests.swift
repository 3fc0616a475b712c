// SPDX-License-Identifier: Apache-2.0
import CMatrices
import Numerics
import Randomness
import Testing

@Suite struct `Products of matrices` {
  private static func numbers(_ count: Int, _ name: String) -> [Float] {
    var draws = RandomKey(seed: "known").stream(name).stream(entity: 0)
    return (0..<count).map { _ in
      Float(Draws.normal(mean: 0, standardDeviation: 1, using: &draws))
    }
  }

  /// Sums in order, with a rounding after each product and each sum; so any fused or reordered sum shows.
  @Test(arguments: [(1, 8, 1), (5, 8, 7), (6, 16, 33), (13, 40, 100), (64, 224, 32)])
  func `each entry is summed in order, however rows and columns are cut`(
    rows: Int, columns: Int, depth: Int
  ) {
    let a = Self.numbers(rows * depth, "a")
    let b = Self.numbers(depth * columns, "b")
    let start = Self.numbers(columns, "start")
    var expected = [Float](repeating: 0, count: rows * columns)
    for i in 0..<rows {
      for j in 0..<columns {
        var sum = start[j]
        for k in 0..<depth {
          let product = a[i * depth + k] * b[k * columns + j]
          sum = sum + product
        }
        expected[i * columns + j] = sum
      }
    }
    var plain = [Float](repeating: 7, count: rows * columns)
    matrix_multiply(&plain, columns, a, depth, 1, b, columns, start, 0, rows, columns, depth)
    #expect(plain == expected)
    // The same of the left one's transpose, and added in two parts of the depth.
    var across = [Float](repeating: 0, count: rows * depth)
    matrix_transpose(&across, rows, a, depth, rows, depth)
    let half = depth / 2
    var parts = [Float](repeating: 7, count: rows * columns)
    matrix_multiply(&parts, columns, across, 1, rows, b, columns, start, 0, rows, columns, half)
    matrix_multiply(
      &parts, columns, Array(across[(half * rows)...]), 1, rows, Array(b[(half * columns)...]),
      columns, nil, 1, rows, columns, depth - half)
    #expect(parts == expected)
  }

  @Test func `probabilities of a row are those of its logits`() {
    var logits = Self.numbers(3 * 24, "logits").map { 20 * $0 }
    // The last entries of the second row are impossible.
    for place in 40..<48 { logits[place] = -1e30 }
    var probabilities = logits
    matrix_softmax(&probabilities, 24, 3, 24)
    for row in 0..<3 {
      let own = logits[row * 24..<(row + 1) * 24].map(Double.init)
      let most = own.reduce(-.infinity) { max($0, $1) }
      let weights = own.map { ElementaryFunctions.exp($0 - most) }
      let sum = weights.reduce(0, +)
      for (place, weight) in weights.enumerated() {
        let found = Double(probabilities[row * 24 + place])
        // A logit of 60 as a float is known to 4e-6, and so is its exponential, relative to itself.
        #expect(abs(found - weight / sum) <= 5e-6 * weight / sum + 1e-25)
      }
    }
    #expect(probabilities[40..<48].allSatisfy { $0 == 0 })
  }

  @Test func `a step of Adam is that of the paper`() {
    // Kingma and Ba, algorithm 1, by hand: first step, gradient 2, rate 0.1, decay to 0.99.
    var parameters = [Float](repeating: 1, count: 8)
    let gradients = [Float](repeating: 2, count: 8)
    var moments = [Float](repeating: 0, count: 8)
    var squares = [Float](repeating: 0, count: 8)
    let second = 1 / Float(1 - 0.999).squareRoot()
    matrix_adam(&parameters, gradients, &moments, &squares, 0.1 / (1 - 0.9), second, 0.99, 8)
    #expect(abs(moments[3] - 0.2) < 1e-6 && abs(squares[3] - 0.004) < 1e-8)
    // The corrected moments are 2 and 4, so that the step is the rate.
    #expect(abs(parameters[3] - (0.99 - 0.1)) < 1e-5)
  }
}
