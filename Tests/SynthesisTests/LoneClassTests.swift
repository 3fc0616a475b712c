// SPDX-License-Identifier: Apache-2.0
import Randomness
import Schemas
import Tables
import Testing

@testable import Synthesis

@Suite struct `The only class among numbers` {
  /// A class of two, three scales, and what else is asked for.
  private static func order(_ others: [Column] = [], isLast: Bool) throws -> [String] {
    var groups: [UInt32] = []
    var scales = [[Double]](repeating: [], count: 3)
    for row in 0..<500 {
      var draws = RandomKey(seed: "known").stream("classes").stream(entity: UInt64(row))
      groups.append(Draws.bernoulli(0.4, using: &draws) ? 1 : 0)
      for place in scales.indices {
        scales[place].append(
          (1000 * Draws.normal(mean: Double(groups[row]), standardDeviation: 1, using: &draws))
            .rounded() / 1000)
      }
    }
    let table = Table(
      columns: [
        Column(name: "class", values: .texts(codes: groups, pool: TextPool(["g", "h"])))
      ]
        + scales.enumerated().map {
          Column(
            name: "x\($0)", values: .numbers($1), form: .number(NumberForm(decimals: 3)))
        } + others)
    let schema = SchemaInference().infer(table)
    var planner = Planner()
    planner.visitsLoneClassLast = isLast
    let plan = try planner.plan(
      table, schema: schema,
      binned: BinnedTable(table, schema: schema, binner: Binner(minimumWeight: 10)),
      method: "boosting")
    return plan.steps.filter { $0.action == .learned }.map(\.variable)
  }

  @Test func `is visited last where that is asked for, and first otherwise`() throws {
    #expect(try Self.order(isLast: false).first == "class")
    #expect(try Self.order(isLast: true).last == "class")
  }

  @Test func `stays first beside another class, or a scale that one value rules`() throws {
    let other = Column(
      name: "kind", values: .wholeNumbers((0..<500).map { Int64($0 * 7 % 5) }))
    #expect(try Self.order([other], isLast: true).last != "class")
    let gains = Column(
      name: "gain",
      values: .wholeNumbers((0..<500).map { $0 % 4 == 0 ? Int64($0 * 37 % 1009) : 0 }))
    #expect(try Self.order([gains], isLast: true).first == "class")
  }
}
