// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
import Schemas
import Synthesis
import Tables
import Testing

@testable import TreeSynthesis

@Suite struct `Drawing within the groups of another variable` {
  /// Towns of regions, five each; a scale that hangs on the region; a scale that hangs on nothing.
  private static func table(_ count: Int) -> Table {
    var (regions, towns): ([UInt32], [UInt32]) = ([], [])
    var (incomes, noise): ([Double], [Double]) = ([], [])
    for row in 0..<count {
      var draws = RandomKey(seed: "nested").stream("rows").stream(entity: UInt64(row))
      let region = Draws.integer(below: 4, using: &draws)
      regions.append(UInt32(region))
      towns.append(UInt32(5 * region + Draws.integer(below: 5, using: &draws)))
      let income = Draws.normal(mean: 10 * Double(region), standardDeviation: 5, using: &draws)
      incomes.append((income * 10).rounded() / 10)
      noise.append((Draws.normal(mean: 0, standardDeviation: 1, using: &draws) * 10).rounded() / 10)
    }
    return Table(columns: [
      Column(
        name: "region", values: .texts(codes: regions, pool: TextPool((0..<4).map { "R\($0)" }))),
      Column(name: "noise", values: .numbers(noise)),
      Column(
        name: "town", values: .texts(codes: towns, pool: TextPool((0..<20).map { "T\($0)" }))),
      Column(name: "income", values: .numbers(incomes)),
    ])
  }

  private static func model() throws -> TreeModel {
    let table = table(2000)
    let schema = SchemaInference().infer(table)
    let binned = try BinnedTable(table, schema: schema, binner: Binner(minimumWeight: 10))
    let names = ["region", "noise", "town", "income"]
    let plan = Plan(
      method: "nested",
      steps: names.indices.map {
        PlanStep(variable: names[$0], action: .learned, predictors: Array(names[..<$0]))
      }, minimumLeafCount: 20, minimumLevelCount: 10)
    return try TreeSynthesizer().fit(table, binned: binned, schema: schema, plan: plan)
  }

  @Test func `towns stay in their regions, and a scale keeps its mean in each`() throws {
    let model = try Self.model()
    let count = 4000
    let rows = model.sample(rows: 0..<count, key: RandomKey(seed: "1"), threads: 1)
    let regions = rows.columns[0].values.plainTexts
    let towns = rows.columns[2].values.plainTexts
    for (region, town) in zip(regions, towns) {
      #expect(Int(town.dropFirst()).map { "R\($0 / 5)" } == region)
    }
    let incomes = rows.columns[3].values.scaleValues
    for region in 0..<4 {
      let own = regions.indices.filter { regions[$0] == "R\(region)" }
      let sum = own.reduce(0.0) { $0 + incomes[$1] }
      let strayed = sum / Double(own.count) - 10 * Double(region)
      // 500 rows were learned from and 1,000 drawn, with a variance of 25; bins take a tenth.
      let bound = 4.892 * (0.05 + 0.025).squareRoot() + 0.1
      #expect(abs(strayed) < bound, "\(region) \(strayed)")
    }
  }

  @Test func `it says by what it groups, and asks nothing where there is nothing to ask`() throws {
    let model = try Self.model()
    #expect(model.explanation(of: "town").contains { $0.contains("groups by region") })
    #expect(model.explanation(of: "region").contains { $0.contains("its own distribution") })
    #expect(
      model.variables[0].conditional.asked.isEmpty && model.variables[2].conditional.asked == [0])
  }
}
