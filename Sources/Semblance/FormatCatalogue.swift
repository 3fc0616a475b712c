// SPDX-License-Identifier: Apache-2.0
import ColumnarFiles
import DatabaseFiles
import DatabaseServers
import Formats
import StatisticalFiles
public import Studies
public import Tables
import WorkbookFiles

/// The file formats there are, and which of them a file is.
public struct FormatCatalogue: Sendable {
  /// A format with what reads and writes it.
  public struct Entry: Sendable {
    /// The format.
    public let format: TableFormat
    /// What reads it, if anything.
    public let reader: (any TableReading)?
    /// What writes it, if anything.
    public let writer: (any TableWriting)?

    /// Creates an entry.
    public init(reader: (any TableReading)?, writer: (any TableWriting)?, format: TableFormat) {
      self.reader = reader
      self.writer = writer
      self.format = format
    }
  }

  /// The entries, in the order in which they are listed.
  public private(set) var entries: [Entry]

  /// All formats of this program.
  public static let standard = FormatCatalogue(
    entries: [
      Entry(both: DelimitedFile.csv), Entry(both: DelimitedFile.tsv), Entry(both: JSONLinesFile()),
      Entry(both: FixedWidthFile.stata), Entry(both: FixedWidthFile.spss),
    ]
      + StatisticalFormat.allCases.map {
        Entry(
          reader: StatisticalFileReader($0), writer: StatisticalFileWriter($0),
          format: $0.description)
      } + [
        Entry(both: WorkbookFile()), Entry(both: ParquetFile()), Entry(both: ArrowFile()),
        Entry(both: SQLiteFile()), Entry(both: PostgresDatabase()),
      ])

  /// Creates a catalogue.
  public init(entries: [Entry]) { self.entries = entries }

  /// A catalogue with one more format.
  public func adding(_ entry: Entry) -> FormatCatalogue {
    FormatCatalogue(entries: entries + [entry])
  }

  /// The entry of a format's name, or `nil`.
  public func entry(named name: String) -> Entry? {
    entries.first { $0.format.name == name.lowercased() }
  }

  // MARK: Reading

  /// Finds out what reads a file: by its extension, unless the first bytes say otherwise.
  ///
  /// - Throws: `DataError` if the file cannot be opened, or nothing here reads it.
  public func reader(for location: TableLocation) throws(DataError) -> any TableReading {
    if let scheme = location.scheme {
      if let reader = try entry(scheme: scheme, location).reader { return reader }
    }
    let named = entry(for: location)
    // Standard input can be looked at only once; it is text unless it is named otherwise.
    let head = location.path == "-" ? [] : try FileBytes.head(location.path, count: 4096)
    if let reader = named?.reader {
      if reader.recognizes(head) != false { return reader }
      if let other = recognized(
        head, among: entries.filter { $0.format.name != named?.format.name })
      {
        return other
      }
      return reader
    }
    if let named {
      throw DataError(
        "files of the format \(named.format.name) are written, not read", file: location.path,
        remedy: "Give a table in another format; `semblance formats` lists them.")
    }
    return recognized(head, among: entries) ?? DelimitedFile.csv
  }

  /// What serves addresses of a scheme; the error does not repeat an address, which may hold a password.
  private func entry(scheme: String, _ location: TableLocation) throws(DataError) -> Entry {
    if let entry = entries.first(where: { $0.format.schemes.contains(scheme) }) { return entry }
    throw DataError(
      "there is nothing here that reads or writes \(scheme) addresses",
      remedy: "Use one of: "
        + entries.flatMap(\.format.schemes).map { "\($0)://" }.joined(separator: ", ")
        + ", or name a file.")
  }

  private func recognized(_ head: [UInt8], among entries: [Entry]) -> (any TableReading)? {
    head.isEmpty ? nil : entries.lazy.compactMap(\.reader).first { $0.recognizes(head) == true }
  }

  private func entry(for location: TableLocation) -> Entry? {
    for name in location.extensions where !Self.packings.contains(name) {
      return entries.first { $0.format.extensions.contains(name) }
    }
    return nil
  }

  /// Extensions of packed files, which say nothing of what is in them.
  static let packings = PackedBytes.packings

