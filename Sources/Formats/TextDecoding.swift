// SPDX-License-Identifier: Apache-2.0
import Tables

/// Turns the bytes of a file into UTF-8.
enum TextDecoding {
  /// What was found out about a file's bytes.
  struct Result {
    var bytes: [UInt8]
    var encoding: CSVDialect.Encoding
    var hasByteOrderMark: Bool
    /// How many bytes of `bytes` are the mark, and no text.
    var skipped = 0
  }

  /// Decodes bytes; the encoding is found out unless it is given.
  static func decode(
    _ bytes: [UInt8], encoding: CSVDialect.Encoding?, file: String
  ) throws(DataError) -> Result {
    let coding = try coding(of: bytes, isWhole: true, encoding: encoding, file: file)
    return Result(
      bytes: text(bytes, coding), encoding: coding.encoding,
      hasByteOrderMark: coding.hasByteOrderMark,
      skipped: coding.encoding == .utf8 ? coding.markSize : 0)
  }

  /// The text as UTF-8; a mark at the start of UTF-8 stays, so that nothing is copied.
  static func text(_ bytes: [UInt8], _ coding: TextSource.Coding) -> [UInt8] {
    switch coding.encoding {
    case .utf8: bytes
    case .utf16LittleEndian, .utf16BigEndian:
      utf8(
        fromUTF16: bytes[coding.markSize...],
        isLittleEndian: coding.encoding == .utf16LittleEndian)
    case .windows1252: utf8(fromWindows1252: bytes)
    }
  }

  /// Finds out the encoding of a file from its bytes, or from the first of them.
  static func coding(
    of bytes: [UInt8], isWhole: Bool, encoding: CSVDialect.Encoding?, file: String
  ) throws(DataError) -> TextSource.Coding {
    if let name = compression(of: bytes) {
      throw DataError(
        "the file is compressed (\(name))", file: file,
        remedy: "Decompress it first, and give the result.")
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]), encoding == nil || encoding == .utf8 {
      return TextSource.Coding(encoding: .utf8, hasByteOrderMark: true, markSize: 3)
    }
    if bytes.starts(with: [0xFF, 0xFE]), encoding == nil || encoding == .utf16LittleEndian {
      return TextSource.Coding(encoding: .utf16LittleEndian, hasByteOrderMark: true, markSize: 2)
    }
    if bytes.starts(with: [0xFE, 0xFF]), encoding == nil || encoding == .utf16BigEndian {
      return TextSource.Coding(encoding: .utf16BigEndian, hasByteOrderMark: true, markSize: 2)
    }
    let likely = encoding ?? guess(isWhole ? bytes : Array(bytes[..<wholeCharacters(bytes)]))
    if encoding == nil, likely == .windows1252 { try refuseOtherEncodings(bytes, file) }
    return TextSource.Coding(encoding: likely, hasByteOrderMark: false, markSize: 0)
  }

  /// How many bytes there are before a last character of UTF-8 that is not whole.
  static func wholeCharacters(_ bytes: [UInt8]) -> Int {
    var place = bytes.count - 1
    while place >= 0, bytes.count - place <= 3, bytes[place] & 0xC0 == 0x80 { place -= 1 }
    guard place >= 0, bytes[place] >= 0xC0 else { return bytes.count }
    let length = bytes[place] >= 0xF0 ? 4 : (bytes[place] >= 0xE0 ? 3 : 2)
    return place + length > bytes.count ? place : bytes.count
  }

  /// The name of the compression that the first bytes of a file reveal.
  private static func compression(of bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0x1F, 0x8B]) { return "gzip" }
    if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return "zstd" }
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return "zip" }
    if bytes.starts(with: [0x42, 0x5A, 0x68]) { return "bzip2" }
    return nil
  }

  private static func guess(_ bytes: [UInt8]) -> CSVDialect.Encoding {
    // Half of the bytes of Latin text in UTF-16 are zero, all at even or all at odd places.
    let head = bytes.prefix(4096)
    var zeros = [0, 0]
    for (index, byte) in head.enumerated() where byte == 0 { zeros[index & 1] += 1 }
    if zeros[1] > head.count / 4, zeros[0] < head.count / 32 { return .utf16LittleEndian }
    if zeros[0] > head.count / 4, zeros[1] < head.count / 32 { return .utf16BigEndian }
    return isUTF8(bytes) ? .utf8 : .windows1252
  }

  /// Refuses text that is not of Western Europe: Windows-1252 gives a sense to any bytes.
  static func refuseOtherEncodings(_ bytes: [UInt8], _ file: String) throws(DataError) {
    var letters = 0
    var high = 0
    for byte in bytes.prefix(1 << 20) {
      if byte >= 0x80 {
        high += 1
      } else if byte | 0x20 >= 0x61, byte | 0x20 <= 0x7A {
        letters += 1
      }
    }
    guard high >= 100, high * 10 > (high + letters) * 3 else { return }
    let place = bytes.firstIndex { $0 >= 0x80 } ?? 0
    throw bytes.withUnsafeBufferPointer { text in
      DataError(
        "the text is neither UTF-8 nor UTF-16 nor Windows-1252", file: file,
        line: LineReader.number(of: place, in: text), position: TextCheck.position(of: place, text),
        remedy: "Convert it to UTF-8, for example with iconv.")
    }
  }

  /// Whether bytes are well-formed UTF-8; ASCII is passed over eight bytes at a time.
  static func isUTF8(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { raw in
      var index = 0
      let count = raw.count
      while index < count {
        if index + 8 <= count,
          raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
          index += 8
          continue
        }
        let lead = raw[index]
        if lead < 0x80 {
          index += 1
          continue
        }
        let length: Int
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return false
        }
        guard index + length <= count else { return false }
        let second = raw[index + 1]
        let range: ClosedRange<UInt8>
        switch lead {
        case 0xE0: range = 0xA0...0xBF
        case 0xED: range = 0x80...0x9F
        case 0xF0: range = 0x90...0xBF
        case 0xF4: range = 0x80...0x8F
        default: range = 0x80...0xBF
        }
        guard range.contains(second) else { return false }
        for place in 2..<max(length, 2) where raw[index + place] & 0xC0 != 0x80 { return false }
        index += length
      }
      return true
    }
  }

  static func utf8(
    fromUTF16 bytes: ArraySlice<UInt8>, isLittleEndian: Bool
  ) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var index = bytes.startIndex
    while index + 1 < bytes.endIndex {
      let low = UInt16(bytes[isLittleEndian ? index : index + 1])
      let high = UInt16(bytes[isLittleEndian ? index + 1 : index])
      units.append(high << 8 | low)
      index += 2
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// The characters of the bytes 0x80 to 0x9F; bytes that Windows leaves out are taken as Latin-1.
  static let windowsCharacters: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]

  static func utf8(fromWindows1252 bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      guard byte >= 0x80 else {
        result.append(byte)
        continue
      }
      let value = byte < 0xA0 ? windowsCharacters[Int(byte) - 0x80] : UInt32(byte)
      if value < 0x800 {
        result.append(UInt8(0xC0 | value >> 6))
      } else {
        result.append(UInt8(0xE0 | value >> 12))
        result.append(UInt8(0x80 | (value >> 6) & 0x3F))
      }
      result.append(UInt8(0x80 | value & 0x3F))
    }
    return result
  }
}
