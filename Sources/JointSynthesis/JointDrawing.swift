// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Randomness
import Schemas
import Synthesis
import Tables

/// Draws rows of a model, chunk by chunk, every chunk on whichever thread is free.
struct JointDrawing {
  private static let chunkSize = 2048

  let model: JointModel
  let rows: Range<Int>
  let key: RandomKey
  let threads: Int

  /// Returns the rows as a table.
  func table() -> Table {
    let name = model.schema.table
    let draws = model.variables.map { JointVariableDraw($0, key: key, table: name) }
    let outputs = model.variables.map { DrawnColumn(layout: $0.layout, count: rows.count) }
    let chunkCount = (rows.count + Self.chunkSize - 1) / Self.chunkSize
    let workers = max(1, min(threads, chunkCount))
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      withUnsafeTemporaryAllocation(
        of: UInt8.self, capacity: max(1, draws.count * Self.chunkSize)
      ) { room in
        guard let bins = room.baseAddress else { return }
        bins.initialize(repeating: 0, count: room.count)
        let chunk = model.law.chunk(
          model.variables, key: key, table: name, bins: bins, stride: Self.chunkSize)
        var number = worker
        while number < chunkCount {
          let start = number * Self.chunkSize
          let range = start..<min(start + Self.chunkSize, rows.count)
          chunk.begin(firstRow: rows.lowerBound + start, count: range.count)
          for (place, draw) in draws.enumerated() {
            draw.fill(
              range, firstRow: rows.lowerBound, chunk, place: place, bins: bins,
              stride: Self.chunkSize, into: outputs)
          }
          number += workers
        }
      }
    }
    return RowAssembly(frame: model.frame, rows: rows, key: key, threads: threads).table(
      zip(model.variables, outputs).map { .init(name: $0.name, layout: $0.layout, output: $1) })
  }
}
