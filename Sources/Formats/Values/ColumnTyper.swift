// SPDX-License-Identifier: Apache-2.0
import Tables

/// Reads one column of cells as what all of them are: numbers, dates, truth values, or text.
struct ColumnTyper {
  let cells: FieldText
  let column: Int
  let name: String
  let decimalMarks: [String]
  let isText: Bool

  /// Returns the column, and what was noticed.
  func read() -> (column: Column, diagnostics: [Diagnostic]) {
    if !isText {
      if let first = firstValueRow() {
        let sample = cells.bytes(row: first, column: column)
        if let result = numbers(sample) { return result }
        if let result = booleans(sample) { return (result, []) }
        if let result = calendar(sample) { return result }
      }
    }
    var collector = TextCollector(cells: cells, column: column)
    return (collector.column(name: name), [])
  }

  private func firstValueRow() -> Int? {
    (0..<cells.rowCount).first {
      !MissingTokens.isMissingValue(cells.bytes(row: $0, column: column))
    }
  }

  // MARK: Numbers

  private func numbers(
    _ sample: UnsafeBufferPointer<UInt8>
  ) -> (Column, [Diagnostic])? {
    for form in candidateForms(sample) {
      if let result = numbers(form) { return result }
    }
    return nil
  }

  /// The forms in which the first value is a number.
  private func candidateForms(_ sample: UnsafeBufferPointer<UInt8>) -> [NumberForm] {
    var forms: [NumberForm] = []
    for mark in decimalMarks {
      forms.append(NumberForm(decimalMark: mark))
      forms.append(NumberForm(decimalMark: mark, groupMark: mark == "." ? "," : "."))
    }
    let trimmed = MissingTokens.trimmed(sample)
    let text = String(decoding: trimmed.prefix(16), as: UTF8.self)
    var signs: [NumberForm] = []
    for sign in ["£", "$", "€", "£ ", "$ ", "€ "] where text.hasPrefix(sign) {
      signs += forms.map { form in
        var form = form
        form.prefix = sign
        return form
      }
    }
    for sign in ["%", " %", "€", " €"] where String(decoding: trimmed, as: UTF8.self).hasSuffix(sign)
    {
      signs += forms.map { form in
        var form = form
        form.suffix = sign
        return form
      }
    }
    return (forms + signs).filter { NumberParser(form: $0).parse(sample) != nil || $0.groupMark != "" }
  }

  private func numbers(_ form: NumberForm) -> (Column, [Diagnostic])? {
    let parser = NumberParser(form: form)
    let count = cells.rowCount
    var missing = MissingCollector(rowCount: count)
    var wholes: [Int64] = []
    wholes.reserveCapacity(count)
    var shape = NumberShape()
    var row = 0
    // Whole numbers until the first that is none; what was read so far is carried over.
    while row < count {
      let bytes = cells.bytes(row: row, column: column)
      guard let number = parser.parse(bytes) else {
        guard missing.note(row, bytes) else { return nil }
        wholes.append(0)
        row += 1
        continue
      }
      guard number.isWhole else { break }
      guard !number.hasLeadingZero else { return nil }
      shape.add(number)
      wholes.append(number.whole)
      row += 1
    }
    if row == count {
      guard shape.count > 0 else { return nil }
      return (
        Column(
          name: name, values: .wholeNumbers(wholes), missing: missing.cells,
          form: .number(shape.form(form))), []
      )
    }
    var numbers = wholes.map(Double.init)
    wholes = []
    numbers.reserveCapacity(count)
    while row < count {
      let bytes = cells.bytes(row: row, column: column)
      if let number = parser.parse(bytes) {
        guard !number.hasLeadingZero else { return nil }
        shape.add(number)
        numbers.append(number.value)
      } else {
        guard missing.note(row, bytes) else { return nil }
        numbers.append(0)
      }
      row += 1
    }
    var diagnostics: [Diagnostic] = []
    if shape.isIrregular {
      diagnostics.append(
        Diagnostic(
          .note, "numbers are written with varying trailing zeros; they are written without",
          column: name))
    }
    return (
      Column(
        name: name, values: .numbers(numbers), missing: missing.cells,
        form: .number(shape.form(form))), diagnostics
    )
  }

  // MARK: Truth values

  private func booleans(_ sample: UnsafeBufferPointer<UInt8>) -> Column? {
    let pairs = [("true", "false"), ("TRUE", "FALSE"), ("True", "False")]
    let text = String(decoding: MissingTokens.trimmed(sample).prefix(6), as: UTF8.self)
    guard let pair = pairs.first(where: { $0.0 == text || $0.1 == text }) else { return nil }
    let yes = Array(pair.0.utf8)
    let no = Array(pair.1.utf8)
    var values: [Bool] = []
    var missing = MissingCollector(rowCount: cells.rowCount)
    for row in 0..<cells.rowCount {
      let bytes = cells.bytes(row: row, column: column)
      if bytes.elementsEqual(yes) {
        values.append(true)
      } else if bytes.elementsEqual(no) {
        values.append(false)
      } else {
        guard missing.note(row, bytes) else { return nil }
        values.append(false)
      }
    }
    return Column(
      name: name, values: .booleans(values), missing: missing.cells,
      form: .boolean(true: pair.0, false: pair.1))
  }

  // MARK: Dates and times

  private func calendar(_ sample: UnsafeBufferPointer<UInt8>) -> (Column, [Diagnostic])? {
    guard (5...32).contains(sample.count), sample.contains(where: { $0 &- 0x30 < 10 }) else {
      return nil
    }
    let fitting = CalendarPattern.candidates.filter { $0.parse(sample) != nil }
    var results: [(CalendarPattern, [Int64], MissingCells)] = []
    for pattern in fitting {
      if let (values, missing) = values(pattern) { results.append((pattern, values, missing)) }
      if results.count == 2 { break }
    }
    guard let (pattern, values, missing) = results.first else { return nil }
    let stored: ColumnValues
    switch pattern.kind {
    case .date: stored = .dates(values.map { Int32(clamping: $0) })
    case .time: stored = .times(values)
    case .dateTime: stored = .dateTimes(values)
    }
    var diagnostics: [Diagnostic] = []
    if results.count > 1, results[1].1 != values {
      diagnostics.append(
        Diagnostic(
          .warning,
          "dates fit \(pattern.text) and \(results[1].0.text); they were read as \(pattern.text)",
          column: name))
    }
    return (
      Column(name: name, values: stored, missing: missing, form: .calendar(pattern: pattern.text)),
      diagnostics
    )
  }

  private func values(_ pattern: CalendarPattern) -> ([Int64], MissingCells)? {
    var values: [Int64] = []
    values.reserveCapacity(cells.rowCount)
    var missing = MissingCollector(rowCount: cells.rowCount)
    for row in 0..<cells.rowCount {
      let bytes = cells.bytes(row: row, column: column)
      if let value = pattern.parse(bytes) {
        values.append(value)
      } else {
        guard missing.note(row, bytes) else { return nil }
        values.append(0)
      }
    }
    return (values, missing.cells)
  }
}
