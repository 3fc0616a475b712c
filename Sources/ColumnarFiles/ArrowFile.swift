// SPDX-License-Identifier: Apache-2.0
import Formats
public import Studies
public import Tables

/// Reads and writes Arrow IPC files, which are also called Feather files of version 2, and reads streams.
///
/// ## Source
/// Apache Arrow columnar format 1.5.
public struct ArrowFile: TableReading, TableWriting {
  /// The format.
  public let format = TableFormat(
    name: "arrow", title: "Apache Arrow IPC, also known as Feather 2",
    extensions: ["arrow", "feather", "ipc", "arrows"],
    keeps: [
      .types, .dates, .labels, .valueLabels, .measure, .display, .fileLabel, .notes, .unicode,
    ],
    remarks: [
      "Labels and codes stand in the schema's metadata (semblance:schema), labels in the fields' too.",
      "Missing is null; numeric codes of missing stay numbers, other codes become null.",
      "A file gets its own types back: widths of numbers, decimals, units, zones, dictionaries.",
      "Ordered dictionaries are ordered categories; of others the levels that rows have are kept.",
      "Binary columns and lists are passed over; packed by Zstandard or LZ4; streams are read too.",
    ])

  /// Creates a reader and writer.
  public init() {}

  /// Whether the first bytes are those of the format.
  public func recognizes(_ head: [UInt8]) -> Bool? {
    if head.starts(with: ArrowContents.mark) || head.starts(with: "FEA1".utf8) { return true }
    // A stream begins with a mark and the size of its schema, a multiple of eight.
    guard head.count >= 8, head.starts(with: [0xFF, 0xFF, 0xFF, 0xFF]) else { return false }
    return head[4] % 8 == 0 && head[7] == 0
  }

  /// Reads a file.
  ///
  /// - Throws: `DataError` if it is damaged, or uses what is not read here.
  public func read(
    _ location: TableLocation, options: ReadingOptions = ReadingOptions(),
    progress: ProgressHandler = .silent
  ) throws(DataError) -> StudyDocument {
    let path = location.path
    let bytes = try FileBytes.read(path)
    let contents = try ArrowContents(bytes, file: path)
    let leaves = ArrowLeaf.leaves(of: contents.schema.fields)
    try ColumnarDocument.check(
      rowCount: contents.rowCount, columnCount: leaves.count, options, file: path)
    var results = try ColumnarResult.sideBySide(
      leaves.count, threads: options.threads, progress: progress
    ) { index throws(DataError) in
      try Self.column(
        ArrowColumnReading(bytes: bytes, file: path, contents: contents, leaf: leaves[index]),
        isText: options.textColumns.contains(leaves[index].name))
    }
    if !contents.hasEnd {
      results.append(
        ColumnarResult(diagnostics: [
          Diagnostic(.note, "the stream does not say that it is whole; batches may be lacking")
        ]))
    }
    var facts = FileFacts(format: format.name, encoding: "UTF-8")
    let ending = location.extensions.first { format.extensions.contains($0) }
    // Streams are not written.
    facts.pathExtension = ending.flatMap { $0 == "arrows" ? nil : $0 } ?? "arrow"
    return try ColumnarDocument(results, rowCount: contents.rowCount, file: path)
      .document(notes: contents.schema.notes, facts: facts)
  }

  private static func column(
    _ reading: ArrowColumnReading, isText: Bool
  ) throws(DataError) -> ColumnarResult {
    let field = reading.field
    let name = reading.leaf.name
    guard field.type.meaning != .other else { return .passedOver(name) }
    var typing = ColumnarTyping(name, field.type.meaning, try reading.values())
    guard let typed = typing.typed(isText: isText) else { return .passedOver(name) }
    var result = ColumnarResult(column: typed, diagnostics: typing.diagnostics)
    result.label = field.label
    result.typeName = field.coding == nil ? field.type.name : ArrowTypeChoice.dictionary
    if let coding = field.coding, coding.isOrdered {
      let parts = reading.contents.dictionaries[coding.id] ?? []
      result.orderedLevels = try ArrowDictionary(reading, parts: parts).levels
    }
    if case .duration(let perSecond) = field.type {
      result.diagnostics.append(
        Diagnostic(
          .note, "stretches of time are whole numbers, \(perSecond) a second", column: name))
    }
    return result
  }

  /// Writes a document.
  ///
  /// - Returns: Which kinds of missing became null.
  /// - Throws: `DataError` if the file cannot be written.
  public func write(_ document: StudyDocument, to path: String) throws(DataError) -> [Diagnostic] {
    var sink = try ColumnarSink<ArrowWriting>(document, to: path)
    try sink.append(document.table)
    return try sink.finish()
  }
}
