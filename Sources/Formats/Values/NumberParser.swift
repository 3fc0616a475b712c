// SPDX-License-Identifier: Apache-2.0
import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads numbers as they are written in one column.
///
/// Up to fifteen digits with a power of ten of at most 22 are exact in one division or product of
/// doubles; all else goes to `strtod`.
struct NumberParser {
  /// What a written number showed beside its value.
  struct Number {
    var value: Double
    var whole: Int64
    var isWhole: Bool
    var decimals: Int
    var endsInZero: Bool
    var hasLeadingZero: Bool
    var isExponential: Bool
    /// Whether a plus sign stands before it.
    var hasPlus = false
    /// Whether no digit stands before its decimal mark.
    var lacksZero = false
  }

  let decimalMark: UInt8
  let groupMark: UInt8
  let prefix: [UInt8]
  let suffix: [UInt8]
  private let isPlain: Bool

  init(form: NumberForm) {
    decimalMark = form.decimalMark.utf8.first ?? 0x2E
    groupMark = form.groupMark.utf8.first ?? 0
    prefix = Array(form.prefix.utf8)
    suffix = Array(form.suffix.utf8)
    isPlain = groupMark == 0 && prefix.isEmpty && suffix.isEmpty
  }

  /// Returns the number that a cell holds, or `nil` if it is none; spaces around it do not count.
  @inline(__always)
  func parse(_ cell: UnsafeBufferPointer<UInt8>) -> Number? {
    if isPlain, let number = short(cell) { return number }
    return general(cell)
  }

  /// A number of up to fifteen digits, with a sign and a fraction at the most.
  @inline(__always)
  private func short(_ cell: UnsafeBufferPointer<UInt8>) -> Number? {
    let count = cell.count
    guard count > 0, count <= 16 else { return nil }
    var index = 0
    let isNegative = cell[0] == 0x2D
    if isNegative { index = 1 }
    let first = index
    var mantissa: UInt64 = 0
    while index < count {
      let digit = cell[index] &- 0x30
      if digit > 9 { break }
      mantissa = mantissa &* 10 &+ UInt64(digit)
      index += 1
    }
    let wholeDigits = index - first
    guard wholeDigits > 0, wholeDigits <= 15 else { return nil }
    let hasLeadingZero = wholeDigits > 1 && cell[first] == 0x30
    if index == count {
      let whole = isNegative ? -Int64(mantissa) : Int64(mantissa)
      return Number(
        value: Double(whole), whole: whole, isWhole: !(isNegative && mantissa == 0), decimals: 0,
        endsInZero: false, hasLeadingZero: hasLeadingZero, isExponential: false)
    }
    guard cell[index] == decimalMark else { return nil }
    index += 1
    let point = index
    while index < count {
      let digit = cell[index] &- 0x30
      if digit > 9 { return nil }
      mantissa = mantissa &* 10 &+ UInt64(digit)
      index += 1
    }
    let decimals = count - point
    guard decimals > 0, decimals + wholeDigits <= 15 else { return nil }
    let value = Double(mantissa) / Self.power(decimals)
    return Number(
      value: isNegative ? -value : value, whole: 0, isWhole: false, decimals: decimals,
      endsInZero: cell[count - 1] == 0x30, hasLeadingZero: hasLeadingZero, isExponential: false)
  }

