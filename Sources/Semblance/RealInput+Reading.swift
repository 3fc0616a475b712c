// SPDX-License-Identifier: Apache-2.0
import Schemas
import Studies
import Tables

extension RealInput {
  /// Reads a file whose columns are known to mean what a schema says.
  ///
  /// - Throws: `DataError` if the file cannot be used, or lacks a column.
  init(
    path: String, meaning schema: Schema, threads: Int, progress: ProgressHandler
  ) throws(DataError) {
    let texts = schema.variables.filter { $0.kind == .text }.map(\.name)
    let location = TableLocation(argument: path)
    let document = try FormatCatalogue.standard.reader(for: location).read(
      location, options: ReadingOptions(textColumns: Set(texts), threads: threads),
      progress: progress)
    guard document.table.columnNames == schema.variables.map(\.name) else {
      throw DataError(
        "the file has other columns than the manifest", file: path,
        remedy: "Give the real table that the release was made from.")
    }
    self.init(
      path: path, table: schema.markingMissing(in: document.table), schema: schema,
      document: document)
  }

  /// Reads another file of the same columns: a holdout, or a synthetic table.
  ///
  /// What a column means is taken from a schema; its missing codes are missing cells.
  ///
  /// - Throws: `DataError` if the file cannot be used.
  static func table(
    at path: String, meaning schema: Schema, threads: Int, progress: ProgressHandler
  ) throws(DataError) -> (table: Table, diagnostics: [Diagnostic]) {
    let texts = schema.variables.filter { $0.kind == .text }.map(\.name)
    let location = TableLocation(argument: path)
    let document = try FormatCatalogue.standard.reader(for: location).read(
      location, options: ReadingOptions(textColumns: Set(texts), threads: threads),
      progress: progress)
    return (schema.markingMissing(in: document.table), document.diagnostics)
  }
}
