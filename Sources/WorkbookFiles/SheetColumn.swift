// SPDX-License-Identifier: Apache-2.0
import Formats
import Studies
import Tables

/// Makes a column of the cells below a header.
struct SheetColumn {
  let cells: SheetCells
  let rows: Range<Int>
  let texts: [String]
  let dates: SerialDate
  /// Codes that a dictionary says are missing.
  var missingCodes: [String] = []

  private typealias Kind = SheetCells.Kind

  func column(named name: String, isText: Bool) -> Column {
    var kinds: Set<Kind> = []
    var words: Set<UInt64> = []
    for row in rows {
      let kind = cells.kind(row)
      kinds.insert(kind)
      if kind == .text { words.insert(cells.bits[row]) }
    }
    kinds.subtract([.absent, .error])
    let known = Dictionary(uniqueKeysWithValues: words.map { ($0, texts[Int($0)]) })
    // Among numbers and dates, words that stand for missing do not make a column of text.
    let declared = Set(missingCodes)
    let values = kinds.subtracting([.text])
    let isTyped =
      !isText && !values.isEmpty
      && known.values.allSatisfy {
        declared.contains($0) || MissingTokens.isMissing($0, amongWords: false)
          || Self.isLetterCode($0)
      }
    let moments = isTyped || isText ? nil : moments(known, values)
    var reasons: [MissingReason] = []
    var places: [String: UInt8] = [:]
    var codes = [UInt8](repeating: 0, count: rows.count)
    for row in rows {
      var code: String?
      switch cells.kind(row) {
      case .absent: code = ""
      case .error: code = texts[Int(cells.bits[row])]
      case .text:
        let text = known[cells.bits[row]] ?? ""
        let isMissing =
          isTyped || declared.contains(text)
          || MissingTokens.isMissing(text, amongWords: moments == nil)
        if isMissing { code = text }
      default: break
      }
      guard let code else { continue }
      if let place = places[code] {
        codes[row - rows.lowerBound] = place
      } else if reasons.count < 255 {
        reasons.append(MissingReason(code: code))
        places[code] = UInt8(reasons.count)
        codes[row - rows.lowerBound] = UInt8(reasons.count)
      }
    }
    let missing = reasons.isEmpty ? MissingCells.none : MissingCells(reasons: reasons, codes: codes)
    let (content, form) =
      isTyped
      ? typed(values, codes) ?? self.words(codes) : moments ?? self.words(codes)
    return Column(name: name, values: content, missing: missing, form: form)
  }

  /// Whether a text is a kind of missing of statistical programs, `.a` to `.z`.
  private static func isLetterCode(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count == 2 && bytes[0] == 0x2E && (0x61...0x7A).contains(bytes[1])
  }

  // MARK: Types

  private func typed(_ kinds: Set<Kind>, _ codes: [UInt8]) -> (ColumnValues, WrittenForm)? {
    if kinds == [.boolean] {
      return (
        .booleans(rows.map { isPresent($0, codes) && cells.bits[$0] == 1 }),
        .boolean(true: "TRUE", false: "FALSE")
      )
    }
    let numbers = rows.map { isPresent($0, codes) ? cells.number($0) : 0 }
    if kinds == [.number] {
      let areWhole =
        cells.decimals == 0
        && numbers.allSatisfy { $0 == $0.rounded() && $0.magnitude < 9_007_199_254_740_992 }
      if areWhole { return (.wholeNumbers(numbers.map { Int64($0) }), .number(NumberForm())) }
      return (.numbers(numbers), .number(form(numbers)))
    }
    guard kinds.isSubset(of: [.date, .time, .dateTime]), numbers.allSatisfy(SerialDate.isDate)
    else { return nil }
    let isTime = kinds == [.time] && numbers.allSatisfy { $0 < 1 }
    if isTime {
      let times = numbers.map(SerialDate.timeOfDay)
      return times.contains { $0 >= 86_400_000_000 }
        ? nil : (.times(times), .calendar(pattern: pattern(.time, times)))
    }
    if !kinds.contains(.dateTime), !kinds.contains(.time),
      numbers.allSatisfy({ $0 == $0.rounded() })
    {
      return (
        .dates(rows.map { isPresent($0, codes) ? Int32(dates.days(cells.number($0))) : 0 }),
        .calendar(pattern: kept(.date) ?? "yyyy-MM-dd")
      )
    }
    let stamps = rows.map {
      isPresent($0, codes) ? dates.microseconds(cells.number($0)) : 0
    }
    return (.dateTimes(stamps), .calendar(pattern: pattern(.dateTime, stamps)))
  }

