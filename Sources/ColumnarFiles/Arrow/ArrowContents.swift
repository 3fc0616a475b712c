// SPDX-License-Identifier: Apache-2.0
import Tables

/// What an Arrow file holds: its schema, and where its batches lie.
///
/// ## Source
/// Apache Arrow columnar format 1.5, "IPC Streaming Format" and "IPC File Format".
struct ArrowContents: Sendable {
  /// The first and last bytes of a file whose batches can be found from its end.
  static let mark = Array("ARROW1".utf8)

  private(set) var schema = ArrowSchema(fields: [], notes: [])
  private(set) var batches: [ArrowBatch] = []
  private(set) var dictionaryBatches: [ArrowBatch] = []
  /// The dictionaries as they are after the last batch.
  private(set) var dictionaries: [Int: [Int]] = [:]
  private(set) var rowCount = 0
  /// Whether the file says that it ends where it does; a stream need not.
  private(set) var hasEnd = true
  private let file: String

  private struct Message {
    var kind: Int
    var header: FlatTable
    var body: Range<Int>
  }

  /// - Throws: `DataError` if the file is damaged.
  init(_ bytes: [UInt8], file: String) throws(DataError) {
    self.file = file
    if bytes.starts(with: "FEA1".utf8) {
      throw DataError(
        "the file is a Feather file of version 1", file: file,
        remedy: "Write it anew as version 2, which is an Arrow file.")
    }
    if bytes.starts(with: Self.mark) { try readFile(bytes) } else { try readStream(bytes) }
    for batch in batches {
      let (sum, overflows) = rowCount.addingReportingOverflow(batch.rowCount)
      guard !overflows else { throw damage }
      rowCount = sum
    }
    // Nothing packs so many rows into so few bytes: the claim would only fill the memory.
    guard rowCount <= max(1 << 20, bytes.count << 14) else { throw damage }
  }

  private var damage: DataError { ColumnarDamage.error(file) }

  /// Reads a file whose last bytes tell where everything is.
  private mutating func readFile(_ bytes: [UInt8]) throws(DataError) {
    let end = bytes.count - 10
    guard end >= 8, bytes[(end + 4)...].elementsEqual(Self.mark) else { throw damage }
    let size = Self.int(bytes, end)
    guard size > 0, size <= end - 8 else { throw damage }
    let footer = try FlatTable(root: bytes, in: (end - size)..<end, file: file)
    guard let stated = try footer.table(1) else { throw damage }
    schema = try ArrowSchema(stated, file: file)
    for (field, isDictionary) in [(2, true), (3, false)] {
      let blocks = try footer.longs(field, perRecord: 3)
      for start in stride(from: 0, to: blocks.count, by: 3) {
        guard let (message, _) = try self.message(bytes, at: blocks[start], end: end - size),
          (message.kind == 2) == isDictionary
        else { throw damage }
        try take(message)
      }
    }
  }

  /// Reads messages one after another.
  private mutating func readStream(_ bytes: [UInt8]) throws(DataError) {
    guard var (message, place) = try self.message(bytes, at: 0, end: bytes.count), message.kind == 1
    else { throw damage }
    schema = try ArrowSchema(message.header, file: file)
    hasEnd = false
    while place < bytes.count {
      guard let next = try self.message(bytes, at: place, end: bytes.count) else {
        hasEnd = true
        return
      }
      (message, place) = next
      try take(message)
    }
  }

  private mutating func take(_ message: Message) throws(DataError) {
    switch message.kind {
    case 2:
      guard let content = try message.header.table(1) else { throw damage }
      let id = try message.header.number(0, as: Int64.self)
      let before = try message.header.flag(2) ? dictionaries[id] ?? [] : []
      dictionaries[id] = before + [dictionaryBatches.count]
      dictionaryBatches.append(try ArrowBatch(content, body: message.body, file: file))
    case 3:
      var batch = try ArrowBatch(message.header, body: message.body, file: file)
      batch.dictionaries = dictionaries
      batches.append(batch)
    default: throw damage
    }
  }

  /// The message at a place, and where the next one is; `nil` where the stream says that it ends.
  private func message(
    _ bytes: [UInt8], at place: Int, end: Int
  ) throws(DataError) -> (Message, Int)? {
    guard place >= 0, place <= end - 8 else { throw damage }
    var size = Self.int(bytes, place)
    var start = place + 4
    // Files from before 2019 lack the mark before the size.
    if size == -1 {
      size = Self.int(bytes, start)
      start += 4
    }
    if size == 0 { return nil }
    guard size > 0, size <= end - start else { throw damage }
    let table = try FlatTable(root: bytes, in: start..<(start + size), file: file)
    let bodyStart = start + size
    let bodySize = try table.number(3, as: Int64.self)
    guard let header = try table.table(2), bodySize >= 0, bodySize <= end - bodyStart else {
      throw damage
    }
    let bodyEnd = bodyStart + bodySize
    let message = Message(
      kind: try table.number(1, as: UInt8.self), header: header, body: bodyStart..<bodyEnd)
    return (message, bodyEnd)
  }

  private static func int(_ bytes: [UInt8], _ place: Int) -> Int {
    bytes.withUnsafeBytes {
      Int(Int32(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: Int32.self)))
    }
  }
}
