// SPDX-License-Identifier: Apache-2.0
public import Schemas
public import Tables

/// What a dictionary of another program says of variables, in no format's terms.
///
/// What it leaves open is left to inference; variables that a table lacks are passed over, because a
/// dictionary often describes a whole study and a file a part of it.
public struct Codebook: Hashable, Sendable {
  /// What is said of one variable.
  public struct Entry: Hashable, Sendable {
    /// The variable's name.
    public var name: String
    /// The label, empty if none.
    public var label = ""
    /// The language of the labels.
    public var language = "en"
    /// What the values are, if said.
    public var kind: VariableKind?
    /// The level of measurement, if said.
    public var measure: Measure?
    /// What the variable is for, if said.
    public var role: VariableRole?
    /// What each code means.
    public var valueLabels: [(code: String, label: String)] = []
    /// The codes that stand for missing.
    public var missingCodes: [MissingReason] = []
    /// The least value allowed, if said.
    public var minimum: Double?
    /// The greatest value allowed, if said.
    public var maximum: Double?
    /// The kind that the type of storage means; only of use where there is no table to look at.
    public var storedKind: VariableKind?
    /// The values allowed, where they are listed without labels.
    public var levels: [String] = []
    /// The most digits after the decimal mark, if said; only of use where there is no table.
    public var decimals: Int?
    /// Between which values a generative description draws; only of use where there is no table.
    public var drawnRange: ClosedRange<Double>?
    /// The regular expression that texts match, if said.
    public var pattern: String?
    /// The most characters of a text, if said.
    public var longest: Int?
    /// Whether values are written as text whatever they look like.
    public var isText = false

    /// Creates an entry that says nothing.
    public init(name: String) { self.name = name }

    /// Whether two entries say the same.
    public static func == (first: Entry, second: Entry) -> Bool {
      first.name == second.name && first.label == second.label && first.kind == second.kind
        && first.measure == second.measure && first.role == second.role
        && first.valueLabels.elementsEqual(second.valueLabels, by: ==)
        && first.missingCodes == second.missingCodes && first.minimum == second.minimum
        && first.maximum == second.maximum && first.isText == second.isText
        && first.pattern == second.pattern && first.longest == second.longest
        && first.language == second.language
    }

    /// Hashes what makes entries differ most.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(name)
      hasher.combine(label)
    }
  }

  /// The name of the format it was read from, for messages.
  public var format: String
  /// The file's name.
  public var file: String
  /// The title of the study, empty if none is said.
  public var title = ""
  /// The entries in order.
  public var entries: [Entry]

  /// Creates a codebook.
  public init(format: String, file: String, entries: [Entry] = []) {
    self.format = format
    self.file = file
    self.entries = entries
  }

  /// The columns that must be read as text.
  public var textColumns: Set<String> {
    Set(entries.filter { $0.isText || $0.kind == .text }.map(\.name))
  }

  /// Returns a schema with what the codebook says in it, and what did not fit.
  ///
  /// - Throws: `DataError` if the codebook describes none of the variables.
  public func applied(to schema: Schema) throws(DataError) -> (Schema, [Diagnostic]) {
    var schema = schema
    var diagnostics: [Diagnostic] = []
    var places: [String: Int] = [:]
    for (place, variable) in schema.variables.enumerated() { places[variable.name] = place }
    var found = 0
    for entry in entries {
      guard let place = places[entry.name] ?? places[entry.name.lowercased()] else { continue }
      found += 1
      apply(entry, to: &schema.variables[place], &diagnostics)
    }
    guard found > 0 || entries.isEmpty else {
      throw DataError(
        "the codebook (\(format)) describes none of the table's variables", file: file,
        remedy: "Give the codebook of this file.")
    }
    if found < schema.variables.count {
      diagnostics.append(
        Diagnostic(
          .note, "the codebook says nothing of \(schema.variables.count - found) variables"))
    }
    return (schema, diagnostics)
  }

  private func apply(
    _ entry: Entry, to variable: inout Variable, _ diagnostics: inout [Diagnostic]
  ) {
    if !entry.label.isEmpty { variable.label[entry.language] = entry.label }
    if !entry.valueLabels.isEmpty {
      variable.valueLabels = entry.valueLabels.map {
        ValueLabel(code: $0.code, label: [entry.language: $0.label])
      }
    }
    if !entry.missingCodes.isEmpty {
      variable.missingCodes = entry.missingCodes
      variable.reasons.append("the codebook states missing codes")
    }
    variable.minimum = entry.minimum ?? variable.minimum
    variable.maximum = entry.maximum ?? variable.maximum
    if let measure = entry.measure { variable.measure = measure }
    let wanted = kind(of: entry, found: variable)
    if let wanted, wanted != variable.kind {
      if SchemaOverrides.isPossible(wanted, instead: variable.kind) {
        variable.kind = wanted
        if variable.role == .identifier, wanted != .text { variable.role = nil }
        variable.reasons = ["the codebook says so"]
      } else if entry.kind != nil {
        diagnostics.append(
          Diagnostic(
            .warning,
            "the codebook says \(wanted.rawValue), the values are \(variable.kind.rawValue)s",
            column: variable.name))
      }
    }
    if let role = entry.role { variable.role = role }
  }

  /// The kind that an entry states, or that its level of measurement means for coded values.
  private func kind(of entry: Entry, found: Variable) -> VariableKind? {
    if let kind = entry.kind { return kind }
    guard found.kind == .wholeNumber || found.kind == .category || found.kind == .orderedCategory,
      found.role != .identifier
    else { return nil }
    switch entry.measure {
    case .nominal: return .category
    case .ordinal: return .orderedCategory
    case .scale:
      // A scale of codes that all have labels is a scale of answers.
      return found.kind == .orderedCategory || found.kind == .category ? .wholeNumber : nil
    case nil: return nil
    }
  }
}
