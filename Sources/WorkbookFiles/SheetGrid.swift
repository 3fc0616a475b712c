// SPDX-License-Identifier: Apache-2.0
import Formats
import Tables

/// The cells of a sheet by column, and the texts they point to.
struct SheetGrid {
  var columns: [SheetCells] = []
  var rowCount = 0
  var texts: [String]
  private var places: [String: Int] = [:]
  /// Cells with a formula whose result the file does not hold.
  var uncomputedCount = 0

  init(texts: [String]) { self.texts = texts }

  /// The number of a text that stands in the sheet itself.
  mutating func place(of text: String) -> Int {
    if let place = places[text] { return place }
    let place = texts.count
    texts.append(text)
    places[text] = place
    return place
  }

  /// What a cell says, for names of columns and for sheets that are dictionaries.
  func text(_ row: Int, _ column: Int) -> String {
    let cells = columns[column]
    switch cells.kind(row) {
    case .absent: return ""
    case .text, .error: return texts[Int(cells.bits[row])]
    case .boolean: return cells.bits[row] == 1 ? "TRUE" : "FALSE"
    case .number, .date, .time, .dateTime: return Self.text(cells.number(row))
    }
  }

  /// A number as a person writes it: `12`, `0.5`.
  static func text(_ number: Double) -> String {
    number == number.rounded() && number.magnitude < 1e15 ? String(Int64(number)) : "\(number)"
  }

  /// How many cells of a row hold something.
  func presentCount(_ row: Int) -> Int { columns.count { $0.kind(row) != .absent } }
}
