// SPDX-License-Identifier: Apache-2.0
import Schemas
import Studies
import Tables

/// Reads one table or query within a transaction that may not write.
struct PostgresTableReading {
  private static let blockSize = 10_000

  let connection: PostgresConnection
  let options: ReadingOptions
  let progress: ProgressHandler

  func document(_ subject: PostgresLocation.Subject) throws(DataError) -> StudyDocument {
    try connection.run("BEGIN TRANSACTION READ ONLY")
    let query: String
    var facts = FileFacts(format: "postgresql", encoding: "UTF-8")
    switch subject {
    case .table(let schema, let name):
      query =
        "SELECT * FROM "
        + (schema.map { PostgresLocation.quoted($0) + "." } ?? "") + PostgresLocation.quoted(name)
      facts.tableName = name
    case .query(let text):
      query = text
      facts.tableName = "query"
    }
    // A cursor gives rows in blocks, so that the server's answer never stands in memory whole.
    try connection.run("DECLARE semblance NO SCROLL CURSOR FOR \(query)")
    let (columns, rowCount, diagnostics) = try cells()
    try connection.run("CLOSE semblance")
    let table = Table(columns: columns, rowCount: rowCount)
    var schema = SchemaInference().infer(table)
    var notices = diagnostics
    if case .table(let space, let name) = subject {
      var catalogue = try PostgresCatalogue(connection, schema: space, table: name)
      try catalogue.describe(&schema, &facts)
      notices += catalogue.diagnostics
    }
    try connection.run("COMMIT")
    return StudyDocument(table: table, schema: schema, file: facts, diagnostics: notices)
  }

  private func cells() throws(DataError) -> ([Column], Int, [Diagnostic]) {
    var columns: [PostgresColumn] = []
    var rowCount = 0
    while true {
      let block = try connection.run("FETCH \(Self.blockSize) FROM semblance")
      if columns.isEmpty {
        columns = (0..<block.columnCount).map { place in
          let column = block.column(place)
          return PostgresColumn(name: column.name, type: column.type, modifier: column.modifier)
        }
      }
      rowCount += block.rowCount
      guard rowCount * max(1, columns.count) <= options.maximumCellCount else {
        throw DataError(
          "the table holds more than \(options.maximumCellCount) cells", file: connection.address,
          remedy: "Give a query for fewer rows.")
      }
      for place in columns.indices {
        for row in 0..<block.rowCount { columns[place].append(block.bytes(row, place)) }
      }
      progress.report("reading rows", rowCount, of: rowCount)
      if block.rowCount < Self.blockSize { break }
    }
    guard !columns.isEmpty else {
      throw DataError(
        "the table has no columns", file: connection.address, remedy: "Name a table with columns.")
    }
    let finished = columns.map { $0.column() }
    var distinct = finished.map(\.column)
    var taken: Set<String> = []
    for index in distinct.indices where !taken.insert(distinct[index].name).inserted {
      // A query may give two columns one name.
      distinct[index].name += "_\(index + 1)"
    }
    return (distinct, rowCount, finished.flatMap(\.diagnostics))
  }
}
