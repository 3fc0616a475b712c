// SPDX-License-Identifier: Apache-2.0

/// Dates as workbooks count them: days and parts of a day since the end of 1899, or since 1904.
///
/// ## Source
/// ECMA-376 part 1, 18.17.4.1: in the 1900 system day 60 is 1900-02-29, which never was.
struct SerialDate {
  private static let dayLength = 86_400_000_000.0

  let countsFrom1904: Bool

  /// Days since 1970-01-01 of a serial number's whole part.
  func days(_ serial: Double) -> Int {
    let day = Int(serial.rounded(.down))
    if countsFrom1904 { return day - 24_107 }
    return day - 25_569 + (day < 60 ? 1 : 0)
  }

  /// Microseconds since 1970-01-01, to the millisecond, as exact as programs show it.
  func microseconds(_ serial: Double) -> Int64 {
    let whole = serial.rounded(.down)
    return Int64(days(whole)) * Int64(Self.dayLength) + Self.timeOfDay(serial - whole)
  }

  /// Microseconds of a part of a day, to the millisecond.
  static func timeOfDay(_ part: Double) -> Int64 {
    Int64((part * dayLength / 1000).rounded()) * 1000
  }

  /// Whether a serial number is a date of the years 1900 to 9999.
  static func isDate(_ serial: Double) -> Bool { serial >= 0 && serial < 2_958_466 }

  /// The serial number of a day in the 1900 system; `nil` where it has none.
  static func serial(days: Int) -> Double? {
    let serial = days + 25_569
    let counted = serial <= 60 ? serial - 1 : serial
    return counted >= 1 && counted < 2_958_466 ? Double(counted) : nil
  }

  /// The serial number of a date-time in the 1900 system; `nil` where it has none.
  static func serial(microseconds: Int64) -> Double? {
    let day = Int64(dayLength)
    let whole = microseconds >= 0 ? microseconds / day : (microseconds - day + 1) / day
    return serial(days: Int(whole)).map { $0 + Double(microseconds - whole * day) / dayLength }
  }
}
