// SPDX-License-Identifier: Apache-2.0
public import Fabrication
import Formats
public import Randomness
public import Tables

/// Several tables with faults planted on purpose, their clean twins, and the manifest of the faults.
public struct FaultyDataset: Sendable {
  /// The tables as they should be.
  public let clean: Dataset
  /// The faults, table by table and row by row.
  public let faults: [FaultPlan.Fault]
  /// The kinds that were asked for, and for which no table is fit.
  public let unplanted: [String]
  /// The tables with faults.
  let results: [DatasetFaultPlan.Result]

  /// Plants faults in tables.
  ///
  /// - Parameters:
  ///   - specification: Names the keys.
  ///   - isOfFiles: Whether files are written, and not a database.
  /// - Throws: `DataError` if a table has more rows than ``FaultyTwin/maximumRowCount``.
  public init(
    _ dataset: Dataset, of specification: Specification, plan: FaultPlan, key: RandomKey,
    isOfFiles: Bool = true
  ) throws(DataError) {
    var tables: [DatasetFaultPlan.Table] = []
    for table in dataset.tables {
      guard table.rowCount <= FaultyTwin.maximumRowCount else {
        throw DataError(
          "faults are planted in at most \(FaultyTwin.maximumRowCount) rows",
          remedy: "Ask for fewer rows.")
      }
      var cells: [[String]] = []
      for column in table.columns { cells.append(try FaultyTwin.texts(of: column)) }
      func places(_ names: [String], _ table: Table) -> [Int] {
        names.compactMap { name in table.columnNames.firstIndex(of: name) }
      }
      var own = DatasetFaultPlan.Table(
        name: table.name, columns: table.columnNames, cells: cells,
        types: table.columns.map { FaultyTwin.type(of: $0) },
        key: places(specification.key(of: table.name), table))
      for foreign in specification.foreignKeys(of: table.name) {
        guard let target = dataset.tables.firstIndex(where: { $0.name == foreign.table }) else {
          continue
        }
        own.references.append(
          (
            places(foreign.columns, table), target,
            places(foreign.targets, dataset.tables[target])
          ))
      }
      tables.append(own)
    }
    let planted = DatasetFaultPlan(plan, isOfFiles: isOfFiles).planted(in: tables, key: key)
    clean = dataset
    faults = planted.faults
    results = planted.tables
    unplanted = planted.unplanted.map(\.rawValue)
  }

  /// The tables with faults; every column is text.
  public var faulty: Dataset {
    Dataset(
      tables: zip(clean.tables, results).map { table, result in
        Self.table(result, name: table.name, rows: 0..<(result.cells.first?.count ?? 0))
      })
  }

  private static func table(
    _ result: DatasetFaultPlan.Result, name: String, rows: Range<Int>
  ) -> Table {
    Table(
      name: name,
      columns: zip(result.columns, result.cells).map { column, texts in
        Column(
          name: column,
          values: .texts(
            codes: rows.indices.map { UInt32($0 - rows.lowerBound) },
            pool: TextPool(Array(texts[rows]))))
      }, rowCount: rows.count)
  }

  /// A table's file with its faults.
  ///
  /// - Throws: `DataError` as the writer of CSV does.
  public func bytes(of place: Int) throws(DataError) -> [UInt8] {
    let result = results[place]
    let name = clean.tables[place].name
    let count = result.cells.first?.count ?? 0
    var bytes: [UInt8]
    if let cut = result.cutRow, cut < count {
      bytes = try CSVWriter().bytes(of: Self.table(result, name: name, rows: 0..<cut))
      var dialect = CSVDialect()
      dialect.hasHeader = false
      dialect.endsWithLineEnding = false
      let last = try CSVWriter(dialect: dialect).bytes(
        of: Self.table(result, name: name, rows: cut..<cut + 1))
      // Half of the row, one byte at least and not all.
      bytes += last.prefix(max(1, last.count / 2))
    } else {
      bytes = try CSVWriter().bytes(of: Self.table(result, name: name, rows: 0..<count))
    }
    if result.isRecoded { bytes = Self.recoded(bytes) }
    return result.hasMark ? [0xEF, 0xBB, 0xBF] + bytes : bytes
  }

  /// ISO 8859-1 where that holds all, and something of it is no ASCII; else UTF-16 with its mark.
  private static func recoded(_ bytes: [UInt8]) -> [UInt8] {
    let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
    if scalars.contains(where: { $0.value > 0x7F }), scalars.allSatisfy({ $0.value <= 0xFF }) {
      return scalars.map { UInt8($0.value) }
    }
    return [0xFF, 0xFE]
      + String(scalars).utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
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
        text("table", faults.map(\.table)),
        Column(
          name: "row", values: .wholeNumbers(faults.map { Int64($0.row) }),
          form: .number(NumberForm())),
        text("column", faults.map(\.column)), text("kind", faults.map(\.kind)),
        text("assumption", faults.map(\.assumption)), text("handling", faults.map(\.handling)),
      ], rowCount: faults.count)
  }
}
