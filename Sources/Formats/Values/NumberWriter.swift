// SPDX-License-Identifier: Apache-2.0
import Tables

/// Writes numbers in the form of their column.
struct NumberWriter: Sendable {
  private let form: NumberForm
  private let prefix: [UInt8]
  private let suffix: [UInt8]
  private let decimalMark: UInt8
  private let groupMark: UInt8
  private let scale: Double
  private let unit: UInt64

  init(_ form: NumberForm) {
    self.form = form
    prefix = Array(form.prefix.utf8)
    suffix = Array(form.suffix.utf8)
    decimalMark = form.decimalMark.utf8.first ?? 0x2E
    groupMark = form.groupMark.utf8.first ?? 0
    scale = (0..<min(max(form.decimals, 0), 15)).reduce(1.0) { power, _ in power * 10 }
    unit = UInt64(scale)
  }

  /// Whether what it writes may hold a sign.
  func mayWrite(_ sign: UInt8) -> Bool {
    sign == groupMark || (sign == decimalMark && form.decimals > 0) || prefix.contains(sign)
      || suffix.contains(sign)
  }

  func append(_ value: Int64, to bytes: inout [UInt8]) {
    appendSign(value.signum(), to: &bytes)
    if form.hasFixedDecimals, form.decimals > 0, form.decimals <= 15 {
      append(digits: value.magnitude, least: 1, to: &bytes)
      bytes.append(decimalMark)
      for _ in 0..<form.decimals { bytes.append(0x30) }
    } else {
      append(digits: value.magnitude, least: 1, to: &bytes)
    }
    bytes.append(contentsOf: suffix)
  }

  func append(_ value: Double, to bytes: inout [UInt8]) {
    let scaled = (value.magnitude * scale).rounded()
    if form.decimals <= 15, scaled < 9e15,
      form.hasFixedDecimals || scaled / scale == value.magnitude
    {
      let isZero = scaled == 0
      // A value that rounds to zero has no sign, but a written minus zero keeps its own.
      appendSign(
        isZero ? (value == 0 && value.sign == .minus ? -1 : 0) : (value < 0 ? -1 : 1), to: &bytes)
      appendFixed(UInt64(scaled), to: &bytes)
    } else {
      appendSign(value < 0 ? -1 : 1, to: &bytes)
      appendShortest(value.magnitude, to: &bytes)
    }
    bytes.append(contentsOf: suffix)
  }

  @inline(__always)
  private func appendSign(_ sign: Int64, to bytes: inout [UInt8]) {
    if sign < 0 { bytes.append(0x2D) } else if sign > 0, form.showsPlus { bytes.append(0x2B) }
    if !prefix.isEmpty { bytes.append(contentsOf: prefix) }
  }

  private func appendFixed(_ scaled: UInt64, to bytes: inout [UInt8]) {
    let whole = scaled / unit
    guard form.decimals > 0 else {
      append(digits: whole, least: 1, to: &bytes)
      return
    }
    var fraction = scaled % unit
    var decimals = form.decimals
    if !form.hasFixedDecimals {
      while decimals > 0, fraction % 10 == 0 {
        fraction /= 10
        decimals -= 1
      }
    }
    append(digits: whole, least: form.omitsZero && decimals > 0 ? 0 : 1, to: &bytes)
    if decimals == 0 {
      if form.keepsPointZero {
        bytes.append(decimalMark)
        bytes.append(0x30)
      }
      return
    }
    bytes.append(decimalMark)
    append(digits: fraction, least: decimals, isGrouped: false, to: &bytes)
  }

  private func appendShortest(_ value: Double, to bytes: inout [UInt8]) {
    var text = Array(String(value).utf8)
    if text.suffix(2).elementsEqual([0x2E, 0x30]), !form.keepsPointZero { text.removeLast(2) }
    if form.omitsZero, text.count > 2, text[0] == 0x30, text[1] == 0x2E { text.removeFirst() }
    for byte in text { bytes.append(byte == 0x2E ? decimalMark : byte) }
  }

  @inline(__always)
  private func append(
    digits value: UInt64, least: Int, isGrouped: Bool = true, to bytes: inout [UInt8]
  ) {
    var rest = value
    let mark = isGrouped ? groupMark : 0
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 40) { buffer in
      var place = 40
      var written = 0
      while rest > 0 || written < least {
        if mark != 0, written > 0, written % 3 == 0 {
          place -= 1
          buffer[place] = mark
        }
        place -= 1
        buffer[place] = UInt8(truncatingIfNeeded: rest % 10) + 0x30
        rest /= 10
        written += 1
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[place..<40]))
    }
  }
}
