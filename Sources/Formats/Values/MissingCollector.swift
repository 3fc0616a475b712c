// SPDX-License-Identifier: Apache-2.0
import Tables

/// Gathers which cells of a column are missing, by the text that says so.
struct MissingCollector {
  private let rowCount: Int
  private var reasons: [MissingReason] = []
  /// The texts of the codes, in the order in which they came up.
  private(set) var texts: [[UInt8]] = []
  private var codes: [UInt8] = []

  /// Creates a collector; codes that came up in rows before these are known already.
  init(rowCount: Int, known: [[UInt8]] = []) {
    self.rowCount = rowCount
    texts = known
    reasons = known.map { MissingReason(code: String(decoding: $0, as: UTF8.self)) }
  }

  /// Notes a cell if it is a missing code among values; `false` if it is none.
  mutating func note(_ row: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    MissingTokens.isMissingValue(bytes) && add(row, bytes)
  }

  /// Notes a missing cell; `false` if there are too many different codes.
  mutating func add(_ row: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if codes.isEmpty { codes = [UInt8](repeating: 0, count: rowCount) }
    if let known = texts.firstIndex(where: { $0.elementsEqual(bytes) }) {
      codes[row] = UInt8(known + 1)
      return true
    }
    guard texts.count < 200 else { return false }
    texts.append(Array(bytes))
    reasons.append(MissingReason(code: String(decoding: bytes, as: UTF8.self)))
    codes[row] = UInt8(texts.count)
    return true
  }

  var cells: MissingCells { MissingCells(reasons: reasons, codes: codes) }
}
