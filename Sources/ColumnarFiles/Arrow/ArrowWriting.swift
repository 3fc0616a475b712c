// SPDX-License-Identifier: Apache-2.0
import Formats
import Packing
import Schemas
import Studies
import Tables

/// Puts an Arrow file together: its schema, batches of rows, dictionaries, then where all of them are.
///
/// ## Source
/// Apache Arrow columnar format 1.5, "IPC File Format". Dictionaries may stand behind the rows that use
/// them, since a reader finds both from the end of the file; so they need not be known before.
struct ArrowWriting: ColumnarWriting {
  /// How many rows a batch has in a narrow table; a wide one has fewer.
  private static let mostRows = 1 << 16
  private static let mostCells = 1 << 22
  /// Where texts end is told in four bytes with a sign.
  private static let mostText = 1 << 30

  private let schema: ArrowSchema
  private let sink: FileSink
  private var offset = 0
  private var dictionaries: [DistinctTexts?]
  private var blocks: [Int] = []
  let diagnostics: [Diagnostic]

  /// How many rows each batch but the last has.
  static func blockRows(columnCount: Int) -> Int {
    var rows = mostRows
    while rows > 1024, rows * columnCount > mostCells { rows /= 2 }
    return rows
  }

  /// Begins a file; the types of its columns are those of the document's table, which may have no rows.
  init(_ document: StudyDocument, to sink: FileSink) throws(DataError) {
    self.sink = sink
    var fields: [ArrowField] = []
    dictionaries = []
    for (index, column) in document.table.columns.enumerated() {
      let choice = ArrowTypeChoice(column, in: document)
      var texts = choice.levels.map { _ in DistinctTexts() }
      for level in choice.levels ?? [] {
        var level = level
        _ = level.withUTF8 { texts?.number(of: $0) }
      }
      dictionaries.append(texts)
      let label = document.variable(of: column).label
      fields.append(
        ArrowField(
          name: column.name, type: choice.type,
          coding: texts.map { _ in
            ArrowField.Coding(
              id: index, codes: .integer(bits: 32, isSigned: true), isOrdered: choice.isOrdered)
          },
          label: label["en"] ?? label.min { $0.key < $1.key }?.value ?? ""))
    }
    schema = ArrowSchema(fields: fields, notes: try KeyValueNotes.notes(of: document))
    diagnostics = zip(document.table.columns, fields).compactMap {
      ArrowColumnWriting($0, type: $1.type).loss
    }
    try write(ArrowContents.mark + [0, 0])
    _ = try write(FlatValue.buffer([.short(4), .byte(1), schema.coded, .long(0)]), body: [])
  }

  private mutating func write(_ bytes: [UInt8]) throws(DataError) {
    try sink.write(bytes)
    offset += bytes.count
  }

  /// Writes a message, and gives its place, the size of what it says and that of its body.
  private mutating func write(_ message: [UInt8], body: [UInt8]) throws(DataError) -> [Int] {
    let place = offset
    let size = withUnsafeBytes(of: Int32(message.count).littleEndian) { Array($0) }
    try write([0xFF, 0xFF, 0xFF, 0xFF] + size + message)
    if !body.isEmpty { try write(body) }
    return [place, 8 + message.count, body.count]
  }

  /// Writes rows as batches.
  mutating func append(_ table: Table) throws(DataError) {
    let columns = zip(table.columns, schema.fields).map { ArrowColumnWriting($0, type: $1.type) }
    let size = Self.blockRows(columnCount: columns.count)
    for start in stride(from: 0, to: table.rowCount, by: size) {
      try append(columns, start..<min(table.rowCount, start + size))
    }
  }

  private mutating func append(
    _ columns: [ArrowColumnWriting], _ rows: Range<Int>
  ) throws(DataError) {
    if rows.count > 1, columns.contains(where: { $0.textSize(rows) > Self.mostText }) {
      let middle = rows.lowerBound + rows.count / 2
      try append(columns, rows.lowerBound..<middle)
      return try append(columns, middle..<rows.upperBound)
    }
    var nodes: [Int] = []
    var buffers = Buffers()
    for (index, column) in columns.enumerated() {
      nodes += [rows.count, column.nullCount(rows)]
      for buffer in column.buffers(rows, levels: &dictionaries[index]) {
        try buffers.append(buffer)
      }
    }
    let header = buffers.header(rowCount: rows.count, nodes: nodes)
    let message = FlatValue.buffer([.short(4), .byte(3), header, .long(buffers.body.count)])
    let block = try write(message, body: buffers.body)
    blocks += block
  }

  /// Ends the file.
  mutating func finish() throws(DataError) {
    var dictionaryBlocks: [Int] = []
    for (index, texts) in dictionaries.enumerated() {
      guard let pool = texts?.pool else { continue }
      let column = ArrowColumnWriting(
        Column(
          name: "", values: .texts(codes: pool.indices.map { UInt32($0) }, pool: pool)),
        type: schema.fields[index].type)
      var none: DistinctTexts?
      var buffers = Buffers()
      for buffer in column.buffers(pool.indices, levels: &none) { try buffers.append(buffer) }
      let header = buffers.header(rowCount: pool.count, nodes: [pool.count, 0])
      dictionaryBlocks += try write(
        FlatValue.buffer([
          .short(4), .byte(2), .table([.long(index), header, .flag(false)]),
          .long(buffers.body.count),
        ]),
        body: buffers.body)
    }
    try write([0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0])
    let footer = FlatValue.buffer([
      .short(4), schema.coded, .longs(dictionaryBlocks, perRecord: 3),
      .longs(blocks, perRecord: 3),
    ])
    let size = withUnsafeBytes(of: Int32(footer.count).littleEndian) { Array($0) }
    try write(footer + size + ArrowContents.mark)
  }

  /// The buffers of a batch, packed one by one.
  private struct Buffers {
    private(set) var body: [UInt8] = []
    private var places: [Int] = []

    mutating func append(_ plain: [UInt8]) throws(DataError) {
      let start = body.count
      if !plain.isEmpty {
        let packed = try Zstandard.pack(plain)
        let isShorter = packed.count < plain.count
        let size = Int64(isShorter ? plain.count : -1)
        withUnsafeBytes(of: size.littleEndian) { body.append(contentsOf: $0) }
        body += isShorter ? packed : plain
      }
      places += [start, body.count - start]
      // Each buffer begins at a multiple of eight.
      body += [UInt8](repeating: 0, count: (8 - body.count % 8) % 8)
    }

    func header(rowCount: Int, nodes: [Int]) -> FlatValue {
      .table([
        .long(rowCount), .longs(nodes, perRecord: 2), .longs(places, perRecord: 2),
        .table([.byte(1), .byte(0)]),
      ])
    }
  }
}
