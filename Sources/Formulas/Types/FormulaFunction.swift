// SPDX-License-Identifier: Apache-2.0

/// A function of the language: how it is called and what it gives.
public struct FormulaFunction: Hashable, Sendable {
  /// The name.
  public let name: String
  /// How it is called: `round(x, digits)`.
  public let signature: String
  /// What it gives, in a few words.
  public let summary: String
  /// How many arguments it takes.
  let arity: ClosedRange<Int>

  init(_ signature: String, _ arity: ClosedRange<Int>, _ summary: String) {
    name = String(signature.prefix { $0 != "(" })
    self.signature = signature
    self.arity = arity
    self.summary = summary
  }

  /// The function of a name.
  public static func named(_ name: String) -> FormulaFunction? { byName[name] }

  private static let byName = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// All functions.
  public static let all: [FormulaFunction] = [
    FormulaFunction("if(condition, a, b)", 3...3, "a where the condition holds, else b"),
    FormulaFunction(
      "case(c1, a1, c2, a2, …, default)", 3...10_000, "the value of the first condition that holds"),
    FormulaFunction("first_present(a, b, …)", 1...10_000, "the first value that is not missing"),
    FormulaFunction("is_missing(x)", 1...1, "whether x is missing"),
    FormulaFunction("reason(x)", 1...1, "the code of the reason why x is missing"),
    FormulaFunction("label(x)", 1...1, "the label of a level"),
    FormulaFunction("code(x)", 1...1, "the code of a level as a whole number"),
    FormulaFunction("text(x)", 1...1, "x as text"),
    FormulaFunction("number(x)", 1...1, "the number that a text spells"),
    FormulaFunction("exp(x)", 1...1, "e to the power x"),
    FormulaFunction("log(x)", 1...1, "the natural logarithm"),
    FormulaFunction("log1p(x)", 1...1, "log(1 + x), exact for small x"),
    FormulaFunction("sqrt(x)", 1...1, "the square root"),
    FormulaFunction("abs(x)", 1...1, "x without its sign"),
    FormulaFunction("sign(x)", 1...1, "-1, 0 or 1"),
    FormulaFunction("floor(x)", 1...1, "the whole number at or below x"),
    FormulaFunction("ceil(x)", 1...1, "the whole number at or above x"),
    FormulaFunction("round(x, digits)", 1...2, "x rounded, halves away from 0"),
    FormulaFunction("logit(p)", 1...1, "log(p / (1 - p))"),
    FormulaFunction("invlogit(x)", 1...1, "1 / (1 + exp(-x))"),
    FormulaFunction("min(a, b, …)", 1...10_000, "the least, of values or of a child's column"),
    FormulaFunction("max(a, b, …)", 1...10_000, "the greatest, of values or of a child's column"),
    FormulaFunction("year(d)", 1...1, "the year"),
    FormulaFunction("month(d)", 1...1, "the month, 1...12"),
    FormulaFunction("day(d)", 1...1, "the day of the month, or the whole days of a duration"),
    FormulaFunction("weekday(d)", 1...1, "the day of the week, Monday is 1"),
    FormulaFunction("quarter(d)", 1...1, "the quarter, 1...4"),
    FormulaFunction("day_of_year(d)", 1...1, "the day of the year, 1...366"),
    FormulaFunction("hour(t)", 1...1, "the hour"),
    FormulaFunction("minute(t)", 1...1, "the minute"),
    FormulaFunction("second(t)", 1...1, "the whole second"),
    FormulaFunction("date(x)", 1...3, "the day of a date-time; date(year, month, day)"),
    FormulaFunction("years_between(a, b)", 2...2, "completed years from date a to date b"),
    FormulaFunction("add_months(d, n)", 2...2, "n months later, at most the month's last day"),
    FormulaFunction("days(x)", 1...1, "a duration of x days, or the days of a duration"),
    FormulaFunction("weeks(x)", 1...1, "a duration of x weeks, or the weeks of a duration"),
    FormulaFunction("hours(x)", 1...1, "a duration of x hours, or the hours of a duration"),
    FormulaFunction("minutes(x)", 1...1, "a duration of x minutes, or the minutes of a duration"),
    FormulaFunction("seconds(x)", 1...1, "a duration of x seconds, or the seconds of a duration"),
    FormulaFunction("lower(x)", 1...1, "x in small letters"),
    FormulaFunction("upper(x)", 1...1, "x in capitals"),
    FormulaFunction("trim(x)", 1...1, "x without spaces at its ends"),
    FormulaFunction("length(x)", 1...1, "the number of characters"),
    FormulaFunction("slice(x, from, count)", 3...3, "some characters, counted from 1"),
    FormulaFunction("replace(x, old, new)", 3...3, "x with every old replaced by new"),
    FormulaFunction("join(a, b, …)", 1...100, "texts put together"),
    FormulaFunction("pad(x, width, sign)", 3...3, "x with signs before it up to a width"),
    FormulaFunction("starts_with(x, start)", 2...2, "whether x starts so"),
    FormulaFunction("ends_with(x, end)", 2...2, "whether x ends so"),
    FormulaFunction("contains(x, part)", 2...2, "whether x contains it"),
    FormulaFunction("matches(x, pattern)", 2...2, "whether all of x matches a regular expression"),
    FormulaFunction("table(name, keys…)", 2...100, "the value of a named table at these keys"),
    FormulaFunction("mean(child.x, condition)", 1...2, "the mean of a child's column"),
    FormulaFunction("sum(child.x, condition)", 1...2, "the sum of a child's column"),
    FormulaFunction("count(child, condition)", 1...2, "how many rows of a child belong here"),
    FormulaFunction("any(child.x, condition)", 1...2, "whether a condition holds for any row"),
    FormulaFunction("all(child.x, condition)", 1...2, "whether a condition holds for every row"),
  ]
}
