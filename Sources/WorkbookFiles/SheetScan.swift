// SPDX-License-Identifier: Apache-2.0
import Markup
import Tables

/// Reads the cells of a sheet.
///
/// ## Source
/// ECMA-376 part 1, 18.3.1: rows, cells, values and inline texts.
struct SheetScan {
  /// The most columns a sheet has.
  private static let columnLimit = 16_384
  /// The most rows a sheet has.
  private static let rowLimit = 1_048_576

  private let file: String
  private let codes: [DisplayCode]
  private let cellLimit: Int
  private var scanner: XMLScanner
  private var grid: SheetGrid
  private var row = -1
  private var column = -1
  private var scratch: [UInt8] = []

  private init(
    _ bytes: [UInt8], file: String, texts: [String], codes: [DisplayCode], cellLimit: Int
  ) {
    self.file = file
    self.codes = codes
    self.cellLimit = cellLimit
    scanner = XMLScanner(bytes, file: file)
    grid = SheetGrid(texts: texts)
  }

  /// Reads a sheet.
  ///
  /// - Throws: `DataError` if it is damaged, or holds more cells than are wanted.
  static func grid(
    _ bytes: [UInt8], file: String, texts: [String], codes: [DisplayCode], cellLimit: Int
  ) throws(DataError) -> SheetGrid {
    var scan = SheetScan(bytes, file: file, texts: texts, codes: codes, cellLimit: cellLimit)
    try scan.run()
    return scan.grid
  }

  private mutating func run() throws(DataError) {
    while true {
      switch try scanner.next() {
      case .start:
        if scanner.isNamed("c") {
          try cell()
        } else if scanner.isNamed("row") {
          row = number(scanner.attributeBytes("r")).map { $0 - 1 } ?? row + 1
          column = -1
        }
      case .finish: return
      case .end, .text: break
      }
    }
  }

  private mutating func cell() throws(DataError) {
    if let range = scanner.attributeBytes("r") { place(range) } else { column += 1 }
    row = max(row, 0)
    guard (0..<Self.columnLimit).contains(column), row < Self.rowLimit else {
      throw scanner.damage()
    }
    let style = number(scanner.attributeBytes("s")) ?? 0
    let kind = scanner.attributeBytes("t")
    let first = kind.map { scanner.byte($0.lowerBound) } ?? 0x6E
    let second = kind.flatMap { $0.count > 1 ? scanner.byte($0.lowerBound + 1) : nil } ?? 0
    let isInline = first == 0x69
    var hasValue = false
    var hasFormula = false
    scratch.removeAll(keepingCapacity: true)
    let level = scanner.depth
    while true {
      let piece = try scanner.next()
      if piece == .end, scanner.depth < level { break }
      if piece == .finish { break }
      guard piece == .start else { continue }
      if scanner.isNamed("v") || (isInline && scanner.isNamed("t")) {
        hasValue = true
        try appendContent()
      } else if scanner.isNamed("f") {
        hasFormula = true
        try scanner.skipElement()
      } else if scanner.isNamed("rPh") {
        try scanner.skipElement()
      }
    }
    guard hasValue else {
      if hasFormula { grid.uncomputedCount += 1 }
      return
    }
    try keep(first, second, style)
  }

  private mutating func appendContent() throws(DataError) {
    let level = scanner.depth
    while true {
      let piece = try scanner.next()
      if piece == .text { try scanner.appendText(to: &scratch) }
      if piece == .finish || (piece == .end && scanner.depth < level) { return }
    }
  }

  /// Keeps the value in `scratch`; the first letters of its type tell the types apart.
  private mutating func keep(_ first: UInt8, _ second: UInt8, _ style: Int) throws(DataError) {
    switch (first, second) {
    case (0x73, 0):  // s: a shared text
      guard let place = Int(String(decoding: scratch, as: UTF8.self)),
        grid.texts.indices.contains(place)
      else { throw scanner.damage() }
      if !grid.texts[place].isEmpty { try set(.text, UInt64(place), nil) }
    case (0x73, _), (0x69, _):  // str, inlineStr
      let text = CellText.decoded(String(decoding: scratch, as: UTF8.self))
      if !text.isEmpty { try set(.text, UInt64(grid.place(of: text)), nil) }
    case (0x62, _): try set(.boolean, scratch.first == 0x31 ? 1 : 0, nil)
    case (0x65, _):
      let text = String(decoding: scratch, as: UTF8.self)
      try set(.error, UInt64(grid.place(of: text)), nil)
    case (0x64, _):  // d: a date in ISO 8601, which becomes one when the column is typed
      let text = String(decoding: scratch, as: UTF8.self)
      try set(.text, UInt64(grid.place(of: text)), nil)
    default:
      guard !scratch.isEmpty else { return }
      guard let value = CellText.number(scratch), value.isFinite else { throw scanner.damage() }
      let code = codes.indices.contains(style) ? codes[style] : nil
      let kind: SheetCells.Kind =
        switch code?.meaning {
        case .date: .date
        case .time: .time
        case .dateTime: .dateTime
        default: .number
        }
      try set(kind, value.bitPattern, code)
    }
  }

  private mutating func set(
    _ kind: SheetCells.Kind, _ bits: UInt64, _ code: DisplayCode?
  ) throws(DataError) {
    while grid.columns.count <= column { grid.columns.append(SheetCells()) }
    // A lone cell far below costs as much as all rows above it.
    guard (row + 1) * grid.columns.count <= cellLimit else {
      throw DataError(
        "the sheet holds more than \(cellLimit) cells", file: file,
        remedy: "Give a sheet of fewer rows.")
    }
    grid.columns[column].set(kind, bits, row: row, code: code)
    grid.rowCount = max(grid.rowCount, row + 1)
  }

  /// Reads a place such as `BC23`.
  private mutating func place(_ range: Range<Int>) {
    var letters = 0
    var digits = 0
    for index in range {
      let byte = scanner.byte(index)
      if byte &- 0x30 < 10 {
        digits = min(digits * 10 + Int(byte - 0x30), Self.rowLimit + 1)
      } else {
        letters = min(letters * 26 + Int((byte & 0xDF) &- 0x40), Self.columnLimit + 1)
      }
    }
    column = letters - 1
    if digits > 0 { row = digits - 1 }
  }

  private func number(_ range: Range<Int>?) -> Int? {
    guard let range, !range.isEmpty, range.count < 10 else { return nil }
    var value = 0
    for index in range {
      let digit = scanner.byte(index) &- 0x30
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }
}
