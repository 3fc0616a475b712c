// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Randomness
import Schemas
import Synthesis
import Tables

/// Draws rows of a model, chunk by chunk, every chunk on whichever thread is free.
struct RowDrawing {
  private static let chunkSize = 2048

  let model: TreeModel
  let rows: Range<Int>
  let key: RandomKey
  let threads: Int

  /// Returns the rows as a table.
  func table() -> Table {
    let draws = model.variables.map { VariableDraw($0, key: key, table: model.schema.table) }
    let outputs = model.variables.map { DrawnColumn(layout: $0.layout, count: rows.count) }
    let chunkCount = (rows.count + Self.chunkSize - 1) / Self.chunkSize
    let workers = max(1, min(threads, chunkCount))
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      var bins = [UInt8](repeating: 0, count: draws.count * Self.chunkSize)
      var chunk = worker
      while chunk < chunkCount {
        let start = chunk * Self.chunkSize
        let end = min(start + Self.chunkSize, rows.count)
        bins.withUnsafeMutableBufferPointer { bins in
          guard let base = bins.baseAddress else { return }
          for (index, draw) in draws.enumerated() {
            draw.fill(
              start..<end, firstRow: rows.lowerBound, bins: base, place: index,
              stride: Self.chunkSize, into: outputs)
          }
        }
        chunk += workers
      }
    }
    return RowAssembly(frame: model.frame, rows: rows, key: key, threads: threads).table(
      zip(model.variables, outputs).map { .init(name: $0.name, layout: $0.layout, output: $1) })
  }
}
