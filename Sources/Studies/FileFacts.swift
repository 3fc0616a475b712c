// SPDX-License-Identifier: Apache-2.0
public import Formats

/// What a file says of itself, beside its variables and values.
public struct FileFacts: Hashable, Sendable, Codable {
  /// The name of the format, as `semblance formats` lists it.
  public var format: String
  /// The version of the format, where there are several; 0 where none is known.
  public var version: Int
  /// The version that is asked for when the document is written; `nil` for the most fitting one.
  public var requestedVersion: Int?
  /// The extension of the file, without compression: `tab`, `sav`.
  public var pathExtension: String
  /// How the file is packed: `gz`, `zst`, or empty.
  public var packing = ""
  /// The title of the file.
  public var label: String
  /// Notes, one a line or paragraph as the format has them.
  public var notes: [String]
  /// The name of the weight variable, where the file states one.
  public var weight: String?
  /// The name of the table in the file, where it has one.
  public var tableName: String
  /// The character encoding that the file states, for information.
  public var encoding: String
  /// Whether rows are compressed, where the format leaves a choice.
  public var isCompressed: Bool
  /// The types that columns had, by their names, where the format has more types than a table; a column
  /// of the usual type is left out.
  public var columnTypes: [String: String]?
  /// How delimited text is written; `nil` for other formats.
  public var dialect: CSVDialect?

  /// Creates facts.
  public init(
    format: String, version: Int = 0, pathExtension: String = "", label: String = "",
    notes: [String] = [], weight: String? = nil, tableName: String = "", encoding: String = "",
    isCompressed: Bool = true, dialect: CSVDialect? = nil
  ) {
    self.format = format
    self.version = version
    self.pathExtension = pathExtension
    self.label = label
    self.notes = notes
    self.weight = weight
    self.tableName = tableName
    self.encoding = encoding
    self.isCompressed = isCompressed
    self.dialect = dialect
  }
}