  private func isPresent(_ row: Int, _ codes: [UInt8]) -> Bool { codes[row - rows.lowerBound] == 0 }

  private func form(_ numbers: [Double]) -> NumberForm {
    var form = DecimalPlaces.form(of: numbers)
    if cells.decimals > 0, form.decimals <= cells.decimals {
      form.decimals = cells.decimals
      form.hasFixedDecimals = true
    }
    return form
  }

  /// The pattern that all cells show, if it shows the value whole.
  private func kept(_ kind: Kind) -> String? {
    rows.allSatisfy { cells.kind($0) == kind || !Self.isCalendar(cells.kind($0)) }
      ? cells.pattern : nil
  }

  private static func isCalendar(_ kind: Kind) -> Bool {
    kind == .date || kind == .time || kind == .dateTime
  }

  private func pattern(_ kind: Kind, _ microseconds: [Int64]) -> String {
    let hasFraction = microseconds.contains { $0 % 1_000_000 != 0 }
    if let kept = kept(kind), kept.contains("SSS") || !hasFraction { return kept }
    return (kind == .time ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss") + (hasFraction ? ".SSS" : "")
  }

  // MARK: Texts

  private func words(_ missing: [UInt8]) -> (ColumnValues, WrittenForm) {
    var pool = TextPool()
    var places: [String: UInt32] = [:]
    var known: [UInt64: UInt32] = [:]
    var codes = [UInt32](repeating: 0, count: rows.count)
    for row in rows where isPresent(row, missing) {
      let isWord = cells.kind(row) == .text
      if isWord, let place = known[cells.bits[row]] {
        codes[row - rows.lowerBound] = place
        continue
      }
      let text = text(row)
      let place = places[text] ?? UInt32(pool.count)
      if place == pool.count {
        pool.append(text)
        places[text] = place
      }
      if isWord { known[cells.bits[row]] = place }
      codes[row - rows.lowerBound] = place
    }
    if pool.count == 0, !rows.isEmpty { pool.append("") }
    return (.texts(codes: codes, pool: pool), .text)
  }

  /// A cell as text; dates are written as ISO 8601 has them.
  private func text(_ row: Int) -> String {
    switch cells.kind(row) {
    case .text, .error: return texts[Int(cells.bits[row])]
    case .boolean: return cells.bits[row] == 1 ? "TRUE" : "FALSE"
    case .number, .absent: return SheetGrid.text(cells.number(row))
    case .date, .time, .dateTime:
      let number = cells.number(row)
      guard SerialDate.isDate(number) else { return SheetGrid.text(number) }
      let isDay = number == number.rounded() && cells.kind(row) == .date
      let column =
        isDay
        ? Column(name: "", values: .dates([Int32(dates.days(number))]))
        : Column(name: "", values: .dateTimes([dates.microseconds(number)]))
      return CalendarTexts(column).text(0)
    }
  }

  /// Dates where each text is one of ISO 8601, as days before 1900 have to be written.
  private func moments(
    _ known: [UInt64: String], _ kinds: Set<Kind>
  ) -> (ColumnValues, WrittenForm)? {
    guard kinds.isSubset(of: [.date, .dateTime]) else { return nil }
    var read: [UInt64: ISOMoment] = [:]
    for (place, text) in known {
      if let moment = ISOMoment(text) {
        read[place] = moment
      } else if !MissingTokens.isMissing(text, amongWords: false), !missingCodes.contains(text) {
        return nil
      }
    }
    guard !read.isEmpty else { return nil }
    let isWhole =
      read.values.allSatisfy { !$0.hasTime }
      && rows.allSatisfy { row in
        !Self.isCalendar(cells.kind(row))
          || (cells.kind(row) == .date && cells.number(row) == cells.number(row).rounded())
      }
    var hasFraction = false
    let stamps = rows.map { row -> Int64 in
      if Self.isCalendar(cells.kind(row)), SerialDate.isDate(cells.number(row)) {
        return dates.microseconds(cells.number(row))
      }
      guard cells.kind(row) == .text, let moment = read[cells.bits[row]] else { return 0 }
      hasFraction = hasFraction || moment.hasFraction
      return Int64(moment.days) * 86_400_000_000 + moment.microseconds
    }
    if isWhole {
      let days = stamps.map {
        Int32(($0 - (($0 % 86_400_000_000) + 86_400_000_000) % 86_400_000_000) / 86_400_000_000)
      }
      return (.dates(days), .calendar(pattern: "yyyy-MM-dd"))
    }
    return (
      .dateTimes(stamps),
      .calendar(pattern: "yyyy-MM-dd HH:mm:ss" + (hasFraction ? ".SSS" : ""))
    )
  }
}
