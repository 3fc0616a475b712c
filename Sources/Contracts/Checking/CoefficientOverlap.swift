// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// Fits one model to real and synthetic rows, and says how far the intervals of coefficients overlap.
///
/// ## Source
/// Karr, Kohnen, Oganian, Reiter & Sanil (2006), "A framework for evaluating the utility of data altered
/// to protect confidentiality", The American Statistician 60(3): the mean of the overlap over both
/// widths.
struct CoefficientOverlap {
  /// The mean overlap over the coefficients, 1 at best, below 0 where intervals lie apart.
  let mean: Double
  /// The coefficients compared.
  let count: Int

  private static let halfWidth = 1.959963984540054

  /// Compares; `nil` if either model cannot be fitted.
  init?(
    response: AlignedColumn, terms: [AlignedColumn], family: AnalysisClause.Family
  ) {
    guard
      let design = AnalysisDesign(
        response: response, terms: terms, isBinomial: family == .binomial)
    else { return nil }
    self.init(design)
  }

  /// Compares the two sides of a design; `nil` if the model cannot be fitted to either.
  init?(_ design: AnalysisDesign) {
    guard let real = design.fit(side: 0), let synthetic = design.fit(side: 1) else { return nil }
    var sum = 0.0
    var compared = 0
    for (first, second) in zip(real, synthetic) {
      guard let first, let second, first.error > 0, second.error > 0 else { continue }
      let (a, b) = (Self.halfWidth * first.error, Self.halfWidth * second.error)
      let shared = min(first.value + a, second.value + b) - max(first.value - a, second.value - b)
      sum += (shared / (2 * a) + shared / (2 * b)) / 2
      compared += 1
    }
    guard compared > 0 else { return nil }
    mean = sum / Double(compared)
    count = compared
  }
}
