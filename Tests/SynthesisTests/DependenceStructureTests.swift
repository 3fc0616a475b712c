// SPDX-License-Identifier: Apache-2.0
import Randomness
import Schemas
import Tables
import Testing

@testable import Synthesis

@Suite struct `What hangs on what` {
  /// A cause of four levels; a copy of it; one that equals it in half of the rows and is drawn at random in the
  /// others; one that hangs on nothing.
  private static func table(_ count: Int) -> Table {
    var columns = [[String]](repeating: [], count: 4)
    for row in 0..<count {
      var draws = RandomKey(seed: "hangs").stream("rows").stream(entity: UInt64(row))
      func level() -> String { ["a", "b", "c", "d"][Draws.integer(below: 4, using: &draws)] }
      let cause = level()
      columns[0].append(cause)
      columns[1].append(cause)
      columns[2].append(Draws.integer(below: 2, using: &draws) == 0 ? cause : level())
      columns[3].append(level())
    }
    return Table(
      columns: zip(["cause", "copy", "half", "none"], columns).map { name, cells in
        let pool = ["a", "b", "c", "d"]
        return Column(
          name: name,
          values: .texts(
            codes: cells.map { UInt32(pool.firstIndex(of: $0) ?? 0) }, pool: TextPool(pool)))
      })
  }

  private static func plan(_ predictors: Bool) -> Plan {
    let names = ["cause", "copy", "half", "none"]
    return Plan(
      method: "trees",
      steps: names.indices.map {
        PlanStep(
          variable: names[$0], action: .learned, predictors: predictors ? Array(names[..<$0]) : [])
      }, minimumLeafCount: 20, minimumLevelCount: 10)
  }

  @Test(arguments: [true, false])
  func `shares explained are those of a hand computation`(predictors: Bool) throws {
    let table = Self.table(8000)
    let structure = try DependenceStructure(
      of: table, schema: SchemaInference().infer(table), plan: Self.plan(predictors))
    #expect(structure.names == ["cause", "copy", "half", "none"])
    func share(_ source: String, _ target: String) -> Double? {
      structure.arcs.first { $0.source == source && $0.target == target }?.share
    }
    #expect(abs((share("cause", "copy") ?? 0) - 1) < 0.001)
    // Equal with chance 5/8, each other level 1/8: H = −(5/8 ln 5/8 + 3/8 ln 1/8) = 1.0735 of ln 4 = 1.3863.
    // A share of 8,000 rows has a standard error of about .008.
    let expected = 1 - 1.0735 / 1.3863
    #expect(abs((share("cause", "half") ?? 0) - expected) < 0.03)
    #expect(abs((share("copy", "half") ?? 0) - expected) < 0.03)
    #expect(!structure.arcs.contains { $0.target == "none" || $0.source == "none" })
  }

  @Test func `what follows from others is exact`() throws {
    let table = Self.table(500)
    var plan = Self.plan(true)
    plan.steps[1] = PlanStep(variable: "copy", action: .derived(.lookup(of: "cause")))
    let structure = try DependenceStructure(
      of: table, schema: SchemaInference().infer(table), plan: plan)
    #expect(structure.arcs.contains { $0.target == "copy" && $0.source == "cause" && $0.isExact })
  }
}
