// SPDX-License-Identifier: Apache-2.0
import DatabaseFiles
import DatabaseServers
import Dictionaries
public import Fabrication
import Formats
public import Randomness
import Releases
public import Schemas
import StatisticalFiles
public import Studies
public import Tables

/// Makes the tables of a specification and writes them: a database with its keys in force, or a folder
/// with a CSV file a table.
public struct FabricateVerb {
  /// The specification.
  public var specification: Specification
  /// The specification as it was read, or drafted; it is put beside the files of a folder.
  public var text: String
  /// The declarations from which it was drafted, if it was.
  public var declarations: [String]
  /// The same in the words of PostgreSQL, and the foreign keys that are added at the end.
  var postgres: (tables: [String], foreignKeys: [String])?
  /// What a dictionary declares, by table; the lone table's name is empty.
  var declared: [String: DeclaredSchema] = [:]
  /// What the file said of itself whose dictionary was read.
  var header: FileFacts?

  /// What the columns of a lone table mean, where a dictionary says so.
  public var schema: Schema? { declared[""]?.schema }

  /// Reads a specification, SQL declarations, a dictionary, or the dictionary of a file of SPSS, Stata
  /// or SAS or of a SQLite database, of whose rows none is read.
  ///
  /// - Throws: `DataError` with file, line, column and a suggestion.
  public init(path: String) throws(DataError) {
    let reader = try FormatCatalogue.standard.reader(for: TableLocation(argument: path))
    if let reader = reader as? StatisticalFileReader {
      let document = try reader.header(TableLocation(argument: path))
      try self.init(declared: DeclaredSchema(header: document.schema), file: path)
      header = document.file
    } else if let reader = reader as? SQLiteFile {
      try self.init(sql: try reader.declarations(in: path), file: path)
    } else {
      try self.init(text: String(decoding: try FileBytes.read(path), as: UTF8.self), file: path)
    }
  }

  /// Reads a specification in YAML, or drafts one from SQL declarations or a dictionary.
  ///
  /// - Parameters:
  ///   - text: The content of the file.
  ///   - file: Its name; one that ends in `.sql` holds `CREATE TABLE` statements. A codebook, or a
  ///     dictionary as `describe` writes it, is known by what it holds.
  /// - Throws: `DataError` with file, line, column and a suggestion.
  public init(text: String, file: String) throws(DataError) {
    let tables = CodebookTable.tables(bytes: Array(text.utf8), file: file)
    if file.lowercased().hasSuffix(".sql") {
      try self.init(sql: text, file: file)
    } else if !tables.isEmpty {
      try self.init(tables: tables, file: file)
    } else if let declared = try Self.declared(text, file) {
      try self.init(declared: declared, file: file)
    } else {
      try self.init(specification: text, file: file)
    }
  }

  private init(specification text: String, file: String) throws(DataError) {
    self.text = text
    declarations = []
    specification = try Specification(yaml: text, file: file, inputs: Self.inputs(beside: file))
  }

  private init(declared: DeclaredSchema, file: String) throws(DataError) {
    text = declared.draft.text(rowCount: 1000)
    declarations = []
    specification = try Specification(yaml: text, file: "the draft from " + file)
    self.declared = ["": declared]
  }

  private init(sql: String, file: String) throws(DataError) {
    let schema = try SQLSchema(sql, file: file)
    text = schema.specification()
    declarations = schema.tables.map(\.statement)
    postgres = schema.postgres
    specification = try Specification(yaml: text, file: "the draft from " + file)
    for table in schema.tables { declared[table.name] = DeclaredSchema(table) }
  }

  private init(tables: [CodebookTable], file: String) throws(DataError) {
    declarations = []
    for table in tables { declared[table.name] = DeclaredSchema(table.codebook) }
    text = DatasetDraft(
      tables.map { table in
        DatasetDraft.Table(
          name: table.name, draft: DeclaredSchema(table.codebook).draft, key: table.key,
          references: table.references.map {
            Specification.ForeignKey(columns: $0.columns, table: $0.table, targets: $0.targets)
          })
      }
    ).text(rowCount: 100)
    specification = try Specification(yaml: text, file: "the draft from " + file)
  }

  /// What a dictionary declares; nil for a specification.
  private static func declared(
    _ text: String, _ file: String
  ) throws(DataError) -> DeclaredSchema? {
    if let codebook = try Codebook(bytes: Array(text.utf8), file: file) {
      return DeclaredSchema(codebook)
    }
    let keys = text.split(separator: "\n").filter { $0.first?.isLetter == true }
    guard keys.contains(where: { $0.hasPrefix("variables:") }),
      !keys.contains(where: { $0.hasPrefix("columns:") || $0.hasPrefix("tables:") })
    else { return nil }
    return DeclaredSchema(try SchemaOverrides(yaml: text, file: file))
  }

  /// How good a table is that was made from a dictionary; nil where there was none.
  public func assessment(of table: Table) -> MetadataAssessment? {
    declared[table.name]?.assessment(of: table)
  }

