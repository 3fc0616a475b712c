// SPDX-License-Identifier: Apache-2.0
import Tables

/// Gathers the cells of one variable as they come, row by row.
final class CellStore {
  /// A cell that holds a value.
  static let present: UInt8 = 0
  /// A cell that the program itself takes as missing, shown as a point.
  static let systemMissing: UInt8 = 1

  let isText: Bool
  private(set) var numbers: UnsafeMutablePointer<Double>
  /// 0, 1, or the letter of a missing kind (`a`…`z`, `_`).
  private(set) var tags: UnsafeMutablePointer<UInt8>
  private(set) var hasTags = false
  private(set) var codes: [UInt32] = []
  private(set) var pool = TextPool()
  private(set) var count = 0
  private var capacity: Int
  private var known: [String: UInt32] = [:]

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
    let text = text.map { String(cString: $0) } ?? ""
    if let code = known[text] {
      codes.append(code)
      return
    }
    let code = UInt32(pool.count)
    pool.append(text)
    known[text] = code
    codes.append(code)
  }

  /// The numbers as an array.
  var numberArray: [Double] { Array(UnsafeBufferPointer(start: numbers, count: count)) }
}
