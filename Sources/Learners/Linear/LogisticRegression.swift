// SPDX-License-Identifier: Apache-2.0
import Numerics

/// A logistic regression, fitted by Newton's steps.
public struct LogisticRegression: Hashable, Sendable, Codable {
  /// One coefficient a column of the design; 0 where a column depends on others.
  public private(set) var coefficients: [Double]
  /// The number of columns that add something.
  public private(set) var rank: Int
  /// Whether the steps came to an end; where a column tells the classes apart they never do.
  public private(set) var hasConverged: Bool

  /// Fits a model of the probability that a row is positive.
  ///
  /// - Precondition: One class a row of the design.
  public init(_ design: SparseDesign, isPositive: [Bool], maximumStepCount: Int = 30) {
    precondition(isPositive.count == design.rowCount, "one class a row")
    let size = design.columnCount
    coefficients = [Double](repeating: 0, count: size)
    rank = 0
    hasConverged = false
    for _ in 0..<maximumStepCount {
      var information = [Double](repeating: 0, count: size * size)
      var gradient = [Double](repeating: 0, count: size)
      accumulate(design, isPositive, &information, &gradient)
      let factor = CholeskyFactor(information, size: size)
      rank = max(rank, factor.rank)
      let step = factor.solve(gradient)
      for column in 0..<size { coefficients[column] += step[column] }
      if step.allSatisfy({ $0.magnitude < 1e-8 }) {
        hasConverged = true
        break
      }
    }
  }

  /// Adds XᵀWX (lower triangle) and Xᵀ(t − p).
  private func accumulate(
    _ design: SparseDesign, _ isPositive: [Bool], _ information: inout [Double],
    _ gradient: inout [Double]
  ) {
    let size = design.columnCount
    information.withUnsafeMutableBufferPointer { information in
      gradient.withUnsafeMutableBufferPointer { gradient in
        design.columns.withUnsafeBufferPointer { columns in
          design.values.withUnsafeBufferPointer { values in
            for row in 0..<design.rowCount {
              let entries = design.starts[row]..<design.starts[row + 1]
              var odds = 0.0
              for i in entries { odds += values[i] * coefficients[Int(columns[i])] }
              let p = BoostedClassifier.probability(min(30, max(-30, odds)))
              let weight = max(p * (1 - p), 1e-10)
              let residual = (isPositive[row] ? 1 : 0) - p
              for i in entries {
                let column = Int(columns[i])
                gradient[column] += residual * values[i]
                let scaled = weight * values[i]
                let own = column &* size
                for j in entries where columns[j] <= columns[i] {
                  information[own &+ Int(columns[j])] += scaled * values[j]
                }
              }
            }
          }
        }
      }
    }
  }

  /// The probability that a row is positive.
  public func probability(_ design: SparseDesign, row: Int) -> Double {
    let odds = min(30, max(-30, design.product(row, coefficients)))
    return BoostedClassifier.probability(odds)
  }
}
