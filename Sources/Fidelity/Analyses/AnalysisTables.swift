// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Formulas
import Schemas
import Tables

/// The tables of an analysis: the real one first, then one or more synthetic ones.
struct AnalysisTables {
  let schema: Schema
  let rowCounts: [Int]
  private let columns: [String: AlignedColumn]

  init(_ alignment: TableAlignment, schema: Schema) {
    self.schema = schema
    rowCounts = alignment.rowCounts
    columns = Dictionary(
      alignment.columns.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// A column by name.
  func column(_ name: String) throws(DataError) -> AlignedColumn {
    guard let column = columns[name] else {
      throw DataError(
        "the analysis names a column that cannot be compared", column: name,
        remedy: "Name a column of both tables that is no identifier and no free text.")
    }
    return column
  }

  /// The numbers of an expression, for each table.
  func numbers(_ expression: Expression) throws(DataError) -> [[Double?]] {
    var tables: [Table] = []
    let names = expression.names.map { $0.joined(separator: ".") }
    for side in rowCounts.indices {
      var list: [Column] = []
      for name in names { list.append(Self.column(try column(name), side)) }
      tables.append(Table(columns: list))
    }
    // All are stored in the same way, so that one scope serves for all.
    let formula = try CompiledFormula(
      expression, in: FormulaScope(tables[0], schema: Schema(variables: [])))
    guard formula.type.isNumeric else {
      throw DataError(
        "an expression of the formula is \(formula.type.words), not a number",
        remedy: "Use a column as it is, or make a number of it.")
    }
    return tables.map { table in
      formula.numbers(FormulaData(table)).map { $0.flatMap { $0.isFinite ? $0 : nil } }
    }
  }

  private static func column(_ column: AlignedColumn, _ side: Int) -> Column {
    let cells = column.sides[side]
    let missing = MissingCells(
      reasons: [MissingReason(code: "")], codes: cells.codes.map { $0 == 0 ? 1 : 0 })
    if column.isContinuous {
      return Column(name: column.name, values: .numbers(cells.values), missing: missing)
    }
    return Column(
      name: column.name,
      values: .texts(
        codes: cells.codes.map { $0 == 0 ? 0 : $0 - 1 }, pool: TextPool(column.levels)),
      missing: missing)
  }
}
