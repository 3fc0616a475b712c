// SPDX-License-Identifier: Apache-2.0
import Tables
import Testing

@testable import Fabrication

@Suite struct SQLSchemaTests {
  static let text = """
    -- A shop.
    CREATE TABLE IF NOT EXISTS "customer" (
      id SERIAL PRIMARY KEY,
      email VARCHAR(60) NOT NULL UNIQUE,
      grade CHAR(1) CHECK (grade IN ('A', 'B', 'it''s')),
      age SMALLINT CHECK (age >= 18 AND age < 120),
      since TIMESTAMP DEFAULT now(),
      CONSTRAINT odd CHECK (age <> id)
    );
    CREATE INDEX x ON customer (email);
    CREATE TABLE shop.`order` (
      customer_id INT NOT NULL REFERENCES customer(id) ON DELETE SET NULL,
      line INT, note TEXT, price DECIMAL(6, 2) CHECK (price BETWEEN 1 AND 50),
      state ENUM('open', 'paid'),
      PRIMARY KEY (customer_id, line), UNIQUE (note)
    );
    CREATE TABLE later (order_customer INT, order_line INT);
    ALTER TABLE later ADD CONSTRAINT f FOREIGN KEY (order_customer, order_line)
      REFERENCES "order" (customer_id, line);
    """

  @Test func `declarations are read with their keys, bounds and lists`() throws {
    let schema = try SQLSchema(Self.text, file: "shop.sql")
    #expect(schema.tables.map(\.name) == ["customer", "order", "later"])
    let customer = schema.tables[0]
    #expect(customer.primaryKey == ["id"] && customer.openChecks == 1)
    #expect(customer.columns.map(\.name) == ["id", "email", "grade", "age", "since"])
    #expect(customer.columns[1].isUnique && customer.columns[1].isRequired)
    #expect(customer.columns[1].sizes == [60])
    #expect(customer.columns[2].levels == ["A", "B", "it's"])
    #expect(customer.columns[3].least == 18 && customer.columns[3].greatest == 119)
    let order = schema.tables[1]
    #expect(order.primaryKey == ["customer_id", "line"])
    #expect(
      order.references == [.init(columns: ["customer_id"], table: "customer", targets: ["id"])])
    #expect(order.columns[3].least == 1 && order.columns[3].greatest == 50)
    #expect(order.columns[4].levels == ["open", "paid"])
    #expect(order.columns[2].isUnique)
    #expect(schema.tables[2].references[0].columns == ["order_customer", "order_line"])
    #expect(
      order.statement.hasPrefix("CREATE TABLE shop.`order`") && order.statement.hasSuffix(")"))
  }

  @Test(arguments: [
    ("SELECT 1;", 1, "declares no table"), ("CREATE TABLE t (\n  a INT", 2, "missing"),
    ("CREATE TABLE t (a INT,\n b 'x')", 2, ""),
    ("CREATE TABLE t (a TEXT DEFAULT 'x", 1, "not closed"),
    ("CREATE TABLE t (a INT); CREATE TABLE T (a INT)", 1, "twice"),
  ]) func `broken declarations have a place`(text: String, line: Int, part: String) {
    // A type in quotes is no type, and passes over: what is known is read.
    guard !part.isEmpty else { return #expect((try? SQLSchema(text, file: "f")) != nil) }
    let error = #expect(throws: DataError.self) { try SQLSchema(text, file: "f.sql") }
    #expect(error?.message.contains(part) == true, "\(String(describing: error))")
    #expect(error?.line == line && error?.file == "f.sql")
  }

  @Test func `a reference to a table that is not declared is named`() {
    let error = #expect(throws: DataError.self) {
      try SQLSchema("CREATE TABLE a (b INT REFERENCES c(d))", file: "f")
    }
    #expect(error?.message.contains("`c`") == true)
  }

  @Test func `the draft is a specification that can be read`() throws {
    let draft = try SQLSchema(Self.text, file: "shop.sql").specification(rowCount: 30)
    #expect(throws: Never.self) { try Specification(yaml: draft, file: "draft.yaml") }
  }
}
