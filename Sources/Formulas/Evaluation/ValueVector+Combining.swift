// SPDX-License-Identifier: Apache-2.0
import Tables

extension ValueVector {
  /// The reason of values that the arithmetic does not define.
  static let undefined = MissingReason(code: "", label: "not defined")

  /// Which results of two operands are missing: where either is, with its reason if only one has one.
  static func missing(_ first: ValueVector, _ second: ValueVector, count: Int) -> MissingCells {
    if first.missing.codes.isEmpty { return spread(second, count) }
    if second.missing.codes.isEmpty { return spread(first, count) }
    var reasons = first.missing.reasons
    let renumbered = second.missing.reasons.map { code(of: $0, in: &reasons) }
    let both = code(of: MissingReason(code: ""), in: &reasons)
    let left = first.missing.codes
    let right = second.missing.codes
    let codes = (0..<count).map { row -> UInt8 in
      let one = left[row & first.mask]
      let other = right[row & second.mask]
      if other == 0 { return one }
      let renamed = renumbered[Int(other) - 1]
      return one == 0 || one == renamed ? renamed : both
    }
    return MissingCells(reasons: reasons, codes: codes)
  }

  /// The number of a reason in a list, to which it is added if there is room.
  static func code(of reason: MissingReason, in reasons: inout [MissingReason]) -> UInt8 {
    if let known = reasons.firstIndex(of: reason) { return UInt8(known + 1) }
    guard reasons.count < 255 else { return 255 }
    reasons.append(reason)
    return UInt8(reasons.count)
  }

  private static func spread(_ vector: ValueVector, _ count: Int) -> MissingCells {
    guard vector.isConstant, count != 1, !vector.missing.codes.isEmpty else {
      return vector.missing
    }
    return MissingCells(
      reasons: vector.missing.reasons,
      codes: Array(repeating: vector.missing.codes[0], count: count))
  }

  /// How many results two operands have: as many as rows, or one if both are constants.
  static func resultCount(_ first: ValueVector, _ second: ValueVector) -> Int {
    first.isConstant ? second.count : first.count
  }

  /// One result a row from two lists.
  @inline(__always)
  static func zip<A, B, Result>(
    _ first: [A], _ firstMask: Int, _ second: [B], _ secondMask: Int, _ count: Int,
    _ body: (A, B) -> Result
  ) -> [Result] {
    [Result](unsafeUninitializedCapacity: count) { room, filled in
      first.withUnsafeBufferPointer { first in
        second.withUnsafeBufferPointer { second in
          // A constant on one side is told apart, so that the compiler takes several rows at once.
          if count == 0 { return }
          if firstMask != 0, secondMask != 0 {
            for row in 0..<count {
              room.initializeElement(at: row, to: body(first[row], second[row]))
            }
          } else if firstMask != 0 {
            let other = second[0]
            for row in 0..<count { room.initializeElement(at: row, to: body(first[row], other)) }
          } else {
            let one = first[0]
            for row in 0..<count {
              room.initializeElement(at: row, to: body(one, second[row & secondMask]))
            }
          }
        }
      }
      filled = count
    }
  }

  /// Marks rows as missing where a test says so.
  mutating func mark(_ reason: MissingReason, where isUndefined: (Int) -> Bool) {
    let count = count
    guard let first = (0..<count).first(where: isUndefined) else { return }
    var reasons = missing.reasons
    let code = Self.code(of: reason, in: &reasons)
    var codes = missing.codes.isEmpty ? Array(repeating: UInt8(0), count: count) : missing.codes
    for row in first..<count where codes[row] == 0 && isUndefined(row) { codes[row] = code }
    missing = MissingCells(reasons: reasons, codes: codes)
  }

  /// Takes numbers that are not finite as missing: no NaN and no infinity leaves an expression.
  func finite() -> ValueVector {
    guard case .numbers(var list) = values else { return self }
    // An exponent of all ones, and of nothing else, runs over into the sign when one is added.
    var flags: UInt64 = 0
    for value in list {
      flags |= (value.bitPattern & 0x7ff0_0000_0000_0000) &+ 0x0010_0000_0000_0000
    }
    guard flags >> 63 != 0, let first = list.firstIndex(where: { !$0.isFinite }) else {
      return self
    }
    var result = self
    result.mark(Self.undefined) { !list[$0].isFinite }
    for row in first..<list.count where !list[row].isFinite { list[row] = 0 }
    result.values = .numbers(list)
    return result
  }
}
