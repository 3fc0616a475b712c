// SPDX-License-Identifier: Apache-2.0
import Tables

/// What a Parquet file says of itself: columns, groups of rows, and free notes.
///
/// ## Source
/// Apache Parquet format 2.11, parquet.thrift.
struct ParquetFooter {
  private(set) var columns: [ParquetColumn] = []
  private(set) var rowCount = 0
  private(set) var groups: [ParquetRowGroup] = []
  private(set) var notes: [(key: String, value: String)] = []

  private struct Element {
    var physical: Int?
    var length = 0
    var repetition = 0
    var name = ""
    var childCount = 0
    var converted: Int?
    var scale = 0
    var precision = 0
    var logical: ColumnarMeaning?
  }

  private let file: String

  init(_ bytes: [UInt8], file: String) throws(DataError) {
    self.file = file
    guard bytes.count >= 12, bytes.starts(with: "PAR1".utf8) else {
      throw ColumnarDamage.error(file)
    }
    if bytes.suffix(4).elementsEqual("PARE".utf8) {
      throw DataError(
        "the file is encrypted", file: file, remedy: "Write it without encryption, and try again.")
    }
    guard bytes.suffix(4).elementsEqual("PAR1".utf8) else { throw ColumnarDamage.error(file) }
    let end = bytes.count - 8
    let size = (0..<4).reduce(0) { $0 | Int(bytes[end + $1]) << (8 * $1) }
    guard size <= end - 4 else { throw ColumnarDamage.error(file) }
    var reader = ThriftReader(bytes, from: end - size, to: end, file: file)
    var elements: [Element] = []
    var rows = 0
    var groups: [ParquetRowGroup] = []
    var notes: [(key: String, value: String)] = []
    try reader.record { (reader, id, kind) throws(DataError) in
      switch (id, kind) {
      case (2, .list):
        try reader.list { (reader) throws(DataError) in elements.append(try Self.element(&reader)) }
      case (3, .int64): rows = try reader.int()
      case (4, .list):
        try reader.list { (reader) throws(DataError) in groups.append(try Self.group(&reader)) }
      case (5, .list):
        try reader.list { (reader) throws(DataError) in
          var note = (key: "", value: "")
          try reader.record { (reader, id, kind) throws(DataError) in
            guard kind == .binary, id == 1 || id == 2 else { return false }
            if id == 1 { note.key = try reader.text() } else { note.value = try reader.text() }
            return true
          }
          notes.append(note)
        }
      default: return false
      }
      return true
    }
    guard rows >= 0, groups.allSatisfy({ $0.rowCount >= 0 && $0.rowCount <= rows }),
      groups.reduce(0, { $0 &+ $1.rowCount }) == rows
    else { throw ColumnarDamage.error(file) }
    rowCount = rows
    self.groups = groups
    self.notes = notes
    var place = 1
    let childCount = elements.first?.childCount ?? 0
    guard childCount >= 0 else { throw ColumnarDamage.error(file) }
    for _ in 0..<childCount {
      try add(elements, &place, path: [], depth: 0, isRepeated: false, isOther: false)
    }
    guard !columns.isEmpty, place == elements.count,
      groups.allSatisfy({ $0.chunks.count == columns.count })
    else { throw ColumnarDamage.error(file) }
  }

  /// Adds the columns under an element of the schema, which lists groups before what is in them.
  private mutating func add(
    _ elements: [Element], _ place: inout Int, path: [String], depth: Int, isRepeated: Bool,
    isOther: Bool
  ) throws(DataError) {
    guard elements.indices.contains(place), path.count < 64 else {
      throw ColumnarDamage.error(file)
    }
    let element = elements[place]
    place += 1
    let path = path + [element.name]
    let depth = depth + (element.repetition == 0 ? 0 : 1)
    let isRepeated = isRepeated || element.repetition == 2
    guard element.childCount >= 0 else { throw ColumnarDamage.error(file) }
    guard element.childCount == 0 else {
      for _ in 0..<element.childCount {
        try add(
          elements, &place, path: path, depth: depth, isRepeated: isRepeated, isOther: isOther)
      }
      return
    }
    guard let physical = element.physical.flatMap(ParquetPhysicalType.init) else {
      throw ColumnarDamage.error(file)
    }
    columns.append(
      ParquetColumn(
        path: path, physical: physical, length: element.length,
        logical: element.logical ?? Self.logical(element), definitionDepth: depth,
        isRepeated: isRepeated))
  }

