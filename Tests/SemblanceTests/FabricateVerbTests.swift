// SPDX-License-Identifier: Apache-2.0
import CSQLite
import Fabrication
import Randomness
import Tables
import Foundation
import Testing

@testable import Semblance

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Schemas filled and loaded into SQLite with all constraints on; SQLite itself is the judge.
@Suite struct FabricateVerbTests {
  static func temporaryName(_ ending: String) -> String {
    NSTemporaryDirectory() + "semblance-fabricate-" + UUID().uuidString + ending
  }

  /// The rows of a query, as texts.
  static func query(_ path: String, _ sql: String) throws -> [[String]] {
    var handle: OpaquePointer?
    var statement: OpaquePointer?
    defer {
      sqlite3_finalize(statement)
      sqlite3_close_v2(handle)
    }
    try #require(sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, nil) == SQLITE_OK)
    try #require(sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK)
    var rows: [[String]] = []
    while sqlite3_step(statement) == SQLITE_ROW {
      rows.append(
        (0..<sqlite3_column_count(statement)).map { column in
          sqlite3_column_text(statement, column).map { String(cString: $0) } ?? ""
        })
    }
    return rows
  }

  static func filled(_ declarations: String, scale: Double, seed: String = "1") throws -> String {
    let verb = try FabricateVerb(text: declarations, file: "schema.sql")
    let path = temporaryName(".sqlite")
    try verb.write(
      try verb.tables(key: RandomKey(seed: seed), scale: scale), to: path, force: false)
    return path
  }

  @Test func `the Chinook schema is filled, and its database finds nothing wrong`() throws {
    // From Tests/SemblanceTests/FILE.swift up to the package, then to the data beside it.
    let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let source = "/\(package)/../shared/data/chinook/Chinook_Sqlite.sqlite"
    guard access(source, R_OK) == 0 else {
      return print("skipped: ../shared/data/chinook is not here")
    }
    let statements = try Self.query(
      source, "SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")
    let path = try Self.filled(statements.map { $0[0] }.joined(separator: "\n"), scale: 3)
    defer { unlink(path) }
    #expect(try Self.query(path, "PRAGMA foreign_key_check").isEmpty)
    #expect(try Self.query(path, "PRAGMA integrity_check") == [["ok"]])
    let names = try Self.query(
      source, "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    #expect(
      try Self.query(
        path, "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name") == names)
    #expect(names.count == 11)
    for name in names {
      #expect(try Self.query(path, "SELECT count(*) FROM \"\(name[0])\"") == [["300"]])
    }
  }

  @Test func `twelve tables with lists, bounds, pairs and trees load with constraints on`() throws {
    var text = ""
    for table in 0..<9 {
      text += """
        CREATE TABLE t\(table) (id INTEGER PRIMARY KEY, grade TEXT NOT NULL CHECK (grade IN ('a', 'b')),
          age INTEGER CHECK (age BETWEEN 16 AND 99), price NUMERIC(6,2) NOT NULL CHECK (price > 0),
          code CHAR(6) NOT NULL UNIQUE, up INTEGER REFERENCES t\(table)(id)\
        \(table > 0 ? ", before INTEGER NOT NULL REFERENCES t\(table - 1)(id)" : ""));

        """
    }
    text += """
      CREATE TABLE pair (a INTEGER, b INTEGER, PRIMARY KEY (a, b), FOREIGN KEY (a) REFERENCES t1(id),
        FOREIGN KEY (b) REFERENCES t2(id));
      CREATE TABLE below (a INTEGER NOT NULL, b INTEGER NOT NULL, n INTEGER CHECK (n >= 0),
        FOREIGN KEY (a, b) REFERENCES pair(a, b));
      CREATE TABLE alone (day DATE NOT NULL, flag BOOLEAN NOT NULL);
      """
    let path = try Self.filled(text, scale: 2)
    defer { unlink(path) }
    #expect(try Self.query(path, "PRAGMA foreign_key_check").isEmpty)
    #expect(try Self.query(path, "SELECT count(*) FROM below") == [["200"]])
    #expect(try Self.query(path, "SELECT count(*) FROM t8 WHERE price <= 0 OR age < 16") == [["0"]])
    // The judge can find something: a key that no row has.
    var handle: OpaquePointer?
    try #require(sqlite3_open(path, &handle) == SQLITE_OK)
    sqlite3_exec(handle, "INSERT INTO below VALUES (-5, -5, 0)", nil, nil, nil)
    sqlite3_close_v2(handle)
    #expect(try Self.query(path, "PRAGMA foreign_key_check").count == 1)
  }
}
