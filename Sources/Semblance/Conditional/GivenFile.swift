// SPDX-License-Identifier: Apache-2.0
import Dictionaries
import Formats
import Schemas
import Studies
import Synthesis
import Tables

/// A partial table: some columns of a model, with holes to fill in.
struct GivenFile {
  /// The file, for messages.
  let path: String
  /// Its columns, missing codes taken as missing.
  let table: Table
  /// The model's variables.
  let schema: Schema
  /// Whether each row is one line, so that lines can be counted.
  private let hasPlainLines: Bool
  /// Whether empty cells are to be filled in; of a real table they are empty for good.
  private let hasGaps: Bool

  /// Reads a partial table.
  ///
  /// - Throws: `DataError` if the file cannot be used, is empty, or has a column that the model has not.
  init(path: String, schema: Schema, textColumns: Set<String>, threads: Int) throws(DataError) {
    let location = TableLocation(argument: path)
    let document = try FormatCatalogue.standard.reader(for: location).read(
      location, options: ReadingOptions(textColumns: textColumns, threads: threads),
      progress: .silent)
    self.path = path
    self.schema = schema
    hasGaps = true
    table = schema.markingMissing(in: document.table)
    hasPlainLines =
      document.file.dialect?.hasHeader == true && Self.lineCount(path) == table.rowCount + 1
    let names = schema.variables.map(\.name)
    for (place, name) in table.columnNames.enumerated() where !names.contains(name) {
      throw DataError(
        "the generator has no variable of this name", file: path, line: 1, position: place + 1,
        column: name, remedy: NearMiss.remedy(for: name, among: names))
    }
    guard table.rowCount > 0 else {
      throw DataError(
        "the file gives no rows", file: path,
        remedy: "Give at least one row; a cell that is to be filled in stays empty.")
    }
  }

  /// A real table, of which what is to be drawn anew is said besides.
  init(real table: Table, path: String, schema: Schema) {
    self.path = path
    self.schema = schema
    self.table = table
    (hasPlainLines, hasGaps) = (false, false)
  }

  /// The lines of a file, an unfinished last one included; `nil` if it cannot be read as it is.
  private static func lineCount(_ path: String) -> Int? {
    guard let bytes = try? FileBytes.read(path) else { return nil }
    let breaks = bytes.count { $0 == UInt8(ascii: "\n") }
    return breaks + (bytes.last == UInt8(ascii: "\n") ? 0 : 1)
  }

  /// An error about a cell.
  func error(_ message: String, row: Int, column: String, remedy: String) -> DataError {
    DataError(
      "\(message) (row \(row + 1))", file: path, line: hasPlainLines ? row + 2 : nil,
      column: column, remedy: remedy)
  }

  /// Whether a cell is to be filled in.
  ///
  /// A code that the dictionary declares is an answer of its own ("refused"), and is given as such.
  func isOpen(_ column: Column, _ row: Int) -> Bool {
    guard hasGaps, let reason = column.missing.reason(at: row) else { return false }
    return declared(reason, column.name) == nil
  }

  private func declared(_ reason: MissingReason, _ name: String) -> MissingReason? {
    guard !reason.code.isEmpty else { return nil }
    return schema.variable(named: name)?.missingCodes.first { $0.code == reason.code }
  }
}