  /// The extensions of all formats and packings.
  public var knownExtensions: Set<String> {
    Set(entries.flatMap(\.format.extensions)).union(Self.packings)
  }

  // MARK: Writing

  /// Finds what writes a file: the format that is asked for, else that of the extension, else the
  /// format the document has.
  ///
  /// - Parameters:
  ///   - name: A format's name, with a version after a hyphen where it has several: `dta-117`.
  /// - Throws: `DataError` if nothing here writes it.
  public func writer(
    for path: String, format name: String? = nil, like document: StudyDocument
  ) throws(DataError) -> any TableWriting {
    let location = TableLocation(argument: path)
    if let scheme = location.scheme {
      return try writer(of: try entry(scheme: scheme, location), path)
    }
    if let name { return try writer(of: try entry(asked: name), path) }
    if let entry = entry(for: TableLocation(path: path)) { return try writer(of: entry, path) }
    if let own = entry(named: document.file.format), let writer = own.writer { return writer }
    return DelimitedFile.csv
  }

  private func writer(of entry: Entry, _ path: String) throws(DataError) -> any TableWriting {
    guard let writer = entry.writer else {
      throw DataError(
        "files of the format \(entry.format.name) are read, not written", file: path,
        remedy: "Name another format with --format; `semblance formats` lists them.")
    }
    guard TableLocation(path: path).extensions.first != "xlsm" else {
      throw DataError(
        "workbooks with macros are read, not written", file: path,
        remedy: "Give the file a name that ends in .xlsx.")
    }
    guard TableLocation(path: path).extensions.first != "arrows" else {
      throw DataError(
        "streams of Arrow are read, not written", file: path,
        remedy: "Give the file a name that ends in .arrow.")
    }
    return writer
  }

  /// Writes a document under a path; the format is chosen as by ``writer(for:format:like:)``.
  ///
  /// - Parameters:
  ///   - final: The name the file will have, where `path` is a temporary one.
  ///   - threads: How many threads may work; they change nothing in the file.
  /// - Returns: What the format could not hold.
  /// - Throws: `DataError` if the file cannot be written.
  public func write(
    _ document: StudyDocument, to path: String, format name: String? = nil,
    naming final: String? = nil, threads: Int = 1
  ) throws(DataError) -> [Diagnostic] {
    let writer = try writer(for: final ?? path, format: name, like: document)
    var document = document
    let ending = TableLocation(path: final ?? path).extensions.first ?? ""
    document.file.packing = Self.packings.contains(ending) ? ending : ""
    document.file.requestedVersion = name.flatMap { Self.split($0).version }
    return try writer.write(document, to: path, threads: threads)
  }

  /// The usual extension of files in a format that is written.
  ///
  /// - Throws: `DataError` if there is no such format.
  public func pathExtension(of name: String) throws(DataError) -> String {
    if let ending = try writer(of: try entry(asked: name), name).format.extensions.first {
      return ending
    }
    throw DataError(
      "the format \(name) is no file's", remedy: "Use `semblance convert` to write to a database.")
  }

  /// An extension under which a file like another can be written: its own, or that of a transport file
  /// where its format is only read.
  func writtenExtension(like pathExtension: String) -> String {
    // A workbook with macros is written without them.
    if pathExtension.lowercased() == "xlsm" { return "xlsx" }
    if pathExtension.lowercased() == "arrows" { return "arrow" }
    let entry = entry(for: TableLocation(path: "file.\(pathExtension)"))
    return entry == nil || entry?.writer != nil ? pathExtension : "xpt"
  }

  private func entry(asked name: String) throws(DataError) -> Entry {
    if let entry = entry(named: Self.split(name).name) { return entry }
    throw DataError(
      "there is no format \"\(name)\"",
      remedy: "Use one of: "
        + entries.filter(\.format.isWritten).map(\.format.name).joined(separator: ", ") + ".")
  }

  private static func split(_ name: String) -> (name: String, version: Int?) {
    let parts = name.split(separator: "-")
    guard parts.count == 2, let version = Int(parts[1]) else { return (name, nil) }
    return (String(parts[0]), version)
  }
}

extension FormatCatalogue.Entry {
  fileprivate init(both: some TableReading & TableWriting) {
    self.init(reader: both, writer: both, format: (both as any TableReading).format)
  }
}
