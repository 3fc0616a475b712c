// SPDX-License-Identifier: Apache-2.0
import Formats
import Studies
import Tables

/// Gathers one column of a result, whose values come as text.
struct PostgresColumn {
  /// What the values of a type become.
  private enum Meaning { case whole, number, boolean, date, time, stamp, text, bytes }

  let name: String
  private let meaning: Meaning
  /// The decimals that the type states, as `numeric(12,2)` does.
  private let scale: Int?
  private var wholes: [Int64] = []
  private var numbers: [Double] = []
  private var flags: [Bool] = []
  private var codes: [UInt32] = []
  private var texts = DistinctTexts()
  private var missing: [UInt8] = []
  private var reasons: [MissingReason] = []
  private var isRounded = false

  /// - Parameters:
  ///   - type: The number of the type in the server's catalogue.
  ///   - modifier: What the type states of itself, -1 if nothing.
  init(name: String, type: UInt32, modifier: Int32) {
    self.name = name
    meaning =
      switch type {
      case 16: .boolean
      case 20, 21, 23: .whole
      case 700, 701: .number
      case 1700:
        // numeric(p,0) is a whole number as far as it fits.
        modifier >= 4 && (modifier - 4) & 0xFFFF == 0 && (modifier - 4) >> 16 <= 18
          ? .whole : .number
      case 1082: .date
      case 1083: .time
      case 1114, 1184: .stamp
      case 17: .bytes
      default: .text
      }
    scale = type == 1700 && modifier >= 4 ? Int((modifier - 4) & 0x7FF) : nil
  }

  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>?) {
    guard let bytes else { return appendMissing("") }
    switch meaning {
    case .text: append(code: texts.number(of: bytes))
    case .bytes: appendMissing("BLOB")
    case .boolean:
      mark(0)
      flags.append(bytes.first == 0x74)
    default:
      let text = String(decoding: bytes, as: UTF8.self)
      if !append(value: text) { appendMissing(text) }
    }
  }

  /// Takes a number, date or time; `false` if it is none that a table holds, such as `NaN`.
  private mutating func append(value text: String) -> Bool {
    switch meaning {
    case .whole:
      guard let value = Int64(text) else { return false }
      wholes.append(value)
    case .number:
      guard let value = Double(text), value.isFinite else { return false }
      if text.utf8.count > 17, text.utf8.count(where: { $0 &- 0x30 < 10 }) > 17 { isRounded = true }
      numbers.append(value)
    case .date:
      guard let moment = ISOMoment(text), !moment.hasTime else { return false }
      wholes.append(Int64(moment.days))
    case .time:
      guard let value = PostgresMoment.time(text) else { return false }
      wholes.append(value)
    case .stamp:
      guard let value = PostgresMoment.stamp(text) else { return false }
      wholes.append(value)
    case .boolean, .text, .bytes: return false
    }
    mark(0)
    return true
  }

  private mutating func append(code: UInt32) {
    mark(0)
    codes.append(code)
  }

  private mutating func appendMissing(_ code: String) {
    var place = reasons.firstIndex { $0.code == code }
    if place == nil, reasons.count < 255 {
      reasons.append(MissingReason(code: code, label: code == "BLOB" ? "bytes" : nil))
      place = reasons.count - 1
    }
    mark(UInt8((place ?? 0) + 1))
    switch meaning {
    case .whole, .date, .time, .stamp: wholes.append(0)
    case .number: numbers.append(0)
    case .boolean: flags.append(false)
    case .text, .bytes: codes.append(0)
    }
  }

  private mutating func mark(_ code: UInt8) { missing.append(code) }

  /// The column, and what was lost.
  func column() -> (column: Column, diagnostics: [Diagnostic]) {
    var diagnostics: [Diagnostic] = []
    if isRounded {
      diagnostics.append(
        Diagnostic(.warning, "numbers of many digits were rounded to 16 to 17", column: name))
    }
    let blobs = reasons.firstIndex { $0.code == "BLOB" }.map { place in
      missing.count { $0 == UInt8(place + 1) }
    }
    if let blobs, meaning == .bytes {
      diagnostics.append(
        Diagnostic(
          .warning, "\(blobs) cells hold bytes, which were taken as missing", column: name))
    }
    let (values, form) = content()
    return (
      Column(
        name: name, values: values,
        missing: reasons.isEmpty ? .none : MissingCells(reasons: reasons, codes: missing),
        form: form), diagnostics
    )
  }

  private func content() -> (ColumnValues, WrittenForm) {
    switch meaning {
    case .whole: return (.wholeNumbers(wholes), .number(NumberForm()))
    case .number:
      let form = scale.map { NumberForm(decimals: min($0, 15), hasFixedDecimals: $0 > 0) }
      return (.numbers(numbers), .number(form ?? DecimalPlaces.form(of: numbers)))
    case .boolean: return (.booleans(flags), .boolean(true: "true", false: "false"))
    case .date: return (.dates(wholes.map { Int32($0) }), .calendar(pattern: "yyyy-MM-dd"))
    case .time:
      return (.times(wholes), .calendar(pattern: "HH:mm:ss" + PostgresMoment.fraction(wholes)))
    case .stamp:
      return (
        .dateTimes(wholes),
        .calendar(pattern: "yyyy-MM-dd HH:mm:ss" + PostgresMoment.fraction(wholes))
      )
    case .text, .bytes:
      var pool = texts.pool
      if pool.count == 0, !codes.isEmpty { pool.append("") }
      return (.texts(codes: codes, pool: pool), .text)
    }
  }
}
