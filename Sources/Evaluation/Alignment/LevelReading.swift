// SPDX-License-Identifier: Apache-2.0
import Tables

/// Reads one variable of several tables as levels, so that 1, 1.0 and "1" are one level.
///
/// Where all tables hold text the text counts as it stands: "01" and "1" differ. Where one holds
/// numbers or truth values, the others' text is read the same way if it can be.
struct LevelReading {
  let sides: [AlignedColumn.Side]
  /// The levels, those of the first column first.
  let levels: [String]

  init(_ columns: [Column]) {
    let words = Self.words(of: columns)
    let isAllText = columns.allSatisfy {
      if case .texts = $0.values { return true }
      return false
    }
    var numbers: [String: UInt32] = [:]
    var levels: [String] = []
    sides = columns.map { column in
      let distinct = DistinctValues(column)
      var isUsed = [Bool](repeating: false, count: distinct.count)
      for row in 0..<column.count where !column.missing.isMissing(at: row) {
        isUsed[Int(distinct.codes[row])] = true
      }
      let texts = Self.texts(
        distinct.values(at: Array(0..<distinct.count)), form: column.form, words: words,
        isAllText: isAllText)
      let codes = texts.indices.map { index -> UInt32 in
        guard isUsed[index] else { return 0 }
        if let known = numbers[texts[index]] { return known }
        levels.append(texts[index])
        numbers[texts[index]] = UInt32(levels.count)
        return UInt32(levels.count)
      }
      var rows = [UInt32](repeating: 0, count: column.count)
      for row in rows.indices where !column.missing.isMissing(at: row) {
        rows[row] = codes[Int(distinct.codes[row])]
      }
      return AlignedColumn.Side(values: [], codes: rows)
    }
    self.levels = levels
  }

  /// The words for true and false, if any of the columns holds truth values.
  private static func words(of columns: [Column]) -> (true: String, false: String)? {
    for column in columns {
      guard case .booleans = column.values else { continue }
      if case .boolean(let yes, let no) = column.form { return (yes, no) }
      return ("true", "false")
    }
    return nil
  }

  private static func texts(
    _ values: ColumnValues, form: WrittenForm, words: (true: String, false: String)?,
    isAllText: Bool
  ) -> [String] {
    switch values {
    case .texts(let codes, let pool):
      let texts = codes.map { pool[Int($0)] }
      return isAllText ? texts : texts.map { plain($0, words: words) }
    case .wholeNumbers(let list): return list.map { plain(String($0), words: words) }
    case .numbers(let list): return list.map { plain(number($0), words: words) }
    case .booleans(let list):
      return list.map { (words.map { $0.true } ?? "true", words.map { $0.false } ?? "false", $0) }
        .map { $2 ? $0 : $1 }
    case .dates(let list):
      return list.map { day in
        let date = CalendarDate(daysSince1970: Int(day))
        return "\(date.year)-\(twoDigits(date.month))-\(twoDigits(date.day))"
      }
    case .times(let list), .dateTimes(let list): return list.map { String($0) }
    }
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : String(number)
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 0x1p53 ? String(Int64(value)) : "\(value)"
  }

  /// The plain form of a text beside numbers or truth values.
  private static func plain(_ text: String, words: (true: String, false: String)?) -> String {
    let trimmed = text.trimmed
    if let words {
      let lowered = trimmed.lowercased()
      if lowered == words.true.lowercased() || ["true", "1", "1.0"].contains(lowered) {
        return words.true
      }
      if lowered == words.false.lowercased() || ["false", "0", "0.0"].contains(lowered) {
        return words.false
      }
    }
    return ScaleReading.number(trimmed).map(number) ?? trimmed
  }
}
