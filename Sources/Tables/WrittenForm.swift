// SPDX-License-Identifier: Apache-2.0

/// How the present values of a column are written, so that output looks like input.
public enum WrittenForm: Hashable, Sendable, Codable {
  /// Text as it is.
  case text
  /// Numbers and whole numbers.
  case number(NumberForm)
  /// Dates, times and date-times, by a pattern of `yyyy MM dd MMM HH mm ss SSS` and literal text.
  case calendar(pattern: String)
  /// Truth values, by the two words that stand for them.
  case boolean(true: String, false: String)

  /// The form of numbers, where this is one.
  public var number: NumberForm? {
    if case .number(let form) = self { return form }
    return nil
  }
}

/// How numbers are written: decimals, marks, and what stands before and after.
public struct NumberForm: Hashable, Sendable, Codable {
  /// The most digits after the decimal mark.
  public var decimals: Int
  /// Whether every value has exactly `decimals` digits after the mark (`7.50`), or no trailing zeros.
  public var hasFixedDecimals: Bool
  /// Whether a value without a fraction is still written with one (`22.0`), as pandas does.
  public var keepsPointZero: Bool
  /// The decimal mark, `"."` or `","`.
  public var decimalMark: String
  /// The mark between groups of three digits, or none.
  public var groupMark: String
  /// What stands before every value, such as a currency sign.
  public var prefix: String
  /// What stands after every value, such as `"%"`.
  public var suffix: String
  /// Whether a value above zero is written with a plus sign.
  public var showsPlus: Bool
  /// Whether the zero before the decimal mark is left out (`.5`).
  public var omitsZero: Bool

  /// Creates a form; with no arguments, that of plain whole numbers.
  public init(
    decimals: Int = 0, hasFixedDecimals: Bool = false, keepsPointZero: Bool = false,
    decimalMark: String = ".", groupMark: String = "", prefix: String = "", suffix: String = "",
    showsPlus: Bool = false, omitsZero: Bool = false
  ) {
    self.decimals = decimals
    self.hasFixedDecimals = hasFixedDecimals
    self.keepsPointZero = keepsPointZero
    self.decimalMark = decimalMark
    self.groupMark = groupMark
    self.prefix = prefix
    self.suffix = suffix
    self.showsPlus = showsPlus
    self.omitsZero = omitsZero
  }
}
