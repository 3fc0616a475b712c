// SPDX-License-Identifier: Apache-2.0
import Foundation
import Learners
import Randomness
import Schemas
import Synthesis
import Tables
import Testing

@testable import TreeSynthesis

/// Intervals from several copies of a proper synthesis, over many real tables of a known population.
///
/// With mean variance v of m copies of k rows, made from n real rows, the variance of the copies' mean
/// about the population is v (k/n + (1 + k/n)/m): Raab, Nowok and Dibben, "Practical data synthesis for
/// large samples", Journal of Privacy and Confidentiality 7 (2017), section 3. Rows here are drawn more
/// evenly than independent ones, so that intervals are a little too wide.
@Suite struct `Proper synthesis by regressions` {
  private static let rowCount = 400
  private static let copyCount = 5
  /// The standard normal's 95 % point.
  private static let width = 1.6448536269514722

  /// x, yes in four of ten; w about x; y = 1 + 0.5 x + 0.8 w and noise, all with deviation 1.
  private static func table(_ set: Int) -> Table {
    var (x, w, y) = ([Bool](), [Double](), [Double]())
    for row in 0..<rowCount {
      var draws = RandomKey(seed: "population", replication: set).stream("rows")
        .stream(entity: UInt64(row))
      let yes = Draws.uniform(using: &draws) < 0.4
      let second = (yes ? 1 : 0) + Draws.normal(using: &draws)
      x.append(yes)
      w.append(second)
      y.append(1 + (yes ? 0.5 : 0) + 0.8 * second + Draws.normal(using: &draws))
    }
    let form = WrittenForm.number(NumberForm(decimals: 17))
    return Table(columns: [
      Column(name: "x", values: .booleans(x)), Column(name: "w", values: .numbers(w), form: form),
      Column(name: "y", values: .numbers(y), form: form),
    ])
  }

  /// The mean of x and the coefficients of y on a constant, x and w, each with its variance.
  private static func estimates(_ table: Table) -> [(value: Double, variance: Double)]? {
    guard case .booleans(let x) = table.columns[0].values else { return nil }
    let w = table.columns[1].values.scaleValues
    var design = SparseDesign(columnCount: 3)
    for row in x.indices {
      design.append(column: 0, value: 1)
      if x[row] { design.append(column: 1, value: 1) }
      design.append(column: 2, value: w[row])
      design.endRow()
    }
    guard
      let fit = GeneralizedLinearModel(
        design, response: table.columns[2].values.scaleValues, family: .gaussian)?.fit
    else { return nil }
    let share = Double(x.count { $0 }) / Double(x.count)
    return [(share, share * (1 - share) / Double(x.count))]
      + (0..<3).map { (fit.coefficients[$0], fit.covariance[$0 * 3 + $0]) }
  }

  /// Whether the intervals of one set hold each true value.
  private static func covers(_ set: Int, method: String) throws -> [Bool] {
    let table = table(set)
    let schema = SchemaInference().infer(table)
    let binned = try BinnedTable(table, schema: schema, binner: Binner(minimumWeight: 5))
    let plan = Plan(
      method: method,
      steps: [
        PlanStep(variable: "x", action: .learned),
        PlanStep(variable: "w", action: .learned, predictors: ["x"]),
        PlanStep(variable: "y", action: .learned, predictors: ["x", "w"]),
      ], minimumLeafCount: 20, minimumLevelCount: 5)
    let model = try TreeSynthesizer().fit(table, binned: binned, schema: schema, plan: plan)
    let copies = try (0..<copyCount).map { copy in
      try #require(
        estimates(
          model.sample(
            rows: 0..<rowCount, key: RandomKey(seed: "copies of \(set)", replication: copy),
            threads: 1)))
    }
    let m = Double(copyCount)
    return [0.4, 1, 0.5, 0.8].enumerated().map { place, truth in
      let mean = copies.reduce(0) { $0 + $1[place].value } / m
      let variance = copies.reduce(0) { $0 + $1[place].variance } / m
      // k = n.
      return abs(mean - truth) <= width * (variance * (1 + 2 / m)).squareRoot()
    }
  }

  /// Of 1,000 sets where `SEMBLANCE_WHOLE` is set, else of 100.
  @Test func `intervals of 90 % hold the truth nine times in ten`() throws {
    let isWhole = ProcessInfo.processInfo.environment["SEMBLANCE_WHOLE"] != nil
    let count = isWhole ? 1000 : 100
    let names = ["mean of x", "constant", "x", "w"]
    let sets = try (0..<count).map { try Self.covers($0, method: "proper-regression") }
    for (place, name) in names.enumerated() {
      let share = Double(sets.count { $0[place] }) / Double(count)
      // 87 to 93 % of 1,000 are 3.2 standard errors; of 100, the same number of them.
      let limit = isWhole ? 0.03 : 0.095
      #expect(abs(share - 0.9) <= limit, "\(name): \(share)")
    }
  }
}
