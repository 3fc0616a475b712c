// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables

extension DisplayFormat {
  /// The display format of a variable in a file: the one it had, if the program knows it and the values
  /// are still what it shows; else the program's usual one.
  static func format(
    for column: Column, stored: StoredForm?, storedBy source: CalendarScale.Program?,
    program: CalendarScale.Program, storage: StoredForm.Storage, width: Int
  ) -> String {
    let kind: CalendarScale.Kind?
    switch column.values {
    case .dates: kind = .date
    case .times: kind = .time
    case .dateTimes: kind = .dateTime
    case .texts:
      return text(stored, source, program, storage, width)
    default: kind = nil
    }
    if let stored, source == program, !stored.format.isEmpty {
      let shown = calendarKind(stored.format, program: program)
      // Stata shows times as date-times; SPSS shows a date with a time where a date has a fraction.
      if kind == nil || shown != nil { return stored.format }
    }
    switch (program, kind) {
    case (.spss, .date): return "SDATE10"
    case (.spss, .time): return hasFraction(column) ? "TIME11.2" : "TIME8"
    case (.spss, .dateTime): return hasFraction(column) ? "DATETIME23.2" : "DATETIME20"
    case (.stata, .date): return "%td"
    case (.stata, .time): return "%tcHH:MM:SS"
    case (.stata, .dateTime): return "%tc"
    case (.sas, .date): return "YYMMDD10"
    case (.sas, .time): return "TIME8"
    case (.sas, .dateTime): return "DATETIME20"
    case (.spss, nil): return number(column)
    case (.stata, nil), (.sas, nil): return ""
    }
  }

  private static func text(
    _ stored: StoredForm?, _ source: CalendarScale.Program?, _ program: CalendarScale.Program,
    _ storage: StoredForm.Storage, _ width: Int
  ) -> String {
    switch program {
    case .spss: return "A\(width)"
    case .stata:
      if let stored, source == .stata, !stored.format.isEmpty { return stored.format }
      return storage == .longText ? "%9s" : "%\(max(9, min(width, 244)))s"
    case .sas: return source == .sas ? stored?.format ?? "" : ""
    }
  }

  private static func hasFraction(_ column: Column) -> Bool {
    if case .calendar(let pattern) = column.form { return pattern.contains("S") }
    return false
  }

  private static func number(_ column: Column) -> String {
    var digits = 1
    switch column.values {
    case .wholeNumbers(let list):
      for value in list { digits = max(digits, String(value).utf8.count) }
      return "F\(min(max(digits, 8), 40)).0"
    case .numbers(let list):
      for value in list where value.magnitude < 1e30 {
        digits = max(digits, String(Int64(min(value.magnitude, 9e15))).utf8.count + 1)
      }
      let decimals = min(column.form.number?.decimals ?? 2, 8)
      return "F\(min(max(digits + decimals + 1, 8), 40)).\(decimals)"
    default: return "F8.0"
    }
  }
}
