// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization
import Tables

/// Reads the cells of all columns as values, on several threads.
///
/// Each thread has columns of its own and walks through the rows in blocks that stay in the cache, all
/// its columns one after another.
struct TableTyping {
  private static let blockBytes = 1 << 18

  let cells: FieldText
  let names: [String]
  let decimalMarks: [String]
  let textColumns: Set<String>
  let threads: Int
  let progress: ProgressHandler

  func columns() -> (columns: [Column], diagnostics: [Diagnostic]) {
    let workers = max(1, min(threads, names.count))
    let shares = Self.shares(cells, names.count, workers)
    let results = Mutex<[(Column, [Diagnostic])?]>(Array(repeating: nil, count: names.count))
    let done = Atomic<Int>(0)
    let blockRows = Self.blockRows(cells)
    let total = names.count * max(1, (cells.rowCount + blockRows - 1) / blockRows)
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      var typers = shares[worker].map { column in
        ColumnTyper(
          cells: cells, column: column, name: names[column], decimalMarks: decimalMarks,
          isText: textColumns.contains(names[column]))
      }
      var row = 0
      while row < cells.rowCount {
        let rows = row..<min(row + blockRows, cells.rowCount)
        for place in typers.indices { typers[place].consume(rows) }
        row = rows.upperBound
        let count = done.add(typers.count, ordering: .relaxed).newValue
        progress.report("reading", count, of: total)
      }
      for (place, column) in shares[worker].enumerated() {
        let result = typers[place].finish()
        results.withLock { $0[column] = result }
      }
    }
    let list = results.withLock { $0.compactMap { $0 } }
    return (list.map(\.0), list.flatMap(\.1))
  }

  /// How many rows a thread reads of one column before it goes on to the next.
  static func blockRows(_ cells: FieldText) -> Int {
    max(16, min(8192, blockBytes / max(1, cells.text.count / max(1, cells.rowCount))))
  }

  /// The columns of each worker, so that all have about as many bytes to read.
  static func shares(_ cells: FieldText, _ count: Int, _ workers: Int) -> [[Int]] {
    guard workers > 1 else { return [Array(0..<count)] }
    let rows = stride(from: 0, to: cells.rowCount, by: max(1, cells.rowCount / 64))
    let weights = (0..<count).map { column in
      rows.reduce(64 * 8) { $0 + cells.raw(row: $1, column: column).count }
    }
    var shares = [[Int]](repeating: [], count: workers)
    var loads = [Int](repeating: 0, count: workers)
    for column in (0..<count).sorted(by: { (-weights[$0], $0) < (-weights[$1], $1) }) {
      let worker = loads.indices.min { loads[$0] < loads[$1] } ?? 0
      shares[worker].append(column)
      loads[worker] += weights[column]
    }
    return shares
  }
}
