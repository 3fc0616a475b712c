// SPDX-License-Identifier: Apache-2.0
public import Schemas
public import Synthesis
public import Tables

/// The codebook of a synthetic file as a Data Package; all its statistics are those of that file.
///
/// ## Source
/// Frictionless Data Package 2.0 (2024), profiles `datapackage.json` and `tableschema.json`.
public struct DataPackage: Sendable {
  /// How the file is delimited and encoded.
  public struct Dialect: Hashable, Sendable {
    /// The sign between fields.
    public var delimiter: String
    /// The sign around fields.
    public var quote: String
    /// The signs at the end of a line.
    public var lineEnding: String
    /// Whether the first line names the columns.
    public var hasHeader: Bool
    /// The encoding's name.
    public var encoding: String
    /// Creates a dialect.
    public init(
      delimiter: String, quote: String, lineEnding: String, hasHeader: Bool, encoding: String
    ) {
      self.delimiter = delimiter
      self.quote = quote
      self.lineEnding = lineEnding
      self.hasHeader = hasHeader
      self.encoding = encoding
    }
  }

  /// The data set's name.
  public var name: String
  /// The data file.
  public var file: ReleaseFile
  /// The synthetic table.
  public var table: Table
  /// What its columns mean.
  public var schema: Schema
  /// The name of the file's format.
  public var format: String
  /// How the file is delimited; `nil` where it is no text.
  public var dialect: Dialect?
  /// The program and its version.
  public var software: ReleaseManifest.Software
  /// What the rows are.
  public var mark: SyntheticMark

  /// Creates a codebook.
  public init(
    name: String, file: ReleaseFile, format: String = "csv", table: Table, schema: Schema,
    dialect: Dialect?, software: ReleaseManifest.Software, mark: SyntheticMark = .full
  ) {
    self.name = name
    self.file = file
    self.format = format
    self.table = table
    self.schema = schema
    self.dialect = dialect
    self.software = software
    self.mark = mark
  }

  /// The descriptor.
  public var descriptor: JSONValue {
    Self.descriptor(name: name, resources: [resource], software: software, mark: mark)
  }

  /// The descriptor of several tables as one data set.
  ///
  /// - Parameters:
  ///   - name: The data set's name.
  ///   - tables: The tables, each with the name of its own.
  ///   - mark: What the rows are.
  public static func descriptor(
    name: String, tables: [DataPackage], software: ReleaseManifest.Software, mark: SyntheticMark
  ) -> JSONValue {
    descriptor(
      name: name, resources: tables.map(\.resource), software: software, mark: mark)
  }

  private static func descriptor(
    name: String, resources: [JSONValue], software: ReleaseManifest.Software, mark: SyntheticMark
  ) -> JSONValue {
    .object([
      "$schema": .text("https://datapackage.org/profiles/2.0/datapackage.json"),
      "name": .text(DataPackage.slug(name + "-synthetic")),
      "title": .text(mark.title(name)),
      "description": .text(mark.statement),
      "keywords": .list(mark.keywords.map { .text($0) }),
      "contributors": .list([
        .object([
          "title": .text("\(software.name) \(software.version)"),
          "roles": .list([.text("software")]),
        ])
      ]),
      "semblance:synthetic": .object([
        "isSynthetic": .flag(true), "kind": .text(mark.isPartial ? "partially" : "fully"),
        "manifest": .text("manifest.json"),
        "datasetType": .text(SyntheticMark.datasetType),
        "digitalSourceType": .text(mark.sourceType),
      ]),
      "resources": .list(resources),
    ])
  }

  private var resource: JSONValue {
    var fields: [String: JSONValue] = [
      "name": .text(DataPackage.slug(name)), "path": .text(file.path), "type": .text("table"),
      "format": .text(format), "bytes": .integer(file.bytes),
      "hash": .text("sha256:\(file.sha256)"), "semblance:rows": .integer(table.rowCount),
      "schema": .object([
        "$schema": .text("https://datapackage.org/profiles/2.0/tableschema.json"),
        "fields": .list(
          table.columns.map { column in
            DataPackageField(column: column, variable: schema.variable(named: column.name)).value
          }),
      ]),
    ]
    if let dialect {
      fields["mediatype"] = .text(
        dialect.delimiter == "\t" ? "text/tab-separated-values" : "text/csv")
      fields["encoding"] = .text(dialect.encoding.lowercased())
      fields["dialect"] = .object([
        "delimiter": .text(dialect.delimiter), "quoteChar": .text(dialect.quote),
        "lineTerminator": .text(dialect.lineEnding), "header": .flag(dialect.hasHeader),
      ])
    }
    return .object(fields)
  }

  /// A name as the standard wants it: lower case letters, digits and `-._/`.
  private static func slug(_ name: String) -> String {
    let signs = name.lowercased().unicodeScalars.map { sign -> Character in
      let isPlain =
        ("a"..."z").contains(sign) || ("0"..."9").contains(sign)
        || "-._".unicodeScalars.contains(sign)
      return isPlain ? Character(sign) : "-"
    }
    return signs.allSatisfy { $0 == "-" } ? "table" : String(signs)
  }
}
