// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
import Synthesis

/// Linear support vector machines: one for each class against all others, with calibrated probabilities,
/// and support vector regression of a scale's normal scores.
///
/// All it holds is linear, so that it is a ``RegressionModel`` whose coefficients were found otherwise.
struct SupportVectorDistribution: LinearDistribution {
  static let method = "svm"

  /// C of machines, as most programs have it.
  private static let cost = 1.0
  /// The shares of rows that take turns at being foretold.
  private static let foldCount = 3
  /// The most rows that a calibration rests on.
  private static let mostCalibrationRows = 9000
  /// The most rounds of a machine over its rows.
  private static let mostRounds = 200

  let model: RegressionModel

  static func fit(_ problem: DistributionProblem) -> SupportVectorDistribution {
    SupportVectorDistribution(
      model: RegressionFitting(problem, penalty: 0, hasSpread: false, machines: .init(problem))
        .model())
  }

  var words: String {
    var parts: [String] = []
    if model.classCount == 2 { parts.append("a support vector machine with its calibration") }
    if model.classCount > 2 {
      parts.append("\(model.classCount) support vector machines with their calibrations")
    }
    if model.law != nil {
      parts.append("a support vector regression on normal scores of \(model.lawBins.count) bins")
    }
    if parts.isEmpty { parts.append("one class") }
    return parts.joined(separator: " and ")
      + ", \(model.classCoefficients.count + model.lawCoefficients.count) coefficients"
  }

  /// The machines in the place of regressions.
  struct Machines {
    private let stream: StreamKey

    init(_ problem: DistributionProblem) { stream = problem.stream }

    /// The log-odds of classes: of the second against the first where there are two, else of each against
    /// all others.
    func classCoefficients(
      _ design: SparseDesign, classes: [Int], classCount: Int
    ) -> [Double] {
      guard classCount > 1 else { return [] }
      return (classCount == 2 ? 1..<2 : 0..<classCount).flatMap { index -> [Double] in
        let isPositive = classes.map { $0 == index }
        let machine = LinearSupportVectors(
          design, isPositive: isPositive, cost: cost, maximumRoundCount: mostRounds,
          using: stream)
        let step = max(1, design.rowCount / mostCalibrationRows)
        let sample = stride(from: 0, to: design.rowCount, by: step).map { $0 }
        let part = sample.map { isPositive[$0] }
        let calibration = PlattCalibration(
          decisions: decisions(design.selecting(sample), part), isPositive: part)
        var odds = machine.coefficients.map { $0 * calibration.slope }
        odds[0] += calibration.intercept
        return odds
      }
    }

    /// What machines say of rows that they did not learn from.
    private func decisions(_ design: SparseDesign, _ isPositive: [Bool]) -> [Double] {
      var decisions = [Double](repeating: 0, count: design.rowCount)
      for fold in 0..<foldCount {
        let others = (0..<design.rowCount).filter { $0 % foldCount != fold }
        let machine = LinearSupportVectors(
          design.selecting(others), isPositive: others.map { isPositive[$0] }, cost: cost,
          maximumRoundCount: mostRounds, using: stream)
        for row in stride(from: fold, to: design.rowCount, by: foldCount) {
          decisions[row] = design.product(of: row, machine.coefficients)
        }
      }
      return decisions
    }

    /// The line through numbers.
    func line(_ design: SparseDesign, _ response: [Double]) -> RegressionFit {
      let machine = LinearSupportVectors(
        design, response: response, cost: cost, maximumRoundCount: mostRounds, using: stream)
      return RegressionFit(
        coefficients: machine.coefficients, covariance: [],
        isKept: machine.coefficients.map { $0 != 0 }, hasConverged: machine.hasConverged)
    }
  }
}
