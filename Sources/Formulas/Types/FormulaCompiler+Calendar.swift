// SPDX-License-Identifier: Apache-2.0
import Tables

extension FormulaCompiler {
  /// Functions of dates, times and durations.
  func calendar(
    _ name: String, _ parts: [CompiledPart], at place: SourcePlace
  ) throws(DataError) -> CompiledPart? {
    switch name {
    case "year", "month", "weekday", "quarter", "day_of_year", "day":
      return try datePart(name, parts[0], at: place)
    case "hour", "minute", "second": return try timePart(name, parts[0], at: place)
    case "days", "weeks", "hours", "minutes", "seconds":
      return try duration(name, parts[0], at: place)
    case "date": return try date(parts, at: place)
    case "years_between":
      for part in parts { try require(part, [.date], of: name, "Write dates, as 2027-04-01.") }
      return CompiledPart(.whole, at: place) { frame in
        Self.combineWholes(parts[0].evaluate(frame), parts[1].evaluate(frame)) {
          Self.completedYears(from: Int($0), to: Int($1))
        }
      }
    case "add_months":
      try require(parts[0], [.date], of: name, "Write a date, as 2027-04-01.")
      try require(parts[1], [.whole], of: name, "Write a whole number of months.")
      return CompiledPart(.date, at: place) { frame in
        Self.combineWholes(
          parts[0].evaluate(frame), parts[1].evaluate(frame), Self.adding(months:_:))
      }
    default: return nil
    }
  }

  private func require(
    _ part: CompiledPart, _ types: [FormulaType], of name: String, _ remedy: String
  ) throws(DataError) {
    guard part.type == .missing || types.contains(part.type) else {
      let wanted = types.map(\.words).joined(separator: " or ")
      throw part.error("`\(name)` takes \(wanted), not \(part.type.words)", remedy)
    }
  }

  private func datePart(
    _ name: String, _ part: CompiledPart, at place: SourcePlace
  ) throws(DataError) -> CompiledPart {
    if name == "day", part.type == .duration { return try duration("days", part, at: place) }
    try require(part, [.date, .dateTime], of: name, "Write a date, as 2027-04-01.")
    let isDay = part.type != .dateTime
    return CompiledPart(.whole, at: place) { frame in
      var vector = part.evaluate(frame)
      vector.values = .wholes(
        vector.wholes.map { value in
          let days = isDay ? value : Self.floorDays(value)
          let date = CalendarDate(daysSince1970: Int(days))
          switch name {
          case "year": return Int64(date.year)
          case "month": return Int64(date.month)
          case "quarter": return Int64((date.month + 2) / 3)
          // 1970-01-01 was a Thursday.
          case "weekday": return ((days + 3) % 7 + 7) % 7 + 1
          case "day_of_year":
            let first = CalendarDate(year: date.year, month: 1, day: 1)?.daysSince1970 ?? 0
            return days - Int64(first) + 1
          default: return Int64(date.day)
          }
        })
      return vector
    }
  }

  private func timePart(
    _ name: String, _ part: CompiledPart, at place: SourcePlace
  ) throws(DataError) -> CompiledPart {
    try require(part, [.time, .dateTime], of: name, "A date alone has no time of day.")
    return CompiledPart(.whole, at: place) { frame in
      var vector = part.evaluate(frame)
      vector.values = .wholes(
        vector.wholes.map { value in
          let time = value - Self.floorDays(value) * DurationUnit.day
          switch name {
          case "hour": return time / DurationUnit.hour
          case "minute": return time / DurationUnit.minute % 60
          default: return time / DurationUnit.second % 60
          }
        })
      return vector
    }
  }

  private func duration(
    _ name: String, _ part: CompiledPart, at place: SourcePlace
  ) throws(DataError) -> CompiledPart {
    let unit: Int64
    switch name {
    case "days": unit = DurationUnit.day
    case "weeks": unit = DurationUnit.week
    case "hours": unit = DurationUnit.hour
    case "minutes": unit = DurationUnit.minute
    default: unit = DurationUnit.second
    }
    if part.type == .duration {
      return CompiledPart(.number, at: place) { frame in
        Self.mapped(part.evaluate(frame)) { $0 / Double(unit) }
      }
    }
    let number = try numeric(part, of: name)
    return CompiledPart(.duration, at: place) { frame in
      Self.rounded(Self.mapped(number.evaluate(frame)) { $0 * Double(unit) })
    }
  }

  private func date(_ parts: [CompiledPart], at place: SourcePlace) throws(DataError)
    -> CompiledPart
  {
    if parts.count == 1 {
      let part = parts[0]
      if case .text = part.literal {
        throw part.error("`date` takes no text", "Write the date without quotes, as 2027-04-01.")
      }
      try require(part, [.dateTime, .date], of: "date", "Write `date(year, month, day)`.")
      if part.type == .date { return part }
      return CompiledPart(.date, at: place) { frame in
        var vector = part.evaluate(frame)
        vector.values = .wholes(vector.wholes.map { Self.floorDays($0) })
        return vector
      }
    }
    guard parts.count == 3 else {
      throw place.error("`date` takes 1 or 3 arguments", remedy: "Write `date(year, month, day)`.")
    }
    for part in parts { try require(part, [.whole], of: "date", "Write whole numbers.") }
    return CompiledPart(.date, at: place) { frame in
      // Year and month first, as months since year 0; a month out of range is no date.
      let months = Self.combineWholes(parts[0].evaluate(frame), parts[1].evaluate(frame)) {
        (1...9999).contains($0) && (1...12).contains($1) ? $0 * 12 + $1 - 1 : nil
      }
      return Self.combineWholes(months, parts[2].evaluate(frame)) { months, day in
        guard day >= 1, day <= 31 else { return nil }
        return CalendarDate(year: Int(months / 12), month: Int(months % 12) + 1, day: Int(day))
          .map { Int64($0.daysSince1970) }
      }
    }
  }

  /// Completed years; someone born on 29 February completes one on 1 March of other years.
  static func completedYears(from first: Int, to second: Int) -> Int64 {
    let start = CalendarDate(daysSince1970: first)
    let end = CalendarDate(daysSince1970: second)
    let isBefore = (end.month, end.day) < (start.month, start.day)
    return Int64(end.year - start.year - (isBefore ? 1 : 0))
  }

  static func adding(months day: Int64, _ count: Int64) -> Int64? {
    guard abs(count) <= 120_000 else { return nil }
    let date = CalendarDate(daysSince1970: Int(day))
    let months = date.year * 12 + date.month - 1 + Int(count)
    guard months >= 12, months < 120_000 else { return nil }
    for last in stride(from: date.day, through: 28 < date.day ? 28 : date.day, by: -1) {
      if let result = CalendarDate(year: months / 12, month: months % 12 + 1, day: last) {
        return Int64(result.daysSince1970)
      }
    }
    return nil
  }
}
