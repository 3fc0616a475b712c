// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables
import Testing

@testable import Evaluation

struct TableAlignmentTests {
  private func schema(_ kinds: [(String, VariableKind, VariableRole?)]) -> Schema {
    Schema(
      variables: kinds.map {
        Variable(name: $0.0, kind: $0.1, role: $0.2, measure: .nominal)
      })
  }

  private func texts(_ name: String, _ cells: [String]) -> Column {
    Column(
      name: name, values: .texts(codes: cells.indices.map { UInt32($0) }, pool: TextPool(cells)))
  }

  @Test func `whole numbers, decimals and text of the same levels are one level`() throws {
    let tables = [
      Table(columns: [Column(name: "code", values: .wholeNumbers([1, 2, 3]))]),
      Table(columns: [Column(name: "code", values: .numbers([2, 1, 2.5]))]),
      Table(columns: [texts("code", ["3", " 1.0", "other"])]),
    ]
    let column = try #require(
      try TableAlignment(tables, schema: schema([("code", .category, nil)])).columns.first)
    #expect(column.levels == ["1", "2", "3", "2.5", "other"])
    #expect(column.sides.map(\.codes) == [[1, 2, 3], [2, 1, 4], [3, 1, 5]])
  }

  @Test func `text beside text counts as it stands`() throws {
    let tables = [
      Table(columns: [texts("zip", ["01", "1"])]), Table(columns: [texts("zip", ["1", "01"])]),
    ]
    let column = try #require(
      try TableAlignment(tables, schema: schema([("zip", .category, nil)])).columns.first)
    #expect(column.sides.map(\.codes) == [[1, 2], [2, 1]])
  }

  @Test func `truth values meet their words and digits`() throws {
    let tables = [
      Table(columns: [
        Column(
          name: "b", values: .booleans([true, false]), form: .boolean(true: "yes", false: "no"))
      ]),
      Table(columns: [texts("b", ["No", "YES"])]),
      Table(columns: [Column(name: "b", values: .wholeNumbers([0, 1]))]),
    ]
    let column = try #require(
      try TableAlignment(tables, schema: schema([("b", .boolean, nil)])).columns.first)
    #expect(column.levels == ["no", "yes"])
    #expect(column.sides.map(\.codes) == [[2, 1], [1, 2], [1, 2]])
  }

  @Test func `text where numbers should be is read, and the rest of it is missing`() throws {
    let tables = [
      Table(columns: [Column(name: "x", values: .numbers([1.5, 2]))]),
      Table(columns: [texts("x", [" 2.0", "NA"])]),
    ]
    let column = try #require(
      try TableAlignment(tables, schema: schema([("x", .number, nil)])).columns.first)
    #expect(column.sides[1].presentValues == [2])
    #expect(column.sides[1].codes == [1, 0])
  }

  @Test func `days meet date-times on one scale`() throws {
    let tables = [
      Table(columns: [Column(name: "d", values: .dates([1, 2]))]),
      Table(columns: [Column(name: "d", values: .dateTimes([86_400_000_000, 90_000_000_000]))]),
      Table(columns: [texts("d", ["1970-01-03", "1970-01-02 01:00"])]),
    ]
    let column = try #require(
      try TableAlignment(tables, schema: schema([("d", .date, nil)])).columns.first)
    #expect(
      column.sides.map(\.values) == [
        [86_400_000_000, 172_800_000_000], [86_400_000_000, 90_000_000_000],
        [172_800_000_000, 90_000_000_000],
      ])
  }

  @Test func `what cannot be compared is skipped by name`() throws {
    let real = Table(columns: [
      Column(name: "id", values: .wholeNumbers([1])), texts("note", ["a"]),
      Column(name: "x", values: .numbers([1])), Column(name: "gone", values: .numbers([1])),
    ])
    let synthetic = Table(columns: [
      Column(name: "id", values: .wholeNumbers([1])), texts("note", ["a"]),
      texts("x", ["words"]), texts("extra", ["a"]),
    ])
    let alignment = try TableAlignment(
      [real, synthetic],
      schema: schema([
        ("id", .wholeNumber, .identifier), ("note", .text, nil), ("x", .number, nil),
        ("gone", .number, nil),
      ]))
    #expect(alignment.columns.isEmpty)
    #expect(alignment.skipped.map(\.name) == ["id", "note", "x", "gone", "extra"])
  }

  @Test func `tables without a common column are an error`() {
    let tables = [
      Table(columns: [texts("a", ["1"])]), Table(columns: [texts("b", ["1"])]),
    ]
    #expect(throws: DataError.self) {
      try TableAlignment(tables, schema: schema([("a", .category, nil)]))
    }
  }

  @Test func `work keeps its order whatever the threads`() {
    for threads in [1, 2, 5] {
      let work = ChunkedWork(count: 1001, threads: threads, chunkSize: 7)
      #expect(work.map { range in range.map { $0 * $0 } } == (0..<1001).map { $0 * $0 })
    }
  }
}
