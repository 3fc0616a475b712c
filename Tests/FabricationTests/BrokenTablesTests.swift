// SPDX-License-Identifier: Apache-2.0
import Tables
import Testing

@testable import Fabrication

/// Specifications of several tables, published figures, rows by hand and designs that are wrong.
@Suite struct BrokenTablesTests {
  private static let one = "  b: {columns: {x: 1}}"

  static let cases: [(String, Int, Int, String)] = [
    ("tables: 5", 1, 9, "one table name a line"),
    ("rows: 5\ntables:\n  a: {columns: {x: 1}}", 3, 3, "Put them into one"),
    ("tables:\n  a: 5", 2, 6, "below its name"),
    ("tables:\n  a: {colums: {x: 1}}", 2, 7, "columns"),
    ("tables:\n  a: {rows: x, columns: {x: 1}}", 2, 13, "rows"),
    ("tables:\n  a: {columns: {x: 1}, parents: 4}", 2, 33, "parents: {household"),
    ("tables:\n  a: {columns: {x: 1}, parents: {b: {}}}", 2, 34, "Use one of"),
    ("tables:\n  a: {columns: {x: 1}, parents: {b: 7}}\n" + one, 2, 37, "`b: {}`"),
    ("tables:\n  a: {columns: {x: 1}, parents: {b: {eech: 2}}}\n" + one, 2, 38, "each"),
    ("tables:\n  a: {columns: {x: 1}, parents: {p: {table: c}}}\n" + one, 2, 45, "Use one of"),
    ("tables:\n  a: {columns: {x: 1}, parents: {a: {each: 2}}}", 2, 44, "Give `rows:`"),
    (
      "tables:\n  a: {rows: 2, columns: {x: 1}, parents: {b: {each: 2}}}\n" + one, 2, 43, "Keep one"
    ),
    ("tables:\n  a: {columns: {x: 1}, parents: {b: {each: y}}}\n" + one, 2, 44, "x"),
    ("tables:\n  a: {columns: {x: 1}, parents: {b: {optional: 3}}}\n" + one, 2, 48, "0.1 for 10 %"),
    (
      "tables:\n  a: {columns: {x: 1}, parents: {b: {each: 2, optional: 0.5}}}\n" + one, 2, 57,
      "Take one"
    ),
    ("tables:\n  a: {columns: {x: 1}, parents: {a: {weight: x}}}", 2, 46, "take `each` out"),
    ("tables:\n  a: {columns: {x: c.y}, parents: {b: {}}}\n" + one, 2, 20, ""),
    ("tables:\n  a: {columns: {x: b.y}, parents: {b: {}}}\n" + one, 2, 20, ""),
    ("tables:\n  a: {key: z, columns: {x: 1}}", 2, 12, "Use one of"),
    ("tables:\n  a: {columns: {x: {sequence: {within: b}}}}", 2, 40, "no parents"),
    ("key: z\ncolumns:\n  x: 1", 1, 6, "Use one of"),
    // Published tables.
    ("columns: {x: {by: published}}\npublished: 5", 2, 12, "published: ["),
    ("columns: {x: {by: published}}\npublished: [{of: [x], count: {a: 1}}]", 2, 23, "counts"),
    ("columns: {x: {by: published}}\npublished: [{of: [x]}]", 2, 13, "counts: {f: 51"),
    ("columns: {x: {by: published}}\npublished: [{of: [x], counts: 5}]", 2, 31, "inside that"),
    ("columns: {x: {by: published}}\npublished: [{of: [x], counts: {a: -1}}]", 2, 31, "how many"),
    ("columns: {x: {by: published}}\npublished: [{of: [x], counts: {a: few}}]", 2, 35, "how many"),
    ("columns: {y: {by: published}}\npublished: [{of: [x], counts: {a: 1}}]", 1, 19, "x"),
    (
      "columns: {x: {by: published}}\npublished: [{of: {x: 1}, counts: {a: 1}}]", 2, 18,
      "of: [a, b]"
    ),
    (
      "columns: {x: {by: published}}\npublished: [{of: x, from: low, to: 9, mean: 3}]", 2, 27,
      "41.2"
    ),
    (
      "columns: {x: {by: published}}\npublished: [{of: x, from: 0, to: 9, mean: 30}]", 2, 43,
      "widen"
    ),
    (
      "columns: {x: {by: published}}\npublished: [{of: x, from: 0, to: 9, sd: 2}]", 2, 41,
      "Publish that too"
    ),
    (
      "columns: {x: {by: published}}\npublished: [{of: x, from: 0, to: 9, mean: 3, sd: 7}]", 2, 50,
      "half the range"
    ),
    ("columns: {x: {by: published}}\npublished: [{of: x, mean: 3}]", 2, 27, "from: 0"),
    (
      "columns: {x: {by: published}}\npublished: [{of: x, from: 0, to: 9, quantiles: 4}]", 2, 48,
      "0.25: 20"
    ),
    (
      "columns: {x: {by: published}}\npublished: [{of: [x, y, z], correlation: 0.1}]", 2, 13,
      "[age, income]"
    ),
    ("columns: {x: {by: published}}\npublished: [{of: [x, y], correlation: 3}]", 2, 39, "Correct"),
    (
      "columns: {x: {by: published}}\npublished: [{of: x, by: s, mean: 4, from: 0, to: 9}]", 2, 34,
      "level of each"
    ),
    // Rows by hand and designs.
    ("given: 5\ncolumns: {x: 1}", 1, 8, "given: ["),
    ("given: [5]\ncolumns: {x: 1}", 1, 9, "as `{age: 17}`"),
    ("given: [{y: 5}]\ncolumns: {x: 1}", 1, 10, "x"),
    ("given: [{x: many}]\ncolumns: {x: 1}", 1, 13, "or \"*\""),
    ("given: [{x: [1]}]\ncolumns: {x: 1}", 1, 13, "one value"),
    ("vary: {rows: 5}\ncolumns: {x: 1}", 1, 7, "given"),
    ("given: [{x: 1}]\nvary: {alike: 0.5}\ncolumns: {x: 1}", 2, 7, "rows: 50"),
    ("scenarios: 5\ncolumns: {x: 1}", 1, 12, "scenarios: {"),
    ("scenarios: {a: {rows: 3}}\ncolumns: {x: 1}", 1, 16, "values: {age: 15}"),
    ("cover: {strength: 2}\ncolumns: {x: 1}", 1, 8, "cover: {columns"),
    ("cover: {columns: [x], strenth: 2}\ncolumns: {x: 1}", 1, 23, "strength"),
    ("cover: {columns: [x], strength: 1}\ncolumns: {x: 1}", 1, 18, "categorical"),
    ("cover: {columns: [y], strength: 1}\ncolumns: {x: 1}", 1, 18, "x"),
    ("cover: {columns: [x], strength: 2}\ncolumns: {x: \"~ bernoulli(0.5)\"}", 1, 8, "lower it"),
  ]

  @Test(arguments: cases) func `an error has file, line, column and a way out`(
    text: String, line: Int, position: Int, suggestion: String
  ) {
    let error = #expect(throws: DataError.self) {
      try Specification(yaml: text, file: "spec.yaml")
    }
    #expect(error?.file == "spec.yaml", "\(text): \(String(describing: error))")
    #expect(error?.line == line, "\(text): \(String(describing: error))")
    #expect(error?.position == position, "\(text): \(String(describing: error))")
    #expect(error?.remedy.contains(suggestion) == true, "\(text): \(String(describing: error))")
    #expect(error?.remedy.isEmpty == false)
  }

  @Test func `there are a hundred broken specifications or more, no two alike`() {
    let all = BrokenSpecificationTests.cases.map(\.0) + Self.cases.map(\.0)
    #expect(Set(all).count == all.count && all.count >= 100)
  }
}
