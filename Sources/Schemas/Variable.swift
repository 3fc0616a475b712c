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
  /// How a statistical file stores and shows the variable, where it comes from one.
  public var stored: StoredForm?
  /// Why kind, role and missing codes were chosen, one sentence each; quotes no rare value.
  public var reasons: [String]

  /// Creates a variable.
  public init(
    name: String, kind: VariableKind, role: VariableRole? = nil, label: [String: String] = [:],
    valueLabels: [ValueLabel] = [], measure: Measure, decimals: Int? = nil,
    minimum: Double? = nil, maximum: Double? = nil, missingCodes: [MissingReason] = [],
    form: WrittenForm = .text, stored: StoredForm? = nil, reasons: [String] = []
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
    self.stored = stored
    self.reasons = reasons
  }
}
