// SPDX-License-Identifier: Apache-2.0
import Foundation
import Schemas
import Studies
import Tables
import Testing

@testable import ColumnarFiles

struct ParquetFileTests {
  private static let floats: Set<String> = ["float32", "float64", "money"]

  @Test(arguments: [
    "plain", "snappy", "gzip", "zstd", "lz4", "encodings", "int96", "duckdb", "polars",
  ])
  func `a file of another program reads cell by cell as pyarrow reads it`(name: String) throws {
    let document = try ParquetFile().read(TableLocation(path: ColumnarSamples.path(name)))
    let expected = try ColumnarSamples.expected()
    #expect(document.table.rowCount == 40)
    for column in document.table.columns {
      let wanted = try #require(expected[column.name], "\(column.name)")
      let cells = ColumnarSamples.cells(column)
      if Self.floats.contains(column.name) {
        #expect(cells.map { $0.flatMap(Double.init) } == wanted.map { $0.flatMap(Double.init) })
      } else {
        #expect(cells == wanted, "\(column.name)")
      }
    }
    let counts = ["int96": 2, "duckdb": 18, "polars": 18]
    #expect(document.table.columnCount == counts[name] ?? 21)
  }

  @Test func `types are those that the file states`() throws {
    let document = try ParquetFile().read(TableLocation(path: ColumnarSamples.path("snappy")))
    let types = Dictionary(
      uniqueKeysWithValues: document.table.columns.map { ($0.name, $0.values.typeName) })
    #expect(types["uint32"] == "whole number" && types["int8"] == "whole number")
    #expect(types["float32"] == "number" && types["money"] == "number")
    #expect(types["flag"] == "boolean" && types["level"] == "text")
    #expect(types["day"] == "date" && types["clock"] == "time" && types["utc"] == "date-time")
    #expect(document.table.column(named: "money")?.form.number?.decimals == 2)
    #expect(document.file.label == "A title")
    #expect(document.file.notes == ["source: made by hand"])
    #expect(
      document.diagnostics.contains {
        $0.column == "list.list.element" || $0.column == "list.list.item"
      })
  }

  @Test func `a document that is written reads the same`() throws {
    var document = try ParquetFile().read(TableLocation(path: ColumnarSamples.path("zstd")))
    document.file.tableName = "people"
    document.schema.variables[0].label = ["de": "Größe", "en": "Size"]
    document.schema.variables[0].missingCodes = [MissingReason(code: "-9", label: "refused")]
    document.schema.variables[9].valueLabels = [ValueLabel(code: "a", label: ["en": "first"])]
    try ColumnarSamples.withFile { path in
      #expect(try ParquetFile().write(document, to: path).isEmpty)
      let again = try ParquetFile().read(
        TableLocation(path: path), options: ReadingOptions(threads: 2))
      #expect(again.table.columnNames == document.table.columnNames)
      for (column, before) in zip(again.table.columns, document.table.columns) {
        #expect(ColumnarSamples.cells(column) == ColumnarSamples.cells(before), "\(column.name)")
        #expect(column.values.typeName == before.values.typeName)
      }
      #expect(again.file.label == "A title" && again.file.tableName == "people")
      #expect(again.schema.variables[0].label == document.schema.variables[0].label)
      #expect(again.schema.variables[0].missingCodes == document.schema.variables[0].missingCodes)
      #expect(again.schema.variables[9].valueLabels == document.schema.variables[9].valueLabels)
    }
  }

  @Test func `numeric codes of missing stay numbers, and others become null with a notice`() throws
  {
    let column = Column(
      name: "answer", values: .wholeNumbers([1, 0, 0, 0]),
      missing: MissingCells(
        reasons: [MissingReason(code: "-9"), MissingReason(code: ".a"), MissingReason(code: "")],
        codes: [0, 1, 2, 3]))
    let table = Table(columns: [column])
    var schema = SchemaInference().infer(table)
    schema.variables[0].missingCodes = [MissingReason(code: "-9")]
    let document = StudyDocument(table: table, schema: schema, file: FileFacts(format: "dta"))
    try ColumnarSamples.withFile { path in
      let said = try ParquetFile().write(document, to: path)
      #expect(said.map(\.message) == ["these missing codes became null: .a"])
      let again = try ParquetFile().read(TableLocation(path: path)).table.columns[0]
      #expect((0..<4).map { again.missing.reason(at: $0)?.code } == [nil, "-9", "", ""])
    }
  }

  @Test func `long columns fall into groups of rows, and runs of nulls and repeats come back`()
    throws
  {
    let count = 300_000
    let codes = (0..<count).map { UInt8($0 / 1000 % 3 == 0 ? 1 : 0) }
    let missing = MissingCells(reasons: [MissingReason(code: "")], codes: codes)
    let pool = TextPool((0..<200).map { "level \($0)" })
    let table = Table(columns: [
      Column(
        name: "n", values: .numbers((0..<count).map { codes[$0] == 1 ? 0 : Double($0) / 4 }),
        missing: missing, form: .number(NumberForm(decimals: 2))),
      Column(
        name: "t", values: .texts(codes: (0..<count).map { UInt32($0 / 7 % 200) }, pool: pool)),
      Column(name: "b", values: .booleans((0..<count).map { $0 % 5 < 2 })),
    ])
    let document = StudyDocument(
      table: table, schema: SchemaInference().infer(table), file: FileFacts(format: "csv"))
    try ColumnarSamples.withFile { path in
      _ = try ParquetFile().write(document, to: path)
      let again = try ParquetFile().read(TableLocation(path: path)).table
      #expect(again.rowCount == count)
      #expect(again.columns[0].values == table.columns[0].values)
      #expect(again.columns[0].missing.codes == codes)
      #expect(again.columns[1].values == table.columns[1].values)
      #expect(ColumnarSamples.cells(again.columns[2]) == ColumnarSamples.cells(table.columns[2]))
    }
  }

  @Test func `a table without rows keeps its columns`() throws {
    let table = Table(columns: [Column(name: "a", values: .dates([]))], rowCount: 0)
    let document = StudyDocument(
      table: table, schema: SchemaInference().infer(table), file: FileFacts(format: "csv"))
    try ColumnarSamples.withFile { path in
      _ = try ParquetFile().write(document, to: path)
      #expect(
        try ParquetFile().read(TableLocation(path: path)).table.columns[0].values == .dates([]))
    }
  }
}
