// SPDX-License-Identifier: Apache-2.0

/// How a delimited text file is written, apart from its values.
public struct CSVDialect: Hashable, Sendable, Codable {
  /// How characters become bytes.
  public enum Encoding: String, Hashable, Sendable, Codable {
    /// UTF-8.
    case utf8 = "UTF-8"
    /// UTF-16, least significant byte first.
    case utf16LittleEndian = "UTF-16LE"
    /// UTF-16, most significant byte first.
    case utf16BigEndian = "UTF-16BE"
    /// Windows-1252, which reads Latin-1 too.
    case windows1252 = "Windows-1252"
  }

  /// How lines end.
  public enum LineEnding: String, Hashable, Sendable, Codable {
    /// Line feed.
    case lf = "\n"
    /// Carriage return and line feed.
    case crlf = "\r\n"
    /// Carriage return.
    case cr = "\r"
  }

  /// Which fields stand in quotes.
  public enum Quoting: String, Hashable, Sendable, Codable {
    /// Those that need it.
    case minimal
    /// Those of columns of text.
    case texts
    /// Those of some columns.
    case columns
    /// All.
    case all
    /// None; a quote is a sign like any other.
    case never
  }

  /// The sign between fields, one ASCII character.
  public var delimiter: String
  /// The sign around fields, one ASCII character.
  public var quote: String
  /// Which fields stand in quotes.
  public var quoting: Quoting
  /// The columns whose values stand in quotes, by number, if `quoting` says so.
  public var quotedColumns: [Int]
  /// Whether the names in the header stand in quotes.
  public var quotesHeader: Bool
  /// Whether empty cells are written as two quotes.
  public var quotesEmpty: Bool
  /// Whether missing codes other than empty cells stand in quotes.
  public var quotesMissingCodes: Bool
  /// Whether a quote inside quotes follows a backslash, and not another quote.
  public var escapesQuotesWithBackslash: Bool
  /// Whether a delimiter inside a text follows a backslash, and the text stands without quotes.
  public var escapesDelimiterWithBackslash: Bool
  /// How characters become bytes.
  public var encoding: Encoding
  /// Whether the file starts with a byte order mark.
  public var hasByteOrderMark: Bool
  /// How lines end.
  public var lineEnding: LineEnding
  /// Whether the first line names the columns.
  public var hasHeader: Bool
  /// Whether the last line ends like the others.
  public var endsWithLineEnding: Bool
  /// Whether a space follows each delimiter.
  public var hasSpaceAfterDelimiter: Bool
  /// The decimal mark that numbers were read with.
  public var decimalMark: String
  /// The names in the header as the file spells them, where they had to be changed; else empty.
  public var headerNames: [String]

  /// Creates a dialect; with no arguments, that of RFC 4180 with line feeds.
  public init(
    delimiter: String = ",", quote: String = "\"", quoting: Quoting = .minimal,
    quotedColumns: [Int] = [], quotesHeader: Bool? = nil, quotesEmpty: Bool = false,
    quotesMissingCodes: Bool = false, escapesQuotesWithBackslash: Bool = false,
    escapesDelimiterWithBackslash: Bool = false,
    encoding: Encoding = .utf8, hasByteOrderMark: Bool = false, lineEnding: LineEnding = .lf,
    hasHeader: Bool = true, endsWithLineEnding: Bool = true, hasSpaceAfterDelimiter: Bool = false,
    decimalMark: String = ".", headerNames: [String] = []
  ) {
    self.delimiter = delimiter
    self.quote = quote
    self.quoting = quoting
    self.quotedColumns = quotedColumns
    self.quotesHeader = quotesHeader ?? (quoting == .all || quoting == .texts)
    self.quotesEmpty = quotesEmpty
    self.quotesMissingCodes = quotesMissingCodes
    self.escapesQuotesWithBackslash = escapesQuotesWithBackslash
    self.escapesDelimiterWithBackslash = escapesDelimiterWithBackslash
    self.encoding = encoding
    self.hasByteOrderMark = hasByteOrderMark
    self.lineEnding = lineEnding
    self.hasHeader = hasHeader
    self.endsWithLineEnding = endsWithLineEnding
    self.hasSpaceAfterDelimiter = hasSpaceAfterDelimiter
    self.decimalMark = decimalMark
    self.headerNames = headerNames
  }
}
