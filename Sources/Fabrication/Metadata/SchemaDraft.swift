// SPDX-License-Identifier: Apache-2.0
import Formulas
public import Schemas
import Tables

/// A specification drafted from a dictionary alone: no data was read.
///
/// Every value is one that the dictionary allows: a declared level, a number between declared bounds, a
/// declared missing code. How often each occurs, and how variables hang together, no dictionary says:
/// levels are equally likely, numbers even between their bounds, and all is independent.
public struct SchemaDraft: Sendable {
  /// What the dictionary says.
  public let schema: Schema
  /// The share of each declared missing code.
  public var missingShare = 0.05
  /// The patterns that texts match, by variable; one that is not regular in the strict sense is left out.
  public var patterns: [String: String] = [:]
  /// The most characters of texts, by variable.
  public var longest: [String: Int] = [:]
  /// Between which values variables without declared bounds are drawn.
  public var drawnRanges: [String: ClosedRange<Double>] = [:]

  /// Creates a draft.
  public init(_ schema: Schema) { self.schema = schema }

  /// The specification, in YAML.
  public func text(rowCount: Int) -> String {
    var lines = [
      "# Drafted from a dictionary: no data was read. Correct what it does not say.",
      "fabricate: 1",
      "rows: \(rowCount)", "columns:",
    ]
    for variable in schema.variables {
      lines.append("  \(SQLSchema.quoted(variable.name)): \(column(of: variable))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The codes of a variable that stand for values.
  static func levels(of variable: Variable) -> [String] {
    let missing = Set(variable.missingCodes.map(\.code))
    return variable.valueLabels.map(\.code).filter { !missing.contains($0) }
  }

  /// How a column is made, as a mapping of YAML.
  func column(of variable: Variable) -> String {
    "{" + fields(of: variable).joined(separator: ", ") + "}"
  }

  private func fields(of variable: Variable) -> [String] {
    var fields = maker(of: variable)
    // Formulas and checks see what is written, so that texts are cut before they are repeated.
    if let longest = longest[variable.name], longest > 0,
      fields.contains(where: { $0.hasPrefix("by: ") })
    {
      fields.append("longest: \(longest)")
    }
    var codes = variable.missingCodes
    // A label of a code that is declared missing is the reason's label.
    for index in codes.indices where codes[index].label == nil {
      codes[index].label = variable.valueLabels.first { $0.code == codes[index].code }?
        .label.values.min()
    }
    if !codes.isEmpty {
      let share = missingShare / max(1, Double(codes.count) / 4)
      let entries = codes.map { reason in
        "{rate: \(Self.plain(share)), reason: \(Self.text(reason.code))"
          + (reason.label.map { ", label: \(Self.text($0))" } ?? "") + "}"
      }
      fields.append("missing: [\(entries.joined(separator: ", "))]")
    }
    return fields
  }

  private func maker(of variable: Variable) -> [String] {
    if let pattern = pattern(of: variable) {
      return ["pattern: \(Self.text(pattern))"]
        + (isUnique(variable) ? ["unique: true"] : [])
    }
    if isUnique(variable) {
      return variable.kind == .text
        ? ["pattern: \"[A-Z]{2}[0-9]{6}\"", "unique: true"] : ["sequence: 1"]
    }
    let levels = Self.levels(of: variable)
    let isListed =
      variable.kind == .category || variable.kind == .orderedCategory
      || (variable.kind == .text && !levels.isEmpty)
    if isListed, !levels.isEmpty {
      let list = levels.map { "\(Self.level($0)) = 1" }.joined(separator: ", ")
      return ["value: \(SQLSchema.quoted("~ categorical(\(list))"))"]
    }
    if variable.kind == .category {
      // What the levels are called nobody says: names that nobody takes for real ones.
      let list = (1...5).map { "`level \($0)` = 1" }.joined(separator: ", ")
      return ["value: \(SQLSchema.quoted("~ categorical(\(list))"))"]
    }
    if variable.kind == .orderedCategory, variable.minimum == nil, variable.maximum == nil {
      return ["value: \"~ integer(1, 5)\""]
    }
    switch variable.kind {
    case .boolean: return ["value: \"~ bernoulli(0.5)\""]
    case .wholeNumber, .orderedCategory:
      let (low, high) = bounds(of: variable, spread: 100)
      return ["value: \"~ integer(\(Int(low.rounded(.up))), \(Int(high.rounded(.down))))\""]
    case .number:
      let (low, high) = bounds(of: variable, spread: 100)
      return [
        "value: \"~ uniform(\(low), \(high))\"", "decimals: \(min(15, variable.decimals ?? 2))",
      ]
    case .date, .dateTime: return ["value: \"~ uniform(2000-01-01, 2025-12-31)\""]
    case .time: return ["pattern: \"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\""]
    case .category, .text:
      let column = SQLTable.Column(name: variable.name, type: "TEXT")
      return ["by: \(SQLColumnDraft(column, in: SQLTable(name: "")).provider)"]
    }
  }

  private func isUnique(_ variable: Variable) -> Bool {
    variable.role == .key || variable.role == .identifier
  }

  /// The pattern of a text, where texts can be drawn by it, and different ones where they must be.
  private func pattern(of variable: Variable) -> String? {
    guard variable.kind == .text, let text = patterns[variable.name].map(Self.whole),
      let pattern = try? TextPattern(text), let sampler = try? PatternSampler(pattern)
    else { return nil }
    guard isUnique(variable) else { return text }
    guard let size = sampler.languageSize, size >= 1e6, size < 0x1p53 else { return nil }
    return text
  }

  /// A pattern without the signs that tie it to the ends of a text.
  public static func whole(_ pattern: String) -> String {
    var text = pattern[...]
    if text.hasPrefix("^") { text = text.dropFirst() }
    if text.hasSuffix("$"), !text.hasSuffix("\\$") { text = text.dropLast() }
    return String(text)
  }

  private func bounds(of variable: Variable, spread: Double) -> (Double, Double) {
    if variable.minimum == nil, variable.maximum == nil, let drawn = drawnRanges[variable.name] {
      return (max(-1e15, drawn.lowerBound), min(1e15, drawn.upperBound))
    }
    let low = variable.minimum ?? min(0, (variable.maximum ?? spread) - spread)
    let high = max(low, variable.maximum ?? low + spread)
    return (max(-1e15, low), min(1e15, high))
  }

  private static func plain(_ value: Double) -> String {
    String((value * 10_000).rounded() / 10_000)
  }

  /// A text in quotes, as YAML takes it.
  private static func text(_ text: String) -> String {
    let quoted = SQLSchema.quoted(text)
    return quoted.hasPrefix("\"") ? quoted : "\"\(quoted)\""
  }

  /// A level's name as `categorical` takes it.
  static func level(_ code: String) -> String {
    "`"
      + code.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "``") + "`"
  }
}
