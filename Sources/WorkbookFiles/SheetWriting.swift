// SPDX-License-Identifier: Apache-2.0
import Studies
import Tables

/// Writes the cells of a table, row by row.
struct SheetWriting {
  /// What the cells of a column are made of.
  private struct Cells {
    var column: Column
    var letters: [UInt8]
    var style: [UInt8]
    /// The cells of texts, each ready but for its place: the rest of the tag and what follows it.
    var texts: [[UInt8]] = []
    /// The cells of each reason of missing; empty for no cell.
    var missing: [[UInt8]] = []
    var isoTexts: CalendarTexts?
  }

  private static let largestWhole = 9_007_199_254_740_992

  private var cells: [Cells] = []
  private let rowCount: Int
  private let head: [UInt8]
  private var row = -1
  private(set) var diagnostics: [Diagnostic] = []
  /// How many numbers and dates had to be written as text, by column.
  private var textCounts: [Int]

  init(_ table: Table, styles: inout WorkbookStyles, texts: inout SharedTexts) {
    rowCount = table.rowCount
    textCounts = Array(repeating: 0, count: table.columnCount)
    let bold = styles.number(isBold: true)
    var head: [UInt8] = []
    for (index, column) in table.columns.enumerated() {
      let letters = Self.letters(index)
      head += Array("<c r=\"".utf8)
      head += letters
      head += Array(
        "1\" s=\"\(bold)\" t=\"s\"><v>\(texts.place(of: column.name))</v></c>".utf8)
      var item = Cells(
        column: column, letters: letters, style: Self.tag(styles.number(code: Self.code(column))))
      if case .texts(_, let pool) = column.values {
        item.texts = pool.texts.map { Self.cell($0, &styles, &texts) }
      }
      let isNumber =
        switch column.values {
        case .numbers, .wholeNumbers: true
        default: false
        }
      item.missing = column.missing.reasons.map { reason in
        if reason.code.isEmpty || reason.code == "." { return [] }
        if isNumber, let number = Double(reason.code), number.isFinite {
          return Array(">".utf8) + Self.value(SheetGrid.text(number))
        }
        if Self.errors.contains(reason.code) {
          return Array(" t=\"e\">".utf8) + Self.value(reason.code)
        }
        return Self.cell(reason.code, &styles, &texts)
      }
      switch column.values {
      case .dates, .dateTimes, .times: item.isoTexts = CalendarTexts(column)
      default: break
      }
      cells.append(item)
    }
    self.head = head
  }

  /// The next bytes of the sheet, or `nil` at its end.
  mutating func next(texts: inout SharedTexts) -> [UInt8]? {
    guard row <= rowCount else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(1 << 18)
    if row < 0 {
      let last = Self.letters(max(0, cells.count - 1))
      bytes += Array(
        """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <worksheet xmlns="\(WorkbookWriting.namespace)"><dimension ref="A1:
        """.utf8)
      bytes += last
      bytes += Array(
        """
        \(rowCount + 1)"/><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" \
        topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>\
        <sheetData><row r="1">
        """.utf8)
      bytes += head
      bytes += Array("</row>".utf8)
      row = 0
    }
    while row < rowCount, bytes.count < 1 << 18 {
      let number = Array(String(row + 2).utf8)
      bytes += Array("<row r=\"".utf8)
      bytes += number
      bytes += [0x22, 0x3E]
      for index in cells.indices { append(index, number, &bytes, &texts) }
      bytes += Array("</row>".utf8)
      row += 1
    }
    if row == rowCount {
      bytes += Array("</sheetData></worksheet>".utf8)
      row += 1
    }
    return bytes
  }

  /// What was written otherwise than it is.
  func losses() -> [Diagnostic] {
    zip(cells, textCounts).compactMap { cell, count in
      guard count > 0 else { return nil }
      let what = cell.isoTexts == nil ? "whole numbers of more than 15 digits" : "dates before 1900"
      return Diagnostic(
        .warning, "\(count) \(what) are written as text", column: cell.column.name)
    }
  }

  // MARK: Cells

