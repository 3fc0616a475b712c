// SPDX-License-Identifier: Apache-2.0
import Tables

/// A pattern of dates and times, such as `dd/MM/yyyy HH:mm`, that reads and writes them.
///
/// The letters y, M, d, H, h, m, s, S and a stand for parts of a date; all other characters for
/// themselves. `d`, `M`, `H` and `h` alone take one digit or two; `MMM` is an English month name of
/// three letters, `MMMM` a whole one; `h` counts hours from 1 to 12, and `a` is AM or PM.
struct CalendarPattern: Hashable, Sendable {
  /// What a value is.
  enum Kind: Hashable, Sendable { case date, time, dateTime }

  /// A stretch of the pattern.
  private enum Part: Hashable, Sendable {
    case year(Int)
    case month(Int)
    case day(Int)
    case hour(Int)
    case hourOfHalf(Int)
    case half(isSmall: Bool)
    case minute
    case second
    case fraction(Int)
    case literal(UInt8)
  }

  let text: String
  let kind: Kind
  private let parts: [Part]

  init(_ text: String) {
    self.text = text
    let letters = Array(text.utf8)
    var parts: [Part] = []
    var index = 0
    while index < letters.count {
      var end = index
      while end < letters.count, letters[end] == letters[index] { end += 1 }
      let run = end - index
      switch letters[index] {
      case 0x79: parts.append(.year(run))
      case 0x4D: parts.append(.month(run))
      case 0x64: parts.append(.day(run))
      case 0x48: parts.append(.hour(run))
      case 0x68: parts.append(.hourOfHalf(run))
      case 0x61: parts.append(.half(isSmall: true))
      case 0x41: parts.append(.half(isSmall: false))
      case 0x6D: parts.append(.minute)
      case 0x73: parts.append(.second)
      case 0x53: parts.append(.fraction(run))
      default: for _ in 0..<run { parts.append(.literal(letters[index])) }
      }
      index = end
    }
    self.parts = parts
    let hasDate = parts.contains { if case .year = $0 { true } else { false } }
    let hasTime = parts.contains(.minute)
    kind = hasDate ? (hasTime ? .dateTime : .date) : .time
  }

  /// The patterns of dates that are tried, the likelier first; of two that fit all values the first wins.
  static let dates = [
    "yyyy-MM-dd", "dd/MM/yyyy", "MM/dd/yyyy", "d/M/yyyy", "M/d/yyyy", "yyyy/MM/dd", "yyyy/M/d",
    "dd.MM.yyyy", "d.M.yyyy", "dd-MM-yyyy", "MM-dd-yyyy", "d-M-yyyy", "dd-MMM-yyyy", "d-MMM-yyyy",
    "dd MMM yyyy", "d MMM yyyy", "MMM d, yyyy", "d MMMM yyyy", "dd MMMM yyyy", "MMMM d, yyyy",
    "yyyy-MM", "MM/yyyy", "MMM-yyyy", "MMM yyyy", "MMMM yyyy", "MMM-yy", "dd/MM/yy", "MM/dd/yy",
    "d/M/yy", "M/d/yy", "dd-MMM-yy", "d-MMM-yy", "dd.MM.yy",
  ].map(CalendarPattern.init)

  /// All patterns that are tried.
  static let candidates: [CalendarPattern] = {
    let fixed = ["HH:mm", "HH:mm:ss", "HH:mm:ss.SSS", "HH:mm:ss.SSSSSS"]
    let loose = ["H:mm", "H:mm:ss", "h:mm A", "h:mm a", "hh:mm A", "h:mm:ss A", "hh:mm:ss A"]
    var stamped: [String] = []
    for date in dates {
      for mark in [" ", "T"] {
        for time in fixed {
          for zone in ["", "Z", "+00:00", " UTC"] { stamped.append(date.text + mark + time + zone) }
        }
      }
      for time in loose { stamped.append(date.text + " " + time) }
    }
    return dates + (fixed + loose + stamped).map(CalendarPattern.init)
  }()

