// SPDX-License-Identifier: Apache-2.0
import Formats
import Schemas
import Studies
public import Tables

/// Writes a table in another format, with its dictionary.
///
/// Text that is too large to be held in memory is read and written block by block, where the format
/// that is written can be; what comes out is the same.
public struct ConvertVerb: Sendable {
  /// What was done.
  public struct Result: Sendable {
    /// The number of rows.
    public var rowCount: Int
    /// What was noticed on reading.
    public var diagnostics: [Diagnostic]
    /// What the format could not hold.
    public var losses: [Diagnostic]
    /// Whether the file was read block by block.
    public var isStreamed: Bool
  }

  /// The table to read.
  public var input: String
  /// A dictionary or codebook of it.
  public var schemaPath: String?
  /// The format to write, where the name of the output does not say it.
  public var format: String?
  /// How many threads may work.
  public var threads: Int
  /// What hears how far the work is.
  public var progress: ProgressHandler

  /// From how many bytes on text is read block by block, as it lies on disk.
  var leastStreamed = 1 << 28
  /// The same for packed text, which is several times as long.
  var leastPacked = 1 << 24
  /// How much is held in memory then.
  var sizes = StreamSizes()

  /// Creates the work.
  public init(
    input: String, schemaPath: String? = nil, format: String? = nil, threads: Int = 1,
    progress: ProgressHandler = .silent
  ) {
    self.input = input
    self.schemaPath = schemaPath
    self.format = format
    self.threads = threads
    self.progress = progress
  }

  /// Reads and writes the table.
  ///
  /// - Parameters:
  ///   - path: The file or address to write.
  ///   - final: The name the file will have, where `path` is a temporary one.
  /// - Throws: `DataError` if the table cannot be read or written.
  public func write(to path: String, naming final: String? = nil) throws(DataError) -> Result {
    let catalogue = FormatCatalogue.standard
    if let source = try streamed() {
      let probe = StudyDocument(
        table: Table(columns: []), schema: Schema(table: "", variables: []),
        file: FileFacts(format: source.format.name))
      let writer = try catalogue.writer(for: final ?? path, format: format, like: probe)
      if let writer = writer as? any TableSinking {
        return try stream(source, to: path, naming: final ?? path, writer)
      }
    }
    let read = try RealInput(
      path: input, schemaPath: schemaPath, threads: threads, progress: progress)
    let losses = try catalogue.write(
      read.document, to: path, format: format, naming: final, threads: threads)
    return Result(
      rowCount: read.table.rowCount, diagnostics: read.diagnostics, losses: losses,
      isStreamed: false)
  }

  /// What reads the input block by block; `nil` if it is read at once.
  private func streamed() throws(DataError) -> (any TableStreaming)? {
    let location = TableLocation(argument: input)
    guard location.scheme == nil, FileBytes.isRegular(location.path) else { return nil }
    let isPacked = FormatCatalogue.packings.contains(location.extensions.first ?? "")
    guard try FileBytes.size(location.path) >= (isPacked ? leastPacked : leastStreamed) else {
      return nil
    }
    return try FormatCatalogue.standard.reader(for: location) as? any TableStreaming
  }

  private func stream(
    _ source: any TableStreaming, to path: String, naming final: String,
    _ writer: any TableSinking
  ) throws(DataError) -> Result {
    let stated = try StatedMeaning(path: schemaPath)
    let stream = try source.stream(
      TableLocation(argument: input), options: stated.options(threads: threads), sizes: sizes,
      progress: progress)
    var head = stream.head
    let (schema, notices) = try stated.applied(to: head.schema)
    head.schema = schema
    head.table = schema.markingMissing(in: head.table)
    let ending = TableLocation(path: final).extensions.first ?? ""
    head.file.packing = FormatCatalogue.packings.contains(ending) ? ending : ""
    head.file.requestedVersion = nil
    try SpaceCheck(head: head, rowCount: stream.rowCount, textSize: stream.textSize)
      .check(path, format: writer.format.name)
    var sink = try writer.sink(head, rowCount: stream.rowCount, to: path, threads: threads)
    if let size = sink.blockRows {
      var rest = TableGathering(like: head.table)
      try stream.forEachBlock { block throws(DataError) in
        let table = schema.markingMissing(in: block)
        var start = 0
        while start < table.rowCount {
          let end = min(table.rowCount, start + size - rest.rowCount)
          rest.append(table, rows: start..<end)
          start = end
          if rest.rowCount == size { try sink.append(rest.take()) }
        }
      }
      if rest.rowCount > 0 { try sink.append(rest.take()) }
    } else {
      try stream.forEachBlock { block throws(DataError) in
        try sink.append(schema.markingMissing(in: block))
      }
    }
    return Result(
      rowCount: stream.rowCount, diagnostics: head.diagnostics + notices,
      losses: try sink.finish(), isStreamed: true)
  }
}
