// SPDX-License-Identifier: Apache-2.0
import Tables
import Testing

@Suite struct TablesTests {
  @Test(arguments: [
    (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 2, 29, 11_016), (2000, 3, 1, 11_017),
    (1600, 1, 1, -135_140), (2400, 12, 31, 157_419), (1, 1, 1, -719_162),
  ])
  func `days are counted from 1970 in the proleptic Gregorian calendar`(
    year: Int, month: Int, day: Int, days: Int
  ) throws {
    let date = try #require(CalendarDate(year: year, month: month, day: day))
    #expect(date.daysSince1970 == days)
    #expect(CalendarDate(daysSince1970: days) == date)
  }

  @Test(arguments: [
    (2021, 2, 29), (1900, 2, 29), (2021, 4, 31), (2021, 13, 1), (2021, 0, 1), (2021, 1, 0),
  ])
  func `there is no such day`(year: Int, month: Int, day: Int) {
    #expect(CalendarDate(year: year, month: month, day: day) == nil)
  }

  @Test func `a pool gives back the texts it got`() {
    let texts = ["", "a", "é€😀", "", "line\nfeed"]
    let pool = TextPool(texts)
    #expect(pool.texts == texts)
    #expect(pool.count == 5)
    #expect(pool.bytes.count == texts.reduce(0) { $0 + $1.utf8.count })
  }

  @Test func `distinct values are numbered by first appearance`() {
    let distinct = DistinctValues(Column(name: "v", values: .numbers([2.5, -0.0, 2.5, 0.0, 7])))
    #expect(distinct.codes == [0, 1, 0, 1, 2])
    #expect(distinct.count == 3)
    #expect(distinct.values(at: [2, 0]) == .numbers([7, 2.5]))
  }

  @Test func `many distinct values keep their numbers while the table of them grows`() {
    let values = (0..<20_000).map { Int64($0 % 9_999) &* 0x1_0000_0001 }
    let distinct = DistinctValues(Column(name: "v", values: .wholeNumbers(values)))
    #expect(distinct.count == 9_999)
    #expect(distinct.codes.enumerated().allSatisfy { Int($1) == $0 % 9_999 })
  }

  @Test func `selecting rows takes values and reasons along`() {
    let column = Column(
      name: "v", values: .texts(codes: [0, 1, 0], pool: TextPool(["x", "y"])),
      missing: MissingCells(reasons: [MissingReason(code: "NA")], codes: [0, 0, 1]))
    let table = Table(columns: [column]).selecting(rows: [2, 1, 1])
    #expect(table.rowCount == 3)
    #expect(table.columns[0].missing.codes == [1, 0, 0])
    #expect(table.columns[0].missing.reason(at: 0)?.code == "NA")
    #expect(table.columns[0].missing.count == 1)
    #expect(table.columns[0].values == .texts(codes: [0, 1, 1], pool: TextPool(["x", "y"])))
  }

  @Test(arguments: [
    (
      DataError("it is empty", file: "a.csv", remedy: "Give rows."),
      "error: it is empty\n  at a.csv\n  fix: Give rows."
    ),
    (
      DataError("no", file: "a.csv", line: 14, position: 7, column: "age", remedy: "Do."),
      "error: no\n  at a.csv:14:7 (column \"age\")\n  fix: Do."
    ),
    (DataError("no", line: 3, remedy: "Do."), "error: no\n  at line 3\n  fix: Do."),
    (DataError("no", column: "age", remedy: "Do."), "error: no\n  at column \"age\"\n  fix: Do."),
    (DataError("no", remedy: "Do."), "error: no\n  fix: Do."),
  ])
  func `an error says what, where and how to mend it`(error: DataError, text: String) {
    #expect(error.description == text)
  }
}
