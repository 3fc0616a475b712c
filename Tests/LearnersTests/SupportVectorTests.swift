// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
import Testing

/// Coefficients of scikit-learn 1.9.1 (liblinear) and R 4.2.2, recorded by `Fixtures/learners_oracle.py`
/// and `Fixtures/regression_oracle.R`.
@Suite struct `Support vector machines beside liblinear` {
  private let rows = MadeRows.shared
  private let stream = RandomKey(seed: "svm").stream("order")

  @Test func `a machine with squared hinge loss`() {
    let machine = LinearSupportVectors(
      rows.design(), isPositive: rows.t, tolerance: 1e-10, maximumRoundCount: 100_000, using: stream
    )
    #expect(machine.hasConverged)
    #expect(
      distance(
        machine.coefficients,
        [-0.0325207650, 0.3763817640, -0.1322177492, 0.2031854311, 0.0106840383]) < 1e-6)
  }

  @Test func `regression with a squared insensitive loss`() {
    let machine = LinearSupportVectors(
      rows.design(), response: rows.y, tolerance: 1e-11, maximumRoundCount: 100_000, using: stream)
    #expect(
      distance(
        machine.coefficients,
        [-0.0189549218, 0.7501614434, -0.6466188151, 0.5980606261, 0.0115589895]) < 1e-6)
  }

  @Test func `the calibration is a logistic regression on targets that are not quite 0 and 1`() {
    let fit = PlattCalibration(decisions: rows.decisions, isPositive: rows.t)
    #expect(distance([fit.intercept, fit.slope], [-0.1188343925, -0.2392695027]) < 1e-7)
    let flat = PlattCalibration(
      decisions: [0, 0, 0, 0], isPositive: [true, false, false, false])
    #expect(flat.slope == 0 && flat.intercept.isFinite)
  }
}
