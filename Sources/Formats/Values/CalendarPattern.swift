// SPDX-License-Identifier: Apache-2.0
import Tables

/// A pattern of dates and times, such as `dd/MM/yyyy HH:mm`, that reads and writes them.
///
/// The letters y, M, d, H, m, s and S stand for parts of a date; all other characters for themselves.
/// `d` and `M` alone take one digit or two; `MMM` is an English month name of three letters.
struct CalendarPattern: Hashable, Sendable {
  /// What a value is.
  enum Kind: Hashable, Sendable { case date, time, dateTime }

  /// A stretch of the pattern.
  private enum Part: Hashable, Sendable {
    case year(Int)
    case month(Int)
    case day(Int)
    case hour(Int)
    case minute
    case second
    case fraction
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
      case 0x6D: parts.append(.minute)
      case 0x73: parts.append(.second)
      case 0x53: parts.append(.fraction)
      default: for _ in 0..<run { parts.append(.literal(letters[index])) }
      }
      index = end
    }
    self.parts = parts
    let hasDate = parts.contains { if case .year = $0 { true } else { false } }
    let hasTime = parts.contains(.minute)
    kind = hasDate ? (hasTime ? .dateTime : .date) : .time
  }

  /// The patterns that are tried, the likelier first; of two that both fit all values the first wins.
  static let candidates: [CalendarPattern] = {
    let dates = [
      "yyyy-MM-dd", "dd/MM/yyyy", "MM/dd/yyyy", "d/M/yyyy", "M/d/yyyy", "yyyy/MM/dd", "dd.MM.yyyy",
      "d.M.yyyy", "dd-MM-yyyy", "MM-dd-yyyy", "dd-MMM-yyyy", "d-MMM-yyyy", "dd MMM yyyy",
      "d MMM yyyy", "MMM d, yyyy", "yyyy-MM", "dd/MM/yy", "MM/dd/yy", "d/M/yy", "M/d/yy",
      "dd-MMM-yy", "d-MMM-yy",
    ]
    let times = ["HH:mm", "HH:mm:ss", "HH:mm:ss.SSS"]
    var stamped: [String] = []
    for date in dates {
      for mark in [" ", "T"] {
        for time in times {
          for zone in ["", "Z", "+00:00"] { stamped.append(date + mark + time + zone) }
        }
        for time in ["H:mm", "H:mm:ss"] { stamped.append(date + mark + time) }
      }
    }
    return (dates + times + stamped).map(CalendarPattern.init)
  }()

  /// Returns days for a date and microseconds for all else, or `nil` if a cell does not fit.
  func parse(_ cell: UnsafeBufferPointer<UInt8>) -> Int64? {
    let bytes = MissingTokens.trimmed(cell)
    var index = 0
    var year = 1970
    var month = 1
    var day = 1
    var microseconds: Int64 = 0
    for part in parts {
      switch part {
      case .literal(let sign):
        guard index < bytes.count, bytes[index] == sign else { return nil }
        index += 1
      case .year(let digits):
        guard let value = number(bytes, &index, digits, digits) else { return nil }
        // Two-digit years: 1930 to 2029, as spreadsheets read them.
        year = digits == 4 ? value : value + (value < 30 ? 2000 : 1900)
      case .month(3):
        guard index + 3 <= bytes.count,
          let name = Self.months.firstIndex(where: {
            $0[0] == bytes[index] && $0[1] == bytes[index + 1] | 0x20
              && $0[2] == bytes[index + 2] | 0x20
          })
        else { return nil }
        month = name + 1
        index += 3
      case .month(let digits):
        guard let value = number(bytes, &index, digits, 2) else { return nil }
        month = value
      case .day(let digits):
        guard let value = number(bytes, &index, digits, 2) else { return nil }
        day = value
      case .hour(let digits):
        guard let value = number(bytes, &index, digits, 2), value < 24 else { return nil }
        microseconds += Int64(value) * 3_600_000_000
      case .minute:
        guard let value = number(bytes, &index, 2, 2), value < 60 else { return nil }
        microseconds += Int64(value) * 60_000_000
      case .second:
        guard let value = number(bytes, &index, 2, 2), value < 60 else { return nil }
        microseconds += Int64(value) * 1_000_000
      case .fraction:
        guard let value = number(bytes, &index, 3, 3) else { return nil }
        microseconds += Int64(value) * 1000
      }
    }
    guard index == bytes.count else { return nil }
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
      case .month(let digits): append(date.month, digits, to: &bytes)
      case .day(let digits): append(date.day, digits, to: &bytes)
      case .hour(let digits): append(Int(seconds / 3600), digits, to: &bytes)
      case .minute: append(Int(seconds / 60 % 60), 2, to: &bytes)
      case .second: append(Int(seconds % 60), 2, to: &bytes)
      case .fraction: append(Int(rest % 1_000_000 / 1000), 3, to: &bytes)
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

  private func append(_ value: Int, _ digits: Int, to bytes: inout [UInt8]) {
    let text = Array(String(abs(value)).utf8)
    if value < 0 { bytes.append(0x2D) }
    for _ in 0..<max(0, digits - text.count) { bytes.append(0x30) }
    bytes.append(contentsOf: text)
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ].map { Array($0.utf8) }
}
