// SPDX-License-Identifier: Apache-2.0
import Dictionaries
public import Formats
public import Schemas
public import Tables

/// A real table with what it means and how it was written.
public struct RealInput: Sendable {
  /// The file's path.
  public var path: String
  /// The values; the schema's missing codes are missing cells here.
  public var table: Table
  /// What the columns mean.
  public var schema: Schema
  /// How the file is written.
  public var dialect: CSVDialect
  /// What was noticed while reading.
  public var diagnostics: [Diagnostic]

  /// Reads a file and finds out what its columns mean.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - schemaPath: A dictionary whose entries take the place of what is found out.
  ///   - threads: How many threads may work.
  ///   - progress: What hears how far reading is.
  /// - Throws: `DataError` if the file or the dictionary cannot be used.
  public init(
    path: String, schemaPath: String? = nil, threads: Int = 1, progress: ProgressHandler = .silent
  ) throws(DataError) {
    var overrides: SchemaOverrides?
    if let schemaPath {
      let text = String(decoding: try FileBytes.read(schemaPath), as: UTF8.self)
      overrides = try SchemaOverrides(yaml: text, file: schemaPath)
    }
    let options = CSVReadOptions(textColumns: overrides?.textColumns ?? [], threads: threads)
    let document = try CSVReader(options: options).read(path: path, progress: progress)
    var schema = SchemaInference().infer(document.table)
    if let overrides { schema = try overrides.applied(to: schema) }
    self.path = path
    self.schema = schema
    table = schema.markingMissing(in: document.table)
    dialect = document.dialect
    diagnostics = document.diagnostics
  }

  /// Creates an input from its parts.
  public init(
    path: String, table: Table, schema: Schema, dialect: CSVDialect, diagnostics: [Diagnostic]
  ) {
    self.path = path
    self.table = table
    self.schema = schema
    self.dialect = dialect
    self.diagnostics = diagnostics
  }

  /// The file's name without folders and without its extension.
  public var baseName: String { FileName(path).base }

  /// The file's extension, `csv` if it has none.
  public var pathExtension: String { FileName(path).pathExtension }
}
