// SPDX-License-Identifier: Apache-2.0

/// Polynomials of a variable that are orthogonal over given values and of length 1 there.
///
/// ## Source
/// The three-term recurrence of Kennedy and Gentle, "Statistical Computing" (1980), section 8.5; the
/// scale is that of R's `poly`.
struct OrthogonalPolynomials {
  private var centres: [Double] = []
  private var norms: [Double] = [1]
  private let degree: Int

  /// Fits to values; `nil` if there are no more different ones than the degree.
  init?(_ values: [Double], degree: Int) {
    self.degree = degree
    guard degree >= 1, Set(values).count > degree else { return nil }
    norms.append(Double(values.count))
    var previous = [Double](repeating: 0, count: values.count)
    var current = [Double](repeating: 1, count: values.count)
    for step in 0..<degree {
      let squares = current.reduce(0) { $0 + $1 * $1 }
      let centre = zip(values, current).reduce(0) { $0 + $1.0 * $1.1 * $1.1 } / squares
      centres.append(centre)
      let ratio = step == 0 ? 0 : norms[step + 1] / norms[step]
      let next = values.indices.map {
        (values[$0] - centre) * current[$0] - ratio * previous[$0]
      }
      (previous, current) = (current, next)
      norms.append(current.reduce(0) { $0 + $1 * $1 })
    }
  }

  /// The polynomials of degree 1 and more at a value.
  func values(_ value: Double) -> [Double] {
    var result: [Double] = []
    var (previous, current) = (0.0, 1.0)
    for step in 0..<degree {
      let ratio = step == 0 ? 0 : norms[step + 1] / norms[step]
      let next = (value - centres[step]) * current - ratio * previous
      (previous, current) = (current, next)
      result.append(current / norms[step + 2].squareRoot())
    }
    return result
  }
}
