// SPDX-License-Identifier: Apache-2.0
import Formats
import Tables

/// The values that codes of a column stand for.
struct ArrowDictionary {
  /// The batches in which the values lie, one after another.
  let parts: [Int]
  private let values: ColumnarValues

  /// Reads the values for a column.
  ///
  /// - Throws: `DataError` if they are damaged.
  init(_ reading: ArrowColumnReading, parts: [Int]) throws(DataError) {
    self.parts = parts
    var field = reading.field
    field.coding = nil
    let leaf = ArrowLeaf(
      name: reading.leaf.name, field: field, node: 0,
      place: ArrowLeaf.Place(buffer: 0, viewsBefore: 0), groups: [])
    let inner = ArrowColumnReading(
      bytes: reading.bytes, file: reading.file, contents: reading.contents, leaf: leaf)
    var values = ColumnarValues(field.type.kind, rowCount: 0)
    for part in parts {
      let batch = reading.contents.dictionaryBatches[part]
      guard let node = batch.node(0), node.count == batch.rowCount,
        batch.rowCount <= max(1 << 20, reading.bytes.count << 14)
      else { throw inner.damage() }
      try inner.append(batch, to: &values)
    }
    self.values = values
  }

  /// How many values there are.
  var count: Int { values.count }

  func isNull(_ index: Int) -> Bool { !values.nulls.isEmpty && values.nulls[index] == 1 }

  /// The values as texts, in their order; nothing if they are none.
  var levels: [String] {
    guard case .texts(let list, let texts) = values.store else { return [] }
    return list.indices.filter { !isNull($0) }.map { texts.pool[Int(list[$0])] }
  }

  /// Appends the values of rows, by their places among these; those of null rows mean nothing.
  func append(
    _ places: [Int], nulls: [UInt8], to result: inout ColumnarValues
  ) throws(DataError) {
    let isPresent = { (row: Int) in nulls.isEmpty || nulls[row] == 0 }
    switch values.store {
    case .integers(let list):
      result.append(places.enumerated().map { isPresent($0) ? list[$1] : 0 }, nulls: nulls)
    case .numbers(let list):
      result.append(places.enumerated().map { isPresent($0) ? list[$1] : 0 }, nulls: nulls)
    case .texts(let list, let own):
      let pool = own.pool
      try result.appendTexts(nulls: nulls, rowCount: places.count) { texts throws(DataError) in
        // Texts are numbered as rows bring them up, not as they lie in the dictionary.
        var known = [UInt32](repeating: .max, count: pool.count)
        return pool.bytes.withUnsafeBufferPointer { bytes in
          places.enumerated().map { row, place in
            guard isPresent(row) else { return 0 }
            let text = Int(list[place])
            if known[text] == .max {
              known[text] = texts.number(
                of: UnsafeBufferPointer(rebasing: bytes[pool.range(of: text)]))
            }
            return known[text]
          }
        }
      }
    }
  }
}

extension ArrowColumnReading {
  /// Appends the rows of a batch in which codes stand for the values of a dictionary.
  func append(
    _ batch: ArrowBatch, _ type: ArrowType, _ dictionary: ArrowDictionary,
    to values: inout ColumnarValues
  ) throws(DataError) {
    var nulls = try self.nulls(batch)
    let places = try integers(batch, type, nulls).map { Int($0) }
    for (row, place) in places.enumerated() where nulls.isEmpty || nulls[row] == 0 {
      guard place >= 0, place < dictionary.count else { throw damage() }
      guard dictionary.isNull(place) else { continue }
      if nulls.isEmpty { nulls = [UInt8](repeating: 0, count: places.count) }
      nulls[row] = 1
    }
    try dictionary.append(places, nulls: nulls, to: &values)
  }
}
