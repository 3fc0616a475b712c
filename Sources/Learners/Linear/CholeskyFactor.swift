// SPDX-License-Identifier: Apache-2.0

/// The factor L of a symmetric matrix A = L Lᵀ, leaving out columns that depend on those before them.
public struct CholeskyFactor: Sendable {
  private var factor: [Double]
  private let size: Int
  /// Whether each column adds something to those before it.
  public private(set) var isKept: [Bool]

  /// The number of columns that add something.
  public var rank: Int { isKept.count { $0 } }

  /// Factors a matrix, row by row, of which the lower triangle is read.
  ///
  /// A column is left out if what the others leave of its diagonal is below `tolerance` of it.
  public init(_ matrix: [Double], size: Int, tolerance: Double = 1e-9) {
    precondition(matrix.count == size * size, "a square matrix")
    self.size = size
    var factor = matrix
    var isKept = [Bool](repeating: true, count: size)
    factor.withUnsafeMutableBufferPointer { a in
      for row in 0..<size {
        for column in 0...row {
          var sum = a[row * size + column]
          for k in 0..<column { sum -= a[row * size + k] * a[column * size + k] }
          if column < row {
            a[row * size + column] = isKept[column] ? sum / a[column * size + column] : 0
          } else if sum > tolerance * matrix[row * size + row], sum > 0 {
            a[row * size + row] = sum.squareRoot()
          } else {
            isKept[row] = false
            for k in 0..<row { a[row * size + k] = 0 }
            a[row * size + row] = 1
          }
        }
      }
    }
    self.factor = factor
    self.isKept = isKept
  }

  /// The factor's lower triangle, row by row; the row of a column that is left out is 0 but for its 1.
  public var lowerTriangle: [Double] {
    (0..<size).flatMap { row in (0...row).map { factor[row * size + $0] } }
  }

  /// Creates a factor from its lower triangle, as ``lowerTriangle`` gives it.
  ///
  /// - Returns: `nil` unless there is one number for each place, finite, with a positive diagonal.
  public init?(lowerTriangle: [Double], isKept: [Bool]) {
    size = isKept.count
    guard lowerTriangle.count == size * (size + 1) / 2, lowerTriangle.allSatisfy(\.isFinite) else {
      return nil
    }
    factor = [Double](repeating: 0, count: size * size)
    self.isKept = isKept
    var next = 0
    for row in 0..<size {
      for column in 0...row {
        factor[row * size + column] = lowerTriangle[next]
        next += 1
      }
      guard factor[row * size + row] > 0 else { return nil }
    }
  }

  /// L z: of independent standard normal numbers a draw with covariances A; 0 where a column is left out.
  public func product(_ z: [Double]) -> [Double] {
    (0..<size).map { row in
      guard isKept[row] else { return 0 }
      return (0...row).reduce(0) { $0 + (isKept[$1] ? factor[row * size + $1] * z[$1] : 0) }
    }
  }

  /// An entry of L on or below the diagonal.
  public func entry(_ row: Int, _ column: Int) -> Double { factor[row * size + column] }

  /// Solves A x = b; x is 0 where a column is left out.
  public func solve(_ b: [Double]) -> [Double] {
    var x = b
    for row in 0..<size {
      guard isKept[row] else {
        x[row] = 0
        continue
      }
      var sum = x[row]
      for k in 0..<row { sum -= factor[row * size + k] * x[k] }
      x[row] = sum / factor[row * size + row]
    }
    for row in stride(from: size - 1, through: 0, by: -1) {
      guard isKept[row] else { continue }
      var sum = x[row]
      for k in stride(from: row + 1, to: size, by: 1) { sum -= factor[k * size + row] * x[k] }
      x[row] = sum / factor[row * size + row]
    }
    return x
  }
}
