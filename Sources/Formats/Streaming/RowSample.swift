// SPDX-License-Identifier: Apache-2.0

/// Rows of a text taken evenly from all of it, without knowing how many there will be.
///
/// Every row is kept until they are too many bytes; then every second one goes, and from then on half
/// as many are taken. So a short text is its own sample.
package struct RowSample {
  private let limit: Int
  private var step = 1
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  /// Creates a sample of some bytes.
  package init(limit: Int) { self.limit = limit }

  /// Takes a row, if it is one of those that are kept.
  package mutating func offer(_ row: Int, _ text: UnsafeBufferPointer<UInt8>) {
    guard row & (step - 1) == 0 else { return }
    bytes.append(contentsOf: text)
    bytes.append(0x0A)
    ends.append(bytes.count)
    while bytes.count > limit, ends.count > 512 { thin() }
  }

  /// The rows before some number, one a record.
  package func text(upTo rowCount: Int) -> [UInt8] {
    let count = min(ends.count, (rowCount + step - 1) / step)
    return count == 0 ? [] : Array(bytes[..<ends[count - 1]])
  }

  private mutating func thin() {
    var kept: [UInt8] = []
    var keptEnds: [Int] = []
    for place in stride(from: 0, to: ends.count, by: 2) {
      kept += bytes[(place == 0 ? 0 : ends[place - 1])..<ends[place]]
      keptEnds.append(kept.count)
    }
    bytes = kept
    ends = keptEnds
    step *= 2
  }
}
