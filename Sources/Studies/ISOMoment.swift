// SPDX-License-Identifier: Apache-2.0
import Tables

/// A date, or a date with a time, as ISO 8601 writes it: `2009-01-01 00:00:00`, `2009-01-01`.
package struct ISOMoment {
  package let days: Int
  package let microseconds: Int64
  package let hasTime: Bool
  package let hasFraction: Bool
  /// The pattern that writes the moment as it stood.
  package let pattern: String
  /// What stands between date and time: a space or a T.
  package let mark: String

  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count else { return nil }
      var value = 0
      for byte in bytes[range] {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      return value
    }
    guard bytes.count == 10 || bytes.count == 19 || bytes.count == 23 || bytes.count == 26,
      bytes[4] == 0x2D,
      bytes[7] == 0x2D, let year = number(0..<4), let month = number(5..<7),
      let day = number(8..<10), let date = CalendarDate(year: year, month: month, day: day)
    else { return nil }
    days = date.daysSince1970
    hasTime = bytes.count > 10
    hasFraction = bytes.count > 19
    guard hasTime else {
      microseconds = 0
      mark = ""
      pattern = "yyyy-MM-dd"
      return
    }
    guard bytes[10] == 0x20 || bytes[10] == 0x54, bytes[13] == 0x3A, bytes[16] == 0x3A,
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      hour < 24, minute < 60, second < 60
    else { return nil }
    var fraction = 0
    if hasFraction {
      guard bytes[19] == 0x2E, let value = number(20..<bytes.count) else { return nil }
      fraction = bytes.count == 23 ? value * 1000 : value
    }
    mark = String(UnicodeScalar(bytes[10]))
    microseconds = Int64((hour * 60 + minute) * 60 + second) * 1_000_000 + Int64(fraction)
    pattern =
      "yyyy-MM-dd\(mark)HH:mm:ss" + (hasFraction ? (bytes.count == 23 ? ".SSS" : ".SSSSSS") : "")
  }
}
