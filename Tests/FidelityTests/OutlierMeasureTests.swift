// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Schemas
import Tables
import Testing

@testable import Fidelity

struct OutlierMeasureTests {
  private let schema = Schema(variables: [
    Variable(name: "x", kind: .number, measure: .scale),
    Variable(name: "y", kind: .number, measure: .scale),
    Variable(name: "level", kind: .category, measure: .nominal),
  ])

  private func table(_ x: [Double], _ y: [Double], _ levels: [UInt32]) -> Table {
    Table(columns: [
      Column(name: "x", values: .numbers(x)), Column(name: "y", values: .numbers(y)),
      Column(name: "level", values: .texts(codes: levels, pool: TextPool(["a", "b"]))),
    ])
  }

  /// Values 1 … 20 but for the last: quartiles 5.75 and 15.25, upper fence 29.5, 95 % point
  /// 19 + 0.05 · (last − 19).
  private func values(last: Double) -> [Double] { (1...19).map { Double($0) } + [last] }

  @Test func `outliers are counted in both directions and by how far out they are`() throws {
    let real = table(values(last: 100), values(last: 100), [UInt32](repeating: 0, count: 20))
    let synthetic = table(
      values(last: 60), Array(values(last: 60).reversed()), [UInt32](repeating: 0, count: 20))
    let alignment = try TableAlignment([real, synthetic], schema: schema)
    let result = OutlierMeasure(columns: alignment.columns, fresh: nil).result(
      rowShare: Score(0.01))
    let x = try #require(result.columns.first)
    #expect(x.realAbove == 0.05 && x.syntheticAbove == 0.05 && x.realBelow == 0)
    #expect(x.ratio == 1)
    // The real 95 % point is 23.05, so the excesses are 76.95 and 36.95.
    #expect(abs(try #require(x.excessRatio) - 36.95 / 76.95) < 1e-9)
    // Both tails meet in one real row, and in none of the synthetic ones.
    let tail = try #require(result.worstTails.first)
    #expect(tail.real == 1 && tail.synthetic == 0)
    #expect(result.jointTails.value == 1)
    #expect(result.levelMix.value == 0)
  }

  @Test func `outliers with other levels are seen, and a copy is like itself`() throws {
    var levels = [UInt32](repeating: 0, count: 20)
    let real = table(values(last: 100), values(last: 20), levels)
    levels[19] = 1
    let synthetic = table(values(last: 100), values(last: 20), levels)
    func mix(_ synthetic: Table) throws -> OutlierFidelity {
      let alignment = try TableAlignment([real, synthetic], schema: schema)
      return OutlierMeasure(columns: alignment.columns, fresh: (0, Array(0..<20))).result(
        rowShare: Score(0.01))
    }
    #expect(try mix(synthetic).levelMix.value == 1)
    #expect(try mix(synthetic).levelMix.reference == 0)
    #expect(try mix(real).levelMix.value == 0)
    #expect(try mix(real).jointTails.value == 0)
  }

  @Test func `a table without scales has nothing to measure, and says so`() throws {
    let table = Table(columns: [
      Column(name: "level", values: .texts(codes: [0, 1, 0], pool: TextPool(["a", "b"])))
    ])
    let alignment = try TableAlignment(
      [table, table],
      schema: Schema(variables: [Variable(name: "level", kind: .category, measure: .nominal)]))
    let result = OutlierMeasure(columns: alignment.columns, fresh: nil).result(
      rowShare: Score(notComputable: "too few"))
    #expect(result.columns.isEmpty)
    #expect(result.levelMix.value == nil && result.jointTails.value == nil)
  }
}
