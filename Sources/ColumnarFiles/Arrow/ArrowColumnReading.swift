// SPDX-License-Identifier: Apache-2.0
import Tables

/// Reads the values of one column, batch by batch.
///
/// ## Source
/// Apache Arrow columnar format 1.5, "Physical Memory Layout".
struct ArrowColumnReading {
  let bytes: [UInt8]
  let file: String
  let contents: ArrowContents
  let leaf: ArrowLeaf

  var field: ArrowField { leaf.field }

  func damage() -> DataError { ColumnarDamage.error(file, column: leaf.name) }

  /// The values of all rows.
  ///
  /// - Throws: `DataError` if they are damaged.
  func values() throws(DataError) -> ColumnarValues {
    var values = ColumnarValues(field.type.kind, rowCount: contents.rowCount)
    var dictionary: ArrowDictionary?
    for batch in contents.batches {
      guard let node = batch.node(leaf.node), node.count == batch.rowCount else { throw damage() }
      if let coding = field.coding {
        let parts = batch.dictionaries[coding.id] ?? []
        if dictionary?.parts != parts {
          dictionary = try ArrowDictionary(self, parts: parts)
        }
        if let dictionary { try append(batch, coding.codes, dictionary, to: &values) }
      } else {
        try append(batch, to: &values)
      }
    }
    return values
  }

  /// Appends the rows of a batch that lie there as they are.
  func append(_ batch: ArrowBatch, to values: inout ColumnarValues) throws(DataError) {
    let nulls = try self.nulls(batch)
    switch field.type.kind {
    case .integers: values.append(try integers(batch, field.type, nulls), nulls: nulls)
    case .numbers: values.append(try numbers(batch, nulls), nulls: nulls)
    case .texts: try appendTexts(batch, nulls, to: &values)
    }
  }

  // MARK: Buffers

  /// A buffer of the column, of which some bytes are needed.
  func buffer(
    _ batch: ArrowBatch, _ number: Int, needed: Int
  ) throws(DataError) -> ArraySlice<UInt8> {
    guard let first = batch.index(of: leaf.place) else { throw damage() }
    let content = try batch.content(first + number, of: bytes, needed: needed, file: file)
    guard content.count >= needed else { throw damage() }
    return content
  }

  /// 1 where a row is null; nothing where none is.
  func nulls(_ batch: ArrowBatch) throws(DataError) -> [UInt8] {
    let count = batch.rowCount
    if field.type == .null, field.coding == nil { return [UInt8](repeating: 1, count: count) }
    var nulls: [UInt8] = []
    for place in leaf.groups {
      guard let index = batch.index(of: place) else { throw damage() }
      let bits = try batch.content(index, of: bytes, needed: (count + 7) / 8, file: file)
      if !bits.isEmpty { try Self.mark(&nulls, bits, count, damage()) }
    }
    guard let node = batch.node(leaf.node) else { throw damage() }
    if node.nullCount != 0, count > 0 {
      try Self.mark(&nulls, try buffer(batch, 0, needed: (count + 7) / 8), count, damage())
    }
    return nulls.contains(1) ? nulls : []
  }

  private static func mark(
    _ nulls: inout [UInt8], _ bits: ArraySlice<UInt8>, _ count: Int, _ damage: DataError
  ) throws(DataError) {
    guard bits.count >= (count + 7) / 8 else { throw damage }
    if nulls.isEmpty { nulls = [UInt8](repeating: 0, count: count) }
    bits.withUnsafeBufferPointer { bits in
      for row in 0..<count { nulls[row] |= ~(bits[row >> 3] >> UInt8(row & 7)) & 1 }
    }
  }

  /// Values of a width, one a row.
  func load<Raw: FixedWidthInteger & BitwiseCopyable, Value>(
    _ batch: ArrowBatch, _ nulls: [UInt8], zero: Value, _ value: (Raw) -> Value
  ) throws(DataError) -> [Value] {
    let width = MemoryLayout<Raw>.size
    let content = try buffer(batch, 1, needed: batch.rowCount * width)
    var values = content.withUnsafeBytes { raw in
      [Value](unsafeUninitializedCapacity: batch.rowCount) { space, count in
        for row in 0..<batch.rowCount {
          let bits = Raw(littleEndian: raw.loadUnaligned(fromByteOffset: row * width, as: Raw.self))
          (space.baseAddress.map { $0 + row })?.initialize(to: value(bits))
        }
        count = batch.rowCount
      }
    }
    // What lies under a null means nothing.
    for (row, isNull) in nulls.enumerated() where isNull == 1 { values[row] = zero }
    return values
  }
}
