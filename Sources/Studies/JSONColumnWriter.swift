// SPDX-License-Identifier: Apache-2.0
import Tables

/// Writes the members of one column.
struct JSONColumnWriter {
  private let column: Column
  private let name: [UInt8]
  private let missing: [[UInt8]?]
  private let texts: [[UInt8]]
  private let calendar: CalendarTexts

  init(_ column: Column) {
    self.column = column
    name = Self.quoted(column.name) + [0x3A]
    calendar = CalendarTexts(column)
    var isNumber = false
    var texts: [[UInt8]] = []
    switch column.values {
    case .numbers, .wholeNumbers: isNumber = true
    case .texts(_, let pool): texts = pool.texts.map(Self.quoted)
    default: break
    }
    self.texts = texts
    missing = column.missing.reasons.map { reason in
      switch reason.code {
      case "": nil
      case "null", ".": Array("null".utf8)
      default:
        // A number among missing codes stays a number, so that the column stays one of numbers.
        isNumber && Double(reason.code)?.isFinite == true
          ? Array(reason.code.utf8) : Self.quoted(reason.code)
      }
    }
  }

  /// Appends the member of a row; one that was left out is left out again.
  func append(_ row: Int, to bytes: inout [UInt8], isFirst: inout Bool) {
    var value: [UInt8]
    if !column.missing.codes.isEmpty, column.missing.codes[row] != 0 {
      guard let text = missing[Int(column.missing.codes[row]) - 1] else { return }
      value = text
    } else {
      switch column.values {
      case .numbers(let list): value = Array(Self.text(list[row]).utf8)
      case .wholeNumbers(let list): value = Array(String(list[row]).utf8)
      case .booleans(let list): value = Array((list[row] ? "true" : "false").utf8)
      case .texts(let codes, _): value = texts[Int(codes[row])]
      case .dates, .times, .dateTimes: value = Self.quoted(calendar.text(row))
      }
    }
    if !isFirst { bytes.append(0x2C) }
    isFirst = false
    bytes += name
    bytes += value
  }

  private static func text(_ number: Double) -> String {
    number == number.rounded() && number.magnitude < 9e15
      ? String(Int64(number)) + ".0" : String(number)
  }

  private static func quoted(_ text: String) -> [UInt8] {
    var result: [UInt8] = [0x22]
    for byte in text.utf8 {
      switch byte {
      case 0x22: result += [0x5C, 0x22]
      case 0x5C: result += [0x5C, 0x5C]
      case 0x0A: result += [0x5C, 0x6E]
      case 0x00..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        result += [0x5C, 0x75, 0x30, 0x30, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: result.append(byte)
      }
    }
    return result + [0x22]
  }
}