  /// How good tables are that were made from a dictionary, as a page of Markdown; nil where there was
  /// none.
  public func assessmentPage(of dataset: Dataset) -> String? {
    guard !declared.isEmpty else { return nil }
    return DatasetAssessment(dataset, declared: declared, specification: specification).page
  }

  /// A lone table as formats write it, with what its dictionary says.
  public func document(of table: Table) -> StudyDocument {
    if let declared = declared[""] { return declared.document(of: table, header: header) }
    return StudyDocument(
      table: table, schema: SchemaInference().infer(table),
      file: FileFacts(format: "csv", notes: ["Synthetic: made up by a specification."]))
  }

  /// The figures of the published tables beside what the population comes to; nil if there are none.
  public var figures: Table? {
    let figures = specification.publishedFigures
    guard !figures.isEmpty else { return nil }
    func texts(_ name: String, _ list: [String]) -> Column {
      Column(
        name: name, values: .texts(codes: list.indices.map { UInt32($0) }, pool: TextPool(list)))
    }
    // What is beyond a millionth is the arithmetic's, not the population's; + 0 takes the sign from −0.
    func numbers(_ name: String, _ list: [Double]) -> Column {
      Column(
        name: name, values: .numbers(list.map { ($0 * 1e6).rounded() / 1e6 + 0 }),
        form: .number(NumberForm(decimals: 6)))
    }
    return Table(
      columns: [
        texts("table", figures.map(\.table)), texts("figure", figures.map(\.name)),
        numbers("published", figures.map(\.published)),
        numbers("population", figures.map(\.population)),
        numbers("residual", figures.map(\.residual)),
      ], rowCount: figures.count)
  }

  /// Makes the tables.
  ///
  /// - Throws: `DataError` as `Specification.tables(key:scale:)` does.
  public func tables(key: RandomKey, scale: Double = 1) throws(DataError) -> Dataset {
    try specification.tables(key: key, scale: scale)
  }

  /// Writes tables that were made.
  ///
  /// - Parameters:
  ///   - path: A file that ends in `.sqlite`, `.sqlite3` or `.db`, a database of PostgreSQL, or a
  ///     folder.
  /// - Throws: `DataError` if the output exists and `force` is not set, cannot be written, or a row
  ///   breaks a constraint.
  public func write(_ dataset: Dataset, to path: String, force: Bool) throws {
    if TableLocation(argument: path).scheme != nil {
      _ = try postgresDataset(dataset).write(to: path)
      return
    }
    if [".sqlite", ".sqlite3", ".db"].contains(where: { path.hasSuffix($0) }) {
      let database = SQLiteDatabase(
        dataset, constraints: constraints(of: dataset), declarations: declarations)
      try AtomicFile.write(to: path, force: force) { try database.write(to: $0) }
      for table in dataset.tables {
        guard let page = dictionary(of: table.name, rowCount: table.rowCount) else { continue }
        try AtomicFile.write(to: "\(path).\(table.name).dictionary.yaml", force: force) {
          try FileBytes.write(Array(page.utf8), to: $0)
        }
      }
      return
    }
    for table in dataset.tables where !Self.isFileName(table.name) {
      throw DataError(
        "the name of table `\(table.name)` cannot name a file",
        remedy: "Write a database, as -o tables.sqlite, or rename the table.")
    }
    try AtomicFolders.write([FolderTarget(path)], force: force) { folders in
      for table in dataset.tables {
        try CSVWriter().write(table, to: folders[0] + "/\(table.name).csv")
      }
      try FileBytes.write(Array(text.utf8), to: folders[0] + "/specification.yaml")
      for table in dataset.tables {
        guard let page = dictionary(of: table.name, rowCount: table.rowCount) else { continue }
        try FileBytes.write(Array(page.utf8), to: folders[0] + "/\(table.name).dictionary.yaml")
      }
    }
  }

  private static func isFileName(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && !name.contains("/") && name.utf8.count <= 200
  }

  private func postgresDataset(_ dataset: Dataset) -> PostgresDataset {
    var result = PostgresDataset(dataset)
    result.declarations = postgres?.tables ?? []
    result.foreignKeys = postgres?.foreignKeys ?? []
    for table in dataset.tables {
      result.keys[table.name] = specification.key(of: table.name)
      result.references[table.name] = specification.foreignKeys(of: table.name).map {
        PostgresDataset.Reference(columns: $0.columns, table: $0.table, targets: $0.targets)
      }
    }
    return result
  }

  private func constraints(of dataset: Dataset) -> [String: SQLiteDatabase.Constraints] {
    var result: [String: SQLiteDatabase.Constraints] = [:]
    for table in dataset.tables {
      result[table.name] = SQLiteDatabase.Constraints(
        primaryKey: specification.key(of: table.name),
        references: specification.foreignKeys(of: table.name).map {
          SQLiteDatabase.Reference(columns: $0.columns, table: $0.table, targets: $0.targets)
        })
    }
    return result
  }
}
