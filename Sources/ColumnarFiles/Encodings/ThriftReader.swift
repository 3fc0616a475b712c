// SPDX-License-Identifier: Apache-2.0
import Tables

/// Reads records of Thrift's compact protocol, in which Parquet keeps what it says of itself.
///
/// ## Source
/// Apache Thrift, "Thrift Protocol Structure: compact protocol".
struct ThriftReader {
  /// The type of a field.
  enum Kind: UInt8 {
    case yes = 1, no, byte, int16, int32, int64, double, binary, list, set, map, record
  }

  private static let depthLimit = 32

  private let bytes: [UInt8]
  private let file: String
  private(set) var place: Int
  private let end: Int
  private var depth = 0

  init(_ bytes: [UInt8], from start: Int, to end: Int, file: String) {
    self.bytes = bytes
    self.file = file
    place = start
    self.end = end
  }

  func damage() -> DataError { ColumnarDamage.error(file) }

  /// Reads a record; the body takes the fields it knows and answers whether it did.
  mutating func record(
    _ body: (inout ThriftReader, Int, Kind) throws(DataError) -> Bool
  ) throws(DataError) {
    depth += 1
    guard depth < Self.depthLimit else { throw damage() }
    var id = 0
    while true {
      let head = try byte()
      if head == 0 { break }
      guard let kind = Kind(rawValue: head & 15) else { throw damage() }
      if head >> 4 == 0 {
        id = try int()
      } else {
        id += Int(head >> 4)
      }
      if try !body(&self, id, kind) { try skip(kind) }
    }
    depth -= 1
  }

  /// Reads a list; the body takes one element each time.
  mutating func list(
    _ body: (inout ThriftReader) throws(DataError) -> Void
  ) throws(DataError) {
    for _ in 0..<(try listHead().count) { try body(&self) }
  }

  private mutating func listHead() throws(DataError) -> (count: Int, kind: Kind) {
    let head = try byte()
    // Truth values in lists may be announced as either.
    guard let kind = Kind(rawValue: head & 15) else { throw damage() }
    let count = head >> 4 == 15 ? Int(clamping: try varint()) : Int(head >> 4)
    // An element takes a byte at least.
    guard count <= end - place else { throw damage() }
    return (count, kind)
  }

  mutating func byte() throws(DataError) -> UInt8 {
    guard place < end else { throw damage() }
    defer { place += 1 }
    return bytes[place]
  }

  mutating func varint() throws(DataError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      let byte = try byte()
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw damage()
  }

  /// A whole number of any width.
  mutating func int() throws(DataError) -> Int {
    let value = try varint()
    return Int(truncatingIfNeeded: Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1))
  }

  mutating func binary() throws(DataError) -> ArraySlice<UInt8> {
    let count = try varint()
    guard count <= UInt64(end - place) else { throw damage() }
    defer { place += Int(count) }
    return bytes[place..<(place + Int(count))]
  }

  mutating func text() throws(DataError) -> String {
    String(decoding: try binary(), as: UTF8.self)
  }

  mutating func skip(_ kind: Kind) throws(DataError) {
    switch kind {
    case .yes, .no: break
    case .byte: _ = try byte()
    case .int16, .int32, .int64: _ = try varint()
    case .double:
      guard end - place >= 8 else { throw damage() }
      place += 8
    case .binary: _ = try binary()
    case .list, .set:
      let (count, kind) = try listHead()
      for _ in 0..<count {
        if kind == .yes || kind == .no { _ = try byte() } else { try skip(kind) }
      }
    case .map:
      let count = try varint()
      guard count <= UInt64(end - place) else { throw damage() }
      guard count > 0 else { return }
      let kinds = try byte()
      guard let key = Kind(rawValue: kinds >> 4), let value = Kind(rawValue: kinds & 15) else {
        throw damage()
      }
      for _ in 0..<count {
        try skip(key)
        try skip(value)
      }
    case .record: try record { (_, _, _) throws(DataError) in false }
    }
  }
}
