// SPDX-License-Identifier: Apache-2.0
import Foundation
import Schemas
import Studies
import Tables
import Testing

@testable import ColumnarFiles

struct ArrowFileTests {
  private static let floats: Set<String> = [
    "float32", "float64", "money", "half", "cents", "wide", "whole",
  ]

  private static func read(_ file: String, threads: Int = 1) throws -> StudyDocument {
    try ArrowFile().read(
      TableLocation(path: ColumnarSamples.path(file: file)),
      options: ReadingOptions(threads: threads))
  }

  private func check(_ column: Column, _ wanted: [String?]) {
    let cells = ColumnarSamples.cells(column)
    if Self.floats.contains(column.name) {
      #expect(
        cells.map { $0.flatMap(Double.init) } == wanted.map { $0.flatMap(Double.init) },
        "\(column.name)")
    } else {
      #expect(cells == wanted, "\(column.name)")
    }
  }

  @Test(arguments: ["plain.arrow", "lz4.feather", "zstd.feather", "stream.arrows", "polars.arrow"])
  func `a file of another program reads cell by cell as pyarrow reads it`(file: String) throws {
    let document = try Self.read(file)
    let expected = try ColumnarSamples.expected()
    #expect(document.table.rowCount == 40)
    #expect(document.table.columnCount == (file == "polars.arrow" ? 18 : 21))
    for column in document.table.columns {
      check(column, try #require(expected[column.name], "\(column.name)"))
    }
  }

  @Test func `every type with a place in a table is read, and all others are passed over`() throws {
    let document = try Self.read("types.arrow", threads: 2)
    let expected = try ColumnarSamples.expected()
    for column in document.table.columns {
      check(column, try #require(expected["types." + column.name], "\(column.name)"))
    }
    let passedOver = document.diagnostics.filter { $0.message.contains("passed over") }
    #expect(passedOver.compactMap(\.column) == ["binary", "fixed", "lists", "map", "both"])
    #expect(document.table.columnCount == 20)
    let types = document.table.columns.map { ($0.name, $0.values.typeName) }
    let named = Dictionary(uniqueKeysWithValues: types)
    #expect(named["day64"] == "date" && named["nano"] == "time" && named["zone"] == "date-time")
    #expect(named["whole"] == "whole number" && named["coded"] == "date")
    #expect(document.table.column(named: "cents")?.form.number?.decimals == 2)
    #expect(document.schema.variable(named: "int16")?.label == ["en": "A label"])
    let ordered = try #require(document.schema.variable(named: "ordered"))
    #expect(ordered.kind == .orderedCategory && ordered.measure == .ordinal)
    #expect(ordered.valueLabels.map(\.code) == ["low", "mid", "high", "never"])
  }

  @Test func `what a file says of itself is read`() throws {
    let document = try Self.read("stream.arrows")
    #expect(document.file.label == "A title" && document.file.notes == ["source: made by hand"])
    #expect(document.file.columnTypes?["int8"] == "int8")
    #expect(document.file.columnTypes?["level"] == "dictionary")
    #expect(document.file.columnTypes?["int64"] == nil)
    #expect(document.file.pathExtension == "arrow")
    #expect(try Self.read("lz4.feather").file.pathExtension == "feather")
  }

  @Test func `dictionaries may grow from batch to batch, and may be replaced`() throws {
    let growing = try Self.read("growing.arrows").table.columns[0]
    #expect(ColumnarSamples.cells(growing) == ["a", nil, "b", "a", nil, "c"])
    let replaced = try Self.read("replaced.arrows").table.columns[0]
    #expect(
      ColumnarSamples.cells(replaced) == ["a", nil, "b", "a", nil, "c", "d", nil, "b"])
  }

  @Test(arguments: ["zstd.feather", "types.arrow"])
  func `a document that is written reads the same, with its own types`(file: String) throws {
    var document = try Self.read(file)
    document.file.tableName = "people"
    document.schema.variables[0].label = ["de": "Größe", "en": "Size"]
    document.schema.variables[0].missingCodes = [MissingReason(code: "-9", label: "refused")]
    try ColumnarSamples.withFile { path in
      #expect(try ArrowFile().write(document, to: path).isEmpty)
      let again = try ArrowFile().read(
        TableLocation(path: path), options: ReadingOptions(threads: 2))
      #expect(again.table.columnNames == document.table.columnNames)
      for (column, before) in zip(again.table.columns, document.table.columns) {
        #expect(ColumnarSamples.cells(column) == ColumnarSamples.cells(before), "\(column.name)")
        #expect(column.values.typeName == before.values.typeName, "\(column.name)")
      }
      #expect(again.file.label == document.file.label && again.file.tableName == "people")
      #expect(again.schema.variables[0].label == document.schema.variables[0].label)
      #expect(again.schema.variables[0].missingCodes == document.schema.variables[0].missingCodes)
      var types = document.file.columnTypes ?? [:]
      // Halves are written in four bytes, views as texts, and dates of a dictionary as dates.
      for (name, type) in ["half": "float32", "view": nil, "coded": nil, "wide": nil] {
        if types[name] != nil { types[name] = type }
      }
      #expect(again.file.columnTypes == types)
      #expect(
        again.schema.variable(named: "ordered")?.valueLabels
          == document.schema.variable(named: "ordered")?.valueLabels)
    }
  }

  @Test func `a type into which not all values fit is not taken again`() throws {
    let table = Table(columns: [
      Column(name: "small", values: .wholeNumbers([1, 200])),
      Column(name: "cents", values: .numbers([1.25, 1.255])),
      Column(name: "hour", values: .times([3_600_000_000, 3_600_000_001])),
    ])
    var document = StudyDocument(
      table: table, schema: SchemaInference().infer(table), file: FileFacts(format: "arrow"))
    document.file.columnTypes = [
      "small": "int8", "cents": "decimal128,12,2", "hour": "time,s",
    ]
    try ColumnarSamples.withFile { path in
      _ = try ArrowFile().write(document, to: path)
      let again = try ArrowFile().read(TableLocation(path: path))
      #expect(again.table.columns.map(\.values) == table.columns.map(\.values))
      #expect(again.file.columnTypes == nil)
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
      let said = try ArrowFile().write(document, to: path)
      #expect(said.map(\.message) == ["these missing codes became null: .a"])
      let again = try ArrowFile().read(TableLocation(path: path)).table.columns[0]
      #expect((0..<4).map { again.missing.reason(at: $0)?.code } == [nil, "-9", "", ""])
    }
  }

  @Test func `long columns fall into batches, whose dictionaries are one`() throws {
    let count = 150_000
    let codes = (0..<count).map { UInt8($0 / 1000 % 3 == 0 ? 1 : 0) }
    let missing = MissingCells(reasons: [MissingReason(code: "")], codes: codes)
    let pool = TextPool((0..<200).map { "level \($0)" })
    let texts = ColumnValues.texts(codes: (0..<count).map { UInt32($0 / 700 % 200) }, pool: pool)
    let table = Table(columns: [
      Column(
        name: "n", values: .numbers((0..<count).map { codes[$0] == 1 ? 0 : Double($0) / 4 }),
        missing: missing, form: .number(NumberForm(decimals: 2))),
      Column(name: "coded", values: texts),
      Column(name: "plain", values: texts),
      Column(name: "b", values: .booleans((0..<count).map { $0 % 5 < 2 })),
    ])
    var document = StudyDocument(
      table: table, schema: SchemaInference().infer(table), file: FileFacts(format: "arrow"))
    document.file.columnTypes = ["coded": "dictionary"]
    try ColumnarSamples.withFile { path in
      _ = try ArrowFile().write(document, to: path)
      let again = try ArrowFile().read(
        TableLocation(path: path), options: ReadingOptions(threads: 2))
      #expect(again.file.columnTypes == ["coded": "dictionary"])
      #expect(again.table.rowCount == count)
      // Thousands of cells are not printed.
      let isSame = again.table.columns.map(\.values) == table.columns.map(\.values)
      let isMissing = again.table.columns[0].missing.codes == codes
      #expect(isSame && isMissing)
    }
  }

  @Test func `a table without rows keeps its columns`() throws {
    let table = Table(columns: [Column(name: "a", values: .dates([]))], rowCount: 0)
    let document = StudyDocument(
      table: table, schema: SchemaInference().infer(table), file: FileFacts(format: "csv"))
    try ColumnarSamples.withFile { path in
      _ = try ArrowFile().write(document, to: path)
      #expect(
        try ArrowFile().read(TableLocation(path: path)).table.columns[0].values == .dates([]))
    }
  }

  @Test func `files and streams are told by their first bytes`() throws {
    for file in ["plain.arrow", "stream.arrows"] {
      #expect(ArrowFile().recognizes(try ColumnarSamples.bytes(file: file)) == true)
    }
    #expect(ArrowFile().recognizes(Array("a,b\n1,2\n".utf8)) == false)
    try ColumnarSamples.withFile(Array("FEA1 and more".utf8)) { path in
      let error = #expect(throws: DataError.self) {
        try ArrowFile().read(TableLocation(path: path))
      }
      #expect(error?.message == "the file is a Feather file of version 1")
    }
  }

  @Test func `a stream without its end is read with a note`() throws {
    let whole = try ColumnarSamples.bytes(file: "stream.arrows")
    try ColumnarSamples.withFile(Array(whole.dropLast(8))) { path in
      let document = try ArrowFile().read(TableLocation(path: path))
      #expect(document.table.rowCount == 40)
      #expect(document.diagnostics.contains { $0.message.contains("does not say") })
    }
  }
}
