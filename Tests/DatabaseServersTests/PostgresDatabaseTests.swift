// SPDX-License-Identifier: Apache-2.0
import Foundation
import Schemas
import Semblance
import Studies
import Tables
import Testing

@testable import DatabaseServers

@Suite(
  .enabled(
    if: PostgresServer.shared != nil,
    "no PostgreSQL server could be started (package postgresql); its tests are skipped"),
  .serialized)
struct PostgresDatabaseTests {
  private let server: PostgresServer

  init() throws { server = try #require(PostgresServer.shared) }

  private func read(_ table: String) throws -> StudyDocument {
    try PostgresDatabase().read(TableLocation(argument: "\(server.address)#\(table)"))
  }

  @Test func `a run from a table of a server is made again`() throws {
    try server.run(
      """
      DROP TABLE IF EXISTS people; CREATE TABLE people (id integer PRIMARY KEY, age integer,
      region text, born date);
      INSERT INTO people SELECT n, 20 + n * 7 % 60, 'region ' || n % 5, date '1950-01-01' + n * 31
      FROM generate_series(1, 200) AS n
      """)
    let folder = NSTemporaryDirectory() + "semblance-server-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let source = "\(server.address)#people"
    _ = try SynthesizeVerb(
      SynthesizeRequest(
        input: source, output: "\(folder)/people.release", seed: "first", isEvaluated: false)
    ).run()
    for audience in ["release", "owner"] {
      let result = try ReproduceVerb(
        manifest: "\(folder)/people.\(audience)/manifest.json", source: source, verifies: true
      ).run()
      #expect(result.isRemade && result.differences.isEmpty)
    }
    try server.run("UPDATE people SET age = age + 1 WHERE id = 7")
    let error = #expect(throws: DataError.self) {
      try ReproduceVerb(
        manifest: "\(folder)/people.owner/manifest.json", source: source
      ).run()
    }
    #expect(error?.message.contains("not the table") == true)
  }

  private static let making = """
    DROP TABLE IF EXISTS every, parent, again CASCADE; DROP TYPE IF EXISTS mood;
    CREATE TYPE mood AS ENUM ('low', 'high');
    CREATE TABLE parent (id integer PRIMARY KEY);
    INSERT INTO parent VALUES (1), (2);
    CREATE TABLE every (
      id bigint PRIMARY KEY, parent integer REFERENCES parent, small smallint NOT NULL,
      real4 real, real8 double precision, money2 numeric(12,2), whole numeric(10,0), free numeric,
      flag boolean, word text, short varchar(5), fixed char(3), feel mood, day date, clock time,
      moment timestamp, zoned timestamptz, code uuid, tree jsonb, raw bytea, list integer[],
      age integer CHECK (age >= 0 AND age <= 120));
    COMMENT ON TABLE every IS 'All types';
    COMMENT ON COLUMN every.age IS 'Age in years, it''s whole';
    INSERT INTO every VALUES
      (1, 1, -32768, 0.1, 0.1, 12345.60, 42, 1.5, true, E'tab\\t\\\\N', 'ab', 'x', 'low',
       '1899-12-31', '23:59:59.5', '2024-02-29 12:00:00.25', '2024-02-29 12:00:00+02',
       '6ba7b810-9dad-11d1-80b4-00c04fd430c8', '{"a": 1}', '\\x00ff', '{1,2}', 0),
      (9223372036854775807, NULL, 1, 'NaN', 1e300, NULL, NULL, -0.001, NULL, NULL, NULL, NULL,
       NULL, 'infinity', NULL, '0044-03-15 00:00:00 BC', NULL, NULL, NULL, NULL, NULL, 120);
    """

