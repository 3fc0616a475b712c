// SPDX-License-Identifier: Apache-2.0
import Tables

/// Turns UTF-8 into the bytes of a file.
struct TextEncoding {
  private let encoding: CSVDialect.Encoding

  init(_ encoding: CSVDialect.Encoding) { self.encoding = encoding }

  /// Whether text is written as it is.
  var isUTF8: Bool {
    if case .utf8 = encoding { true } else { false }
  }

  /// The bytes that mark the encoding at the start of a file.
  var byteOrderMark: [UInt8] {
    switch encoding {
    case .utf8: [0xEF, 0xBB, 0xBF]
    case .utf16LittleEndian: [0xFF, 0xFE]
    case .utf16BigEndian: [0xFE, 0xFF]
    case .windows1252: []
    }
  }

  /// Appends whole characters of UTF-8 in the encoding.
  mutating func append(_ text: [UInt8], to bytes: inout [UInt8]) throws(DataError) {
    switch encoding {
    case .utf8: bytes.append(contentsOf: text)
    case .utf16LittleEndian, .utf16BigEndian:
      for unit in String(decoding: text, as: UTF8.self).utf16 {
        let low = UInt8(unit & 255)
        let high = UInt8(unit >> 8)
        bytes.append(encoding == .utf16LittleEndian ? low : high)
        bytes.append(encoding == .utf16LittleEndian ? high : low)
      }
    case .windows1252:
      for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
        if scalar.value < 0x80 || (0xA0...0xFF).contains(scalar.value) {
          bytes.append(UInt8(scalar.value))
        } else if let place = TextDecoding.windowsCharacters.firstIndex(of: scalar.value) {
          bytes.append(UInt8(0x80 + place))
        } else {
          throw DataError(
            "a text has a character that Windows-1252 lacks",
            remedy: "Write the file as UTF-8.")
        }
      }
    }
  }
}
