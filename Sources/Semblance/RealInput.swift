// SPDX-License-Identifier: Apache-2.0
public import Formats
public import Schemas
public import Studies
public import Synthesis
public import Tables

/// A real table with what it means and how it was written.
public struct RealInput: Sendable {
  /// The file's path.
  public var path: String
  /// The values; the schema's missing codes are missing cells here.
  public var table: Table
  /// What the columns mean.
  public var schema: Schema
  /// What the file says of itself, and how it is written.
  public var file: FileFacts
  /// What was noticed while reading.
  public var diagnostics: [Diagnostic]

  /// Reads a file and finds out what its columns mean.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - schemaPath: A dictionary whose entries take the place of what is found out: one that
  ///     `describe` writes, a codebook of another format, or a SAS catalogue of value labels.
  ///   - threads: How many threads may work.
  ///   - progress: What hears how far reading is.
  /// - Throws: `DataError` if the file or the dictionary cannot be used.
  public init(
    path: String, schemaPath: String? = nil, threads: Int = 1, progress: ProgressHandler = .silent
  ) throws(DataError) {
    let location = TableLocation(argument: path)
    let stated = try StatedMeaning(path: schemaPath)
    let reader = try FormatCatalogue.standard.reader(for: location)
    let document = try reader.read(
      location, options: stated.options(threads: threads), progress: progress)
    let (schema, notices) = try stated.applied(to: document.schema)
    self.path = path
    self.schema = schema
    table = schema.markingMissing(in: document.table)
    file = document.file
    diagnostics = document.diagnostics + notices
  }

  /// Creates an input from its parts.
  public init(
    path: String, table: Table, schema: Schema, dialect: CSVDialect, diagnostics: [Diagnostic]
  ) {
    self.path = path
    self.table = table
    self.schema = schema
    file = FileFacts(format: "csv", pathExtension: "csv", dialect: dialect)
    self.diagnostics = diagnostics
  }

  /// Creates an input from a document that was read.
  init(path: String, table: Table, schema: Schema, document: StudyDocument) {
    self.path = path
    self.table = table
    self.schema = schema
    file = document.file
    diagnostics = document.diagnostics
  }

  /// How delimited text is written like this file; a plain dialect where the file is no such text.
  public var dialect: CSVDialect { file.dialect ?? CSVDialect() }

  /// The file's name without folders and extensions.
  public var baseName: String { FileName(path).base }

  /// The file's extension, with that of packing; `csv` if it has none.
  public var pathExtension: String { FileName(path).pathExtension }

  /// The table as it was read, with its meaning and what its file says of itself.
  public var document: StudyDocument {
    StudyDocument(table: table, schema: schema, file: file)
  }

  /// Another table with this one's meaning and file, marked as synthetic, or partially so.
  public func document(ofSynthetic table: Table, mark: SyntheticMark = .full) -> StudyDocument {
    StudyDocument(
      table: table, schema: schema,
      file: mark.isFull
        ? file.markedSynthetic()
        : file.marked(mark.title(file.label.isEmpty ? baseName : file.label), note: mark.statement))
  }
}