  private mutating func append(
    _ index: Int, _ number: [UInt8], _ bytes: inout [UInt8], _ texts: inout SharedTexts
  ) {
    let missing = cells[index].column.missing.codes
    if !missing.isEmpty, missing[row] != 0 {
      let cell = cells[index].missing[Int(missing[row]) - 1]
      if cell.isEmpty { return }
      open(index, number, &bytes)
      bytes += cell
      return
    }
    open(index, number, &bytes)
    switch cells[index].column.values {
    case .texts(let codes, _): bytes += cells[index].texts[Int(codes[row])]
    case .booleans(let list):
      bytes += Array((list[row] ? " t=\"b\"><v>1</v></c>" : " t=\"b\"><v>0</v></c>").utf8)
    case .numbers(let list):
      bytes += cells[index].style
      Self.append(value: SheetGrid.text(list[row]), to: &bytes)
    case .wholeNumbers(let list):
      if list[row].magnitude > UInt64(Self.largestWhole) {
        appendText(String(list[row]), index, &bytes, &texts)
      } else {
        bytes += cells[index].style
        Self.append(value: String(list[row]), to: &bytes)
      }
    case .dates(let list):
      appendDate(SerialDate.serial(days: Int(list[row])), index, &bytes, &texts)
    case .dateTimes(let list):
      appendDate(SerialDate.serial(microseconds: list[row]), index, &bytes, &texts)
    case .times(let list): appendDate(Double(list[row]) / 86_400_000_000, index, &bytes, &texts)
    }
  }

  private func open(_ index: Int, _ number: [UInt8], _ bytes: inout [UInt8]) {
    bytes += [0x3C, 0x63, 0x20, 0x72, 0x3D, 0x22]  // <c r="
    bytes += cells[index].letters
    bytes += number
    bytes.append(0x22)
  }

  private mutating func appendDate(
    _ serial: Double?, _ index: Int, _ bytes: inout [UInt8], _ texts: inout SharedTexts
  ) {
    if let serial {
      bytes += cells[index].style
      Self.append(value: SheetGrid.text(serial), to: &bytes)
    } else {
      appendText(cells[index].isoTexts?.text(row) ?? "", index, &bytes, &texts)
    }
  }

  private mutating func appendText(
    _ text: String, _ index: Int, _ bytes: inout [UInt8], _ texts: inout SharedTexts
  ) {
    textCounts[index] += 1
    bytes += Array(" t=\"s\"><v>\(texts.place(of: text))</v></c>".utf8)
  }

  @inline(__always)
  private static func append(value: String, to bytes: inout [UInt8]) {
    bytes += [0x3C, 0x76, 0x3E]  // <v>
    bytes += value.utf8
    bytes += [0x3C, 0x2F, 0x76, 0x3E, 0x3C, 0x2F, 0x63, 0x3E]  // </v></c>
  }

  private static func value(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    append(value: text, to: &bytes)
    return bytes
  }

  /// A cell of text behind its place; what looks like a formula is marked as text for good.
  static func cell(
    _ text: String, _ styles: inout WorkbookStyles, _ texts: inout SharedTexts
  ) -> [UInt8] {
    let style = SharedTexts.looksLikeFormula(text) ? styles.number(isQuoted: true) : 0
    let mark = style > 0 ? " s=\"\(style)\"" : ""
    return Array("\(mark) t=\"s\"><v>\(texts.place(of: text))</v></c>".utf8)
  }

  /// What ends the tag of a number under a format.
  private static func tag(_ style: Int) -> [UInt8] {
    Array((style > 0 ? " s=\"\(style)\">" : ">").utf8)
  }

  /// The letters of a column: A to Z, AA and on.
  static func letters(_ index: Int) -> [UInt8] {
    var letters: [UInt8] = []
    var rest = index + 1
    while rest > 0 {
      letters.insert(UInt8(0x41 + (rest - 1) % 26), at: 0)
      rest = (rest - 1) / 26
    }
    return letters
  }

  /// The format under which a column is shown.
  private static func code(_ column: Column) -> String {
    switch (column.values, column.form) {
    case (.dates, .calendar(let pattern)), (.dateTimes, .calendar(let pattern)),
      (.times, .calendar(let pattern)):
      return DisplayCode.code(of: pattern)
    case (.dates, _): return "yyyy-mm-dd"
    case (.dateTimes, _): return "yyyy-mm-dd hh:mm:ss"
    case (.times, _): return "hh:mm:ss"
    case (.numbers(let list), .number(let form)):
      if form.hasFixedDecimals, (1...15).contains(form.decimals) {
        return "0." + String(repeating: "0", count: form.decimals)
      }
      // Without a decimal shown, a column of whole values would come back as whole numbers.
      return list.allSatisfy { $0 == $0.rounded() } ? "0.0" : ""
    default: return ""
    }
  }

  private static let errors: Set<String> = [
    "#N/A", "#DIV/0!", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#NAME?",
  ]
}
