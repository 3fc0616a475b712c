// SPDX-License-Identifier: Apache-2.0
import Schemas
import Studies
import Tables

/// What the server's own catalogue says of a table: comments, declared types, keys and rules.
struct PostgresCatalogue {
  private let connection: PostgresConnection
  private let number: String
  private(set) var diagnostics: [Diagnostic] = []

  init(
    _ connection: PostgresConnection, schema: String?, table: String
  ) throws(DataError) {
    self.connection = connection
    let name =
      (schema.map { PostgresLocation.quoted($0) + "." } ?? "")
      + PostgresLocation.quoted(table)
    let found = try connection.run(
      "SELECT \(PostgresLocation.literal(name))::regclass::oid")
    number = found.text(0, 0) ?? "0"
  }

  /// Takes what the catalogue says into a schema and the facts of the file.
  mutating func describe(_ schema: inout Schema, _ facts: inout FileFacts) throws(DataError) {
    let title = try connection.run("SELECT obj_description(\(number), 'pg_class')")
    facts.label = title.text(0, 0) ?? ""
    let columns = try connection.run(
      """
      SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, \
      col_description(a.attrelid, a.attnum), t.typtype FROM pg_attribute a \
      JOIN pg_type t ON t.oid = a.atttypid \
      WHERE a.attrelid = \(number) AND a.attnum > 0 AND NOT a.attisdropped
      """)
    for row in 0..<columns.rowCount {
      guard let place = schema.variables.firstIndex(where: { $0.name == columns.text(row, 0) })
      else { continue }
      if let comment = columns.text(row, 3) { schema.variables[place].label = ["en": comment] }
      let type = columns.text(row, 1) ?? ""
      schema.variables[place].stored = StoredForm(
        storage: Self.storage(type), format: type + (columns.text(row, 2) == "t" ? " NOT NULL" : "")
      )
      if columns.text(row, 4) == "e", schema.variables[place].kind == .text {
        schema.variables[place].kind = .category
        schema.variables[place].role = nil
        schema.variables[place].reasons = ["the database says that it is one of a set"]
      }
    }
    try addRules(to: &schema)
  }

  private static func storage(_ type: String) -> StoredForm.Storage {
    switch type {
    case "smallint": .int16
    case "integer": .int32
    case "real": .float
    case "bigint", "double precision", "numeric": .double
    default: type.hasPrefix("numeric") ? .double : .longText
    }
  }

  /// Keys of one column, and rules that bound a column by a number.
  private mutating func addRules(to schema: inout Schema) throws(DataError) {
    let rules = try connection.run(
      """
      SELECT c.contype, pg_get_constraintdef(c.oid), f.relname, \
      (SELECT string_agg(a.attname, E'\\n') FROM unnest(c.conkey) k \
      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k) \
      FROM pg_constraint c LEFT JOIN pg_class f ON f.oid = c.confrelid \
      WHERE c.conrelid = \(number)
      """)
    for row in 0..<rules.rowCount {
      let names = (rules.text(row, 3) ?? "").split(separator: "\n").map(String.init)
      let definition = rules.text(row, 1) ?? ""
      guard names.count == 1, let name = names.first,
        let place = schema.variables.firstIndex(where: { $0.name == name })
      else {
        if rules.text(row, 0) == "c" { passOver(names) }
        continue
      }
      switch rules.text(row, 0) {
      case "p" where schema.variables[place].role != .parentKey:
        schema.variables[place].role = .key
        schema.variables[place].reasons.append("the database says that it is the primary key")
      case "f":
        schema.variables[place].role = .parentKey
        schema.variables[place].reasons.append(
          "the database says that it points to \(rules.text(row, 2) ?? "another table")")
      case "c":
        let bounds = PostgresRule.bounds(definition, column: name)
        if bounds.isEmpty { passOver(names) }
        for bound in bounds {
          if bound.isLower {
            schema.variables[place].minimum = bound.value
          } else {
            schema.variables[place].maximum = bound.value
          }
        }
      default: break
      }
    }
  }

  private mutating func passOver(_ names: [String]) {
    diagnostics.append(
      Diagnostic(
        .note, "the database has a rule on \(names.joined(separator: ", ")) that is not kept"))
  }
}
