// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Schemas
import Tables
import Testing

@testable import Fidelity

struct PropensityMeasureTests {
  private func distinguish(
    _ real: Table, _ synthetic: Table, schema: Schema = MadeTables.schema
  ) throws -> Distinguishability {
    let alignment = try TableAlignment([real, synthetic], schema: schema)
    return try #require(
      PropensityMeasure(
        alignment: alignment, key: RandomKey(seed: "models"), threads: 2, progress: .silent
      ).result())
  }

  @Test func `four equal cells give the published figures`() throws {
    // Cells of 2, 2, 2, 2 real and 1, 2, 2, 3 synthetic rows: pMSE 0.00833333 and PO50 6.25.
    func table(_ counts: [Int]) -> Table {
      let codes = counts.enumerated().flatMap {
        [UInt32](repeating: UInt32($0.offset), count: $0.element)
      }
      return Table(columns: [
        Column(name: "l", values: .texts(codes: codes, pool: TextPool(["a", "b", "c", "d"])))
      ])
    }
    let schema = Schema(variables: [Variable(name: "l", kind: .category, measure: .nominal)])
    let alignment = try TableAlignment(
      [table([2, 2, 2, 2]), table([1, 2, 2, 3])], schema: schema)
    let stack = try #require(StackedTables(alignment, other: 1, key: RandomKey(seed: "1")))
    let logistic = try #require(LogisticPropensity(stack))
    #expect(abs(logistic.error - 0.00833333) < 5e-9)
    #expect(logistic.freedom == 3)
    #expect(abs(logistic.error / logistic.expected - 0.355556) < 5e-7)
    #expect(logistic.percentOver == 6.25)
  }

  @Test func `rows of one population are not told apart`() throws {
    let result = try distinguish(
      MadeTables.sample(150, seed: "1"), MadeTables.sample(150, seed: "2"))
    // A standard error of the null; the folds share rows, which their error leaves out, so seven.
    let area = try #require(result.classifierArea.value)
    let error = (try #require(result.classifierArea.limit) - 0.5) / 1.644854
    #expect(abs(area - 0.5) < 7 * error, "area \(area), standard error \(error)")
    // Two samples vary twice as much as a right synthesis: 2 ± 4.9 √(2/df) · 2 at df = 6.
    let ratio = try #require(result.logisticRatio.value)
    #expect(ratio < 2 + 4.9 * 2 * (2.0 / 6).squareRoot(), "ratio \(ratio)")
    #expect((try #require(result.treeRatio.value)) < 4)
  }

  @Test(arguments: [(300, 300), (300, 150)])
  func `fresh rows have the ratio that is called theirs`(real: Int, synthetic: Int) throws {
    // The mean of 40 chi-squares over their 6 degrees of freedom, times the factor f, has the standard
    // error f √(2/6)/√40; the bound is five of them.
    let factor = PropensityMeasure.freshFactor(real: real, synthetic: synthetic)
    var sum = 0.0
    for seed in 0..<40 {
      let alignment = try TableAlignment(
        [
          MadeTables.sample(real, seed: "real \(seed)"),
          MadeTables.sample(synthetic, seed: "fresh \(seed)"),
        ], schema: MadeTables.schema)
      let stack = try #require(StackedTables(alignment, other: 1, key: RandomKey(seed: "1")))
      let model = try #require(LogisticPropensity(stack))
      #expect(model.freedom == 6)
      sum += model.error / model.expected
    }
    let bound = 5 * factor * (2.0 / 6).squareRoot() / 40.0.squareRoot()
    #expect(abs(sum / 40 - factor) < bound, "\(sum / 40) for \(factor)")
  }

  @Test func `shuffled columns are told apart by trees alone`() throws {
    // Not of the same rows: where all shares are equal, no first split gains anything.
    let result = try distinguish(
      MadeTables.sample(260, seed: "1"), MadeTables.shuffled(MadeTables.sample(260, seed: "2")))
    let area = result.classifierArea
    #expect((area.lower ?? 0) > (area.limit ?? 1), "\(area)")
    #expect((area.value ?? 0) > 0.6, "\(area)")
    #expect((result.treeError.value ?? 0) > (result.treeError.limit ?? 1))
    // Main effects see the shapes of columns only, and these are of one population.
    let ratio = try #require(result.logisticRatio.value)
    #expect(ratio < 2 + 4.9 * 2 * (2.0 / 6).squareRoot(), "ratio \(ratio)")
  }

  @Test func `the column that gives it away is named`() throws {
    let real = MadeTables.sample(150, seed: "1")
    var columns = MadeTables.sample(150, seed: "2").columns
    guard case .numbers(let values) = columns[1].values else { return }
    columns[1].values = .numbers(values.map { ($0 * 2).rounded() / 2 })
    let result = try distinguish(real, Table(columns: columns))
    let telling = try #require(result.tellingColumns.first)
    #expect(telling.name == "y")
    #expect((telling.areaLost ?? 0) > 0.2)
    #expect((result.classifierArea.lower ?? 0) > (result.classifierArea.limit ?? 1))
  }
}
