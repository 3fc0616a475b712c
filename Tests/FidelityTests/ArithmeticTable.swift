// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables

/// A table made by arithmetic alone, so that another language can make the same one.
///
/// Row i of n rows with step s, as `Tests/Fixtures/arithmetic_table.py` makes it:
/// a = (37 s i mod 101)/4 + (i mod 5); b = (13 i² + s i) mod 89, missing where i mod 9 = 4;
/// c = x, y, z by ((7 s i) mod 11) mod 3, missing where (s i) mod 13 = 5; d = 1 where
/// (s i² + i) mod 7 > 3, else 0.
enum ArithmeticTable {
  static let schema = Schema(variables: [
    Variable(name: "a", kind: .number, measure: .scale),
    Variable(name: "b", kind: .number, measure: .scale),
    Variable(name: "c", kind: .category, measure: .nominal),
    Variable(name: "d", kind: .category, measure: .nominal),
  ])

  /// Makes a table; `a` becomes `scale` · a + `shift`.
  static func make(count: Int, step s: Int, scale: Double = 1, shift: Double = 0) -> Table {
    let rows = Array(0..<count)
    let blank = [MissingReason(code: "")]
    return Table(columns: [
      Column(
        name: "a",
        values: .numbers(
          rows.map { (Double($0 * 37 * s % 101) / 4 + Double($0 % 5)) * scale + shift })),
      Column(
        name: "b", values: .wholeNumbers(rows.map { Int64(($0 * $0 * 13 + s * $0) % 89) }),
        missing: MissingCells(reasons: blank, codes: rows.map { $0 % 9 == 4 ? 1 : 0 })),
      Column(
        name: "c",
        values: .texts(
          codes: rows.map { UInt32($0 * 7 * s % 11 % 3) }, pool: TextPool(["x", "y", "z"])),
        missing: MissingCells(reasons: blank, codes: rows.map { $0 * s % 13 == 5 ? 1 : 0 })),
      Column(
        name: "d", values: .wholeNumbers(rows.map { ($0 * $0 * s + $0) % 7 > 3 ? 1 : 0 })),
    ])
  }
}
