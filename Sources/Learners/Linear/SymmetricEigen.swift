// SPDX-License-Identifier: Apache-2.0

/// The eigenvalues and eigenvectors of a symmetric matrix, the greatest value first.
///
/// Each vector has length one, and its entry of greatest size is positive, so that it is one vector and not
/// two.
///
/// ## Source
/// Jacobi's rotations, row by row: Golub and Van Loan, "Matrix Computations" (4th ed., 2013), 8.5.
public struct SymmetricEigen: Hashable, Sendable {
  /// The eigenvalues, falling.
  public let values: [Double]
  /// The eigenvectors, one after another, each of as many entries as the matrix has rows.
  public let vectors: [Double]

  /// Takes a matrix apart.
  ///
  /// - Parameter matrix: The entries, row by row; the lower triangle is read.
  public init(_ matrix: [Double], size: Int) {
    precondition(matrix.count == size * size, "a square matrix")
    var a = matrix
    for row in 0..<size {
      for column in 0..<row { a[column * size + row] = a[row * size + column] }
    }
    var v = [Double](repeating: 0, count: size * size)
    for row in 0..<size { v[row * size + row] = 1 }
    a.withUnsafeMutableBufferPointer { a in
      v.withUnsafeMutableBufferPointer { v in Self.rotate(a, v, size) }
    }
    let order = (0..<size).sorted { (a[$1 * size + $1], $0) < (a[$0 * size + $0], $1) }
    values = order.map { a[$0 * size + $0] }
    vectors = order.flatMap { place -> [Double] in
      let vector = Array(v[place * size..<(place + 1) * size])
      let greatest = vector.max { $0.magnitude < $1.magnitude } ?? 1
      return greatest < 0 ? vector.map { -$0 } : vector
    }
  }

  /// Rotates until what is off the diagonal is lost in rounding; rows of `v` become eigenvectors.
  private static func rotate(
    _ a: UnsafeMutableBufferPointer<Double>, _ v: UnsafeMutableBufferPointer<Double>, _ size: Int
  ) {
    var scale = 0.0
    for entry in a { scale += entry * entry }
    for _ in 0..<60 {
      var off = 0.0
      for row in 0..<size { for k in 0..<row { off += a[row * size + k] * a[row * size + k] } }
      guard off > scale * 1e-30 else { return }
      for p in 0..<size {
        for q in (p + 1)..<max(size, p + 1) where a[p * size + q] != 0 {
          let theta = (a[q * size + q] - a[p * size + p]) / (2 * a[p * size + q])
          let root = (theta * theta + 1).squareRoot()
          let t = theta.isFinite ? (theta < 0 ? -1 : 1) / (theta.magnitude + root) : 0
          let c = 1 / (t * t + 1).squareRoot()
          let s = t * c
          // Columns, then rows; a symmetric matrix stays one.
          for k in 0..<size {
            let (x, y) = (a[k * size + p], a[k * size + q])
            a[k * size + p] = c * x - s * y
            a[k * size + q] = s * x + c * y
          }
          for k in 0..<size {
            let (x, y) = (a[p * size + k], a[q * size + k])
            a[p * size + k] = c * x - s * y
            a[q * size + k] = s * x + c * y
            let (m, n) = (v[p * size + k], v[q * size + k])
            v[p * size + k] = c * m - s * n
            v[q * size + k] = s * m + c * n
          }
          a[p * size + q] = 0
          a[q * size + p] = 0
        }
      }
    }
  }
}
