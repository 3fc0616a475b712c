// SPDX-License-Identifier: Apache-2.0
import Packing
import Tables

/// A batch of rows, or of the values of a dictionary: where its buffers lie.
struct ArrowBatch {
  /// How buffers are packed, each on its own.
  enum Codec: Int { case lz4, zstandard }

  /// The number of rows.
  let rowCount: Int
  /// Which batches of dictionaries hold the values that codes stand for, by the dictionary's number.
  var dictionaries: [Int: [Int]] = [:]
  private let codec: Codec?
  private let body: Range<Int>
  /// Of each node, how many values and nulls it has.
  private let nodes: [Int]
  /// Of each buffer, where it begins in the body and how long it is.
  private let buffers: [Int]
  /// How many buffers views point to that lie before those of each column of views.
  private var viewBuffers = [0]

  /// Reads what a message says of a batch.
  ///
  /// - Throws: `DataError` if it is damaged, or packed in a way that is not read.
  init(_ table: FlatTable, body: Range<Int>, file: String) throws(DataError) {
    self.body = body
    rowCount = try table.number(0, as: Int64.self)
    nodes = try table.longs(1, perRecord: 2)
    buffers = try table.longs(2, perRecord: 2)
    if let packing = try table.table(3) {
      guard let codec = Codec(rawValue: try packing.number(0, as: Int8.self)),
        try packing.number(1, as: Int8.self) == 0
      else { throw ColumnarDamage.unsupported("an unknown kind of compression", file) }
      self.codec = codec
    } else {
      codec = nil
    }
    for count in try table.longs(4, perRecord: 1) {
      guard count >= 0, count <= buffers.count else { throw ColumnarDamage.error(file) }
      viewBuffers.append((viewBuffers.last ?? 0) + count)
    }
    guard rowCount >= 0 else { throw ColumnarDamage.error(file) }
  }

  /// How many values a node has, and how many of them are null.
  func node(_ index: Int) -> (count: Int, nullCount: Int)? {
    guard index * 2 + 1 < nodes.count else { return nil }
    return (nodes[index * 2], nodes[index * 2 + 1])
  }

  /// The number of the buffer at a place; `nil` if the batch does not say how many views it has.
  func index(of place: ArrowLeaf.Place) -> Int? {
    guard place.viewsBefore < viewBuffers.count else { return nil }
    return place.buffer + viewBuffers[place.viewsBefore]
  }

  /// How many buffers the views of a column point to.
  func viewBufferCount(_ place: ArrowLeaf.Place) -> Int? {
    guard place.viewsBefore + 1 < viewBuffers.count else { return nil }
    return viewBuffers[place.viewsBefore + 1] - viewBuffers[place.viewsBefore]
  }

  /// The content of a buffer, unpacked.
  ///
  /// - Parameters:
  ///   - needed: How many bytes of it are wanted; what claims to be much longer is damaged.
  /// - Throws: `DataError` if it is damaged.
  func content(
    _ index: Int, of bytes: [UInt8], needed: Int, file: String
  ) throws(DataError) -> ArraySlice<UInt8> {
    guard index >= 0, index * 2 + 1 < buffers.count else { throw ColumnarDamage.error(file) }
    let (offset, count) = (buffers[index * 2], buffers[index * 2 + 1])
    guard offset >= 0, count >= 0, offset <= body.count, count <= body.count - offset else {
      throw ColumnarDamage.error(file)
    }
    let start = body.lowerBound + offset
    let packed = bytes[start..<(start + count)]
    guard let codec, count > 0 else { return packed }
    guard count >= 8 else { throw ColumnarDamage.error(file) }
    let size = bytes.withUnsafeBytes {
      Int(Int64(littleEndian: $0.loadUnaligned(fromByteOffset: start, as: Int64.self)))
    }
    let content = packed.dropFirst(8)
    // What would not become shorter is left as it is.
    if size == -1 { return content }
    // LZ4 gives no more than 255 bytes for one.
    guard size >= 0, size / 2 <= max(needed, 1 << 12), codec != .lz4 || size >> 8 <= content.count
    else { throw ColumnarDamage.error(file) }
    let plain =
      switch codec {
      case .lz4: try LZ4Frame.unpack(content, size: size, name: file)
      case .zstandard: try Zstandard.unpack(Array(content), limit: size, name: file)
      }
    guard plain.count == size else { throw ColumnarDamage.error(file) }
    return plain[...]
  }
}
