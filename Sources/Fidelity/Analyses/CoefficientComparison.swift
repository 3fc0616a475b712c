// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Learners
import Numerics

/// The coefficients of a real and of m synthetic fits, combined and compared.
///
/// With n real and k synthetic rows, mean q of the synthetic coefficients and mean v of their variances,
/// the real file's own standard error is estimated by √(v k/n), and the variance about the population
/// by a ``CombiningRule``.
struct CoefficientComparison {
  private static let width = 1.959963984540054

  let real: CoefficientEstimates
  let copies: [CoefficientEstimates]
  let realRows: Double
  let syntheticRows: Double
  var rule = CombiningRule.simple

  private struct Entry {
    var real: Double
    var realError: Double
    var synthetic: Double
    var syntheticError: Double
    var populationError: Double

    var difference: Double { (synthetic - real) / realError }

    var overlap: Double {
      let (a, b) = (
        CoefficientComparison.width * realError, CoefficientComparison.width * syntheticError
      )
      let shared = min(real + a, synthetic + b) - max(real - a, synthetic - b)
      return (shared / (2 * a) + shared / (2 * b)) / 2
    }
  }

  private var entries: [Entry?] {
    let m = Double(copies.count)
    let ratio = syntheticRows / realRows
    return real.values.indices.map { index in
      let errors = copies.compactMap { $0.errors[index] }
      let values = copies.compactMap { $0.values[index] }
      guard let own = real.values[index], let error = real.errors[index], error > 0,
        errors.count == copies.count, values.count == copies.count
      else { return nil }
      let variance = errors.reduce(0) { $0 + $1 * $1 } / m
      guard variance > 0 else { return nil }
      return Entry(
        real: own, realError: error,
        synthetic: values.reduce(0, +) / m,
        syntheticError: (variance * ratio).squareRoot(),
        populationError: rule.variance(
          within: variance, estimates: values, ratio: ratio
        ).squareRoot())
    }
  }

  /// The expected size of a standardised difference under a right synthesis, over √(2/π).
  private var spread: Double { (realRows / (syntheticRows * Double(copies.count))).squareRoot() }

  func coefficients(named names: [String]) -> [AnalysisFidelity.Coefficient] {
    zip(names, entries).enumerated().map { index, pair in
      var result = AnalysisFidelity.Coefficient(name: pair.0)
      result.real = real.values[index]
      result.realError = real.errors[index]
      if let entry = pair.1 {
        result.synthetic = entry.synthetic
        result.syntheticError = entry.syntheticError
        result.populationError = entry.populationError
        result.difference = entry.difference
        result.overlap = entry.overlap
      }
      return result
    }
  }

  func overlap(isFloored: Bool) -> Score {
    let overlaps = entries.compactMap { $0?.overlap }.map { isFloored ? max(0, $0) : $0 }
    guard !overlaps.isEmpty else { return Score(notComputable: "no coefficient is compared") }
    // Intervals of one width overlap by 1 − |z| / (2 · 1.96).
    let expected = 1 - (2 / Double.pi).squareRoot() * spread / (2 * Self.width)
    return Score(overlaps.reduce(0, +) / Double(overlaps.count), reference: expected)
  }

  var difference: Score {
    let sizes = entries.compactMap { $0?.difference.magnitude }
    guard !sizes.isEmpty else { return Score(notComputable: "no coefficient is compared") }
    return Score(
      sizes.reduce(0, +) / Double(sizes.count),
      reference: (2 / Double.pi).squareRoot() * spread)
  }

  /// The lack of fit of all coefficients together.
  ///
  /// - Parameter covariance: That of the real coefficients, row by row.
  func lackOfFit(covariance: [Double]) -> Score {
    let entries = entries
    let compared = entries.indices.filter { entries[$0] != nil }
    let size = real.values.count
    guard !compared.isEmpty else { return Score(notComputable: "no coefficient is compared") }
    let scale = realRows / (syntheticRows * Double(copies.count))
    var matrix: [Double] = []
    for row in compared {
      matrix += compared.map { covariance[row * size + $0] * scale }
    }
    let differences = compared.map { index in
      entries[index].map { $0.synthetic - $0.real } ?? 0
    }
    let factor = CholeskyFactor(matrix, size: compared.count)
    guard factor.rank == compared.count else {
      return Score(notComputable: "the coefficients depend on each other")
    }
    let p = Double(compared.count)
    let sum = zip(differences, factor.solve(differences)).reduce(0) { $0 + $1.0 * $1.1 }
    // The 95 % point of χ² over its degrees of freedom, after Wilson and Hilferty.
    let root = 1 - 2 / (9 * p) + 1.6448536 * (2 / (9 * p)).squareRoot()
    return Score(sum / p, reference: 1, limit: root * root * root)
  }
}
