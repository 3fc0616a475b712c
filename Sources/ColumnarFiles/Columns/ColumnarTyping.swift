// SPDX-License-Identifier: Apache-2.0
import Formats
import Studies
import Tables

/// Makes a column of gathered values, by what the file says they mean.
struct ColumnarTyping {
  let name: String
  let meaning: ColumnarMeaning
  let values: ColumnarValues
  private(set) var diagnostics: [Diagnostic] = []
  private var reasons = [MissingReason(code: "")]
  private var codes: [UInt8]

  init(_ name: String, _ meaning: ColumnarMeaning, _ values: ColumnarValues) {
    self.name = name
    self.meaning = meaning
    self.values = values
    codes = values.nulls
  }

  /// The column; `nil` if its values have no place in a table.
  mutating func typed(isText: Bool) -> Column? {
    let typed: (values: ColumnValues, form: WrittenForm)?
    switch values.store {
    case .integers(let list): typed = integers(list)
    case .numbers(let list): typed = numbers(list)
    case .texts(let list, let texts): typed = self.texts(list, texts.pool)
    }
    guard let typed else { return nil }
    var result = (values: typed.values, form: typed.form)
    if isText { result = Self.asText(result) }
    return Column(
      name: name, values: result.values,
      missing: codes.isEmpty ? .none : MissingCells(reasons: reasons, codes: codes),
      form: result.form)
  }

  private mutating func say(_ message: String) {
    diagnostics.append(Diagnostic(.warning, message, column: name))
  }

  private mutating func mark(_ row: Int, _ code: String) {
    if codes.isEmpty { codes = [UInt8](repeating: 0, count: values.count) }
    let place = reasons.firstIndex { $0.code == code } ?? reasons.count
    if place == reasons.count { reasons.append(MissingReason(code: code)) }
    codes[row] = UInt8(place + 1)
  }

  // MARK: Whole numbers, dates and times

  private mutating func integers(_ list: [Int64]) -> (ColumnValues, WrittenForm)? {
    switch meaning {
    case .truth: return (.booleans(list.map { $0 == 1 }), .boolean(true: "true", false: "false"))
    case .date:
      guard list.allSatisfy({ (-719_528...2_932_896).contains($0) }) else {
        return (.wholeNumbers(list), .number(NumberForm()))
      }
      return (.dates(list.map { Int32($0) }), .calendar(pattern: "yyyy-MM-dd"))
    case .time(let perSecond):
      let times = microseconds(list, perSecond)
      guard times.allSatisfy({ (0..<86_400_000_000).contains($0) }) else {
        return (.wholeNumbers(list), .number(NumberForm()))
      }
      return (.times(times), .calendar(pattern: "HH:mm:ss" + Self.fraction(times)))
    case .timestamp(let perSecond, let isUTC):
      if isUTC {
        diagnostics.append(
          Diagnostic(.note, "the moments are in UTC, and are kept so", column: name))
      }
      return dateTimes(microseconds(list, perSecond))
    case .decimal(let scale, let precision):
      if scale == 0 { return (.wholeNumbers(list), .number(NumberForm())) }
      return decimals(list.map(Double.init), scale, precision)
    case .unsigned where list.contains { $0 < 0 }:
      say("whole numbers above 2^63 were rounded to 16 digits")
      return numbers(list.map { Double(UInt64(bitPattern: $0)) })
    default: return (.wholeNumbers(list), .number(NumberForm()))
    }
  }

  private mutating func dateTimes(_ list: [Int64]) -> (ColumnValues, WrittenForm) {
    (.dateTimes(list), .calendar(pattern: "yyyy-MM-dd HH:mm:ss" + Self.fraction(list)))
  }

  private mutating func microseconds(_ list: [Int64], _ perSecond: Int) -> [Int64] {
    if perSecond == 1_000_000 { return list }
    if perSecond < 1_000_000 {
      let factor = Int64(1_000_000 / perSecond)
      return list.map { $0.multipliedReportingOverflow(by: factor).partialValue }
    }
    if list.contains(where: { $0 % 1000 != 0 }) { say("nanoseconds were cut to microseconds") }
    return list.map { $0 >= 0 ? $0 / 1000 : ($0 - 999) / 1000 }
  }

  /// The part of a pattern for what is below a second.
  private static func fraction(_ list: [Int64]) -> String {
    if list.allSatisfy({ $0 % 1_000_000 == 0 }) { return "" }
    return list.allSatisfy { $0 % 1000 == 0 } ? ".SSS" : ".SSSSSS"
  }

  // MARK: Numbers

