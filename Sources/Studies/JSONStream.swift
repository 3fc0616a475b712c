// SPDX-License-Identifier: Apache-2.0
import Formats
import Schemas
import Tables

/// JSON Lines that are read block by block.
///
/// A first walk finds the members and what each of them is; each further one gives the rows.
struct JSONStream: TableStream {
  private(set) var head: StudyDocument
  private(set) var rowCount = 0
  private(set) var textSize = 0
  private let path: String
  private let fileSize: Int
  private let sizes: StreamSizes
  private let progress: ProgressHandler
  private var names: [String] = []
  private var kinds: [JSONEvidence.Kind] = []
  private var reasons: [[MissingReason]] = []

  init(
    _ location: TableLocation, facts: FileFacts, options: ReadingOptions, sizes: StreamSizes,
    progress: ProgressHandler
  ) throws(DataError) {
    path = location.path
    fileSize = try FileBytes.size(path)
    self.sizes = sizes
    self.progress = progress
    head = StudyDocument(
      table: Table(columns: []), schema: Schema(table: "", variables: []), file: facts)
    var evidence: [JSONEvidence] = []
    var lastRows: [Int] = []
    var rows = 0
    var size = 0
    var sample = RowSample(limit: sizes.sample)
    var lines = JSONLines(file: path)
    try walk("finding types") { bytes throws(DataError) in
      size += bytes.count
      try lines.read(bytes) { line, cells throws(DataError) in
        // Of members of one name the last counts.
        for (column, cell) in cells.reversed() {
          while evidence.count <= column {
            evidence.append(JSONEvidence())
            lastRows.append(-1)
          }
          guard lastRows[column] != rows else { continue }
          lastRows[column] = rows
          evidence[column].add(cell)
        }
        bytes.withUnsafeBufferPointer {
          sample.offer(rows, UnsafeBufferPointer(rebasing: $0[line]))
        }
        rows += 1
      }
    }
    guard rows > 0 else {
      throw DataError("the file is empty", file: path, remedy: "Give a file with rows.")
    }
    rowCount = rows
    textSize = size
    names = lines.names
    kinds = zip(names, evidence).map { $1.kind(isText: options.textColumns.contains($0)) }
    reasons = evidence.map { $0.reasons(rowCount: rows) }
    let table = try table(of: sample.text(upTo: rows))
    head.schema = SchemaInference().infer(table, threads: options.threads)
    head.table = table.selecting(rows: [])
  }

  func forEachBlock(_ body: (Table) throws(DataError) -> Void) throws(DataError) {
    try walk("converting") { bytes throws(DataError) in
      let table = try table(of: bytes)
      if table.rowCount > 0 { try body(table) }
    }
  }

  /// The rows of whole lines, as what all rows are.
  private func table(of bytes: [UInt8]) throws(DataError) -> Table {
    var lines = JSONLines(file: path, names: names)
    var columns = names.map(JSONColumn.init)
    var rows = 0
    try lines.read(bytes) { _, cells throws(DataError) in
      for (column, cell) in cells {
        guard column < columns.count else {
          throw DataError(
            "the file changed while it was read", file: path,
            remedy: "Wait until it is written, and try again.")
        }
        columns[column].set(cell, row: rows)
      }
      rows += 1
    }
    let built = columns.indices.map {
      columns[$0].column(as: kinds[$0], rowCount: rows, reasons: reasons[$0])
    }
    return Table(columns: built, rowCount: rows)
  }

  /// Gives the bytes of the file in blocks of whole lines.
  private func walk(
    _ phase: String, _ body: ([UInt8]) throws(DataError) -> Void
  ) throws(DataError) {
    let source = try PackedSource(path: path)
    var rest: [UInt8] = []
    while let more = try source.next(max(sizes.block, rest.count)) {
      progress.report(phase, source.bytesRead, of: fileSize, unit: .bytes)
      rest += more
      guard let last = rest.lastIndex(of: 0x0A) else {
        guard rest.count < sizes.record else {
          throw DataError(
            "a line is longer than \(sizes.record >> 20) MiB", file: path,
            remedy: "Write one object in braces a line.")
        }
        continue
      }
      let next = Array(rest[(last + 1)...])
      rest.removeLast(next.count)
      try body(rest)
      rest = next
    }
    if !rest.isEmpty { try body(rest) }
  }
}
