// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Schemas
import Tables
import Testing

@testable import Disclosure

struct GroupOwnershipTests {
  private static let schema = Schema(variables: [
    Variable(name: "firm", kind: .category, measure: .nominal),
    Variable(name: "sales", kind: .number, measure: .scale),
  ])

  private static func table(_ sales: [Double]) -> Table {
    Table(columns: [
      Column(
        name: "firm",
        values: .texts(codes: sales.indices.map { UInt32($0 / 3) }, pool: TextPool(["a", "b"]))),
      Column(name: "sales", values: .numbers(sales)),
    ])
  }

  private static func measure(_ synthetic: [Double]) throws -> GroupOwnership {
    // In group a one record makes 80 of 100; in group b none makes more than half.
    let tables = [table([80, 10, 10, 30, 30, 40]), table(synthetic)]
    return GroupOwnership(
      ComparedTables(try TableAlignment(tables, schema: schema), threads: 1), trialCount: 0)
  }

  @Test func `a total that one record makes is caught where it comes back`() throws {
    let result = try Self.measure([30, 30, 35, 0, 0, 0])
    #expect(result.score.value == 1)
    #expect(result.findings.map(\.columns) == [["firm", "sales"]])
    #expect(result.findings.map(\.rows) == [[1, 2, 3]])
  }

  @Test func `a total beyond 10 % of it is not, and a group without an owner never`() throws {
    let result = try Self.measure([30, 30, 29, 30, 30, 40])
    #expect(result.score.value == 0)
    #expect(result.findings.isEmpty)
  }

  @Test func `totals are brought to the same number of rows`() throws {
    // Half as many rows with half the total.
    let result = try Self.measure([24, 12, 12])
    #expect(result.score.value == 1)
  }
}
