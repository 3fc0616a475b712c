// SPDX-License-Identifier: Apache-2.0
import Dictionaries
import Formats
import Tables

/// Finds the table on a sheet: where it begins, and what its columns are called.
struct SheetTable {
  let grid: SheetGrid
  let file: String
  let dates: SerialDate
  private(set) var diagnostics: [Diagnostic] = []
  /// The columns of the sheet that belong to the table.
  private(set) var columns: [Int] = []
  private(set) var names: [String] = []
  private(set) var rows = 0..<0

  init(_ grid: SheetGrid, file: String, dates: SerialDate) throws(DataError) {
    self.grid = grid
    self.file = file
    self.dates = dates
    columns = grid.columns.indices.filter { index in
      grid.columns[index].kinds.contains { $0 != .absent }
    }
    guard !columns.isEmpty else {
      throw DataError(
        "the sheet is empty", file: file, remedy: "Name a sheet with a table after #.")
    }
    var first = 0
    while grid.presentCount(first) == 0 { first += 1 }
    // A title stands alone in the first column above the table; a lone name of a second column does not.
    var title = first
    while columns.count > 1, title < min(grid.rowCount, first + 20), isTitle(title) { title += 1 }
    if title > first, title < grid.rowCount, grid.presentCount(title) * 2 >= columns.count,
      isHeader(title)
    {
      diagnostics.append(
        Diagnostic(
          .note, "\(title - first) row(s) above the table hold a title, and were passed over",
          line: first + 1))
      first = title
      columns.removeAll { column in
        (first..<grid.rowCount).allSatisfy { grid.columns[column].kind($0) == .absent }
      }
    }
    if isHeader(first) {
      let distinct = DistinctNames(columns.map { grid.text(first, $0) })
      names = distinct.names
      if distinct.changedCount > 0 {
        diagnostics.append(
          Diagnostic(
            .warning,
            "\(distinct.changedCount) column name(s) were empty or stood twice; they got a name of "
              + "their own", line: first + 1))
      }
      rows = (first + 1)..<max(first + 1, grid.rowCount)
    } else {
      names = columns.indices.map { "V\($0 + 1)" }
      diagnostics.append(
        Diagnostic(
          .note, "the first row holds values, so the columns are named V1 to V\(names.count)"))
      rows = first..<grid.rowCount
    }
    if grid.uncomputedCount > 0 {
      diagnostics.append(
        Diagnostic(
          .warning,
          "\(grid.uncomputedCount) cells hold formulas without results, which were taken as empty; "
            + "open and save the file in a spreadsheet program to have them computed"))
    }
  }

  /// Whether a row is empty, or holds one text in the first column.
  private func isTitle(_ row: Int) -> Bool {
    let count = grid.presentCount(row)
    return count == 0 || (count == 1 && grid.columns[columns[0]].kind(row) == .text)
  }

  /// Whether a row names columns: by texts, by places (0, 1, 2 …), or by rising years after a text.
  private func isHeader(_ row: Int) -> Bool {
    var numbers: [Double] = []
    for column in columns {
      switch grid.columns[column].kind(row) {
      case .text: if !numbers.isEmpty { return false }
      case .number: numbers.append(grid.columns[column].number(row))
      case .absent: if !numbers.isEmpty { return false }
      default: return false
      }
    }
    if numbers.isEmpty { return true }
    let words = columns.count - numbers.count
    let arePlaces =
      numbers.count + words >= 3 && words <= 1
      && numbers.enumerated().allSatisfy { $0.element == Double($0.offset) }
    let areYears =
      words > 0 && numbers.count >= 3
      && numbers.allSatisfy { (1500...2200).contains($0) && $0 == $0.rounded() }
      && zip(numbers, numbers.dropFirst()).allSatisfy(<)
    return arePlaces || areYears
  }

  /// The table; a dictionary may say which columns are text, and which codes are missing.
  func table(codebook: Codebook?, textColumns: Set<String>) -> Table {
    var missing: [String: [String]] = [:]
    for entry in codebook?.entries ?? [] { missing[entry.name] = entry.missingCodes.map(\.code) }
    let isText = textColumns.union(codebook?.textColumns ?? [])
    let list = zip(columns, names).map { place, name in
      SheetColumn(
        cells: grid.columns[place], rows: rows, texts: grid.texts, dates: dates,
        missingCodes: missing[name] ?? []
      ).column(named: name, isText: isText.contains(name))
    }
    return Table(columns: list, rowCount: rows.count)
  }
}
