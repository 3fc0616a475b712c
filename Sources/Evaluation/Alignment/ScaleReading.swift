// SPDX-License-Identifier: Apache-2.0
import Tables

/// Reads one variable of several tables as values on one scale, however each table stores it.
struct ScaleReading {
  /// One side a column; `nil` if a column has cells but none that can be read.
  let sides: [AlignedColumn.Side]?

  private static let microsecondsADay = 86_400_000_000.0

  init(_ columns: [Column]) {
    let hasTimes = columns.contains {
      if case .dateTimes = $0.values { return true }
      return false
    }
    let hasDays = columns.contains {
      if case .dates = $0.values { return true }
      return false
    }
    var sides: [AlignedColumn.Side] = []
    for column in columns {
      let side = Self.side(
        column, days: hasTimes ? Self.microsecondsADay : 1, isCalendar: hasTimes || hasDays)
      if side.presentCount == 0, column.missing.count < column.count {
        self.sides = nil
        return
      }
      sides.append(side)
    }
    self.sides = sides
  }

  /// The cells of a column; `days` is the length of a day on the common scale.
  private static func side(
    _ column: Column, days: Double, isCalendar: Bool
  ) -> AlignedColumn.Side {
    var codes: [UInt32]
    if column.missing.codes.isEmpty {
      codes = [UInt32](repeating: 1, count: column.count)
    } else {
      codes = column.missing.codes.map { $0 == 0 ? 1 : 0 }
    }
    var values: [Double]
    switch column.values {
    case .numbers(let list): values = list
    case .wholeNumbers(let list): values = list.map { Double($0) }
    case .dates(let list): values = list.map { Double($0) * days }
    case .times(let list), .dateTimes(let list): values = list.map { Double($0) }
    case .booleans(let list): values = list.map { $0 ? 1 : 0 }
    case .texts(let numbers, let pool):
      let read = pool.indices.map { index -> Double? in
        let text = pool[index]
        return isCalendar ? moment(text, days: days) : number(text)
      }
      values = [Double](repeating: 0, count: numbers.count)
      for (row, number) in numbers.enumerated() where codes[row] != 0 {
        if let value = read[Int(number)] { values[row] = value } else { codes[row] = 0 }
      }
    }
    for row in values.indices where codes[row] == 0 { values[row] = 0 }
    return AlignedColumn.Side(values: values, codes: codes)
  }

  static func number(_ text: String) -> Double? {
    let trimmed = text.trimmed
    guard let value = Double(trimmed), value.isFinite else { return nil }
    return value
  }

  /// Reads `2026-11-24`, optionally with a time of day behind it.
  private static func moment(_ text: String, days: Double) -> Double? {
    let parts = text.trimmed.split { $0 == "T" || $0 == " " }
    let date = parts.first.map { $0.split(separator: "-").compactMap { Int($0) } } ?? []
    guard date.count == 3,
      let day = CalendarDate(year: date[0], month: date[1], day: date[2])
    else { return nil }
    guard parts.count > 1, days > 1 else { return Double(day.daysSince1970) * days }
    let time = parts[1].split(separator: ":").compactMap { Double($0) }
    guard time.count >= 2 else { return nil }
    let seconds = time[0] * 3600 + time[1] * 60 + (time.count > 2 ? time[2] : 0)
    return Double(day.daysSince1970) * days + seconds * 1_000_000
  }
}

extension String {
  /// The text without blanks at its ends.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
