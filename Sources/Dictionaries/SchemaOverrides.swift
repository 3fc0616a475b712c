// SPDX-License-Identifier: Apache-2.0
public import Schemas
public import Tables

/// What an owner says about some variables; it takes the place of what was found out.
public struct SchemaOverrides: Hashable, Sendable {
  /// What is said of one variable.
  public struct Entry: Hashable, Sendable {
    /// The variable's name.
    public var name: String
    /// The line of the file on which it stands.
    public var line: Int
    /// The kind, if said.
    public var kind: VariableKind?
    /// The role, if said; a role of `none` takes a guess away.
    public var role: VariableRole??
    /// The measure, if said.
    public var measure: Measure?
    /// The label by language, if said.
    public var label: [String: String]?
    /// The missing codes, if said.
    public var missingCodes: [MissingReason]?
    /// The value labels, if said.
    public var valueLabels: [ValueLabel]?

    /// The least value allowed, if said.
    public var minimum: Double?
    /// The greatest value allowed, if said.
    public var maximum: Double?
    /// The most digits after the decimal mark, if said; only of use where there is no table.
    public var decimals: Int?

    /// Creates an entry that says nothing.
    public init(name: String, line: Int) {
      self.name = name
      self.line = line
    }
  }

  /// The file's name, for messages.
  public var file: String
  /// The entries in order.
  public var entries: [Entry]

  /// The columns that must be read as text, whatever they look like.
  public var textColumns: Set<String> {
    Set(entries.filter { $0.kind == .text }.map(\.name))
  }

  /// Returns a schema with the entries in force.
  ///
  /// - Throws: `DataError` if an entry names no variable of the schema, or a kind that the
  ///   values cannot have.
  public func applied(to schema: Schema) throws(DataError) -> Schema {
    var schema = schema
    for entry in entries {
      guard let place = schema.variables.firstIndex(where: { $0.name == entry.name }) else {
        throw DataError(
          "the schema names \"\(entry.name)\", which the table does not have", file: file,
          line: entry.line,
          remedy: NearMiss.remedy(for: entry.name, among: schema.variables.map(\.name)))
      }
      try apply(entry, to: &schema.variables[place])
    }
    return schema
  }

  private func apply(_ entry: Entry, to variable: inout Variable) throws(DataError) {
    if let kind = entry.kind, kind != variable.kind {
      guard Self.isPossible(kind, instead: variable.kind) else {
        throw DataError(
          "a \(variable.kind.rawValue) cannot be taken as \(kind.rawValue)", file: file,
          line: entry.line, column: variable.name,
          remedy: "Choose another kind, or change how the values are written.")
      }
      variable.kind = kind
      variable.measure =
        kind.isContinuous ? .scale : (kind == .orderedCategory ? .ordinal : .nominal)
      if variable.role == .identifier, kind != .text { variable.role = nil }
      variable.reasons = ["the kind was stated"]
    }
    if let role = entry.role {
      variable.role = role
      variable.reasons.append("the role was stated")
    }
    if let measure = entry.measure { variable.measure = measure }
    if let label = entry.label { variable.label = label }
    if let codes = entry.missingCodes {
      variable.missingCodes = codes
      variable.reasons.append("the missing codes were stated")
    }
    if let labels = entry.valueLabels { variable.valueLabels = labels }
    variable.minimum = entry.minimum ?? variable.minimum
    variable.maximum = entry.maximum ?? variable.maximum
  }

  /// Numbers may be taken as levels and back; texts may be levels or free; dates stay dates.
  static func isPossible(_ kind: VariableKind, instead found: VariableKind) -> Bool {
    switch kind {
    case .category, .orderedCategory, .text: true
    case .number: found == .wholeNumber || found == .category || found == .orderedCategory
    case .wholeNumber: found == .category || found == .orderedCategory
    case .boolean: found == .category
    case .date, .time, .dateTime: false
    }
  }
}