  @Test func `every type comes out as what it is, with comments, keys and bounds`() throws {
    try server.run(Self.making)
    let document = try read("every")
    let table = document.table
    func column(_ name: String) throws -> Column { try #require(table.column(named: name)) }
    #expect(try column("id").values == .wholeNumbers([1, .max]))
    #expect(try column("small").values == .wholeNumbers([-32_768, 1]))
    #expect(try column("real8").values == .numbers([0.1, 1e300]))
    #expect(try column("real4").missing.reason(at: 1)?.code == "NaN")
    #expect(try column("money2").values == .numbers([12345.6, 0]))
    #expect(try column("money2").form.number == NumberForm(decimals: 2, hasFixedDecimals: true))
    #expect(try column("whole").values == .wholeNumbers([42, 0]))
    #expect(try column("free").values == .numbers([1.5, -0.001]))
    #expect(try column("flag").values == .booleans([true, false]))
    guard case .texts(let codes, let pool) = try column("word").values else {
      Issue.record("word is no text")
      return
    }
    #expect(pool[Int(codes[0])] == "tab\t\\N")
    // 1899-12-31 is day -25568; infinity and a year before Christ are no dates of a table.
    #expect(try column("day").values == .dates([-25_568, 0]))
    #expect(try column("day").missing.reason(at: 1)?.code == "infinity")
    #expect(try column("moment").missing.count == 1)
    #expect(try column("clock").values == .times([86_399_500_000, 0]))
    #expect(try column("zoned").values == .dateTimes([1_709_200_800_000_000, 0]))
    #expect(try column("raw").missing.count == 2)
    #expect(document.file.label == "All types")
    let age = try #require(document.schema.variable(named: "age"))
    #expect(age.label == ["en": "Age in years, it's whole"])
    #expect(age.minimum == 0 && age.maximum == 120)
    #expect(document.schema.variable(named: "id")?.role == .key)
    #expect(document.schema.variable(named: "parent")?.role == .parentKey)
    #expect(document.schema.variable(named: "feel")?.kind == .category)
  }

  @Test func `a table that is written reads the same, with the types it had`() throws {
    try server.run(Self.making)
    let document = try read("every")
    let said = try PostgresDatabase().write(document, to: "\(server.address)#again")
    #expect(Set(said.compactMap(\.column)) == ["real4", "day", "moment", "raw"])
    let again = try read("again")
    for (column, before) in zip(again.table.columns, document.table.columns)
    where column.name != "raw" {
      #expect(column.values == before.values, "\(column.name)")
      #expect(column.missing.count == before.missing.count, "\(column.name)")
    }
    let types = try server.rows(
      """
      SELECT column_name || ' ' || data_type || ' ' || is_nullable FROM information_schema.columns \
      WHERE table_name = 'again' AND column_name IN \
      ('small', 'money2', 'zoned', 'short', 'tree', 'real4') ORDER BY 1
      """)
    #expect(
      types == [
        "money2 numeric YES", "real4 real YES", "short character varying YES", "small smallint NO",
        "tree jsonb YES", "zoned timestamp with time zone YES",
      ])
    #expect(again.schema.variable(named: "id")?.role == .key)
    #expect(again.schema.variable(named: "age")?.maximum == 120)
    #expect(again.schema.variable(named: "age")?.label == ["en": "Age in years, it's whole"])
    let error = #expect(throws: DataError.self) {
      try PostgresDatabase().write(document, to: "\(server.address)#again")
    }
    #expect(error?.message.contains("already exists") == true)
  }

  @Test func `a query is read, and may not write`() throws {
    try server.run(Self.making)
    let document = try read("SELECT id AS x, age AS x FROM every WHERE age > 5")
    #expect(document.table.columnNames == ["x", "x_2"])
    #expect(document.table.rowCount == 1)
    #expect(throws: DataError.self) {
      try read("WITH d AS (DELETE FROM every RETURNING 1) SELECT * FROM d")
    }
    #expect(try server.rows("SELECT count(*) FROM every") == ["2"])
  }

  @Test func `errors name no cell and no password`() throws {
    try server.run(Self.making)
    let error = #expect(throws: DataError.self) {
      try read("SELECT word::integer FROM every WHERE id = 1")
    }
    #expect(error?.description.contains("\\N") == false)
    #expect(error?.message.contains("22P02") == true)
    let location = TableLocation(argument: "postgresql://tester:secret@127.0.0.1:1/db#t")
    let refused = #expect(throws: DataError.self) { try PostgresDatabase().read(location) }
    #expect(refused?.description.contains("secret") == false)
    let away = #expect(throws: DataError.self) {
      try PostgresDatabase().read(
        TableLocation(argument: "postgresql://nobody@127.0.0.1:\(server.port)/postgres#t"))
    }
    #expect(away?.description.contains(PostgresServer.password) == false)
    #expect(away?.message.contains("cannot be reached") == true)
  }

  @Test func `many rows come in blocks`() throws {
    try server.run(
      "DROP TABLE IF EXISTS many; CREATE TABLE many AS SELECT g AS n, 'w' || g % 7 AS w "
        + "FROM generate_series(1, 25000) g")
    let table = try read("public.many").table
    #expect(table.rowCount == 25_000)
    #expect(table.columns[0].values == .wholeNumbers((1...25_000).map { $0 }))
  }
}

struct PostgresLocationTests {
  @Test(arguments: [
    "postgresql://a:b@h/d", "postgres://a:b/c@h/d", "postgresql://h/d?user=a&password=b",
    "postgresql://h/d?PASSWORD=b",
  ])
  func `an address with a password is refused without repeating it`(address: String) {
    let error = #expect(throws: DataError.self) {
      _ = try PostgresLocation(TableLocation(argument: address))
    }
    #expect(error?.file == nil && error?.remedy.contains("PGPASSWORD") == true)
  }

  @Test func `tables and queries are told apart`() throws {
    func subject(_ text: String) throws -> PostgresLocation.Subject? {
      try PostgresLocation(TableLocation(argument: "postgresql://u@h:5432/d#\(text)")).subject
    }
    #expect(try subject("people") == .table(schema: nil, name: "people"))
    #expect(try subject("s.people") == .table(schema: "s", name: "people"))
    #expect(try subject("select") == .table(schema: nil, name: "select"))
    #expect(try subject("SELECT 1") == .query("SELECT 1"))
    #expect(try subject("my table") == .table(schema: nil, name: "my table"))
  }

  @Test(arguments: [
    ("CHECK (((age >= 0) AND (age <= 120)))", "age", 2),
    ("CHECK ((\"two words\" <= (1.5)::double precision))", "two words", 1),
    ("CHECK ((age > 0))", "age", 0), ("CHECK ((a < b))", "a", 0),
    ("CHECK ((f(age) >= 0))", "age", 0),
    ("CHECK (((age >= 0) OR (age <= 120)))", "age", 0),
    ("CHECK ((x >= ('-2'::integer)::double precision))", "x", 1),
  ])
  func `rules that bound a column are read, and no others`(rule: String, name: String, count: Int) {
    #expect(PostgresRule.bounds(rule, column: name).count == count)
  }
}
