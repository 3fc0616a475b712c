// SPDX-License-Identifier: Apache-2.0
import Tables

/// A table of a FlatBuffer, in which Arrow keeps what it says of itself; every step is checked.
///
/// ## Source
/// Google, "FlatBuffers: Internals" (2024).
struct FlatTable {
  private let bytes: [UInt8]
  private let file: String
  /// Where the whole buffer lies; nothing outside it is looked at.
  private let bounds: Range<Int>
  private let place: Int
  private let fieldPlaces: Range<Int>

  /// The table that a buffer is about.
  ///
  /// - Throws: `DataError` if the bytes are no such buffer.
  init(root bytes: [UInt8], in bounds: Range<Int>, file: String) throws(DataError) {
    guard bounds.lowerBound >= 0, bounds.upperBound <= bytes.count, bounds.count >= 8 else {
      throw ColumnarDamage.error(file)
    }
    let offset = Int(Self.load(bytes, bounds.lowerBound, as: UInt32.self))
    try self.init(bytes, in: bounds, at: bounds.lowerBound + offset, file: file)
  }

  private init(
    _ bytes: [UInt8], in bounds: Range<Int>, at place: Int, file: String
  ) throws(DataError) {
    self.bytes = bytes
    self.bounds = bounds
    self.file = file
    self.place = place
    guard place >= bounds.lowerBound, place <= bounds.upperBound - 4 else {
      throw ColumnarDamage.error(file)
    }
    let list = place - Int(Self.load(bytes, place, as: Int32.self))
    guard list >= bounds.lowerBound, list <= bounds.upperBound - 4 else {
      throw ColumnarDamage.error(file)
    }
    let size = Int(Self.load(bytes, list, as: UInt16.self))
    guard size >= 4, size <= bounds.upperBound - list else { throw ColumnarDamage.error(file) }
    fieldPlaces = (list + 4)..<(list + size)
  }

  private static func load<Value: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: [UInt8], _ place: Int, as type: Value.Type
  ) -> Value {
    bytes.withUnsafeBytes {
      Value(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: type))
    }
  }

  /// Where a field lies; `nil` if it is left out.
  private func place(of field: Int, size: Int) throws(DataError) -> Int? {
    let entry = fieldPlaces.lowerBound + 2 * field
    guard entry + 2 <= fieldPlaces.upperBound else { return nil }
    let offset = Int(Self.load(bytes, entry, as: UInt16.self))
    guard offset > 0 else { return nil }
    guard place + offset + size <= bounds.upperBound else { throw ColumnarDamage.error(file) }
    return place + offset
  }

  /// A number.
  func number<Value: FixedWidthInteger & BitwiseCopyable>(
    _ field: Int, as type: Value.Type, default value: Int = 0
  ) throws(DataError) -> Int {
    guard let place = try place(of: field, size: MemoryLayout<Value>.size) else { return value }
    return Int(truncatingIfNeeded: Self.load(bytes, place, as: type))
  }

  /// A truth value.
  func flag(_ field: Int) throws(DataError) -> Bool { try number(field, as: UInt8.self) != 0 }

  /// What a field points to; `nil` if it is left out.
  private func target(of field: Int) throws(DataError) -> Int? {
    guard let place = try place(of: field, size: 4) else { return nil }
    return try follow(place)
  }

  private func follow(_ place: Int) throws(DataError) -> Int {
    let target = place + Int(Self.load(bytes, place, as: UInt32.self))
    guard target <= bounds.upperBound - 4 else { throw ColumnarDamage.error(file) }
    return target
  }

  /// A table inside.
  func table(_ field: Int) throws(DataError) -> FlatTable? {
    guard let target = try target(of: field) else { return nil }
    return try FlatTable(bytes, in: bounds, at: target, file: file)
  }

  /// Where the elements of a list lie, and how many there are.
  private func list(_ field: Int, elementSize: Int) throws(DataError) -> (start: Int, count: Int) {
    guard let target = try target(of: field) else { return (0, 0) }
    let count = Int(Self.load(bytes, target, as: UInt32.self))
    guard count <= (bounds.upperBound - target - 4) / elementSize else {
      throw ColumnarDamage.error(file)
    }
    return (target + 4, count)
  }

  /// A text; `nil` if it is left out.
  func text(_ field: Int) throws(DataError) -> String? {
    let (start, count) = try list(field, elementSize: 1)
    guard start > 0 else { return nil }
    return String(decoding: bytes[start..<(start + count)], as: UTF8.self)
  }

  /// A list of tables.
  func tables(_ field: Int) throws(DataError) -> [FlatTable] {
    let (start, count) = try list(field, elementSize: 4)
    var tables: [FlatTable] = []
    tables.reserveCapacity(count)
    for index in 0..<count {
      tables.append(
        try FlatTable(bytes, in: bounds, at: try follow(start + 4 * index), file: file))
    }
    return tables
  }

  /// A list of records of whole numbers of eight bytes, one number after another.
  func longs(_ field: Int, perRecord width: Int) throws(DataError) -> [Int] {
    let (start, count) = try list(field, elementSize: 8 * width)
    return (0..<(count * width)).map {
      Int(Self.load(bytes, start + 8 * $0, as: Int64.self))
    }
  }
}
