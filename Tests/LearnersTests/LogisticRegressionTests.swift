// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Learners

struct LogisticRegressionTests {
  /// Rows of an intercept and x = 0 … 9, of which some are positive.
  private let isPositive = [false, false, true, false, false, true, true, false, true, true]

  private func design(extra: (Int) -> Double?) -> SparseDesign {
    var design = SparseDesign(columnCount: 3)
    for row in 0..<10 {
      design.append(column: 0, value: 1)
      design.append(column: 1, value: Double(row))
      if let value = extra(row) { design.append(column: 2, value: value) }
      design.endRow()
    }
    return design
  }

  @Test func `the coefficients are those of the likelihood equations`() throws {
    let design = design { _ in nil }
    let model = LogisticRegression(design, isPositive: isPositive)
    #expect(model.hasConverged)
    #expect(model.rank == 2)
    // At the maximum Σ(t − p) and Σ x(t − p) vanish.
    var (first, second) = (0.0, 0.0)
    for row in 0..<10 {
      let residual = (isPositive[row] ? 1 : 0) - model.probability(design, row: row)
      first += residual
      second += residual * Double(row)
    }
    #expect(abs(first) < 1e-9 && abs(second) < 1e-8)
    // The coefficients of `glm` in R 4.2.2.
    #expect(abs(model.coefficients[0] - -1.997417414100) < 1e-9)
    #expect(abs(model.coefficients[1] - 0.443870536467) < 1e-9)
  }

  @Test func `a column that depends on others is left out`() {
    let model = LogisticRegression(design { Double(2 * $0 + 1) }, isPositive: isPositive)
    #expect(model.rank == 2)
    #expect(model.coefficients[2] == 0)
  }

  @Test func `a system is solved by its factor`() {
    let factor = CholeskyFactor([4, 0, 0, 2, 5, 0, 2, 1, 6], size: 3)
    let x = factor.solve([8, 8, 9])
    // [[4,2,2],[2,5,1],[2,1,6]] · (1, 1, 1) = (8, 8, 9).
    for value in x { #expect(abs(value - 1) < 1e-12) }
  }
}
