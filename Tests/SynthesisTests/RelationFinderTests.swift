// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
import Schemas
import Tables
import Testing

@testable import Synthesis

@Suite struct `Relations found in tables` {
  static func plan(_ columns: [Column]) throws -> Plan {
    let table = Table(columns: columns)
    let schema = SchemaInference().infer(table)
    let planner = Planner()
    let minimum = planner.options.levelCount(forRowCount: table.rowCount)
    let binned = try BinnedTable(
      table, schema: schema, binner: Binner(minimumWeight: Double(minimum)))
    return planner.plan(table, schema: schema, binned: binned, method: "trees")
  }

  private static func stream(_ name: String, _ entity: Int) -> RandomStream {
    RandomKey(seed: "relations").stream(name).stream(entity: UInt64(entity))
  }

  /// Columns that have nothing to do with each other, of many kinds and with cells missing at random.
  private static func noise(_ trial: Int) -> [Column] {
    var draws = stream("noise", trial)
    let count = 50 + Draws.integer(below: 450, using: &draws)
    return (0..<10).map { index in
      let width = [2, 3, 5, 12, 40, 300, 2000][Draws.integer(below: 7, using: &draws)]
      let numbers = (0..<count).map { _ in Draws.integer(below: width, using: &draws) }
      let values: ColumnValues
      switch (index + trial) % 5 {
      case 0: values = .wholeNumbers(numbers.map { Int64($0) })
      case 1: values = .numbers(numbers.map { Double($0) / 4 })
      case 2: values = .dates(numbers.map { Int32(18_000 + $0) })
      case 3:
        // Nearly constant, as rare conditions are.
        values = .wholeNumbers(numbers.map { $0 == 0 ? 1 : 0 })
      default:
        values = .texts(
          codes: numbers.map { UInt32($0) }, pool: TextPool((0..<width).map { "t\($0)" }))
      }
      var missing = MissingCells.none
      if Draws.uniform(using: &draws) < 0.5 {
        let rate = Draws.uniform(using: &draws) * 0.3
        missing = MissingCells(
          reasons: [MissingReason(code: "")],
          codes: (0..<count).map { _ in Draws.uniform(using: &draws) < rate ? 1 : 0 })
      }
      return Column(
        name: "c\(index)", values: values, missing: missing,
        form: .number(NumberForm(decimals: 2)))
    }
  }

  @Test func `none is found in a hundred tables of noise`() throws {
    for trial in 0..<100 {
      for step in try Self.plan(Self.noise(trial)).steps {
        if case .derived(let relation) = step.action {
          Issue.record("table \(trial): \(step.variable) \(relation.description)")
        }
        if !step.constraints.isEmpty { Issue.record("table \(trial): \(step.variable)") }
      }
    }
  }

  private static func numbers(
    _ name: String, _ count: Int, _ decimals: Int, _ value: (inout RandomStream) -> Double
  ) -> Column {
    var draws = stream(name, 0)
    let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
    return Column(
      name: name,
      values: .numbers((0..<count).map { _ in (value(&draws) * scale).rounded() / scale }),
      form: .number(NumberForm(decimals: decimals)))
  }

  @Test func `a body mass index is found with its factor`() throws {
    let height = Self.numbers("height", 400, 0) {
      Draws.normal(mean: 170, standardDeviation: 9, using: &$0)
    }
    let weight = Self.numbers("weight", 400, 1) {
      Draws.normal(mean: 75, standardDeviation: 12, using: &$0)
    }
    let index = zip(height.values.scaleValues, weight.values.scaleValues).map { height, weight in
      (weight / (height / 100 * height / 100) * 10).rounded() / 10
    }
    let plan = try Self.plan([
      height, weight,
      Column(name: "bmi", values: .numbers(index), form: .number(NumberForm(decimals: 1))),
    ])
    #expect(
      plan.step(for: "bmi")?.action
        == .derived(.product(factor: 10_000, powers: ["height": -2, "weight": 1])))
  }

  @Test func `a code and its label are found, and a nearly constant column is not`() throws {
    let count = 500
    var draws = Self.stream("labels", 0)
    let codes = (0..<count).map { _ in Draws.integer(below: 6, using: &draws) }
    let plan = try Self.plan([
      Column(name: "code", values: .wholeNumbers(codes.map { Int64($0) })),
      Column(
        name: "label",
        values: .texts(
          codes: codes.map { UInt32($0 / 2) }, pool: TextPool(["low", "middle", "high"]))),
      Column(name: "rare", values: .wholeNumbers((0..<count).map { $0 == 9 ? 1 : 0 })),
    ])
    #expect(plan.step(for: "label")?.action == .derived(.lookup(of: "code")))
    #expect(plan.step(for: "rare")?.action != .derived(.lookup(of: "code")))
  }

  @Test func `days between two dates are found`() throws {
    var draws = Self.stream("days", 0)
    let early = (0..<200).map { _ in Int32(Draws.integer(below: 900, using: &draws)) }
    let days = early.map { _ in Int64(Draws.integer(below: 60, using: &draws)) }
    let plan = try Self.plan([
      Column(name: "in", values: .dates(early)),
      Column(name: "out", values: .dates(zip(early, days).map { $0 + Int32($1) })),
      Column(name: "days", values: .wholeNumbers(days)),
    ])
    #expect(
      plan.step(for: "days")?.action == .derived(.sum(plus: ["out"], minus: ["in"])))
    let constraints = plan.steps.flatMap(\.constraints)
    #expect(constraints == [.atLeast("in")] || constraints == [.atMost("out")])
  }

  @Test func `a wide table is planned with bounded work`() throws {
    // Half empty columns of few values keep contradictions away longest.
    let count = 400
    let columns = (0..<120).map { index -> Column in
      var draws = Self.stream("wide", index)
      return Column(
        name: "c\(index)",
        values: .wholeNumbers(
          (0..<count).map { _ in
            Draws.uniform(using: &draws) < 0.9 ? 0 : Int64(Draws.integer(below: 50, using: &draws))
          }))
    }
    let plan = try Self.plan(columns)
    #expect(plan.steps.count == 120)
    #expect(plan.steps.allSatisfy { $0.predictors.count <= 40 })
  }
}
