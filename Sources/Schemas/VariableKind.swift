// SPDX-License-Identifier: Apache-2.0

/// What the values of a variable are.
public enum VariableKind: String, Hashable, Sendable, Codable, CaseIterable {
  /// Numbers with a fraction.
  case number
  /// Whole numbers that count or measure.
  case wholeNumber = "whole number"
  /// One of a set of levels without an order, written as text or as a code.
  case category
  /// One of a set of levels with an order.
  case orderedCategory = "ordered category"
  /// True or false.
  case boolean
  /// Free or nearly unique text: names, comments, identifiers.
  case text
  /// A calendar date.
  case date
  /// A time of day.
  case time
  /// A date with a time.
  case dateTime = "date-time"

  /// Whether values lie on a scale on which differences and order mean something.
  public var isContinuous: Bool {
    switch self {
    case .number, .wholeNumber, .date, .time, .dateTime: true
    case .category, .orderedCategory, .boolean, .text: false
    }
  }

  /// Whether values are levels of a set.
  public var isCategorical: Bool {
    self == .category || self == .orderedCategory || self == .boolean
  }
}
