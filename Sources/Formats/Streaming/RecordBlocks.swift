// SPDX-License-Identifier: Apache-2.0
import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The records of a delimited text, in blocks of whole records.
final class RecordBlocks {
  /// Some records, and the text they lie in.
  struct Block {
    /// The text; bytes of the next record may follow.
    var text: [UInt8]
    /// The records.
    var index: FieldIndex
    /// Where the text lies in that of the whole file.
    var offset: Int
  }

  private let source: TextSource
  private let signs: FieldSigns
  private let threads: Int
  private let blockSize: Int
  private let recordLimit: Int
  private let name: String
  private var rest: [UInt8] = []
  private var isOver = false
  private var offset = 0
  /// Where a zero byte stands in the text, if one was met.
  private(set) var zeroPlace: Int?
  /// Whether the text read so far ends with a line ending.
  private(set) var endsWithLineEnding = false
  /// How many bytes of text were read.
  private(set) var textSize = 0

  /// How many bytes of the file were read.
  var bytesRead: Int { source.bytesRead }
  /// Whether bytes were met that are no UTF-8, though the text was taken for it.
  var isBroken: Bool { source.isBroken }

  init(_ source: TextSource, signs: FieldSigns, threads: Int, sizes: StreamSizes, name: String) {
    self.source = source
    self.signs = signs
    self.threads = threads
    blockSize = max(1, sizes.block)
    recordLimit = sizes.record
    self.name = name
  }

  /// The next records, or `nil` at the end, or where the text cannot be read on.
  ///
  /// - Throws: `DataError` if the file cannot be read, or a record is too long.
  func next() throws(DataError) -> Block? {
    var text = rest
    rest = []
    while !isOver {
      if let more = try source.next(max(blockSize, text.count)) {
        note(more)
        text = text.isEmpty ? more : text + more
      } else {
        isOver = true
      }
      guard !isBroken, zeroPlace == nil else { return nil }
      var end = 0
      let index = text.withUnsafeBufferPointer {
        FieldIndex($0, signs: signs, threads: threads, goesOn: !isOver, end: &end)
      }
      if index.recordCount > 0 || isOver || index.traits.isTooWide {
        if text.isEmpty { return nil }
        rest = Array(text[min(end, text.count)...])
        defer { offset += end }
        return Block(text: text, index: index, offset: offset)
      }
      // Blank lines alone hold no record.
      if end > 0 {
        text.removeFirst(end)
        offset += end
      }
      guard text.count < recordLimit else {
        throw DataError(
          "a record is longer than \(recordLimit >> 20) MiB", file: name,
          remedy: "Check that each quote is closed, and that the file has one record a line.")
      }
    }
    return nil
  }

  private func note(_ bytes: [UInt8]) {
    guard let last = bytes.last else { return }
    endsWithLineEnding = last == 0x0A || last == 0x0D
    if zeroPlace == nil {
      bytes.withUnsafeBytes { raw in
        guard let base = raw.baseAddress, let zero = memchr(base, 0, raw.count) else { return }
        zeroPlace = textSize + (UnsafeRawPointer(zero) - base)
      }
    }
    textSize += bytes.count
  }
}
