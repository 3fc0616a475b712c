// SPDX-License-Identifier: Apache-2.0

/// A value of a FlatBuffer that is written.
///
/// ## Source
/// Google, "FlatBuffers: Internals" (2024): offsets to tables, texts and lists lead forwards, so that
/// what is pointed to is written after what points to it.
indirect enum FlatValue {
  case byte(UInt8)
  case short(Int)
  case int(Int)
  case long(Int)
  case flag(Bool)
  case text(String)
  /// Fields in the order of their numbers; `nil` for one that is left out.
  case table([FlatValue?])
  case tables([FlatValue])
  /// Records of whole numbers of eight bytes, so many a record.
  case longs([Int], perRecord: Int)

  /// The bytes of a buffer about a table, filled up to a multiple of eight.
  static func buffer(_ fields: [FlatValue?]) -> [UInt8] {
    var bytes: [UInt8] = [0, 0, 0, 0]
    let place = write(fields, to: &bytes)
    patch(&bytes, at: 0, to: place)
    align(&bytes, to: 8)
    return bytes
  }

  /// The bytes a field takes in its table.
  private var size: Int {
    switch self {
    case .byte, .flag: 1
    case .short: 2
    case .int, .text, .table, .tables, .longs: 4
    case .long: 8
    }
  }

  private static func write(_ fields: [FlatValue?], to bytes: inout [UInt8]) -> Int {
    // Where each field lies, counted from the table, whose first four bytes lead back to this list.
    var end = 4
    var offsets: [Int] = []
    for field in fields {
      guard let size = field?.size else {
        offsets.append(0)
        continue
      }
      end = (end + size - 1) / size * size
      offsets.append(end)
      end += size
    }
    let listSize = 4 + 2 * fields.count
    // The table begins at a multiple of eight, so that fields lie aligned in it.
    align(&bytes, to: 2)
    while (bytes.count + listSize) % 8 != 0 { bytes += [0, 0] }
    append(UInt16(listSize), to: &bytes)
    append(UInt16(end), to: &bytes)
    for offset in offsets { append(UInt16(offset), to: &bytes) }
    let place = bytes.count
    append(Int32(listSize), to: &bytes)
    for (field, offset) in zip(fields, offsets) {
      guard let field else { continue }
      while bytes.count < place + offset { bytes.append(0) }
      switch field {
      case .byte(let value): bytes.append(value)
      case .flag(let value): bytes.append(value ? 1 : 0)
      case .short(let value): append(Int16(truncatingIfNeeded: value), to: &bytes)
      case .int(let value): append(Int32(truncatingIfNeeded: value), to: &bytes)
      case .long(let value): append(Int64(value), to: &bytes)
      case .text, .table, .tables, .longs: append(UInt32(0), to: &bytes)
      }
    }
    for (field, offset) in zip(fields, offsets) {
      if let target = field?.writeTarget(to: &bytes) {
        patch(&bytes, at: place + offset, to: target)
      }
    }
    return place
  }

  /// Writes what a field points to, and says where; `nil` if it points to nothing.
  private func writeTarget(to bytes: inout [UInt8]) -> Int? {
    switch self {
    case .byte, .flag, .short, .int, .long: return nil
    case .table(let fields): return Self.write(fields, to: &bytes)
    case .text(let text):
      Self.align(&bytes, to: 4)
      let place = bytes.count
      Self.append(UInt32(text.utf8.count), to: &bytes)
      bytes += text.utf8
      bytes.append(0)
      return place
    case .tables(let tables):
      Self.align(&bytes, to: 4)
      let place = bytes.count
      Self.append(UInt32(tables.count), to: &bytes)
      bytes += [UInt8](repeating: 0, count: 4 * tables.count)
      for (index, table) in tables.enumerated() {
        guard let target = table.writeTarget(to: &bytes) else { continue }
        Self.patch(&bytes, at: place + 4 + 4 * index, to: target)
      }
      return place
    case .longs(let numbers, let width):
      // The records behind the count are aligned to eight.
      Self.align(&bytes, to: 4)
      if bytes.count % 8 == 0 { bytes += [0, 0, 0, 0] }
      let place = bytes.count
      Self.append(UInt32(numbers.count / width), to: &bytes)
      for number in numbers { Self.append(Int64(number), to: &bytes) }
      return place
    }
  }

  private static func align(_ bytes: inout [UInt8], to size: Int) {
    while bytes.count % size != 0 { bytes.append(0) }
  }

  private static func append<Value: FixedWidthInteger>(_ value: Value, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private static func patch(_ bytes: inout [UInt8], at place: Int, to target: Int) {
    let offset = target - place
    for index in 0..<4 { bytes[place + index] = UInt8(truncatingIfNeeded: offset >> (8 * index)) }
  }
}
