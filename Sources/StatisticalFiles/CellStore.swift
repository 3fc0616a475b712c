// SPDX-License-Identifier: Apache-2.0
import Formats
import Tables

/// Gathers the cells of one variable as they come, row by row.
///
/// One thread alone fills it, a call for each cell, so the checks of exclusive access are left out.
final class CellStore {
  /// A cell that holds a value.
  static let present: UInt8 = 0
  /// A cell that the program itself takes as missing, shown as a point.
  static let systemMissing: UInt8 = 1

  let isText: Bool
  @exclusivity(unchecked) private(set) var numbers: UnsafeMutablePointer<Double>
  /// 0, 1, or the letter of a missing kind (`a`…`z`, `_`).
  @exclusivity(unchecked) private(set) var tags: UnsafeMutablePointer<UInt8>
  @exclusivity(unchecked) private(set) var hasTags = false
  @exclusivity(unchecked) private(set) var codes: [UInt32] = []
  @exclusivity(unchecked) private(set) var count = 0
  @exclusivity(unchecked) private var capacity: Int
  @exclusivity(unchecked) private var texts = DistinctTexts()

  init(isText: Bool, capacity: Int) {
    self.isText = isText
    self.capacity = isText ? 0 : max(capacity, 16)
    numbers = .allocate(capacity: self.capacity)
    tags = .allocate(capacity: self.capacity)
    if isText { codes.reserveCapacity(capacity) }
  }

  deinit {
    numbers.deallocate()
    tags.deallocate()
  }

  /// The distinct texts, in order of first appearance.
  var pool: TextPool { texts.pool }

  @inline(__always)
  func append(_ number: Double, tag: UInt8) {
    if count == capacity { grow() }
    numbers[count] = number
    tags[count] = tag
    if tag != 0 { hasTags = true }
    count += 1
  }

  private func grow() {
    let larger = capacity * 2
    let moreNumbers = UnsafeMutablePointer<Double>.allocate(capacity: larger)
    let moreTags = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    moreNumbers.moveInitialize(from: numbers, count: count)
    moreTags.moveInitialize(from: tags, count: count)
    numbers.deallocate()
    tags.deallocate()
    numbers = moreNumbers
    tags = moreTags
    capacity = larger
  }

  func append(text: UnsafePointer<CChar>?) {
    count += 1
    guard let text else {
      codes.append(texts.number(of: UnsafeBufferPointer(start: nil, count: 0)))
      return
    }
    var length = 0
    var bits: CChar = 0
    while text[length] != 0 {
      bits |= text[length]
      length += 1
    }
    let code = text.withMemoryRebound(to: UInt8.self, capacity: length) { bytes -> UInt32 in
      let bytes = UnsafeBufferPointer(start: bytes, count: length)
      // A damaged file may give bytes that are no UTF-8.
      return bits >= 0 ? texts.number(of: bytes) : repaired(bytes)
    }
    codes.append(code)
  }

  private func repaired(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var text = String(decoding: bytes, as: UTF8.self)
    return text.withUTF8 { texts.number(of: $0) }
  }

  /// The numbers as an array.
  var numberArray: [Double] { Array(UnsafeBufferPointer(start: numbers, count: count)) }
}
