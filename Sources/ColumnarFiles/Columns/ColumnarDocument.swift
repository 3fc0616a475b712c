// SPDX-License-Identifier: Apache-2.0
import Formats
import Schemas
import Studies
import Tables

/// Puts the columns of a file together as a table with its dictionary.
struct ColumnarDocument {
  private var columns: [Column] = []
  private var results: [ColumnarResult] = []
  private let rowCount: Int
  private let diagnostics: [Diagnostic]

  /// - Throws: `DataError` if no column fits into a table.
  init(_ read: [ColumnarResult], rowCount: Int, file: String) throws(DataError) {
    self.rowCount = rowCount
    diagnostics = read.flatMap(\.diagnostics)
    for result in read {
      guard let column = result.column else { continue }
      columns.append(column)
      results.append(result)
    }
    guard !columns.isEmpty else {
      throw DataError(
        "the file has no column that fits into a table", file: file,
        remedy: "Give a file whose columns hold single values.")
    }
    let distinct = DistinctNames(columns.map(\.name))
    if distinct.changedCount > 0 {
      for index in columns.indices { columns[index].name = distinct.names[index] }
    }
  }

  /// Refuses a file that claims more cells than are wanted.
  ///
  /// - Throws: `DataError` if it does.
  static func check(
    rowCount: Int, columnCount: Int, _ options: ReadingOptions, file: String
  ) throws(DataError) {
    let (cells, overflows) = rowCount.multipliedReportingOverflow(by: columnCount)
    guard !overflows, cells <= options.maximumCellCount else {
      throw DataError(
        "the file holds more than \(options.maximumCellCount) cells", file: file,
        remedy: "Give a sample of its rows.")
    }
  }

  /// The table with what notes and columns say of it.
  func document(notes: [(key: String, value: String)], facts: FileFacts) -> StudyDocument {
    let table = Table(columns: columns, rowCount: rowCount)
    var facts = facts
    let stated = KeyValueNotes.read(notes, into: &facts)
    for (column, result) in zip(columns, results) where !result.typeName.isEmpty {
      facts.columnTypes = facts.columnTypes ?? [:]
      facts.columnTypes?[column.name] = result.typeName
    }
    var schema = SchemaInference().infer(table)
    if let stated, stated.variables.map(\.name) == table.columnNames {
      for index in schema.variables.indices {
        let form = schema.variables[index].form
        schema.variables[index] = stated.variables[index]
        schema.variables[index].reasons = ["the file says so"]
        schema.variables[index].form = form
      }
    } else {
      for (index, result) in results.enumerated() {
        Self.tell(&schema.variables[index], result)
      }
    }
    return StudyDocument(
      table: schema.markingMissing(in: table), schema: schema, file: facts,
      diagnostics: diagnostics)
  }

  /// Takes into a variable what its column says of itself.
  private static func tell(_ variable: inout Variable, _ result: ColumnarResult) {
    if !result.label.isEmpty { variable.label = ["en": result.label] }
    guard !result.orderedLevels.isEmpty else { return }
    variable.kind = .orderedCategory
    variable.measure = .ordinal
    variable.role = nil
    variable.valueLabels = result.orderedLevels.map { ValueLabel(code: $0, label: ["en": $0]) }
    variable.reasons = ["the file states the levels and their order"]
  }
}
