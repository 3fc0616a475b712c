// SPDX-License-Identifier: Apache-2.0
import Tables

/// What all codebooks say in the same words.
enum CodebookText {
  /// The English text, or the first of another language; `nil` if there is none.
  static func label(_ label: [String: String]) -> String? {
    label["en"] ?? label.min { $0.key < $1.key }?.value
  }

  /// The values of a column that are present.
  static func present<Value>(_ list: [Value], _ column: Column) -> [Value] {
    column.missing.codes.isEmpty
      ? list : list.indices.filter { column.missing.codes[$0] == 0 }.map { list[$0] }
  }

  /// A pattern of dates in the signs of C's `strftime`.
  static func strftime(_ pattern: String) -> String {
    var result = ""
    var rest = Substring(pattern)
    let parts = [
      ("yyyy", "%Y"), ("yy", "%y"), ("MMMM", "%B"), ("MMM", "%b"), ("MM", "%m"), ("dd", "%d"),
      ("HH", "%H"), ("hh", "%I"), ("mm", "%M"), ("ss", "%S"), ("SSSSSS", "%f"), ("SSS", "%f"),
      ("M", "%m"), ("d", "%d"), ("H", "%H"), ("h", "%I"), ("A", "%p"), ("a", "%p"),
    ]
    while let first = rest.first {
      if let part = parts.first(where: { rest.hasPrefix($0.0) }) {
        result += part.1
        rest = rest.dropFirst(part.0.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// Days since 1970 as ISO 8601.
  static func date(_ days: Int) -> String {
    let date = CalendarDate(daysSince1970: days)
    return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2)
  }

  /// Microseconds since midnight as ISO 8601, to the second.
  static func time(_ microseconds: Int64) -> String {
    let seconds = Int(microseconds / 1_000_000)
    return padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":"
      + padded(seconds % 60, 2)
  }

  /// Microseconds since 1970 as ISO 8601, to the second.
  static func moment(_ microseconds: Int64) -> String {
    let day: Int64 = 86_400_000_000
    let days = microseconds >= 0 ? microseconds / day : (microseconds - day + 1) / day
    return date(Int(days)) + "T" + time(microseconds - days * day)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
