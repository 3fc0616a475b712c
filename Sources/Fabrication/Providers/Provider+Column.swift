// SPDX-License-Identifier: Apache-2.0
public import Randomness
public import Tables

extension Provider {
  /// The texts of some rows of a run, each one function of stream and row number.
  ///
  /// - Parameters:
  ///   - name: The name of the column.
  ///   - rows: The rows, counted from 0.
  ///   - stream: Names the draws.
  public func column(named name: String, rows: Range<Int>, stream: StreamKey) -> Column {
    var cells = CellBuffer(rowCount: rows.count)
    stream.forEachStream(count: rows.count, entity: { UInt64(rows.lowerBound + $0) }) { _, stream in
      var draws = SmallDraws(stream)
      append(&cells, &draws)
      cells.endCell()
    }
    let made = Column(
      name: name,
      values: .texts(codes: rows.indices.map { UInt32($0 - rows.lowerBound) }, pool: cells.pool()))
    return Table(columns: [made]).interned().columns[0]
  }
}
