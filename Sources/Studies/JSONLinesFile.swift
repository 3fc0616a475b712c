// SPDX-License-Identifier: Apache-2.0
import Schemas
public import Tables

/// Reads and writes JSON Lines: one object a line, one row an object.
public struct JSONLinesFile: TableReading, TableWriting {
  /// The format.
  public let format = TableFormat(
    name: "jsonl", title: "JSON Lines: one object a line", extensions: ["jsonl", "ndjson"],
    keeps: [.types, .dates, .missingKinds, .unicode],
    remarks: [
      "null and a member that is left out are kept apart; other codes of missing stay as written.",
      "Arrays and objects inside a row are kept as text.",
    ])

  /// Creates a reader and writer.
  public init() {}

  /// Whether the first bytes open an object.
  public func recognizes(_ head: [UInt8]) -> Bool? { head.starts(with: "{\"".utf8) ? true : nil }

  /// Reads a file.
  ///
  /// - Throws: `DataError` with the line that is no object.
  public func read(
    _ location: TableLocation, options: ReadingOptions = ReadingOptions(),
    progress: ProgressHandler = .silent
  ) throws(DataError) -> StudyDocument {
    let bytes = try PackedBytes.read(location.path)
    var lines = JSONLines(file: location.path)
    var builders: [JSONColumn] = []
    var row = 0
    try lines.read(bytes) { _, cells throws(DataError) in
      for (column, cell) in cells {
        while builders.count <= column { builders.append(JSONColumn(name: "")) }
        builders[column].set(cell, row: row)
      }
      row += 1
      guard row * max(1, builders.count) <= options.maximumCellCount else {
        throw DataError(
          "the file holds more than \(options.maximumCellCount) cells", file: location.path,
          remedy: "Give a sample of its rows.")
      }
    }
    guard row > 0 else {
      throw DataError("the file is empty", file: location.path, remedy: "Give a file with rows.")
    }
    let table = Table(
      columns: zip(lines.names, builders).map { name, builder in
        var column = builder.column(
          rowCount: row, isText: options.textColumns.contains(name))
        column.name = name
        return column
      },
      rowCount: row)
    return StudyDocument(
      table: table, schema: SchemaInference().infer(table), file: facts(location))
  }

  /// What a file says of itself.
  func facts(_ location: TableLocation) -> FileFacts {
    var facts = FileFacts(format: format.name, pathExtension: format.extensions[0])
    facts.pathExtension = location.extensions.first { format.extensions.contains($0) } ?? "jsonl"
    return facts
  }

  /// Writes a document, one row a line.
  ///
  /// - Throws: `DataError` if the file cannot be written.
  public func write(_ document: StudyDocument, to path: String) throws(DataError) -> [Diagnostic] {
    try PackedBytes.write(
      Self.text(of: document.table), to: path, packing: document.file.packing)
    return []
  }

  /// The lines of some rows.
  static func text(of table: Table) -> [UInt8] {
    let writers = table.columns.map(JSONColumnWriter.init)
    var text: [UInt8] = []
    for row in 0..<table.rowCount {
      text.append(0x7B)
      var isFirst = true
      for writer in writers { writer.append(row, to: &text, isFirst: &isFirst) }
      text += [0x7D, 0x0A]
    }
    return text
  }
}
