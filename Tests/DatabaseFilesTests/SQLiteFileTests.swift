// SPDX-License-Identifier: Apache-2.0
import Foundation
import Schemas
import Studies
import Tables
import Testing

@testable import DatabaseFiles

private let chinook: String? = {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  return ["../shared/data", "../../shared/data"]
    .map { root.appendingPathComponent("\($0)/chinook/Chinook_Sqlite.sqlite").standardized.path }
    .first { FileManager.default.fileExists(atPath: $0) }
}()

@Suite(.enabled(if: chinook != nil, "no ../shared/data/chinook"))
struct ChinookTests {
  /// Rows as `SELECT count(*)` gives them in SQLite's own shell.
  static let rowCounts = [
    "Album": 347, "Artist": 275, "Customer": 59, "Employee": 8, "Genre": 25, "Invoice": 412,
    "InvoiceLine": 2240, "MediaType": 5, "Playlist": 18, "PlaylistTrack": 8715, "Track": 3503,
  ]

  @Test func `all eleven tables are listed and read`() throws {
    let path = try #require(chinook)
    let names = try SQLiteFile().tableNames(in: TableLocation(path: path))
    #expect(Set(names) == Set(Self.rowCounts.keys))
    for name in names {
      let document = try SQLiteFile().read(TableLocation(path: path, table: name))
      #expect(document.table.rowCount == Self.rowCounts[name])
    }
  }

  @Test func `types and keys are those of the database`() throws {
    let document = try SQLiteFile().read(
      TableLocation(path: try #require(chinook), table: "Invoice"))
    #expect(document.schema.variable(named: "InvoiceId")?.role == .key)
    #expect(document.schema.variable(named: "CustomerId")?.role == .parentKey)
    guard case .dateTimes(let dates) = document.table.column(named: "InvoiceDate")?.values else {
      Issue.record("InvoiceDate is no date-time")
      return
    }
    #expect(dates[0] == 1_609_459_200_000_000)  // 2021-01-01 00:00:00
    guard case .numbers(let totals) = document.table.column(named: "Total")?.values else {
      Issue.record("Total is no number")
      return
    }
    #expect(totals.prefix(3) == [1.98, 3.96, 5.94])
    #expect(document.table.column(named: "BillingState")?.missing.count == 202)
  }

  @Test func `a database of several tables asks for one by name`() throws {
    let path = try #require(chinook)
    #expect(throws: DataError.self) { try SQLiteFile().read(TableLocation(path: path)) }
    let error = #expect(throws: DataError.self) {
      try SQLiteFile().read(TableLocation(path: path, table: "album"))
    }
    #expect(error?.remedy.contains("Album") == true)
  }

  @Test(arguments: rowCounts.keys.sorted())
  func `a table that is written reads the same`(name: String) throws {
    let document = try SQLiteFile().read(
      TableLocation(path: try #require(chinook), table: name))
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("semblance-\(UUID().uuidString).sqlite").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try SQLiteFile().write(document, to: path).isEmpty)
    let again = try SQLiteFile().read(TableLocation(path: path))
    #expect(again.file.tableName == name)
    #expect(again.table == document.table)
  }
}

struct SQLiteFileTests {
  @Test func `a file that is no database is refused`() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("semblance-\(UUID().uuidString).sqlite").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("SQLite format 3\0 and nothing else".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: DataError.self) { try SQLiteFile().read(TableLocation(path: path)) }
  }

  @Test func `numeric missing codes stay numbers, and letters become NULL with a notice`() throws {
    let column = Column(
      name: "a \"quoted\" name", values: .wholeNumbers([1, 0, 0, 0]),
      missing: MissingCells(
        reasons: [MissingReason(code: "-9"), MissingReason(code: ".a"), MissingReason(code: ".b")],
        codes: [0, 1, 2, 3]))
    let table = Table(columns: [column])
    let document = StudyDocument(
      table: table, schema: SchemaInference().infer(table),
      file: FileFacts(format: "dta", label: "X").markedSynthetic())
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("semblance-\(UUID().uuidString).sqlite").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let messages = try SQLiteFile().write(document, to: path).map(\.message)
    #expect(messages == ["these missing codes all became NULL: .a, .b"])
    let again = try SQLiteFile().read(TableLocation(path: path, table: "data"))
    #expect(again.table.columns[0].missing.codes == [0, 0, 1, 1])
    let notes = try SQLiteFile().read(TableLocation(path: path, table: "semblance_notes"))
    #expect(notes.table.rowCount == 2)
  }
}
