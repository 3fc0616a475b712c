// SPDX-License-Identifier: Apache-2.0
import Formulas
public import Randomness
public import Tables

extension Specification {
  /// Returns rows `rows.lowerBound ..< rows.upperBound` of the run named by a key.
  ///
  /// Row *i* is one function of specification, key and *i*: slices and the number of rows change nothing
  /// in it.
  ///
  /// - Throws: `DataError` if the arguments of a draw are impossible in a row.
  public func sample(rows: Range<Int>, key: RandomKey) throws(DataError) -> Table {
    var full: [Tables.Column] = []
    var shown: [Tables.Column] = []
    for column in columns {
      var made = try make(column, full, rows: rows, key: key.stream(column.name))
      if let decimals = column.decimals, case .numbers(let list) = made.values {
        // Formulas further on see the value that is written.
        let scale = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
        made.values = .numbers(list.map { ($0 * scale).rounded() / scale })
        made.form = .number(NumberForm(decimals: decimals, hasFixedDecimals: true))
      }
      full.append(made)
      if let gap = column.gap {
        made.missing = missing(
          gap, made.missing, FormulaData(tables: [.init(columns: full, count: rows.count)]),
          first: rows.lowerBound, key: key.stream(path: [column.name, "missing"]))
      }
      shown.append(made)
    }
    return Table(columns: shown, rowCount: rows.count)
  }

  private func make(
    _ column: Column, _ before: [Tables.Column], rows: Range<Int>, key: StreamKey
  ) throws(DataError) -> Tables.Column {
    let data = FormulaData(tables: [.init(columns: before, count: rows.count)])
    switch column.maker {
    case .value(let formula): return formula.column(named: column.name, data)
    case .draw(let draw):
      return try draw.column(named: column.name, data, key: key, firstEntity: rows.lowerBound)
    case .provider(let provider):
      var cells = CellBuffer(rowCount: rows.count)
      for row in rows {
        var draws = SmallDraws(key.stream(entity: UInt64(row)))
        provider.append(&cells, &draws)
        cells.endCell()
      }
      return texts(column.name, rows, cells.pool())
    case .pattern(let sampler):
      var pool = TextPool()
      var bytes: [UInt8] = []
      for row in rows {
        var stream = key.stream(entity: UInt64(row))
        bytes.removeAll(keepingCapacity: true)
        sampler.append(to: &bytes, using: &stream)
        bytes.withUnsafeBufferPointer { pool.append(utf8: $0) }
      }
      return texts(column.name, rows, pool)
    case .sequence(let start, let step):
      return Tables.Column(
        name: column.name, values: .wholeNumbers(rows.map { Int64(start + step * $0) }),
        form: .number(NumberForm()))
    }
  }

  /// A text a row, each its own in the pool.
  private func texts(_ name: String, _ rows: Range<Int>, _ pool: TextPool) -> Tables.Column {
    Tables.Column(
      name: name,
      values: .texts(codes: Array(0..<UInt32(truncatingIfNeeded: rows.count)), pool: pool))
  }

  private func missing(
    _ gap: Gap, _ before: MissingCells, _ data: FormulaData, first: Int, key: StreamKey
  ) -> MissingCells {
    let truths = gap.condition?.truths(data)
    var reasons = before.reasons
    let code: UInt8
    if let known = reasons.firstIndex(of: gap.reason) {
      code = UInt8(known + 1)
    } else {
      guard reasons.count < 255 else { return before }
      reasons.append(gap.reason)
      code = UInt8(reasons.count)
    }
    let count = data.tables[0].count
    var codes = before.codes.isEmpty ? [UInt8](repeating: 0, count: count) : before.codes
    for row in 0..<count where codes[row] == 0 {
      if let truths, truths[row] != true { continue }
      if key.uniforms(entity: UInt64(first + row), draw: 0).0 < gap.rate { codes[row] = code }
    }
    return MissingCells(reasons: reasons, codes: codes)
  }
}
