// SPDX-License-Identifier: Apache-2.0
import Formats
import Schemas
import Studies
import Tables

/// Puts a Parquet file together: groups of rows, column by column, then what the file says of itself.
struct ParquetWriting: ColumnarWriting {
  /// How many rows a group has in a narrow table; a wide one has fewer, so that a group fits in memory.
  private static let mostRows = 1 << 18
  private static let mostCells = 1 << 24

  private let document: StudyDocument
  private let physical: [ParquetPhysicalType]
  private let notes: [(key: String, value: String)]
  private let sink: FileSink
  private var offset = 4
  private var groups: [[Chunk]] = []
  private var rowCount = 0
  private(set) var diagnostics: [Diagnostic] = []

  private struct Chunk {
    var offset: Int
    var pages: ParquetColumnWriting.Pages
    var rowCount: Int
    var nullCount: Int
  }

  /// How many rows each group but the last has.
  static func blockRows(columnCount: Int) -> Int {
    var rows = mostRows
    while rows > 1024, rows * columnCount > mostCells { rows /= 2 }
    return rows
  }

  /// Begins a file; the types of its columns are those of the document's table, which may have no rows.
  init(_ document: StudyDocument, to sink: FileSink) throws(DataError) {
    self.document = document
    self.sink = sink
    let columns = document.table.columns.map {
      ParquetColumnWriting($0, physical: Self.physical($0, in: document))
    }
    physical = columns.map(\.physical)
    notes = try KeyValueNotes.notes(of: document)
    diagnostics = columns.compactMap(\.loss)
    try sink.write(Array("PAR1".utf8))
  }

  /// The type of a column; numbers of four bytes stay such if all of them fit.
  private static func physical(
    _ column: Column, in document: StudyDocument
  ) -> ParquetPhysicalType {
    let isFloat =
      document.variable(of: column).stored?.storage == .float && column.count > 0
      && ParquetColumnWriting.areFloats(column)
    return ParquetColumnWriting.physical(column, isFloat: isFloat)
  }

  /// Writes rows as groups.
  mutating func append(_ table: Table) throws(DataError) {
    let columns = zip(table.columns, physical).map {
      ParquetColumnWriting($0, physical: $1)
    }
    let size = Self.blockRows(columnCount: columns.count)
    for start in stride(from: 0, to: table.rowCount, by: size) {
      let rows = start..<min(table.rowCount, start + size)
      var chunks: [Chunk] = []
      for column in columns {
        var pages = try column.pages(rows)
        try sink.write(pages.bytes)
        let size = pages.bytes.count
        pages.size = size
        pages.bytes = []
        chunks.append(
          Chunk(
            offset: offset, pages: pages, rowCount: rows.count, nullCount: column.nullCount(rows)))
        offset += size
      }
      groups.append(chunks)
    }
    rowCount += table.rowCount
  }

  /// Ends the file.
  func finish() throws(DataError) {
    let footer = footer(groups)
    let size = (0..<4).map { UInt8(truncatingIfNeeded: footer.count >> (8 * $0)) }
    try sink.write(footer + size + Array("PAR1".utf8))
  }

  // MARK: The footer

  private func footer(_ groups: [[Chunk]]) -> [UInt8] {
    var writer = ThriftWriter()
    writer.element { file in
      file.int32(1, 2)
      file.list(2, .record, count: physical.count + 1) { list in
        list.element { root in
          root.text(4, "schema")
          root.int32(5, physical.count)
        }
        for (column, physical) in zip(document.table.columns, physical) {
          list.element { Self.declare(column, physical, &$0) }
        }
      }
      file.int64(3, rowCount)
      file.list(4, .record, count: groups.count) { list in
        for chunks in groups { list.element { self.group(chunks, &$0) } }
      }
      file.list(5, .record, count: notes.count) { list in
        for note in notes {
          list.element { record in
            record.text(1, note.key)
            record.text(2, note.value)
          }
        }
      }
      file.text(6, "semblance")
    }
    return writer.bytes
  }

  /// A column of the schema, with its type in the newer words and the older.
  private static func declare(
    _ column: Column, _ physical: ParquetPhysicalType, _ element: inout ThriftWriter
  ) {
    element.int32(1, physical.rawValue)
    element.int32(3, 1)
    element.text(4, column.name)
    switch column.values {
    case .texts:
      element.int32(6, 0)
      element.record(10) { $0.record(1) { _ in } }
    case .dates:
      element.int32(6, 6)
      element.record(10) { $0.record(6) { _ in } }
    case .times:
      element.record(10) { type in
        type.record(7) { time in
          time.flag(1, false)
          time.record(2) { $0.record(2) { _ in } }
        }
      }
    case .dateTimes:
      // No time zone is known, so the older type, which means UTC, is not stated.
      element.record(10) { type in
        type.record(8) { time in
          time.flag(1, false)
          time.record(2) { $0.record(2) { _ in } }
        }
      }
    case .numbers, .wholeNumbers, .booleans: break
    }
  }

  private func group(_ chunks: [Chunk], _ record: inout ThriftWriter) {
    record.list(1, .record, count: chunks.count) { list in
      for (index, chunk) in chunks.enumerated() {
        list.element { column in
          column.int64(2, 0)
          column.record(3) { self.describe(chunk, index, &$0) }
        }
      }
    }
    record.int64(2, chunks.reduce(0) { $0 + $1.pages.plainSize })
    record.int64(3, chunks.first?.rowCount ?? 0)
  }

  private func describe(_ chunk: Chunk, _ index: Int, _ record: inout ThriftWriter) {
    let encodings = chunk.pages.hasDictionary ? [0, 3, 8] : [0, 3]
    record.int32(1, physical[index].rawValue)
    record.list(2, .int32, count: encodings.count) { list in
      for encoding in encodings { list.element(encoding) }
    }
    record.list(3, .binary, count: 1) { $0.element(document.table.columns[index].name) }
    record.int32(4, 6)
    record.int64(5, chunk.rowCount)
    record.int64(6, chunk.pages.plainSize)
    record.int64(7, chunk.pages.size)
    record.int64(9, chunk.offset + chunk.pages.dataOffset)
    if chunk.pages.hasDictionary { record.int64(11, chunk.offset) }
    record.record(12) { $0.int64(3, chunk.nullCount) }
  }
}
