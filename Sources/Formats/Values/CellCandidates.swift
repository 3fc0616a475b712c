// SPDX-License-Identifier: Apache-2.0
import Tables

/// Finds what the cells of a column may be, from cells taken evenly from all rows.
struct CellCandidates {
  private static let sampleSize = 256

  private let decimalMarks: [String]
  private let mayGroupByPoint: Bool
  /// Cells that hold something, without spaces around them.
  private let sample: [UnsafeBufferPointer<UInt8>]

  init(cells: FieldText, column: Int, decimalMarks: [String]) {
    self.decimalMarks = decimalMarks
    mayGroupByPoint = cells.signs.delimiter != 0x2C
    var sample: [UnsafeBufferPointer<UInt8>] = []
    let step = max(1, cells.rowCount / Self.sampleSize)
    for row in stride(from: 0, to: cells.rowCount, by: step) {
      let bytes = cells.bytes(row: row, column: column)
      if !MissingTokens.isMissingValue(bytes) { sample.append(MissingTokens.trimmed(bytes)) }
    }
    if sample.isEmpty {
      let row = (0..<cells.rowCount).first {
        !MissingTokens.isMissingValue(cells.bytes(row: $0, column: column))
      }
      if let row { sample.append(MissingTokens.trimmed(cells.bytes(row: row, column: column))) }
    }
    self.sample = sample
  }

  /// What fits all cells of the sample, text first and the likeliest last.
  var likelierLast: [CellCandidate] {
    guard let first = sample.first, first.count <= 128 else { return [.text] }
    var list: [CellCandidate] = []
    if areCompactDates { list.append(.calendar(CalendarPattern("yyyyMMdd"), rival: nil)) }
    list += numberForms(first).map(CellCandidate.number)
    let words = BooleanCollector.words.filter { words in
      sample.allSatisfy { $0.elementsEqual(words.yes.utf8) || $0.elementsEqual(words.no.utf8) }
    }
    list += words.map(CellCandidate.boolean)
    let patterns = calendarPatterns(first)
    for (place, pattern) in patterns.enumerated() {
      let rival = place + 1 < patterns.count ? patterns[place + 1] : nil
      list.append(.calendar(pattern, rival: rival))
    }
    list.append(.text)
    return list.reversed()
  }

  // MARK: Numbers

  private func numberForms(_ first: UnsafeBufferPointer<UInt8>) -> [NumberForm] {
    guard first.contains(where: { $0 &- 0x30 < 10 }) else { return [] }
    let affixes = UnitAffix.affixes(of: first)
    var forms: [NumberForm] = []
    for mark in decimalMarks {
      var plain = NumberForm(decimalMark: mark)
      plain.prefix = affixes.prefix
      plain.suffix = affixes.suffix
      var grouped = plain
      grouped.groupMark = mark == "." ? "," : "."
      var other = plain
      other.decimalMark = grouped.groupMark
      other.groupMark = mark
      // In "1.613" among "379" the point parts thousands, if a comma may be the decimal mark.
      if mayGroupByPoint, isGrouped(other) { forms.append(other) }
      forms += [plain, grouped]
    }
    return forms.filter { form in
      let parser = NumberParser(form: form)
      return sample.allSatisfy { parser.parse($0).map { !$0.hasLeadingZero } ?? false }
    }
  }

  /// Whether a mark stands in every number of a thousand or more and in no smaller one, always with
  /// three digits after it.
  private func isGrouped(_ form: NumberForm) -> Bool {
    let mark = form.groupMark.utf8.first ?? 0
    let parser = NumberParser(form: form)
    var marked = 0
    var plain = 0
    for cell in sample {
      guard let number = parser.parse(cell), !number.hasLeadingZero else { return false }
      let hasMark = cell.contains(mark)
      let isLarge = number.value.magnitude >= 1000
      guard hasMark == isLarge else { return false }
      if hasMark { marked += 1 } else if number.value != 0 { plain += 1 }
    }
    return marked > 0 && plain > 0
  }

  // MARK: Dates

  /// Whether all cells are days of 1900 to 2099 in eight digits, and not always the same.
  private var areCompactDates: Bool {
    guard sample.count >= 5, sample.allSatisfy({ $0.count == 8 }) else { return false }
    let pattern = CalendarPattern("yyyyMMdd")
    let days = sample.compactMap { cell -> Int64? in
      guard cell[0] == 0x31 && cell[1] == 0x39 || cell[0] == 0x32 && cell[1] == 0x30 else {
        return nil
      }
      return pattern.parse(cell)
    }
    return days.count == sample.count && Set(days).count > 1
  }

  private func calendarPatterns(_ first: UnsafeBufferPointer<UInt8>) -> [CalendarPattern] {
    guard (4...40).contains(first.count), first.contains(where: { $0 &- 0x30 < 10 }) else {
      return []
    }
    return CalendarPattern.candidates.filter { pattern in
      sample.allSatisfy { pattern.parse($0) != nil }
    }
  }
}