  /// Returns days for a date and microseconds for all else, or `nil` if a cell does not fit.
  func parse(_ cell: UnsafeBufferPointer<UInt8>) -> Int64? {
    let bytes = MissingTokens.trimmed(cell)
    var index = 0
    var year = 1970
    var month = 1
    var day = 1
    var microseconds: Int64 = 0
    var isAfternoon: Bool?
    var halfHour: Int?
    for part in parts {
      switch part {
      case .literal(let sign):
        guard index < bytes.count, bytes[index] == sign else { return nil }
        index += 1
      case .year(let digits):
        guard let value = number(bytes, &index, digits, digits) else { return nil }
        // Two-digit years: 1930 to 2029, as spreadsheets read them.
        year = digits == 4 ? value : value + (value < 30 ? 2000 : 1900)
      case .month(3), .month(4):
        let names = part == .month(3) ? Self.months : Self.longMonths
        guard let name = names.firstIndex(where: { starts(bytes, index, $0) }) else { return nil }
        month = name + 1
        index += names[name].count
      case .month(let digits):
        guard let value = number(bytes, &index, digits, 2) else { return nil }
        month = value
      case .day(let digits):
        guard let value = number(bytes, &index, digits, 2) else { return nil }
        day = value
      case .hour(let digits):
        guard let value = number(bytes, &index, digits, 2), value < 24 else { return nil }
        microseconds += Int64(value) * 3_600_000_000
      case .hourOfHalf(let digits):
        guard let value = number(bytes, &index, digits, 2), (1...12).contains(value) else {
          return nil
        }
        halfHour = value % 12
      case .half(let isSmall):
        guard index + 2 <= bytes.count, bytes[index + 1] == (isSmall ? 0x6D : 0x4D) else {
          return nil
        }
        switch bytes[index] {
        case isSmall ? 0x61 : 0x41: isAfternoon = false
        case isSmall ? 0x70 : 0x50: isAfternoon = true
        default: return nil
        }
        index += 2
      case .minute:
        guard let value = number(bytes, &index, 2, 2), value < 60 else { return nil }
        microseconds += Int64(value) * 60_000_000
      case .second:
        guard let value = number(bytes, &index, 2, 2), value < 60 else { return nil }
        microseconds += Int64(value) * 1_000_000
      case .fraction(let digits):
        guard let value = number(bytes, &index, digits, digits) else { return nil }
        microseconds += Int64(value) * (digits == 3 ? 1000 : 1)
      }
    }
    guard index == bytes.count else { return nil }
    if let halfHour {
      microseconds += Int64(halfHour + (isAfternoon == true ? 12 : 0)) * 3_600_000_000
    }
    if kind == .time { return microseconds }
    guard let date = CalendarDate(year: year, month: month, day: day) else { return nil }
    let days = Int64(date.daysSince1970)
    return kind == .date ? days : days * 86_400_000_000 + microseconds
  }

  /// Writes days or microseconds.
  func append(_ value: Int64, to bytes: inout [UInt8]) {
    let dayLength: Int64 = 86_400_000_000
    var days = kind == .date ? value : (kind == .time ? 0 : value / dayLength)
    var rest = kind == .date ? 0 : (kind == .time ? value : value % dayLength)
    if rest < 0 {
      rest += dayLength
      days -= 1
    }
    let date = CalendarDate(daysSince1970: Int(days))
    let seconds = rest / 1_000_000
    for part in parts {
      switch part {
      case .literal(let sign): bytes.append(sign)
      case .year(let digits):
        append(digits == 4 ? date.year : ((date.year % 100) + 100) % 100, digits, to: &bytes)
      case .month(3): bytes.append(contentsOf: Self.months[date.month - 1])
      case .month(4): bytes.append(contentsOf: Self.longMonths[date.month - 1])
      case .month(let digits): append(date.month, digits, to: &bytes)
      case .day(let digits): append(date.day, digits, to: &bytes)
      case .hour(let digits): append(Int(seconds / 3600), digits, to: &bytes)
      case .hourOfHalf(let digits): append(Int((seconds / 3600 + 11) % 12 + 1), digits, to: &bytes)
      case .half(let isSmall):
        bytes.append((seconds / 3600 < 12 ? 0x41 : 0x50) | (isSmall ? 0x20 : 0))
        bytes.append(isSmall ? 0x6D : 0x4D)
      case .minute: append(Int(seconds / 60 % 60), 2, to: &bytes)
      case .second: append(Int(seconds % 60), 2, to: &bytes)
      case .fraction(let digits):
        append(Int(rest % 1_000_000 / (digits == 3 ? 1000 : 1)), digits, to: &bytes)
      }
    }
  }

  private func number(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ least: Int, _ most: Int
  ) -> Int? {
    var value = 0
    let start = index
    while index < bytes.count, index - start < most, bytes[index] &- 0x30 < 10 {
      value = value * 10 + Int(bytes[index] - 0x30)
      index += 1
    }
    return index - start >= least ? value : nil
  }

  private func starts(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ name: [UInt8]
  ) -> Bool {
    guard index + name.count <= bytes.count else { return false }
    for place in name.indices where bytes[index + place] != name[place] { return false }
    return true
  }

  @inline(__always)
  private func append(_ value: Int, _ digits: Int, to bytes: inout [UInt8]) {
    if digits == 2, (0..<100).contains(value) {
      bytes.append(UInt8(truncatingIfNeeded: value / 10) + 0x30)
      bytes.append(UInt8(truncatingIfNeeded: value % 10) + 0x30)
      return
    }
    let text = Array(String(value.magnitude).utf8)
    if value < 0 { bytes.append(0x2D) }
    for _ in 0..<max(0, digits - text.count) { bytes.append(0x30) }
    bytes.append(contentsOf: text)
  }

  private static let months = longMonths.map { Array($0.prefix(3)) }
  private static let longMonths = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October",
    "November", "December",
  ].map { Array($0.utf8) }
}