  // MARK: Records

  private static func element(_ reader: inout ThriftReader) throws(DataError) -> Element {
    var element = Element()
    try reader.record { (reader, id, kind) throws(DataError) in
      switch (id, kind) {
      case (1, .int32): element.physical = try reader.int()
      case (2, .int32): element.length = try reader.int()
      case (3, .int32): element.repetition = try reader.int()
      case (4, .binary): element.name = try reader.text()
      case (5, .int32): element.childCount = try reader.int()
      case (6, .int32): element.converted = try reader.int()
      case (7, .int32): element.scale = try reader.int()
      case (8, .int32): element.precision = try reader.int()
      case (10, .record): element.logical = try logical(&reader)
      default: return false
      }
      return true
    }
    return element
  }

  /// A type of the newer kind, which is one field of a record of many.
  private static func logical(
    _ reader: inout ThriftReader
  ) throws(DataError) -> ColumnarMeaning? {
    var type: ColumnarMeaning?
    try reader.record { (reader, id, kind) throws(DataError) in
      guard kind == .record else { return false }
      var first = 0
      var second = 0
      var isSet = false
      var unit = 1
      try reader.record { (reader, field, kind) throws(DataError) in
        switch kind {
        case .yes, .no: isSet = kind == .yes
        case .int32: if field == 1 { first = try reader.int() } else { second = try reader.int() }
        case .byte: first = Int(try reader.byte())
        case .record:
          try reader.record { (_, id, _) throws(DataError) in
            unit = id
            return false
          }
        default: return false
        }
        return true
      }
      let perSecond = unit == 1 ? 1000 : (unit == 2 ? 1_000_000 : 1_000_000_000)
      switch id {
      case 1, 4, 12: type = .text
      case 5: type = .decimal(scale: first, precision: second)
      case 6: type = .date
      case 7: type = .time(perSecond: perSecond)
      case 8: type = .timestamp(perSecond: perSecond, isUTC: isSet)
      case 10: type = isSet ? .plain : .unsigned
      case 11: type = .plain
      case 14: type = .uuid
      case 15: type = .float16
      default: type = .other
      }
      return true
    }
    return type
  }

  /// The type that older files state.
  private static func logical(_ element: Element) -> ColumnarMeaning {
    switch element.converted {
    case 0, 4, 19: .text
    case 5: .decimal(scale: element.scale, precision: element.precision)
    case 6: .date
    case 7: .time(perSecond: 1000)
    case 8: .time(perSecond: 1_000_000)
    case 9: .timestamp(perSecond: 1000, isUTC: true)
    case 10: .timestamp(perSecond: 1_000_000, isUTC: true)
    case 11, 12, 13, 14: .unsigned
    case nil, 15, 16, 17, 18: .plain
    default: .other
    }
  }

  private static func group(_ reader: inout ThriftReader) throws(DataError) -> ParquetRowGroup {
    var group = ParquetRowGroup()
    try reader.record { (reader, id, kind) throws(DataError) in
      switch (id, kind) {
      case (1, .list):
        try reader.list { (reader) throws(DataError) in
          var chunk = ParquetChunk()
          try reader.record { (reader, id, kind) throws(DataError) in
            guard id == 3, kind == .record else { return false }
            chunk = try Self.chunk(&reader)
            return true
          }
          group.chunks.append(chunk)
        }
      case (3, .int64): group.rowCount = try reader.int()
      default: return false
      }
      return true
    }
    return group
  }

  private static func chunk(_ reader: inout ThriftReader) throws(DataError) -> ParquetChunk {
    var chunk = ParquetChunk()
    try reader.record { (reader, id, kind) throws(DataError) in
      switch (id, kind) {
      case (1, .int32): chunk.physical = try reader.int()
      case (4, .int32): chunk.codec = try reader.int()
      case (5, .int64): chunk.valueCount = try reader.int()
      case (7, .int64): chunk.size = try reader.int()
      case (9, .int64): chunk.dataOffset = try reader.int()
      case (11, .int64): chunk.dictionaryOffset = try reader.int()
      default: return false
      }
      return true
    }
    return chunk
  }
}
