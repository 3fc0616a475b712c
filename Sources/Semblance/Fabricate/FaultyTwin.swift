// SPDX-License-Identifier: Apache-2.0
public import Fabrication
import Formats
public import Randomness
public import Tables

/// A table with faults planted on purpose, its clean twin, and the manifest of the faults.
public struct FaultyTwin: Sendable {
  /// The table as it should be.
  public let clean: Table
  /// The table with faults; every column is text, as it stands in the file.
  public let faulty: Table
  /// The faults, row by row.
  public let faults: [FaultPlan.Fault]

  /// The most rows, as all are held in memory.
  public static let maximumRowCount = 5_000_000

  /// Plants faults in a table.
  ///
  /// - Throws: `DataError` if the table has more than ``maximumRowCount`` rows.
  public init(_ table: Table, plan: FaultPlan, key: RandomKey) throws(DataError) {
    guard table.rowCount <= Self.maximumRowCount else {
      throw DataError(
        "faults are planted in at most \(Self.maximumRowCount) rows", remedy: "Ask for fewer rows.")
    }
    var cells: [[String]] = []
    for column in table.columns { cells.append(try Self.texts(of: column)) }
    let (wrong, planted) = plan.planted(
      in: cells, names: table.columnNames, types: table.columns.map { Self.type(of: $0) }, key: key)
    clean = table
    faults = planted
    faulty = Table(
      columns: zip(table.columnNames, wrong).map { name, texts in
        Column(
          name: name, values: .texts(codes: texts.indices.map { UInt32($0) }, pool: TextPool(texts))
        )
      }, rowCount: table.rowCount)
  }

  static func type(of column: Column) -> FaultKind.Cells {
    switch column.values {
    case .numbers, .wholeNumbers: .number
    case .dates: .date
    case .texts, .booleans, .times, .dateTimes: .text
    }
  }

  /// The cells as the writer of files writes them.
  static func texts(of column: Column) throws(DataError) -> [String] {
    if case .texts(let codes, let pool) = column.values {
      return codes.indices.map { row in
        column.missing.reason(at: row)?.code ?? pool[Int(codes[row])]
      }
    }
    // No other cell holds a line's end or a quote, so that lines are cells.
    var dialect = CSVDialect()
    dialect.hasHeader = false
    dialect.endsWithLineEnding = false
    guard column.count > 0 else { return [] }
    let bytes = try CSVWriter(dialect: dialect).bytes(of: Table(columns: [column]))
    return bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      let text = String(decoding: line, as: UTF8.self)
      return text == "\"\"" ? "" : text
    }
  }

  /// The manifest as a table.
  public var manifest: Table {
    func text(_ name: String, _ values: [String]) -> Column {
      Column(
        name: name, values: .texts(codes: values.indices.map { UInt32($0) }, pool: TextPool(values))
      )
    }
    return Table(
      columns: [
        Column(
          name: "row", values: .wholeNumbers(faults.map { Int64($0.row) }),
          form: .number(NumberForm())),
        text("column", faults.map(\.column)), text("kind", faults.map(\.kind)),
        text("assumption", faults.map(\.assumption)), text("handling", faults.map(\.handling)),
      ], rowCount: faults.count)
  }
}
