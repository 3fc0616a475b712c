// SPDX-License-Identifier: Apache-2.0
import Formats
import Tables

extension ArrowColumnReading {
  /// Appends the texts of a batch.
  func appendTexts(
    _ batch: ArrowBatch, _ nulls: [UInt8], to values: inout ColumnarValues
  ) throws(DataError) {
    let count = batch.rowCount
    switch field.type {
    case .text(let isLarge):
      let ranges = try isLarge ? self.ranges(batch, Int64.self) : self.ranges(batch, Int32.self)
      let data = try buffer(batch, 2, needed: ranges.last.map { max(0, $0) } ?? 0)
      try values.appendTexts(nulls: nulls, rowCount: count) { texts throws(DataError) in
        try codes(count, nulls, in: &texts) { row in
          (ranges[row] >= 0 && ranges[row] <= ranges[row + 1] && ranges[row + 1] <= data.count)
            ? data[(data.startIndex + ranges[row])..<(data.startIndex + ranges[row + 1])] : nil
        }
      }
    case .textView:
      let views = try buffer(batch, 1, needed: count * 16)
      let data = try viewBuffers(batch)
      try values.appendTexts(nulls: nulls, rowCount: count) { texts throws(DataError) in
        try codes(count, nulls, in: &texts) { Self.text(views, $0, data) }
      }
    default:
      try values.appendTexts(nulls: nulls, rowCount: count) { _ throws(DataError) in
        [UInt32](repeating: 0, count: count)
      }
    }
  }

  /// The numbers of texts among those that are known; 0 where a row is null.
  private func codes(
    _ count: Int, _ nulls: [UInt8], in texts: inout DistinctTexts,
    _ text: (Int) -> ArraySlice<UInt8>?
  ) throws(DataError) -> [UInt32] {
    var codes = [UInt32](repeating: 0, count: count)
    for row in 0..<count where nulls.isEmpty || nulls[row] == 0 {
      guard let bytes = text(row) else { throw damage() }
      codes[row] = bytes.withUnsafeBufferPointer { texts.number(of: $0) }
    }
    return codes
  }

  /// Where each text begins, and where the last one ends.
  private func ranges<Raw: FixedWidthInteger & BitwiseCopyable>(
    _ batch: ArrowBatch, _ type: Raw.Type
  ) throws(DataError) -> [Int] {
    guard batch.rowCount > 0 else { return [0] }
    let width = MemoryLayout<Raw>.size
    let content = try buffer(batch, 1, needed: (batch.rowCount + 1) * width)
    return content.withUnsafeBytes { raw in
      (0...batch.rowCount).map {
        Int(
          truncatingIfNeeded: Raw(
            littleEndian: raw.loadUnaligned(fromByteOffset: $0 * width, as: type)))
      }
    }
  }

  /// The buffers to which views of long texts point.
  private func viewBuffers(_ batch: ArrowBatch) throws(DataError) -> [ArraySlice<UInt8>] {
    guard let first = batch.index(of: leaf.place), let count = batch.viewBufferCount(leaf.place)
    else { throw damage() }
    var buffers: [ArraySlice<UInt8>] = []
    for number in 0..<count {
      buffers.append(
        try batch.content(first + 2 + number, of: bytes, needed: 1 << 29, file: file))
    }
    return buffers
  }

  /// The text of a view: itself if it is short, else a stretch of a buffer.
  private static func text(
    _ views: ArraySlice<UInt8>, _ row: Int, _ data: [ArraySlice<UInt8>]
  ) -> ArraySlice<UInt8>? {
    let start = views.startIndex + 16 * row
    func int(_ place: Int) -> Int {
      (0..<4).reduce(0) { $0 | Int(views[start + place + $1]) << (8 * $1) }
    }
    let size = int(0)
    if size <= 12 { return views[(start + 4)..<(start + 4 + size)] }
    let (number, offset) = (int(8), int(12))
    guard data.indices.contains(number), offset <= data[number].count,
      size <= data[number].count - offset
    else { return nil }
    let first = data[number].startIndex + offset
    return data[number][first..<(first + size)]
  }
}
