// SPDX-License-Identifier: Apache-2.0
import Tables

/// The first bytes of a file, by which its dialect is judged.
struct StreamHead {
  /// The bytes as they lie in the file.
  let bytes: [UInt8]
  /// Whether they are all there are.
  let isWhole: Bool

  init(_ source: any ByteSource, size: Int) throws(DataError) {
    var bytes: [UInt8] = []
    while bytes.count < size, let more = try source.next(size - bytes.count) { bytes += more }
    self.bytes = bytes
    let isShort = bytes.count < size
    let next = isShort ? nil : try source.next(1)
    isWhole = next == nil
  }

  /// The first records of the table under some signs, and what they say of its shape.
  func withRecords<Value>(
    _ text: UnsafeBufferPointer<UInt8>, _ signs: FieldSigns, _ name: String,
    _ body: (FieldText, RecordShape) throws(DataError) -> Value
  ) throws(DataError) -> Value {
    var end = 0
    var index = FieldIndex(text, signs: signs, threads: 1, goesOn: !isWhole, end: &end)
    let shape = RecordShape(headOf: &index, text: text, signs: signs, file: name, isWhole: isWhole)
    return try index.withCells(of: text, signs: signs, width: shape.width) {
      cells throws(DataError) in try body(cells, shape)
    }
  }
}
