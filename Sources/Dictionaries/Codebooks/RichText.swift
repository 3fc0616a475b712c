// SPDX-License-Identifier: Apache-2.0

/// The plain text of a document in Rich Text Format.
///
/// ## Source
/// Microsoft, "Rich Text Format (RTF) Specification", version 1.9.1: groups, control words, `\'hh`, `\u`.
enum RichText {
  private static let hiddenGroups: Set<String> = [
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "footer", "object", "*",
  ]

  /// Whether bytes start as such a document.
  static func isRichText(_ bytes: [UInt8]) -> Bool { bytes.starts(with: "{\\rtf".utf8) }

  /// Returns the text; groups that are not shown are left out.
  static func text(_ bytes: [UInt8]) -> String {
    var result = String.UnicodeScalarView()
    var index = 0
    var depth = 0
    var hiddenFrom: Int?
    var skipAfterUnicode = 0
    func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case 0x7B: depth += 1
      case 0x7D:
        depth -= 1
        if let hidden = hiddenFrom, depth < hidden { hiddenFrom = nil }
      case 0x5C:
        guard index < bytes.count else { break }
        if !isLetter(bytes[index]) {
          let sign = bytes[index]
          index += 1
          if sign == 0x27, index + 1 < bytes.count {
            let digits = String(decoding: bytes[index...index + 1], as: UTF8.self)
            index += 2
            if skipAfterUnicode > 0 {
              skipAfterUnicode -= 1
            } else if hiddenFrom == nil, let code = UInt8(digits, radix: 16) {
              result.append(character(code))
            }
          } else if sign == 0x2A {
            hiddenFrom = hiddenFrom ?? depth
          } else if hiddenFrom == nil {
            result.append(sign == 0x7E ? " " : UnicodeScalar(sign))
          }
          break
        }
        var word = ""
        while index < bytes.count, isLetter(bytes[index]) {
          word.unicodeScalars.append(UnicodeScalar(bytes[index]))
          index += 1
        }
        var digits = ""
        while index < bytes.count, bytes[index] == 0x2D || (0x30...0x39).contains(bytes[index]) {
          digits.unicodeScalars.append(UnicodeScalar(bytes[index]))
          index += 1
        }
        if index < bytes.count, bytes[index] == 0x20 { index += 1 }
        if hiddenGroups.contains(word) { hiddenFrom = hiddenFrom ?? depth }
        guard hiddenFrom == nil else { break }
        switch word {
        case "par", "line": result.append("\n")
        case "tab": result.append("\t")
        case "u":
          if let code = Int(digits),
            let scalar = UnicodeScalar(UInt32(code < 0 ? code + 65_536 : code) & 0x1FFFFF)
          {
            result.append(scalar)
            skipAfterUnicode = 1
          }
        default: break
        }
      case 0x0A, 0x0D: break
      default:
        if skipAfterUnicode > 0 {
          skipAfterUnicode -= 1
        } else if hiddenFrom == nil {
          result.append(character(byte))
        }
      }
    }
    return String(result)
  }

  /// The character of a byte in Windows-1252.
  private static func character(_ byte: UInt8) -> UnicodeScalar {
    let high: [UInt32] = [
      0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
      0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ]
    guard (0x80...0x9F).contains(byte) else { return UnicodeScalar(byte) }
    return UnicodeScalar(high[Int(byte) - 0x80]) ?? "?"
  }
}
