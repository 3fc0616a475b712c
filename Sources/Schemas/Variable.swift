// SPDX-License-Identifier: Apache-2.0
public import Tables

/// What one column means: its kind, role, labels, limits and missing codes.
public struct Variable: Hashable, Sendable, Codable {
  /// The column's name.
  public var name: String
  /// What its values are.
  public var kind: VariableKind
  /// What the column is for, where it is more than a plain variable.
  public var role: VariableRole?
  /// The question or description, by language code (`"en"`).
  public var label: [String: String]
  /// What each code means, in the order of the dictionary.
  public var valueLabels: [ValueLabel]
  /// The level of measurement.
  public var measure: Measure
  /// The most digits after the decimal mark; `nil` where the kind is no number.
  public var decimals: Int?
  /// The least value allowed, where one is declared (never taken from the data).
  public var minimum: Double?
  /// The greatest value allowed, where one is declared (never taken from the data).
  public var maximum: Double?
  /// The codes that stand for missing, beside those the reader took as missing already.
  public var missingCodes: [MissingReason]
  /// How present values are written.
  public var form: WrittenForm
  /// Why kind, role and missing codes were chosen, one sentence each; quotes no rare value.
  public var reasons: [String]

  /// Creates a variable.
  public init(
    name: String, kind: VariableKind, role: VariableRole? = nil, label: [String: String] = [:],
    valueLabels: [ValueLabel] = [], measure: Measure, decimals: Int? = nil,
    minimum: Double? = nil, maximum: Double? = nil, missingCodes: [MissingReason] = [],
    form: WrittenForm = .text, reasons: [String] = []
  ) {
    self.name = name
    self.kind = kind
    self.role = role
    self.label = label
    self.valueLabels = valueLabels
    self.measure = measure
    self.decimals = decimals
    self.minimum = minimum
    self.maximum = maximum
    self.missingCodes = missingCodes
    self.form = form
    self.reasons = reasons
  }
}

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

/// What a variable is for.
public enum VariableRole: String, Hashable, Sendable, Codable, CaseIterable {
  /// Identifies a record or a person; never learned, always made anew.
  case identifier
  /// The primary key of its table.
  case key
  /// Points to a key of another table.
  case parentKey = "parent-key"
  /// Names the person or thing that several rows describe.
  case entity
  /// Orders the rows of an entity in time.
  case time
  /// The survey weight.
  case weight
  /// The survey stratum.
  case stratum
  /// The survey cluster.
  case cluster
  /// Helps to recognise a person together with others.
  case quasiIdentifier = "quasi-identifier"
  /// Must not be learned about a person.
  case sensitive
}

/// The level of measurement.
public enum Measure: String, Hashable, Sendable, Codable, CaseIterable {
  /// Names without an order.
  case nominal
  /// Ordered levels.
  case ordinal
  /// Numbers.
  case scale
}

/// What a code means.
public struct ValueLabel: Hashable, Sendable, Codable {
  /// The code, as it is written.
  public var code: String
  /// What it means, by language code.
  public var label: [String: String]

  /// Creates a value label.
  public init(code: String, label: [String: String]) {
    self.code = code
    self.label = label
  }
}
