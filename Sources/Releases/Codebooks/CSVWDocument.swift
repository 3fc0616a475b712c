// SPDX-License-Identifier: Apache-2.0
import Schemas
import Synthesis
import Tables

/// The codebook of a delimited file for CSV on the Web.
///
/// ## Source
/// W3C, Metadata Vocabulary for Tabular Data (Recommendation, 2015).
public struct CSVWDocument: Sendable {
  private let package: DataPackage

  /// Creates a codebook; `nil` where the file is no delimited text.
  public init?(_ package: DataPackage) {
    guard package.dialect != nil else { return nil }
    self.package = package
  }

  /// The document.
  public var value: JSONValue {
    var schema: [String: JSONValue] = ["columns": .list(package.table.columns.map(column))]
    let keys = package.table.columns.map(\.name).filter {
      package.schema.variable(named: $0)?.role == .key
    }
    if keys.count == 1 { schema["primaryKey"] = .text(keys[0]) }
    return .object([
      "@context": .list([
        .text("http://www.w3.org/ns/csvw"), .object(["@language": .text("en")]),
      ]),
      "url": .text(package.file.path),
      "dc:title": .text(package.mark.title(package.name)),
      "dc:type": .object(["@id": .text(SyntheticMark.datasetType)]),
      "dcat:keyword": .list(package.mark.keywords.map { .text($0) }),
      "dc:source": .text(package.mark.sourceType),
      "dc:description": .text(package.mark.statement),
      "dialect": .object(dialect),
      "tableSchema": .object(schema),
    ])
  }

  private var dialect: [String: JSONValue] {
    guard let dialect = package.dialect else { return [:] }
    return [
      "delimiter": .text(dialect.delimiter), "quoteChar": .text(dialect.quote),
      "header": .flag(dialect.hasHeader), "encoding": .text(dialect.encoding.lowercased()),
      "lineTerminators": .list([.text(dialect.lineEnding)]),
    ]
  }

  private func column(_ column: Column) -> JSONValue {
    let variable = package.schema.variable(named: column.name)
    var fields: [String: JSONValue] = [
      "titles": .text(column.name), "datatype": datatype(column),
    ]
    // A name is a variable of URI templates; others are given by their titles alone.
    if column.name.utf8.allSatisfy({ $0 == 0x5F || ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 }),
      !column.name.hasPrefix("_")
    {
      fields["name"] = .text(column.name)
    }
    var words = variable.flatMap { CodebookText.label($0.label) } ?? ""
    let levels = (variable?.valueLabels ?? []).compactMap { level in
      CodebookText.label(level.label).map { "\(level.code) = \($0)" }
    }
    if !levels.isEmpty { words += (words.isEmpty ? "" : ". ") + levels.joined(separator: "; ") }
    if !words.isEmpty { fields["dc:description"] = .text(words) }
    let codes = column.missing.reasons.map(\.code)
    if !codes.isEmpty { fields["null"] = .list(codes.map { .text($0) }) }
    return .object(fields)
  }

  private func datatype(_ column: Column) -> JSONValue {
    switch column.values {
    case .texts: return .text("string")
    case .booleans:
      guard case .boolean(let yes, let no) = column.form else { return .text("boolean") }
      return .object(["base": .text("boolean"), "format": .text("\(yes)|\(no)")])
    case .numbers, .wholeNumbers:
      let form = column.form.number ?? NumberForm()
      // Units before or after a number are no part of a number here.
      guard form.prefix.isEmpty, form.suffix.isEmpty else { return .text("string") }
      var isWhole = false
      if case .wholeNumbers = column.values, !form.keepsPointZero { isWhole = true }
      let base = isWhole ? "integer" : "number"
      guard form.decimalMark != "." || !form.groupMark.isEmpty else { return .text(base) }
      var format: [String: JSONValue] = ["decimalChar": .text(form.decimalMark)]
      if !form.groupMark.isEmpty { format["groupChar"] = .text(form.groupMark) }
      return .object(["base": .text(base), "format": .object(format)])
    case .dates: return calendar(column, "date", standard: "yyyy-MM-dd")
    case .times: return calendar(column, "time", standard: "HH:mm:ss")
    case .dateTimes: return calendar(column, "dateTime", standard: "yyyy-MM-ddTHH:mm:ss")
    }
  }

  /// The patterns that the recommendation names (6.4.4); others are texts to a validator.
  private static let patterns: Set<String> = [
    "yyyy-MM-dd", "dd-MM-yyyy", "MM-dd-yyyy", "d-M-yyyy", "M-d-yyyy", "dd/MM/yyyy", "MM/dd/yyyy",
    "d/M/yyyy", "M/d/yyyy", "dd.MM.yyyy", "d.M.yyyy", "HH:mm:ss", "HH:mm", "yyyy-MM-dd HH:mm:ss",
    "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm", "dd/MM/yyyy HH:mm:ss",
    "dd/MM/yyyy HH:mm", "MM/dd/yyyy HH:mm:ss", "MM/dd/yyyy HH:mm",
  ]

  private func calendar(_ column: Column, _ base: String, standard: String) -> JSONValue {
    guard case .calendar(let pattern) = column.form else { return .text("string") }
    if pattern == standard { return .text(base) }
    guard Self.patterns.contains(pattern) else { return .text("string") }
    return .object(["base": .text(base), "format": .text(pattern)])
  }
}
