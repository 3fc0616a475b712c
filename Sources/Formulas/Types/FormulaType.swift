// SPDX-License-Identifier: Apache-2.0

/// What the values of an expression are.
public enum FormulaType: Hashable, Sendable {
  /// Numbers.
  case number
  /// Whole numbers.
  case whole
  /// Truth values.
  case boolean
  /// Texts.
  case text
  /// Levels of a set.
  case category(LevelSet)
  /// Days.
  case date
  /// Days with a time.
  case dateTime
  /// Times of day.
  case time
  /// Lengths of time.
  case duration
  /// Nothing but `missing`, which suits every type.
  case missing

  /// The type in the words of a message, with its article.
  public var words: String {
    switch self {
    case .number: "a number"
    case .whole: "a whole number"
    case .boolean: "a truth value"
    case .text: "a text"
    case .category: "a category"
    case .date: "a date"
    case .dateTime: "a date-time"
    case .time: "a time of day"
    case .duration: "a duration"
    case .missing: "missing"
    }
  }

  /// Whether values can be calculated with.
  public var isNumeric: Bool { self == .number || self == .whole }

  var isCategory: Bool { if case .category = self { true } else { false } }

  /// Whether two types are the same, however their levels differ.
  func isSame(as other: FormulaType) -> Bool {
    switch (self, other) {
    case (.category, .category): true
    default: self == other
    }
  }
}
