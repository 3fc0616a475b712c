// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables

/// A number or a marginal scale that may change from a day on.
struct LifeParameter: Sendable, Hashable {
  /// What a parameter is on a day.
  enum Value: Sendable, Hashable {
    case number(Expression.Literal)
    case scale(MarginalScale)
    /// It has ended.
    case none
  }

  var name: String
  /// The values, each with the day from which it holds, in order of the days.
  var values: [(day: Int, value: Value)]
  var place: SourcePlace

  static func == (one: LifeParameter, other: LifeParameter) -> Bool {
    one.name == other.name && one.values.count == other.values.count
      && zip(one.values, other.values).allSatisfy { $0.day == $1.day && $0.value == $1.value }
  }

  func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// The value on a day.
  ///
  /// - Throws: `DataError` if the first value comes later.
  func value(on day: Int) throws(DataError) -> Value {
    guard let found = values.last(where: { $0.day <= day }) else {
      let date = CalendarDate(daysSince1970: day)
      throw place.error(
        "parameter `\(name)` has no value yet in \(date.year)-\(date.month)",
        remedy: "Give it a value from an earlier day on, or `null`, which is missing.")
    }
    return found.value
  }
}

/// A tax or a contribution by slices: each rate applies to what lies above its threshold.
struct MarginalScale: Sendable, Hashable {
  /// The thresholds in ascending order, each with the rate from there on.
  var brackets: [(threshold: Double, rate: Double)]

  static func == (one: MarginalScale, other: MarginalScale) -> Bool {
    one.brackets.count == other.brackets.count
      && zip(one.brackets, other.brackets).allSatisfy { $0 == $1 }
  }

  func hash(into hasher: inout Hasher) { hasher.combine(brackets.count) }

  /// The scale of an amount, as a formula of `x`: the sum of each change of rate times what lies above.
  var formula: String {
    var terms: [String] = []
    var before = 0.0
    for bracket in brackets {
      terms.append("(\(bracket.rate - before)) * max(0, x - (\(bracket.threshold)))")
      before = bracket.rate
    }
    return terms.isEmpty ? "0 * x" : terms.joined(separator: " + ")
  }
}
