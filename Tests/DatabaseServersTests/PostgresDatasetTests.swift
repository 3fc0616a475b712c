// SPDX-License-Identifier: Apache-2.0
import Fabrication
import Foundation
import Randomness
import Semblance
import Tables
import Testing

@testable import DatabaseServers

/// Specifications and declarations made into PostgreSQL with all constraints on; the server is the judge.
@Suite(.serialized) struct PostgresDatasetTests {
  /// A server with a schema of its own for a test, gone at its end.
  static func with(_ name: String, _ body: (PostgresServer, String) throws -> Void) throws {
    guard let server = PostgresServer.shared else {
      print("skipped: no PostgreSQL server can be started here")
      return
    }
    try server.run("DROP SCHEMA IF EXISTS \(name) CASCADE; CREATE SCHEMA \(name);")
    defer { try? server.run("DROP SCHEMA \(name) CASCADE;") }
    try body(server, "\(server.address)#\(name)")
  }

  /// Ten tables that belong to each other in a row, one of pairs, and one below that.
  static var twelve: String {
    var text = "tables:\n"
    for table in 0..<10 {
      text += """
          t\(table):
            rows: 300
            key: id
            parents: {up: {table: t\(table), optional: 0.1}\(table > 0 ? ", before: {table: t\(table - 1)}" : "")}
            columns:
              id: {sequence: 1}
              up_id: up.id
              name: {by: person.name}
              day: ~ uniform(2020-01-01, 2025-12-31)
              pay: {value: "~ lognormal(median = 2000, sdlog = 0.5)", decimals: 2, missing: {rate: 0.1}}
              paid: pay > 2000
        \(table > 0 ? "      before_id: before.id\n" : "")
        """
    }
    text += """
        pair:
          rows: 400
          key: [a, b]
          parents: {t1: {}, t2: {}}
          columns: {a: t1.id, b: t2.id, note: {by: text.sentence}}
        below:
          parents: {pair: {each: 2}}
          columns: {a: pair.a, b: pair.b, n: "~ poisson(3)"}
      """
    return text
  }

  @Test func `twelve tables are written with their keys in force`() throws {
    try Self.with("twelve") { server, address in
      let verb = try FabricateVerb(text: Self.twelve, file: "twelve.yaml")
      #expect(verb.specification.tableNames.count == 12)
      try verb.write(try verb.tables(key: RandomKey(seed: "12")), to: address, force: false)
      // 12 tables; 11 primary keys; 10 to themselves, 9 before, 2 of the pairs, 1 below.
      func constraints(_ kind: String) throws -> String {
        try server.rows(
          "SELECT count(*) FROM pg_constraint WHERE connamespace = 'twelve'::regnamespace AND contype = '\(kind)' AND convalidated"
        ).first ?? ""
      }
      #expect(try constraints("p") == "11")
      #expect(try constraints("f") == "22")
      #expect(
        try server.rows(
          "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'twelve'") == ["12"])
      #expect(try server.rows("SELECT count(*) FROM twelve.below") == ["800"])
      for table in 1..<10 {
        #expect(
          try server.rows(
            "SELECT count(*) FROM twelve.t\(table) c LEFT JOIN twelve.t\(table - 1) p ON p.id = c.before_id WHERE p.id IS NULL"
          ) == ["0"])
      }
      // The judge can find something.
      #expect(throws: (any Error).self) {
        try server.run("INSERT INTO twelve.below (a, b, n) VALUES (-1, -1, 0)")
      }
      // What is there is never replaced.
      #expect(throws: DataError.self) {
        try verb.write(try verb.tables(key: RandomKey(seed: "12")), to: address, force: true)
      }
    }
  }

  @Test func `rows that break a key leave nothing behind`() throws {
    try Self.with("broken") { server, address in
      let ids = Column(name: "id", values: .wholeNumbers([1, 1]), form: .number(NumberForm()))
      var made = PostgresDataset(Dataset(tables: [Table(name: "t", columns: [ids])]))
      made.keys = ["t": ["id"]]
      let dataset = made
      #expect(throws: DataError.self) { _ = try dataset.write(to: address) }
      let left = try server.rows(
        "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'broken'")
      #expect(left == ["0"])
    }
  }

  @Test func `the Chinook schema is made anew from its declarations and filled`() throws {
    let shared =
      ProcessInfo.processInfo.environment["SEMBLANCE_SHARED"]
      ?? "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/../shared"
    let source = shared + "/data/chinook/Chinook_Sqlite.sqlite"
    guard FileManager.default.isReadableFile(atPath: source) else {
      return print("skipped: ../shared/data/chinook is not here")
    }
    try Self.with("chinook") { server, address in
      let verb = try FabricateVerb(path: source)
      let dataset = try verb.tables(key: RandomKey(seed: "c"), scale: 3)
      try verb.write(dataset, to: address, force: false)
      let names = try server.rows(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'chinook' ORDER BY 1"
      )
      #expect(names.count == 11)
      for name in names {
        #expect(try server.rows("SELECT count(*) FROM chinook.\"\(name)\"") == ["300"])
      }
      // As many foreign keys as SQLite finds in the original: 11, and each holds.
      #expect(
        try server.rows(
          "SELECT count(*) FROM pg_constraint WHERE connamespace = 'chinook'::regnamespace AND contype = 'f' AND convalidated"
        ) == ["11"])
      #expect(
        try server.rows(
          "SELECT count(*) FROM chinook.\"InvoiceLine\" l JOIN chinook.\"Invoice\" i USING (\"InvoiceId\")"
        ) == ["300"])
      let page = try #require(verb.assessmentPage(of: dataset))
      #expect(!page.contains("broken") && page.contains("### InvoiceLine"))
    }
  }
}
