// SPDX-License-Identifier: Apache-2.0
package import Tables

/// Dates and times of a column as ISO 8601 writes them.
package struct CalendarTexts {
  private let values: ColumnValues
  private let mark: String
  private let fractionDigits: Int

  package init(_ column: Column) {
    values = column.values
    var pattern = ""
    if case .calendar(let text) = column.form { pattern = text }
    mark = pattern.contains("T") ? "T" : " "
    fractionDigits = pattern.contains("SSSSSS") ? 6 : (pattern.contains("S") ? 3 : 0)
  }

  /// The text of a row; empty where the column holds no dates.
  package func text(_ row: Int) -> String {
    switch values {
    case .dates(let list): Self.date(Int(list[row]))
    case .times(let list): time(list[row])
    case .dateTimes(let list):
      Self.date(Int((Double(list[row]) / 86_400_000_000).rounded(.down))) + mark
        + time(((list[row] % 86_400_000_000) + 86_400_000_000) % 86_400_000_000)
    default: ""
    }
  }

  private static func date(_ days: Int) -> String {
    let date = CalendarDate(daysSince1970: days)
    return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
  }

  private func time(_ microseconds: Int64) -> String {
    let seconds = Int(microseconds / 1_000_000)
    let text =
      "\(Self.padded(seconds / 3600, 2)):\(Self.padded(seconds / 60 % 60, 2)):"
      + Self.padded(seconds % 60, 2)
    guard fractionDigits > 0 else { return text }
    let fraction = Int(microseconds % 1_000_000) / (fractionDigits == 3 ? 1000 : 1)
    return text + "." + Self.padded(fraction, fractionDigits)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