  private func general(_ cell: UnsafeBufferPointer<UInt8>) -> Number? {
    var bytes = MissingTokens.trimmed(cell)
    guard bytes.count <= 400 else { return nil }
    var isNegative = false
    var hasPlus = false
    if !prefix.isEmpty || !suffix.isEmpty {
      // The sign of an amount stands before its currency.
      if let sign = bytes.first, sign == 0x2D || sign == 0x2B, !prefix.isEmpty {
        isNegative = sign == 0x2D
        hasPlus = !isNegative
        bytes = bytes.stretch(1, bytes.count)
      }
      guard let inner = stripped(bytes) else { return nil }
      bytes = inner
    }
    var index = 0
    let count = bytes.count
    if index < count, bytes[index] == 0x2D || bytes[index] == 0x2B {
      guard prefix.isEmpty else { return nil }
      isNegative = bytes[index] == 0x2D
      hasPlus = !isNegative
      index += 1
    }
    let firstDigit = index
    var mantissa: UInt64 = 0
    var digits = 0
    while index < count {
      let digit = bytes[index] &- 0x30
      if digit < 10 {
        if digits < 19 { mantissa = mantissa &* 10 &+ UInt64(digit) }
        digits += 1
      } else if groupMark == 0 || bytes[index] != groupMark || !isGroup(bytes, index, firstDigit) {
        break
      }
      index += 1
    }
    let wholeDigits = digits
    let hasLeadingZero = index - firstDigit > 1 && bytes[firstDigit] == 0x30
    var decimals = 0
    if index < count, bytes[index] == decimalMark {
      index += 1
      while index < count {
        let digit = bytes[index] &- 0x30
        guard digit < 10 else { break }
        if digits < 19 { mantissa = mantissa &* 10 &+ UInt64(digit) }
        digits += 1
        decimals += 1
        index += 1
      }
    }
    guard digits > 0 else { return nil }
    let endsInZero = decimals > 0 && bytes[index - 1] == 0x30
    var exponent = 0
    var isExponential = false
    if index < count, bytes[index] | 0x20 == 0x65 {
      guard let (value, end) = self.exponent(bytes, index + 1) else { return nil }
      exponent = value
      index = end
      isExponential = true
    }
    guard index == count else { return nil }
    // "5." and "-0" are numbers that whole numbers cannot write.
    let hasPoint = decimals == 0 && bytes[count - 1] == decimalMark
    let isWhole = decimals == 0 && !isExponential && !hasPoint && !(isNegative && mantissa == 0)
    // More digits than a whole number holds are a code.
    if isWhole, wholeDigits > 18 { return nil }
    let power = exponent - decimals
    let value: Double
    if digits <= 15, power >= -22, power <= 22 {
      let magnitude = Double(mantissa)
      value = power < 0 ? magnitude / Self.power(-power) : magnitude * Self.power(power)
    } else {
      value = slow(bytes).magnitude
    }
    guard value.isFinite else { return nil }
    return Number(
      value: isNegative ? -value : value,
      whole: isWhole ? (isNegative ? -Int64(mantissa) : Int64(mantissa)) : 0, isWhole: isWhole,
      decimals: decimals, endsInZero: endsInZero, hasLeadingZero: hasLeadingZero,
      isExponential: isExponential || hasPoint, hasPlus: hasPlus,
      lacksZero: wholeDigits == 0)
  }

  /// A group mark stands between digits, with three after it.
  private func isGroup(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ first: Int) -> Bool {
    guard index > first, index + 3 < bytes.count else { return false }
    for place in 1...3 where bytes[index + place] &- 0x30 > 9 { return false }
    return index + 4 >= bytes.count || bytes[index + 4] &- 0x30 > 9
  }

  private func exponent(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> (Int, Int)? {
    var index = start
    var isNegative = false
    if index < bytes.count, bytes[index] == 0x2D || bytes[index] == 0x2B {
      isNegative = bytes[index] == 0x2D
      index += 1
    }
    var value = 0
    let first = index
    while index < bytes.count, bytes[index] &- 0x30 < 10 {
      value = min(value * 10 + Int(bytes[index] - 0x30), 100_000)
      index += 1
    }
    return index > first ? (isNegative ? -value : value, index) : nil
  }

  private func stripped(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
    guard bytes.count > prefix.count + suffix.count, bytes.starts(with: prefix),
      bytes.suffix(suffix.count).elementsEqual(suffix)
    else { return nil }
    return UnsafeBufferPointer(
      rebasing: bytes[prefix.count..<bytes.count - suffix.count])
  }

  private func slow(_ bytes: UnsafeBufferPointer<UInt8>) -> Double {
    var text = bytes.filter { groupMark == 0 || $0 != groupMark || groupMark == decimalMark }
    for index in text.indices where text[index] == decimalMark { text[index] = 0x2E }
    text.append(0)
    return text.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { chars in
        chars.baseAddress.map { strtod($0, nil) } ?? .nan
      }
    }
  }

  @inline(__always)
  private static func power(_ exponent: Int) -> Double {
    powers.withUnsafeBufferPointer { $0[exponent] }
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