  private mutating func numbers(_ list: [Double]) -> (ColumnValues, WrittenForm) {
    if case .decimal(let scale, let precision) = meaning {
      if scale == 0, list.allSatisfy({ $0.magnitude < 9e15 }) {
        return (.wholeNumbers(list.map { Int64($0) }), .number(NumberForm()))
      }
      return decimals(list, scale, precision)
    }
    var list = list
    for (row, number) in list.enumerated() where !number.isFinite {
      mark(row, number.isNaN ? "NaN" : (number > 0 ? "inf" : "-inf"))
      list[row] = 0
    }
    return (.numbers(list), .number(DecimalPlaces.form(of: list)))
  }

  private mutating func decimals(
    _ unscaled: [Double], _ scale: Int, _ precision: Int
  ) -> (ColumnValues, WrittenForm) {
    if precision > 15 { say("decimals of \(precision) digits were rounded to 15 to 16 digits") }
    let power = (0..<min(abs(scale), 300)).reduce(1.0) { power, _ in power * 10 }
    return (
      .numbers(unscaled.map { scale < 0 ? $0 * power : $0 / power }),
      .number(NumberForm(decimals: max(0, min(scale, 15)), hasFixedDecimals: true))
    )
  }

  // MARK: Texts

  private mutating func texts(_ list: [UInt32], _ pool: TextPool) -> (ColumnValues, WrittenForm)? {
    switch meaning {
    case .decimal(let scale, let precision):
      let unscaled = pool.indices.map { index in
        pool.bytes[pool.range(of: index)].enumerated().reduce(0.0) { sum, item in
          // Two's complement, the greatest byte first.
          let digit =
            item.offset == 0 ? Double(Int8(bitPattern: item.element)) : Double(item.element)
          return sum * 256 + digit
        }
      }
      let spread = list.map { unscaled.isEmpty ? 0 : unscaled[Int($0)] }
      if scale == 0, spread.allSatisfy({ $0.magnitude < 9e15 }) {
        return (.wholeNumbers(spread.map { Int64($0) }), .number(NumberForm()))
      }
      return decimals(spread, scale, precision)
    case .float16:
      let halves = pool.indices.map { index -> Double in
        let bytes = pool.bytes[pool.range(of: index)]
        guard bytes.count == 2, let low = bytes.first, let high = bytes.last else { return 0 }
        return Self.half(UInt16(high) << 8 | UInt16(low))
      }
      return numbers(list.map { halves.isEmpty ? 0 : halves[Int($0)] })
    case .uuid:
      let texts = pool.indices.map { Self.uuid(pool.bytes[pool.range(of: $0)]) }
      return words(list, TextPool(texts))
    case .other: return nil
    default:
      let isText = pool.indices.allSatisfy { index in
        String(validating: pool.bytes[pool.range(of: index)], as: UTF8.self) != nil
      }
      guard isText else { return nil }
      return words(list, pool)
    }
  }

  private func words(_ list: [UInt32], _ pool: TextPool) -> (ColumnValues, WrittenForm) {
    var pool = pool
    if pool.count == 0, !list.isEmpty { pool.append("") }
    return (.texts(codes: list, pool: pool), .text)
  }

  private static func asText(
    _ typed: (values: ColumnValues, form: WrittenForm)
  ) -> (ColumnValues, WrittenForm) {
    let texts: [String]
    switch typed.values {
    case .texts: return (typed.values, typed.form)
    case .wholeNumbers(let list): texts = list.map(String.init)
    case .numbers(let list): texts = list.map { "\($0)" }
    case .booleans(let list): texts = list.map { $0 ? "true" : "false" }
    case .dates, .times, .dateTimes:
      let written = CalendarTexts(Column(name: "", values: typed.values, form: typed.form))
      texts = (0..<typed.values.count).map(written.text)
    }
    var distinct = DistinctTexts()
    let codes = texts.map { text in
      var text = text
      return text.withUTF8 { distinct.number(of: $0) }
    }
    return (.texts(codes: codes, pool: distinct.pool), .text)
  }

  /// A number of two bytes, by IEEE 754.
  static func half(_ bits: UInt16) -> Double {
    let sign = bits >> 15 == 1 ? -1.0 : 1.0
    let exponent = Int(bits >> 10 & 31)
    let fraction = Double(bits & 1023) / 1024
    switch exponent {
    case 0: return sign * fraction / 16_384
    case 31: return bits & 1023 == 0 ? sign * .infinity : .nan
    default:
      let power = (0..<abs(exponent - 15)).reduce(1.0) { power, _ in power * 2 }
      return sign * (1 + fraction) * (exponent >= 15 ? power : 1 / power)
    }
  }

  private static func uuid(_ bytes: ArraySlice<UInt8>) -> String {
    let digits = Array("0123456789abcdef")
    var text = ""
    for (place, byte) in bytes.enumerated() {
      if place == 4 || place == 6 || place == 8 || place == 10 { text += "-" }
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return text
  }
}
