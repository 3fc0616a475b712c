// SPDX-License-Identifier: Apache-2.0

/// The rows of a design, each column divided by its root mean square and, if asked, centred before.
///
/// Columns of very different size, such as an age and an income, would cost digits otherwise.
struct ScaledDesign {
  let rowCount: Int
  let columnCount: Int
  /// Row by row.
  let values: [Double]
  private let scales: [Double]

  init(_ design: SparseDesign, isCentred: Bool = false) {
    rowCount = design.rowCount
    columnCount = design.columnCount
    let (n, p) = (rowCount, columnCount)
    var values = [Double](repeating: 0, count: n * p)
    for row in 0..<n {
      for entry in design.starts[row]..<design.starts[row + 1] {
        values[row * p + Int(design.columns[entry])] += design.values[entry]
      }
    }
    if isCentred, n > 0 {
      var means = [Double](repeating: 0, count: p)
      for row in 0..<n { for column in 0..<p { means[column] += values[row * p + column] } }
      for column in 0..<p { means[column] /= Double(n) }
      for row in 0..<n { for column in 0..<p { values[row * p + column] -= means[column] } }
    }
    var scales = [Double](repeating: 0, count: p)
    for row in 0..<n {
      for column in 0..<p { scales[column] += values[row * p + column] * values[row * p + column] }
    }
    for column in 0..<p {
      let size = (scales[column] / Double(max(n, 1))).squareRoot()
      scales[column] = size > 0 && size.isFinite ? size : 1
    }
    for row in 0..<n { for column in 0..<p { values[row * p + column] /= scales[column] } }
    self.values = values
    self.scales = scales
  }

  /// Coefficients in the units of these columns.
  func scaled(_ coefficients: [Double]) -> [Double] {
    zip(coefficients, scales).map { $0 * $1 }
  }

  /// What a ridge on the design's own columns takes from the likelihood of these.
  func penalties(_ ridge: [Double]) -> RidgePenalties {
    precondition(ridge.count == columnCount, "one penalty a column")
    return RidgePenalties(weights: zip(ridge, scales).map { $0 / ($1 * $1) })
  }

  func product(_ row: Int, _ coefficients: [Double]) -> Double {
    var sum = 0.0
    for column in 0..<columnCount {
      sum += values[row * columnCount + column] * coefficients[column]
    }
    return sum
  }

  /// Coefficients and covariances in the units of the design; what follows the columns stays.
  func unscaled(
    _ coefficients: [Double], covariance: [Double], isKept: [Bool], hasConverged: Bool
  ) -> RegressionFit {
    let size = coefficients.count
    let factors = scales + [Double](repeating: 1, count: size - columnCount)
    var scaled = covariance
    for row in 0..<size {
      for column in 0..<size { scaled[row * size + column] /= factors[row] * factors[column] }
    }
    return RegressionFit(
      coefficients: zip(coefficients, factors).map { $0 / $1 }, covariance: scaled, isKept: isKept,
      hasConverged: hasConverged)
  }
}
