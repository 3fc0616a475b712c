// SPDX-License-Identifier: Apache-2.0
import Tables

/// Writes the rows of a table as records, a block of rows at a time.
///
/// The cells of a column are written together and then put into their rows: one decision a column
/// and block about what the column holds, not one a cell.
struct RecordWriter: Sendable {
  /// Few enough rows for their cells to stay in the processor's cache.
  private static let blockRows = 1024

  private let writers: [CellWriter]
  private let rowCount: Int
  private let delimiter: [UInt8]
  private let ending: [UInt8]
  private let quote: UInt8
  private let endsWithLineEnding: Bool

  init(
    _ table: Table, dialect: CSVDialect, delimiter: [UInt8], ending: [UInt8], quote: UInt8
  ) {
    writers = table.columns.enumerated().map {
      CellWriter($0.element, number: $0.offset, dialect: dialect)
    }
    rowCount = table.rowCount
    self.delimiter = delimiter
    self.ending = ending
    self.quote = quote
    endsWithLineEnding = dialect.endsWithLineEnding
  }

  /// The number of blocks.
  var blockCount: Int {
    writers.isEmpty ? 0 : (rowCount + Self.blockRows - 1) / Self.blockRows
  }

  /// The records of some blocks, block by block.
  func texts(of blocks: Range<Int>, threads: Int) -> [[UInt8]] {
    let work = ChunkedWork(
      count: blocks.count, threads: threads, chunkSize: threads > 1 ? 1 : blocks.count)
    return work.map { chunk in
      var columns = Array(repeating: CellColumn(quote: quote), count: writers.count)
      return chunk.map { text(of: blocks.lowerBound + $0, in: &columns) }
    }
  }

  private func text(of block: Int, in columns: inout [CellColumn]) -> [UInt8] {
    let first = block * Self.blockRows
    let rows = first..<min(first + Self.blockRows, rowCount)
    let marks = max(writers.count - 1, 0) * delimiter.count + ending.count
    var places = Array(repeating: marks, count: rows.count)
    for column in columns.indices {
      writers[column].write(rows, to: &columns[column])
      if writers.count == 1 { columns[column].quoteEmptyCells() }
      columns[column].addCounts(to: &places)
    }
    var total = 0
    for row in places.indices {
      (places[row], total) = (total, total + places[row])
    }
    var text = [UInt8](unsafeUninitializedCapacity: total) { bytes, count in
      guard let base = bytes.baseAddress else { return }
      for (column, cells) in columns.enumerated() {
        cells.copy(
          to: base, at: &places, followedBy: column + 1 < columns.count ? delimiter : ending)
      }
      count = total
    }
    if rows.upperBound == rowCount, !endsWithLineEnding { text.removeLast(ending.count) }
    return text
  }
}
