// SPDX-License-Identifier: Apache-2.0
import Tables

/// Says whether the first record names the columns, as a person would see it.
enum HeaderJudge {
  /// Whether the record looks like names: no numbers, no dates, nothing twice, and words enough.
  static func isHeader(_ cells: FieldText) -> Bool {
    if namesYears(cells) || namesPlaces(cells) { return true }
    var names: Set<String> = []
    var empty = 0
    var repeated = 0
    for column in 0..<cells.width {
      let bytes = MissingTokens.trimmed(cells.bytes(row: 0, column: column))
      if bytes.isEmpty {
        empty += 1
        continue
      }
      if isValue(bytes) { return false }
      if !names.insert(String(decoding: bytes.prefix(1000), as: UTF8.self)).inserted {
        repeated += 1
      }
    }
    if names.isEmpty || (empty > 1 && empty * 2 > cells.width) { return false }
    // Names may repeat by mistake; values repeat as a rule.
    if repeated * 4 > cells.width { return false }
    if cells.rowCount == 1 { return true }
    return !recurs(cells)
  }

  private static func isValue(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count <= 64 else { return false }
    for mark in [".", ","] {
      if NumberParser(form: NumberForm(decimalMark: mark)).parse(bytes) != nil { return true }
    }
    return CalendarPattern.dates.contains { $0.parse(bytes) != nil }
  }

  /// Whether the record names years, as the columns of a table of statistics do: rising, none twice,
  /// after one column or more that are named by words or not at all.
  private static func namesYears(_ cells: FieldText) -> Bool {
    var last = 0
    var years = 0
    for column in 0..<cells.width {
      let bytes = MissingTokens.trimmed(cells.bytes(row: 0, column: column))
      guard bytes.count == 4, bytes.allSatisfy({ $0 &- 0x30 < 10 }) else {
        guard years == 0 || bytes.isEmpty else { return false }
        if !bytes.isEmpty, isValue(bytes) { return false }
        continue
      }
      let year = bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      guard column > 0, (1500...2200).contains(year), year > last else { return false }
      last = year
      years += 1
    }
    return years >= 3
  }

  /// Whether the record counts its columns, `0,1,2` or `,0,1,2`, as pandas writes a frame without names.
  ///
  /// Rows of values may count as well, so no row below may do the same.
  private static func namesPlaces(_ cells: FieldText) -> Bool {
    guard cells.rowCount > 1, counts(cells, row: 0) else { return false }
    return !(1..<min(cells.rowCount, 200)).contains { counts(cells, row: $0, fromAny: true) }
  }

  /// Whether a row holds consecutive whole numbers from 0; after an empty cell, two are enough.
  private static func counts(_ cells: FieldText, row: Int, fromAny: Bool = false) -> Bool {
    let isIndexed =
      !fromAny && MissingTokens.trimmed(cells.bytes(row: row, column: 0)).isEmpty
    let first = isIndexed ? 1 : 0
    guard cells.width - first >= (isIndexed ? 2 : 3) else { return false }
    var expected = 0
    for column in first..<cells.width {
      let bytes = MissingTokens.trimmed(cells.bytes(row: row, column: column))
      guard !bytes.isEmpty, bytes.count <= 9, bytes.allSatisfy({ $0 &- 0x30 < 10 }),
        bytes.count == 1 || bytes[0] != 0x30
      else { return false }
      let number = bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      if column == first, fromAny { expected = number }
      guard number == expected else { return false }
      expected += 1
    }
    return true
  }

  /// Whether most of the first record's cells come up again below, as values of a text column do.
  private static func recurs(_ cells: FieldText) -> Bool {
    var seen = 0
    for column in 0..<cells.width {
      let first = cells.bytes(row: 0, column: column)
      guard !first.isEmpty else { continue }
      for row in 1..<min(cells.rowCount, 200)
      where cells.bytes(row: row, column: column).elementsEqual(first) {
        seen += 1
        break
      }
    }
    return seen * 2 > cells.width
  }
}
