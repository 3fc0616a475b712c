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
    return assemble(outputs)
  }

  /// Puts the columns in the order of the schema: drawn, derived, made anew.
  private func assemble(_ outputs: [DrawnColumn]) -> Table {
    let drawn = ChunkedWork(count: outputs.count, threads: threads, chunkSize: 1).map { places in
      places.map { place in
        let variable = model.variables[place]
        return outputs[place].column(
          name: variable.name, layout: variable.layout,
          variable: model.schema.variable(named: variable.name))
      }
    }
    var columns = Dictionary(drawn.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    for derivation in model.derivations {
      var bins: [Int] = []
      if case .lookup(let source) = derivation.relation,
        let place = model.variables.firstIndex(where: { $0.name == source })
      {
        bins = outputs[place].lookupBins(layout: model.variables[place].layout)
      }
      columns[derivation.name] = derivation.column(
        from: columns, lookupBins: bins, rowCount: rows.count,
        form: model.schema.variable(named: derivation.name)?.form ?? .text)
    }
    for regeneration in model.regenerations {
      columns[regeneration.name] = regeneration.column(
        rows: rows, key: key, table: model.schema.table,
        form: model.schema.variable(named: regeneration.name)?.form ?? .text)
    }
    return Table(
      name: model.schema.table,
      columns: model.schema.variables.compactMap { columns[$0.name] }, rowCount: rows.count)
  }
}
