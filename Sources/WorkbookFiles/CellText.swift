// SPDX-License-Identifier: Apache-2.0

/// How texts and numbers are spelled in a cell.
enum CellText {
  /// The most UTF-16 units of a cell's text.
  static let lengthLimit = 32_767

  /// A text with `_x000D_` and its like made plain.
  static func decoded(_ text: String) -> String {
    guard text.contains("_x") else { return text }
    var result = ""
    var rest = text[...]
    while let mark = rest.firstRange(of: "_x") {
      result += rest[..<mark.lowerBound]
      let digits = rest[mark.upperBound...].prefix(4)
      let end = digits.endIndex
      if digits.utf8.count == 4, end < rest.endIndex, rest[end] == "_",
        let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
      {
        result.unicodeScalars.append(scalar)
        rest = rest[rest.index(after: end)...]
      } else {
        result += rest[mark]
        rest = rest[mark.upperBound...]
      }
    }
    return result + rest
  }

  /// A text as it stands between tags: signs spelled out, and what XML cannot hold as `_x0001_`.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    let isCoded = text.contains("_x")
    for (index, scalar) in zip(text.unicodeScalars.indices, text.unicodeScalars) {
      switch scalar {
      case "&": bytes += Array("&amp;".utf8)
      case "<": bytes += Array("&lt;".utf8)
      case ">": bytes += Array("&gt;".utf8)
      case "_" where isCoded && looksCoded(text.unicodeScalars[index...]):
        bytes += Array("_x005F_".utf8)
      case "\t", "\n": bytes.append(UInt8(scalar.value))
      default:
        if scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          bytes += Array("_x".utf8)
          bytes += Array(String(repeating: "0", count: 4 - digits.count).utf8)
          bytes += Array((digits + "_").utf8)
        } else {
          bytes += Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
      }
    }
  }

  private static func looksCoded(_ text: Substring.UnicodeScalarView) -> Bool {
    let head = Array(text.prefix(7))
    return head.count == 7 && head[1] == "x" && head[6] == "_"
      && head[2...5].allSatisfy(\.properties.isASCIIHexDigit)
  }

  private static let powers: [Double] = (0...22).map {
    (0..<$0).reduce(1.0) { power, _ in power * 10 }
  }

  /// A number as programs write it; `nil` if it is none.
  ///
  /// Up to 15 digits and a power of up to 22 are exact in one step; the rest goes the long way.
  static func number(_ bytes: [UInt8]) -> Double? {
    var mantissa: Int64 = 0
    var digits = 0
    var decimals = 0
    var isAfterPoint = false
    var index = 0
    let isNegative = bytes.first == 0x2D
    if isNegative { index = 1 }
    while index < bytes.count {
      let byte = bytes[index]
      if byte &- 0x30 < 10 {
        mantissa = mantissa * 10 + Int64(byte - 0x30)
        digits += 1
        if isAfterPoint { decimals += 1 }
      } else if byte == 0x2E, !isAfterPoint {
        isAfterPoint = true
      } else {
        return Double(String(decoding: bytes, as: UTF8.self))
      }
      guard digits <= 15 else { return Double(String(decoding: bytes, as: UTF8.self)) }
      index += 1
    }
    guard digits > 0, decimals <= 22 else { return Double(String(decoding: bytes, as: UTF8.self)) }
    let value = Double(mantissa) / powers[decimals]
    return isNegative ? -value : value
  }
}
