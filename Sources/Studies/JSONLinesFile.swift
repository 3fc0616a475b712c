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
    var builders: [JSONColumn] = []
    var places: [String: Int] = [:]
    var row = 0
    var line = 0
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      line += 1
      defer { start = end + 1 }
      if bytes[start..<end].allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
      var scanner = JSONScanner(bytes, start..<end)
      let members: [(name: String, cell: JSONCell)]
      do throws(JSONScanner.Damage) {
        members = try scanner.object()
      } catch {
        throw DataError(
          "the line is no JSON object", file: location.path, line: line,
          position: error.place - start + 1, remedy: "Write one object in braces a line.")
      }
      for (name, cell) in members {
        let place: Int
        if let known = places[name] {
          place = known
        } else {
          place = builders.count
          places[name] = place
          builders.append(JSONColumn(name: name))
        }
        builders[place].set(cell, row: row)
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
      columns: builders.map {
        $0.column(rowCount: row, isText: options.textColumns.contains($0.name))
      },
      rowCount: row)
    var facts = FileFacts(format: format.name, pathExtension: format.extensions[0])
    facts.pathExtension = location.extensions.first { format.extensions.contains($0) } ?? "jsonl"
    return StudyDocument(
      table: table, schema: SchemaInference().infer(table), file: facts)
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
