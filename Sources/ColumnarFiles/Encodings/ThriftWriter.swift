// SPDX-License-Identifier: Apache-2.0

/// Writes records of Thrift's compact protocol.
struct ThriftWriter {
  private(set) var bytes: [UInt8] = []
  private var last = [0]

  private mutating func head(_ id: Int, _ kind: ThriftReader.Kind) {
    let step = id - (last.last ?? 0)
    if (1...15).contains(step) {
      bytes.append(UInt8(step) << 4 | kind.rawValue)
    } else {
      bytes.append(kind.rawValue)
      zigzag(id)
    }
    last[last.count - 1] = id
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func zigzag(_ value: Int) {
    varint(UInt64(bitPattern: Int64(value << 1 ^ value >> 63)))
  }

  mutating func int32(_ id: Int, _ value: Int) {
    head(id, .int32)
    zigzag(value)
  }

  mutating func int64(_ id: Int, _ value: Int) {
    head(id, .int64)
    zigzag(value)
  }

  mutating func byte(_ id: Int, _ value: UInt8) {
    head(id, .byte)
    bytes.append(value)
  }

  mutating func flag(_ id: Int, _ value: Bool) { head(id, value ? .yes : .no) }

  mutating func text(_ id: Int, _ value: String) {
    head(id, .binary)
    element(value)
  }

  mutating func record(_ id: Int, _ body: (inout ThriftWriter) -> Void) {
    head(id, .record)
    element(body)
  }

  /// A list; the body writes its elements.
  mutating func list(
    _ id: Int, _ kind: ThriftReader.Kind, count: Int, _ body: (inout ThriftWriter) -> Void
  ) {
    head(id, .list)
    if count < 15 {
      bytes.append(UInt8(count) << 4 | kind.rawValue)
    } else {
      bytes.append(0xF0 | kind.rawValue)
      varint(UInt64(count))
    }
    body(&self)
  }

  /// An element of a list of records, or the whole.
  mutating func element(_ body: (inout ThriftWriter) -> Void) {
    last.append(0)
    body(&self)
    last.removeLast()
    bytes.append(0)
  }

  /// An element of a list of texts.
  mutating func element(_ value: String) {
    varint(UInt64(value.utf8.count))
    bytes += value.utf8
  }

  /// An element of a list of numbers.
  mutating func element(_ value: Int) { zigzag(value) }
}
