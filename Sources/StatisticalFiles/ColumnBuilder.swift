// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables

/// Makes a column of the cells of one variable.
struct ColumnBuilder {
  private let variable: DeclaredVariable
  private let store: CellStore
  private let labels: [String: String]
  private let program: CalendarScale.Program
  private(set) var diagnostics: [Diagnostic] = []
  private var reasons: [MissingReason] = []
  private var places: [String: UInt8] = [:]
  private var codes: [UInt8]

  /// Of the 255 reasons a column may have, a few are left for those who read the schema.
  private static let maximumReasonCount = 240

  init(
    _ variable: DeclaredVariable, _ store: CellStore, labels: [ReadSession.Label],
    kind: StatisticalFormat
  ) {
    self.variable = variable
    self.store = store
    self.labels = Dictionary(
      labels.map { ($0.code, $0.text) }, uniquingKeysWith: { first, _ in first })
    program = kind.calendar
    codes = []
    codes = [UInt8](repeating: 0, count: store.count)
    // Codes that are declared are known even if no cell holds them.
    for code in variable.stored.missingValues { _ = reason(code) }
    for label in labels where label.code.count == 2 && label.code.hasPrefix(".") {
      _ = reason(label.code)
    }
  }

  mutating func column() -> Column {
    store.isText ? textColumn() : numberColumn()
  }

  /// The number of a reason, counted from 1; `nil` if there are too many.
  private mutating func reason(_ code: String) -> UInt8? {
    if let place = places[code] { return place }
    guard reasons.count < Self.maximumReasonCount else { return nil }
    reasons.append(MissingReason(code: code, label: labels[code]))
    let place = UInt8(reasons.count)
    places[code] = place
    return place
  }

  private var missing: MissingCells {
    MissingCells(reasons: reasons, codes: codes.contains { $0 != 0 } ? codes : [])
  }

  // MARK: Text

  private mutating func textColumn() -> Column {
    let declared = Set(variable.stored.missingValues)
    var reasonOfText = [UInt8](repeating: 0, count: store.pool.count)
    for index in store.pool.indices {
      let text = store.pool[index]
      // No program shows an empty text as an answer.
      if text.isEmpty || declared.contains(text) { reasonOfText[index] = reason(text) ?? 0 }
    }
    for (row, code) in store.codes.enumerated() { codes[row] = reasonOfText[Int(code)] }
    // Texts of missing cells leave the pool, so that nothing takes them for levels.
    var pool = TextPool()
    var placeOfText = [UInt32](repeating: 0, count: store.pool.count)
    for index in store.pool.indices where reasonOfText[index] == 0 {
      placeOfText[index] = UInt32(pool.count)
      pool.append(store.pool[index])
    }
    if pool.count == 0, store.count > 0 { pool.append("") }
    return Column(
      name: variable.name,
      values: .texts(codes: store.codes.map { placeOfText[Int($0)] }, pool: pool), missing: missing)
  }

  // MARK: Numbers

  private mutating func numberColumn() -> Column {
    var numbers = store.numberArray
    if store.hasTags { markTags() }
    markDeclared(&numbers)
    if let kind = DisplayFormat.calendarKind(variable.stored.format, program: program),
      let column = calendarColumn(numbers, kind)
    {
      return column
    }
    return plainColumn(numbers)
  }

  private mutating func markTags() {
    for row in codes.indices where store.tags[row] != CellStore.present {
      let tag = store.tags[row]
      let code = tag == CellStore.systemMissing ? "." : "." + String(UnicodeScalar(tag))
      codes[row] = reason(code) ?? 1
    }
  }

  private mutating func markDeclared(_ numbers: inout [Double]) {
    let values = variable.stored.missingValues.compactMap { Double($0) }
    let ranges = variable.stored.missingRanges
    guard !values.isEmpty || !ranges.isEmpty else { return }
    var leftOut = 0
    for row in numbers.indices where codes[row] == 0 {
      let number = numbers[row]
      guard values.contains(number) || ranges.contains(where: { $0.contains(number) }) else {
        continue
      }
      if let place = reason(NumberCode.text(number)) {
        codes[row] = place
        numbers[row] = 0
      } else {
        leftOut += 1
      }
    }
    if leftOut > 0 {
      diagnostics.append(
        Diagnostic(
          .warning,
          "has more than \(Self.maximumReasonCount) different missing numbers; "
            + "\(leftOut) cells were kept as values", column: variable.name))
    }
  }

  private func calendarColumn(_ numbers: [Double], _ kind: CalendarScale.Kind) -> Column? {
    if kind == .date {
      let scale = CalendarScale(.date, program: program)
      var days: [Int32] = []
      days.reserveCapacity(numbers.count)
      for row in numbers.indices {
        guard codes[row] == 0 else {
          days.append(0)
          continue
        }
        guard let day = scale.day(numbers[row]) else {
          // A date with a fraction is a date-time, in programs that count seconds.
          return program == .spss ? calendarColumn(numbers, .dateTime) : nil
        }
        days.append(day)
      }
      return Column(
        name: variable.name, values: .dates(days), missing: missing,
        form: .calendar(pattern: "yyyy-MM-dd"))
    }
    let scale = CalendarScale(kind, program: program)
    var values: [Int64] = []
    values.reserveCapacity(numbers.count)
    var hasFraction = false
    for row in numbers.indices {
      guard codes[row] == 0 else {
        values.append(0)
        continue
      }
      guard let value = scale.microseconds(numbers[row]) else {
        return kind == .time && program == .stata ? calendarColumn(numbers, .dateTime) : nil
      }
      if value % 1_000_000 != 0 { hasFraction = true }
      values.append(value)
    }
    let time = hasFraction ? "HH:mm:ss.SSS" : "HH:mm:ss"
    return Column(
      name: variable.name, values: kind == .time ? .times(values) : .dateTimes(values),
      missing: missing, form: .calendar(pattern: kind == .time ? time : "yyyy-MM-dd " + time))
  }

  private func plainColumn(_ numbers: [Double]) -> Column {
    var isWhole = true
    for row in numbers.indices where codes[row] == 0 {
      if numbers[row] != numbers[row].rounded() || numbers[row].magnitude >= 9_007_199_254_740_992 {
        isWhole = false
        break
      }
    }
    if isWhole {
      return Column(
        name: variable.name, values: .wholeNumbers(numbers.map { Int64($0) }), missing: missing,
        form: .number(NumberForm()))
    }
    var decimals = 0
    for row in numbers.indices where codes[row] == 0 && decimals <= 12 {
      decimals = NumberCode.decimals(numbers[row], atLeast: decimals)
    }
    return Column(
      name: variable.name, values: .numbers(numbers), missing: missing,
      form: .number(NumberForm(decimals: decimals)))
  }
}
