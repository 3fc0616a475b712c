// SPDX-License-Identifier: Apache-2.0

/// The correlation matrix that is nearest to a symmetric matrix which is none.
///
/// Correlations that were estimated pair by pair need not fit together. Projections onto the positive
/// semidefinite matrices and onto those with ones on the diagonal (and zeros where they must be) alternate,
/// with Dykstra's correction, until both agree.
///
/// ## Source
/// Higham, "Computing the nearest correlation matrix: a problem from finance", IMA Journal of Numerical
/// Analysis 22 (2002) 329–343, algorithm 3.3.
public enum NearestCorrelation {
  /// Returns a correlation matrix that has a Cholesky factor.
  ///
  /// A matrix that has one already is returned as it is.
  ///
  /// - Parameters:
  ///   - matrix: The entries, row by row; symmetric, with ones on the diagonal.
  ///   - isZero: Whether an entry is 0 and stays so, row by row; symmetric.
  ///   - margin: How much of the identity is mixed in at the least where the matrix had no factor.
  public static func positive(
    _ matrix: [Double], size: Int, isZero: [Bool], margin: Double = 1e-6
  ) -> [Double] {
    guard !hasFactor(matrix, size) else { return matrix }
    let nearest = semidefinite(matrix, size: size, isZero: isZero)
    var share = margin
    while share < 1 {
      let mixed = nearest.indices.map { place in
        place / size == place % size ? 1 : nearest[place] * (1 - share)
      }
      if hasFactor(mixed, size) { return mixed }
      share *= 4
    }
    return nearest.indices.map { $0 / size == $0 % size ? 1 : 0 }
  }

  /// Returns the nearest matrix that is positive semidefinite but for rounding.
  public static func semidefinite(
    _ matrix: [Double], size: Int, isZero: [Bool], tolerance: Double = 1e-9
  ) -> [Double] {
    var near = matrix
    var correction = [Double](repeating: 0, count: matrix.count)
    for _ in 0..<500 {
      let target = zip(near, correction).map { $0 - $1 }
      let projected = withoutNegativeParts(target, size)
      correction = zip(projected, target).map { $0 - $1 }
      var change = 0.0
      var sum = 0.0
      for place in near.indices {
        let isDiagonal = place / size == place % size
        let next = isDiagonal ? 1 : isZero[place] ? 0 : projected[place]
        change += (next - near[place]) * (next - near[place])
        sum += next * next
        near[place] = next
      }
      if change <= tolerance * tolerance * sum { break }
    }
    return near
  }

  private static func withoutNegativeParts(_ matrix: [Double], _ size: Int) -> [Double] {
    let eigen = SymmetricEigen(matrix, size: size)
    var result = [Double](repeating: 0, count: size * size)
    for (place, value) in eigen.values.enumerated() where value > 0 {
      let vector = eigen.vectors[place * size..<(place + 1) * size]
      for row in 0..<size {
        let factor = value * vector[vector.startIndex + row]
        for column in 0..<size {
          result[row * size + column] += factor * vector[vector.startIndex + column]
        }
      }
    }
    return result
  }

  private static func hasFactor(_ matrix: [Double], _ size: Int) -> Bool {
    CholeskyFactor(matrix, size: size, tolerance: 1e-7).rank == size
  }
}
