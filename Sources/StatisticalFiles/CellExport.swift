// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables

/// Turns the cells of a column into what stands in a file.
struct CellExport {
  let column: Column
  let kind: StatisticalFormat
  let missing: [MissingExport.Cell]

  /// Whether the column becomes text.
  var isText: Bool {
    if case .texts = column.values { return true }
    return false
  }

  /// The calendar scale of the column in the file's program.
  var scale: CalendarScale? {
    switch column.values {
    case .dates: CalendarScale(.date, program: kind.calendar)
    case .times: CalendarScale(.time, program: kind.calendar)
    case .dateTimes: CalendarScale(.dateTime, program: kind.calendar)
    default: nil
    }
  }

  // MARK: Numbers

  func numbers() -> (values: [Double], tags: [UInt8]) {
    var values = presentNumbers()
    var tags = [UInt8](repeating: 0, count: values.count)
    for (row, code) in column.missing.codes.enumerated() where code != 0 {
      switch missing[Int(code) - 1] {
      case .number(let number): values[row] = number
      case .letter(let letter): (values[row], tags[row]) = (0, letter)
      case .system, .text: (values[row], tags[row]) = (0, CellStore.systemMissing)
      }
    }
    return (values, tags)
  }

  /// The least present number, 0 if there is none.
  func leastNumber() -> Double {
    var least = 0.0
    for (row, value) in presentNumbers().enumerated() where !column.missing.isMissing(at: row) {
      least = min(least, value)
    }
    return least
  }

  private func presentNumbers() -> [Double] {
    switch column.values {
    case .numbers(let list): return list
    case .wholeNumbers(let list): return list.map(Double.init)
    case .booleans(let list): return list.map { $0 ? 1 : 0 }
    case .dates(let list): return scale.map { scale in list.map(scale.stored(day:)) } ?? []
    case .times(let list):
      let unit = granularity
      return scale.map { scale in list.map { scale.stored(timeOfDay: Self.floor($0, unit)) } } ?? []
    case .dateTimes(let list):
      let unit = granularity
      return scale.map { scale in list.map { scale.stored(microseconds: Self.floor($0, unit)) } }
        ?? []
    case .texts: return []
    }
  }

  /// Microseconds between the values that the column's form can write.
  private var granularity: Int64 {
    guard case .calendar(let pattern) = column.form else { return 1 }
    if pattern.contains("S") { return 1 }
    return pattern.contains("s") ? 1_000_000 : 60_000_000
  }

  private static func floor(_ value: Int64, _ unit: Int64) -> Int64 {
    let rest = value % unit
    return value - (rest < 0 ? rest + unit : rest)
  }

  // MARK: Texts

  /// The texts with the longest one's bytes, and how many were cut to a limit.
  func texts(limit: Int, isUnicode: Bool) -> (
    cells: ExportVariable.Cells, width: Int, cut: Int, replaced: Int
  ) {
    guard case .texts(let codes, let pool) = column.values else {
      return (.texts([], list: []), 0, 0, 0)
    }
    var list: [[CChar]] = []
    var width = 0
    var cutTexts = [Bool](repeating: false, count: pool.count)
    var replaced = 0
    func add(_ text: String) -> Bool {
      var text = text
      // A zero byte would end the text.
      if text.utf8.contains(0) { text.removeAll { $0 == "\0" } }
      if !isUnicode, !text.utf8.allSatisfy({ $0 < 0x80 }) {
        text = String(text.map { $0.isASCII ? $0 : "?" })
        replaced += 1
      }
      let short = ExportLimits.cut(text, bytes: limit)
      width = max(width, short.utf8.count)
      list.append(short.utf8CString.map { $0 })
      return short.utf8.count < text.utf8.count
    }
    for index in pool.indices { cutTexts[index] = add(pool[index]) }
    var placeOfReason: [UInt32] = []
    for cell in missing {
      placeOfReason.append(UInt32(list.count))
      if case .text(let text) = cell { _ = add(text) } else { _ = add("") }
    }
    var cut = 0
    var result = codes
    for row in result.indices {
      if !column.missing.codes.isEmpty, column.missing.codes[row] != 0 {
        result[row] = placeOfReason[Int(column.missing.codes[row]) - 1]
      } else if cutTexts[Int(codes[row])] {
        cut += 1
      }
    }
    return (.texts(result, list: list), width, cut, replaced)
  }
}
