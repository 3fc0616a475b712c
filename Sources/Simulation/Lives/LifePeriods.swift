// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables

/// The periods a model runs over: years or months, each known by a number.
struct LifePeriods: Sendable, Hashable {
  /// Whether periods are months.
  var isMonthly = false
  /// The first and the last: years, or 12 times the year plus the month less 1.
  var range = 1...1

  /// The most periods of a run.
  static let limit = 12_000

  /// A day or the first day of a month or year, as days since 1970: `2027`, `2027-04`, `2027-04-01`.
  static func day(_ text: String) -> Int? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard (1...3).contains(parts.count), let year = Int(parts[0]), (1...9999).contains(year) else {
      return nil
    }
    let rest = parts.dropFirst().map { $0.count == 2 ? Int($0) : nil }
    guard !rest.contains(nil) else { return nil }
    let numbers = rest.compactMap { $0 }
    return CalendarDate(
      year: year, month: numbers.first ?? 1, day: numbers.count > 1 ? numbers[1] : 1)?
      .daysSince1970
  }

  /// The first day of a period, in days since 1970.
  func firstDay(of period: Int) -> Int {
    let year = isMonthly ? period / 12 : period
    let month = isMonthly ? period % 12 + 1 : 1
    return CalendarDate(year: year, month: month, day: 1)?.daysSince1970 ?? 0
  }

  /// What formulas know a period by: the year, or the month's first day.
  func literal(of period: Int) -> Expression.Literal {
    isMonthly ? .date(firstDay(of: period)) : .whole(Int64(period))
  }

  /// Periods as a column.
  func column(_ periods: [Int]) -> Column {
    guard isMonthly else {
      return Column(
        name: "period", values: .wholeNumbers(periods.map { Int64($0) }),
        form: .number(NumberForm()))
    }
    return Column(
      name: "period", values: .dates(periods.map { Int32(firstDay(of: $0)) }),
      form: .calendar(pattern: "yyyy-MM-dd"))
  }
}
