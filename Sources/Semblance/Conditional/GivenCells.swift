// SPDX-License-Identifier: Apache-2.0
import Dictionaries
import Schemas
import Synthesis
import Tables

/// What the cells of one column of a partial table say, row by row.
struct GivenCells {
  /// What a cell says.
  enum Cell: Hashable {
    /// Nothing: it is to be filled in.
    case open
    /// Nothing at all: it is drawn anew, and may come out missing.
    case free
    /// Missing, for a reason by its code.
    case missing(String)
    /// A value on a scale.
    case number(Double)
    /// A value of a category or a text, as it is written plainly.
    case text(String)
  }

  /// The column's name.
  let name: String
  /// The cells.
  private(set) var cells: [Cell]

  /// Reads a column as values of a kind.
  ///
  /// - Parameter storage: How a scale is stored; `nil` for a category or a text.
  /// - Throws: `DataError` for values of another kind.
  init(
    _ column: Column, of file: GivenFile, scale storage: ScaleStorage?
  ) throws(DataError) {
    name = column.name
    cells = []
    let texts = storage == nil ? Self.texts(column, file.schema.variable(named: column.name)) : []
    let numbers = column.values.scaleValues
    for row in 0..<column.count {
      if file.isOpen(column, row) {
        cells.append(.open)
      } else if let reason = column.missing.reason(at: row) {
        cells.append(.missing(reason.code))
      } else if let storage {
        guard Self.suits(column.values, storage), let number = numbers[safely: row] else {
          throw file.error(
            "the cell is no \(storage.word)", row: row, column: column.name,
            remedy: "Write it as the table that the generator learned from does, or leave it empty."
          )
        }
        guard storage != .wholeNumbers || number == number.rounded() else {
          throw file.error(
            "the cell is no whole number", row: row, column: column.name,
            remedy: "All values of this variable are whole numbers; round it, or leave it empty.")
        }
        cells.append(.number(number))
      } else {
        cells.append(.text(texts[row]))
      }
    }
  }

  /// A column of which nothing is given.
  init(open name: String, rowCount: Int) {
    self.name = name
    cells = [Cell](repeating: .open, count: rowCount)
  }

  /// Takes a value in for a cell that was open.
  mutating func settle(_ row: Int, _ cell: Cell) { cells[row] = cell }

  private static func suits(_ values: ColumnValues, _ storage: ScaleStorage) -> Bool {
    switch (values, storage) {
    case (.numbers, .numbers), (.wholeNumbers, .numbers), (.wholeNumbers, .wholeNumbers),
      (.numbers, .wholeNumbers), (.dates, .dates), (.times, .times), (.dateTimes, .dateTimes):
      true
    default: false
    }
  }

  /// The cells as a category writes its levels plainly.
  private static func texts(_ column: Column, _ variable: Variable?) -> [String] {
    let texts = column.values.plainTexts
    // A column of one word only is no column of two.
    if case .boolean(let yes, let no) = variable?.form {
      return texts.map { $0 == yes ? "true" : $0 == no ? "false" : $0 }
    }
    return texts
  }
}

extension ScaleStorage {
  /// One of its values, in words.
  fileprivate var word: String {
    switch self {
    case .numbers: "number"
    case .wholeNumbers: "whole number"
    case .dates: "date"
    case .times: "time"
    case .dateTimes: "date-time"
    }
  }
}

extension Array {
  fileprivate subscript(safely index: Int) -> Element? {
    indices.contains(index) ? self[index] : nil
  }
}
