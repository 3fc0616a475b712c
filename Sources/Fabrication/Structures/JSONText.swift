// SPDX-License-Identifier: Apache-2.0
import Tables

/// Writes cells as JSON.
///
/// ## Source
/// RFC 8259: the escapes of section 7; numbers by section 6, the shortest digits that give the same number.
enum JSONText {
  /// Appends a cell; a missing one is `null`.
  static func append(_ column: Column, _ row: Int, isRaw: Bool, to bytes: inout [UInt8]) {
    guard !column.missing.isMissing(at: row) else { return bytes.append(contentsOf: "null".utf8) }
    switch column.values {
    case .numbers(let list):
      let value = list[row]
      let isWhole = value == value.rounded() && value.magnitude < 1e15
      bytes.append(contentsOf: (isWhole ? String(Int64(value)) : value.description).utf8)
    case .wholeNumbers(let list): bytes.append(contentsOf: String(list[row]).utf8)
    case .booleans(let list): bytes.append(contentsOf: (list[row] ? "true" : "false").utf8)
    case .texts(let codes, let pool):
      let text = pool[Int(codes[row])]
      if isRaw { bytes.append(contentsOf: text.utf8) } else { bytes += quoted(text) }
    case .dates(let list): bytes += quoted(date(Int(list[row])))
    case .times(let list): bytes += quoted(time(list[row]))
    case .dateTimes(let list):
      let day = 86_400_000_000 as Int64
      let days = (list[row] >= 0 ? list[row] : list[row] - day + 1) / day
      bytes += quoted(date(Int(days)) + "T" + time(list[row] - days * day))
    }
  }

  /// A text in quotes, with escapes.
  static func quoted(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = [0x22]
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5C: bytes += [0x5C, byte]
      case 0x0A: bytes += [0x5C, UInt8(ascii: "n")]
      case 0x0D: bytes += [0x5C, UInt8(ascii: "r")]
      case 0x09: bytes += [0x5C, UInt8(ascii: "t")]
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
    return bytes
  }

  private static func date(_ days: Int) -> String {
    let date = CalendarDate(daysSince1970: days)
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
  }

  private static func time(_ microseconds: Int64) -> String {
    let seconds = microseconds / 1_000_000
    return [seconds / 3600, seconds / 60 % 60, seconds % 60].map { part in
      (part < 10 ? "0" : "") + String(part)
    }.joined(separator: ":")
  }
}
