// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness

/// Columns that are drawn together by a Gaussian copula.
///
/// Row *i* has independent standard normals, one a column; the factor of the correlation matrix mixes them
/// into scores, and each column takes the value that lies where its score lies in the normal distribution.
///
/// ## Source
/// Nelsen, "An Introduction to Copulas", 2nd edition, Springer 2006, section 2.9, the inversion method, for
/// the normal copula; Iman and Conover, Communications in Statistics B 11 (1982) 311–334, for scores from
/// a Cholesky factor.
struct CorrelatedColumns: Sendable {
  /// The places of the columns in their table.
  var columns: [Int]
  /// The lower triangle whose product with itself, turned, is the matrix of the scores.
  var factor: [[Double]]

  /// Where each row of a batch lies in the law of one of the columns, in (0, 1).
  ///
  /// - Parameters:
  ///   - member: Which of the columns.
  ///   - keys: The streams of the columns.
  func shares(of member: Int, _ keys: [StreamKey], _ batch: RowBatch) -> [Double] {
    (0..<batch.count).map { place in
      let entity = batch.entity(place)
      var score = 0.0
      for (column, weight) in factor[member].enumerated() where weight != 0 {
        var stream = keys[column].stream(entity: entity)
        score += weight * Draws.normal(using: &stream)
      }
      return min(max(NormalDistribution.cumulative(score), 0x1p-1000), 1 - 0x1p-53)
    }
  }

  /// The lower triangle of a correlation matrix, or the first row that contradicts those before it.
  static func factor(of matrix: [[Double]]) -> Result<[[Double]], Contradiction> {
    var factor: [[Double]] = []
    for row in matrix.indices {
      var line: [Double] = []
      for column in 0...row {
        var rest = matrix[row][column]
        for index in 0..<column {
          rest -= line[index] * (column == row ? line[index] : factor[column][index])
        }
        if column < row {
          line.append(rest / factor[column][column])
        } else {
          guard rest > 1e-12 else { return .failure(Contradiction(row: row)) }
          line.append(rest.squareRoot())
        }
      }
      factor.append(line)
    }
    return .success(factor)
  }

  /// The first row of a matrix with which it is not positive definite.
  struct Contradiction: Error { var row: Int }
}
