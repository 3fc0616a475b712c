// SPDX-License-Identifier: Apache-2.0

/// What a caller knows of a delimited file; what is `nil` is found out.
public struct CSVReadOptions: Hashable, Sendable {
  /// The sign between fields.
  public var delimiter: String?
  /// The sign around fields.
  public var quote: String?
  /// How characters become bytes.
  public var encoding: CSVDialect.Encoding?
  /// Whether the first line names the columns.
  public var hasHeader: Bool?
  /// The decimal mark.
  public var decimalMark: String?
  /// Columns that are read as text whatever they look like.
  public var textColumns: Set<String>
  /// How many threads may parse.
  public var threads: Int

  /// Creates options; with no arguments, everything is found out.
  public init(
    delimiter: String? = nil, quote: String? = nil, encoding: CSVDialect.Encoding? = nil,
    hasHeader: Bool? = nil, decimalMark: String? = nil, textColumns: Set<String> = [],
    threads: Int = 1
  ) {
    self.delimiter = delimiter
    self.quote = quote
    self.encoding = encoding
    self.hasHeader = hasHeader
    self.decimalMark = decimalMark
    self.textColumns = textColumns
    self.threads = threads
  }
}
