// SPDX-License-Identifier: Apache-2.0
package import Randomness
import Schemas
package import Tables

/// Puts drawn columns, columns computed from them and columns made anew together, in the order of the schema.
package struct RowAssembly {
  /// A variable that was drawn.
  package struct Drawn: Sendable {
    let name: String
    let layout: VariableLayout
    let output: DrawnColumn

    /// Creates an entry.
    package init(name: String, layout: VariableLayout, output: DrawnColumn) {
      self.name = name
      self.layout = layout
      self.output = output
    }
  }

  let frame: ModelFrame
  let rows: Range<Int>
  let key: RandomKey
  let threads: Int

  /// Creates an assembly of rows of a run.
  package init(frame: ModelFrame, rows: Range<Int>, key: RandomKey, threads: Int) {
    self.frame = frame
    self.rows = rows
    self.key = key
    self.threads = threads
  }

  /// The rows as a table.
  package func table(_ variables: [Drawn]) -> Table {
    let schema = frame.schema
    let drawn = ChunkedWork(count: variables.count, threads: threads, chunkSize: 1).map { places in
      places.map { place in
        variables[place].output.column(
          name: variables[place].name, layout: variables[place].layout,
          variable: schema.variable(named: variables[place].name))
      }
    }
    var columns = Dictionary(drawn.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    for derivation in frame.derivations {
      var bins: [Int] = []
      if case .lookup(let source) = derivation.relation,
        let variable = variables.first(where: { $0.name == source })
      {
        bins = variable.output.lookupBins(layout: variable.layout)
      }
      columns[derivation.name] = derivation.column(
        from: columns, lookupBins: bins, rowCount: rows.count,
        form: schema.variable(named: derivation.name)?.form ?? .text)
    }
    for regeneration in frame.regenerations {
      columns[regeneration.name] = regeneration.column(
        rows: rows, key: key, table: schema.table,
        form: schema.variable(named: regeneration.name)?.form ?? .text)
    }
    return Table(
      name: schema.table, columns: schema.variables.compactMap { columns[$0.name] },
      rowCount: rows.count)
  }
}
