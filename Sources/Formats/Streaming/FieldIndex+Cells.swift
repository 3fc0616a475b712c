// SPDX-License-Identifier: Apache-2.0
import Tables

extension FieldIndex {
  /// Lends the fields of a text as cells.
  func withCells<Value>(
    of text: UnsafeBufferPointer<UInt8>, signs: FieldSigns, width: Int, firstRow: Int = 0,
    skipsSpace: Bool = false, _ body: (FieldText) throws(DataError) -> Value
  ) throws(DataError) -> Value {
    let result = marks.withUnsafeBufferPointer { marks in
      records.withUnsafeBufferPointer { records in
        Result { () throws(DataError) in
          try body(
            FieldText(
              text: text, marks: marks, records: records, signs: signs, width: width,
              firstRow: firstRow, skipsSpace: skipsSpace))
        }
      }
    }
    return try result.get()
  }

  /// Keeps the first records only.
  mutating func keep(records count: Int) {
    guard count < recordCount else { return }
    records.removeLast(recordCount - count)
  }
}
