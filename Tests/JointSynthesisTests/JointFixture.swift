// SPDX-License-Identifier: Apache-2.0
import Randomness
import Schemas
import Synthesis
import Tables

@testable import JointSynthesis

/// Tables whose law is known, and models of them.
enum JointFixture {
  /// Two-sided normal bound for α = 10⁻⁶.
  static let z = 4.892

  /// A category, two scales that depend on it and on each other, of which the second is never below the
  /// first, a skip question with the scale it leads to, and a label of the category.
  static func table(_ count: Int) -> Table {
    var groups: [UInt32] = []
    var first: [Int64] = []
    var second: [Int64] = []
    var codes: [UInt8] = []
    var asked: [UInt32] = []
    var answers: [Double] = []
    for row in 0..<count {
      var draws = RandomKey(seed: "known").stream("joint").stream(entity: UInt64(row))
      let group = Draws.uniform(using: &draws) < 0.3 ? 1 : 0
      let x = Draws.normal(mean: group == 1 ? 60 : 40, standardDeviation: 8, using: &draws)
      groups.append(UInt32(group))
      first.append(Int64(x.rounded()))
      second.append(Int64(x.rounded()) + Int64(Draws.integer(below: 20, using: &draws)))
      codes.append(Draws.uniform(using: &draws) < (group == 1 ? 0.3 : 0.05) ? 1 : 0)
      asked.append(Draws.uniform(using: &draws) < 0.4 ? 0 : 1)
      answers.append(
        (10 * Draws.normal(mean: x / 10, standardDeviation: 1, using: &draws)).rounded() / 10)
    }
    return Table(columns: [
      Column(name: "g", values: .texts(codes: groups, pool: TextPool(["x", "y"]))),
      Column(
        name: "a", values: .wholeNumbers(first),
        missing: MissingCells(reasons: [MissingReason(code: "refused")], codes: codes)),
      Column(name: "b", values: .wholeNumbers(second)),
      Column(name: "asked", values: .texts(codes: asked, pool: TextPool(["no", "yes"]))),
      Column(
        name: "answer", values: .numbers(answers),
        missing: MissingCells(
          reasons: [MissingReason(code: "skipped")], codes: asked.map { $0 == 0 ? 1 : 0 }),
        form: .number(NumberForm(decimals: 1))),
      Column(name: "label", values: .texts(codes: groups, pool: TextPool(["ex", "why"]))),
    ])
  }

  /// The plan of a table, and the model by it.
  static func model(
    _ table: Table, _ method: String, restrictions: PlanRestrictions = PlanRestrictions(),
    threads: Int = 1, minimumLeafCount: Int = 20
  ) throws -> JointModel {
    let schema = SchemaInference().infer(table)
    let planner = Planner(
      options: PlanOptions(minimumLeafCount: minimumLeafCount), restrictions: restrictions)
    let minimum = planner.options.levelCount(forRowCount: table.rowCount)
    let binned = try BinnedTable(
      table, schema: schema, binner: Binner(minimumWeight: Double(minimum)))
    let plan = planner.plan(table, schema: schema, binned: binned, method: method)
    let synthesizer = JointSynthesizer(threads: threads)
    return try synthesizer.fit(
      table, binned: binned, schema: schema,
      plan: synthesizer.planned(plan, binned: binned, together: restrictions.together))
  }

  static func drawn(_ model: JointModel, _ count: Int, threads: Int = 2) -> Table {
    model.sample(rows: 0..<count, key: RandomKey(seed: "7"), threads: threads)
  }

  /// The levels of a column of texts, empty where missing.
  static func texts(_ column: Column?) -> [String] {
    guard let column, case .texts(let codes, let pool) = column.values else { return [] }
    return codes.enumerated().map { column.missing.isMissing(at: $0) ? "" : pool[Int($1)] }
  }

  /// The numbers of a column, `nil` where missing.
  static func numbers(_ column: Column?) -> [Double?] {
    guard let column else { return [] }
    return column.values.scaleValues.enumerated().map {
      column.missing.isMissing(at: $0) ? nil : $1
    }
  }

  /// Product-moment correlation over the rows in which both are present.
  static func correlation(_ first: [Double?], _ second: [Double?]) -> Double {
    let pairs = zip(first, second).compactMap { pair -> (Double, Double)? in
      guard let x = pair.0, let y = pair.1 else { return nil }
      return (x, y)
    }
    let n = Double(pairs.count)
    let (mx, my) = (pairs.reduce(0) { $0 + $1.0 } / n, pairs.reduce(0) { $0 + $1.1 } / n)
    let xy = pairs.reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) }
    let xx = pairs.reduce(0) { $0 + ($1.0 - mx) * ($1.0 - mx) }
    let yy = pairs.reduce(0) { $0 + ($1.1 - my) * ($1.1 - my) }
    return xy / (xx * yy).squareRoot()
  }
}
