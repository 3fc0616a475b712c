// SPDX-License-Identifier: Apache-2.0
import Tables

/// Writes numbers in the form of their column.
struct NumberWriter {
  private let form: NumberForm
  private let prefix: [UInt8]
  private let suffix: [UInt8]
  private let decimalMark: UInt8
  private let groupMark: UInt8
  private let scale: Double

  init(_ form: NumberForm) {
    self.form = form
    prefix = Array(form.prefix.utf8)
    suffix = Array(form.suffix.utf8)
    decimalMark = form.decimalMark.utf8.first ?? 0x2E
    groupMark = form.groupMark.utf8.first ?? 0
    scale = (0..<min(max(form.decimals, 0), 15)).reduce(1.0) { power, _ in power * 10 }
  }

  func append(_ value: Int64, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: prefix)
    if value < 0 { bytes.append(0x2D) }
    append(digits: value.magnitude, least: 1, grouped: groupMark != 0, to: &bytes)
    bytes.append(contentsOf: suffix)
  }

  func append(_ value: Double, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: prefix)
    let scaled = (value.magnitude * scale).rounded()
    if form.decimals <= 15, scaled < 9e15, form.hasFixedDecimals || scaled / scale == value.magnitude {
      if value < 0, scaled > 0 { bytes.append(0x2D) }
      appendFixed(UInt64(scaled), to: &bytes)
    } else {
      appendShortest(value, to: &bytes)
    }
    bytes.append(contentsOf: suffix)
  }

  private func appendFixed(_ scaled: UInt64, to bytes: inout [UInt8]) {
    let unit = UInt64(scale)
    append(digits: scaled / unit, least: 1, grouped: groupMark != 0, to: &bytes)
    guard form.decimals > 0 else { return }
    var fraction = scaled % unit
    var decimals = form.decimals
    if !form.hasFixedDecimals {
      while decimals > 0, fraction % 10 == 0 {
        fraction /= 10
        decimals -= 1
      }
      if decimals == 0 {
        if form.keepsPointZero {
          bytes.append(decimalMark)
          bytes.append(0x30)
        }
        return
      }
    }
    bytes.append(decimalMark)
    append(digits: fraction, least: decimals, grouped: false, to: &bytes)
  }

  private func appendShortest(_ value: Double, to bytes: inout [UInt8]) {
    var text = Array(String(value).utf8)
    if text.suffix(2).elementsEqual([0x2E, 0x30]), !form.keepsPointZero { text.removeLast(2) }
    for byte in text { bytes.append(byte == 0x2E ? decimalMark : byte) }
  }

  private func append(
    digits value: UInt64, least: Int, grouped: Bool, to bytes: inout [UInt8]
  ) {
    var rest = value
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 40) { buffer in
      var place = 40
      var written = 0
      while rest > 0 || written < least {
        if grouped, written > 0, written % 3 == 0 {
          place -= 1
          buffer[place] = groupMark
        }
        place -= 1
        buffer[place] = UInt8(rest % 10) + 0x30
        rest /= 10
        written += 1
      }
      bytes.append(contentsOf: buffer[place..<40])
    }
  }
}
