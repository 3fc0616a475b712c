// SPDX-License-Identifier: Apache-2.0
import Learners
import Numerics
import Randomness
import Schemas
import Synthesis
import Tables
import Testing

@testable import TreeSynthesis

@Suite struct `Durations by proportional hazards` {
  private static let count = 3000

  /// Weibull times of shape 1.5 whose hazard is e^0.9 times as great in one of two arms, and falls by a
  /// factor of e^0.03 with each year.
  private static func table() -> Table {
    var arms: [UInt32] = []
    var (ages, times): ([Int64], [Double]) = ([], [])
    for row in 0..<count {
      var draws = RandomKey(seed: "survival").stream("rows").stream(entity: UInt64(row))
      let arm: UInt32 = Draws.uniform(using: &draws) < 0.5 ? 1 : 0
      let age = Int64(40 + Draws.integer(below: 40, using: &draws))
      let linear = 0.9 * Double(arm) - 0.03 * Double(age - 60)
      let hazard = -ElementaryFunctions.log(1 - Draws.uniform(using: &draws))
      let power = ElementaryFunctions.log(hazard) - linear
      arms.append(arm)
      ages.append(age)
      times.append((ElementaryFunctions.exp(power / 1.5) * 1000).rounded() / 10)
    }
    return Table(columns: [
      Column(name: "arm", values: .texts(codes: arms, pool: TextPool(["old", "new"]))),
      Column(name: "age", values: .wholeNumbers(ages)),
      Column(name: "days", values: .numbers(times)),
    ])
  }

  /// Cox's coefficients of arm and age, with their standard errors.
  private static func cox(_ table: Table) throws -> [(value: Double, error: Double)] {
    guard case .texts(let codes, let pool) = try #require(table.column(named: "arm")).values else {
      return []
    }
    let ages = try #require(table.column(named: "age")).values.scaleValues
    let times = try #require(table.column(named: "days")).values.scaleValues
    var design = SparseDesign(columnCount: 2)
    for row in 0..<table.rowCount {
      if pool[Int(codes[row])] == "new" { design.append(column: 0, value: 1) }
      design.append(column: 1, value: ages[row])
      design.endRow()
    }
    let fit = try #require(
      ProportionalHazards(
        design, times: times, hasEvent: [Bool](repeating: true, count: times.count))
    ).fit
    return try (0..<2).map { (fit.coefficients[$0], try #require(fit.standardError($0))) }
  }

  private static func model(_ method: String) throws -> TreeModel {
    let table = table()
    let schema = SchemaInference().infer(table)
    let binned = try BinnedTable(table, schema: schema, binner: Binner(minimumWeight: 10))
    let plan = Planner().plan(table, schema: schema, binned: binned, method: method)
    return try TreeSynthesizer().fit(table, binned: binned, schema: schema, plan: plan)
  }

  @Test func `hazard ratios of synthetic rows are those of the real ones`() throws {
    let real = try Self.cox(Self.table())
    let model = try Self.model("survival")
    #expect(model.explanation(of: "days").contains { $0.contains("hazard") })
    let drawn = model.sample(rows: 0..<12_000, key: RandomKey(seed: "1"), threads: 2)
    let synthetic = try Self.cox(drawn)
    #expect(abs(real[0].value - 0.9) < 4 * real[0].error)
    for (own, other) in zip(real, synthetic) {
      // The fit learns the real coefficient; only drawing adds noise, and normal scores of age bend the line.
      #expect(abs(own.value - other.value) < 4 * other.error + 0.05 * own.value.magnitude)
    }
    // A normal line of scores has other hazards.
    let normal = try Self.cox(
      Self.model("regression").sample(rows: 0..<12_000, key: RandomKey(seed: "1"), threads: 2))
    #expect(abs(normal[0].value - real[0].value) > abs(synthetic[0].value - real[0].value))
  }
}
