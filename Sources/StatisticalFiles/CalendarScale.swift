// SPDX-License-Identifier: Apache-2.0

/// How a program stores dates and times: what it counts, and from when.
///
/// SPSS counts seconds since 14 October 1582; Stata days and milliseconds, and SAS days and seconds,
/// since 1 January 1960.
struct CalendarScale: Hashable, Sendable {
  /// A family of programs.
  enum Program: Hashable, Sendable { case spss, stata, sas }
  /// What the values are.
  enum Kind: Hashable, Sendable { case date, time, dateTime }

  let kind: Kind
  /// Units in a day.
  let unitsPerDay: Double
  /// Days from the program's first day to 1970-01-01; 0 for times.
  let epochDays: Double

  private static let microsecondsPerDay = 86_400_000_000.0

  init(_ kind: Kind, program: Program) {
    self.kind = kind
    switch program {
    case .spss:
      unitsPerDay = 86_400
      epochDays = kind == .time ? 0 : 141_428
    case .stata:
      unitsPerDay = kind == .date ? 1 : 86_400_000
      epochDays = 3653
    case .sas:
      unitsPerDay = kind == .date ? 1 : 86_400
      epochDays = kind == .time ? 0 : 3653
    }
  }

  /// The day of a stored date, or `nil` if it is none of the years 1 to 9999.
  func day(_ stored: Double) -> Int32? {
    let days = stored / unitsPerDay - epochDays
    guard days == days.rounded(), (-719_162...2_932_896).contains(days) else { return nil }
    return Int32(days)
  }

  /// The microseconds of a stored time or date-time, or `nil` if they do not give the same back.
  func microseconds(_ stored: Double) -> Int64? {
    let unit = Self.microsecondsPerDay / unitsPerDay
    // Whole days go first, or microseconds since 1582 would not fit the digits of a double.
    let offset = epochDays * unitsPerDay
    let shifted = stored - offset
    guard shifted.magnitude * unit < 9e18 else { return nil }
    // Seconds since 1582 have few digits left for fractions: of numbers that give the same back, whole
    // milliseconds are what was meant.
    var value = (shifted * unit / 1000).rounded() * 1000
    if self.stored(microseconds: Int64(value)) != stored { value = (shifted * unit).rounded() }
    guard self.stored(microseconds: Int64(value)) == stored else { return nil }
    switch kind {
    case .time:
      // Stata has no times of its own: they are date-times of its first day.
      let first = -epochDays * Self.microsecondsPerDay
      guard value >= first, value < first + Self.microsecondsPerDay else { return nil }
      return Int64(value - first)
    case .dateTime, .date:
      guard value / Self.microsecondsPerDay > -719_163, value / Self.microsecondsPerDay < 2_932_897
      else { return nil }
      return Int64(value)
    }
  }

  /// The stored number of a day.
  func stored(day: Int32) -> Double { (Double(day) + epochDays) * unitsPerDay }

  /// The stored number of microseconds since 1970-01-01.
  func stored(microseconds: Int64) -> Double {
    let unit = Self.microsecondsPerDay / unitsPerDay
    return Double(microseconds) / unit + epochDays * unitsPerDay
  }

  /// The stored number of microseconds since midnight.
  func stored(timeOfDay microseconds: Int64) -> Double {
    stored(microseconds: microseconds - Int64(epochDays * Self.microsecondsPerDay))
  }
}
