// SPDX-License-Identifier: Apache-2.0
import Formulas
public import Tables

/// A published table of counts: a number for each combination of the levels of some variables.
public struct PublishedTable: Hashable, Sendable {
  /// What it is called in reports.
  public let name: String
  /// The variables.
  public let variables: [String]
  /// The levels of each variable, in order of appearance.
  public let levels: [[String]]
  /// The counts, the last variable's level running fastest.
  public let counts: [Double]

  /// What rows of totals call their level.
  private static let totals: Set<String> = ["total", "all", "alle", "gesamt", "ensemble"]

  /// Reads a table in long form: a column a variable, and a last one with the counts.
  ///
  /// Rows of totals, such as `Total` in place of a level, are checked and left out.
  ///
  /// - Throws: `DataError` if a count is negative, missing or no number, a combination comes twice, or
  ///   a total is not that of its parts.
  public init(_ table: Table, name: String) throws(DataError) {
    guard table.columnCount >= 2, table.rowCount > 0, let last = table.columns.last else {
      throw DataError(
        "a published table has a column for each variable and one of counts", file: name,
        remedy: "Give at least two columns and one row.")
    }
    let numbers: [Double]
    switch last.values {
    case .numbers(let list): numbers = list
    case .wholeNumbers(let list): numbers = list.map { Double($0) }
    default:
      throw DataError(
        "the last column of a published table holds no numbers", file: name, column: last.name,
        remedy: "Put the counts into the last column.")
    }
    var rows: [(levels: [String], count: Double)] = []
    for row in 0..<table.rowCount {
      guard !last.missing.isMissing(at: row), numbers[row] >= 0 else {
        throw DataError(
          "a count is missing or negative", file: name, line: row + 2, column: last.name,
          remedy: "Write a number of 0 or above.")
      }
      rows.append((table.columns.dropLast().map { Self.text($0, row) }, numbers[row]))
    }
    try self.init(name: name, variables: Array(table.columnNames.dropLast()), rows: rows)
  }

  init(
    name: String, variables: [String], rows: [(levels: [String], count: Double)]
  ) throws(DataError) {
    self.name = name
    self.variables = variables
    func isTotal(_ level: String) -> Bool { Self.isTotal(level) }
    let inner = rows.filter { !$0.levels.contains(where: isTotal) }
    var levels: [[String]] = variables.map { _ in [] }
    for row in inner {
      for (place, level) in row.levels.enumerated() where !levels[place].contains(level) {
        levels[place].append(level)
      }
    }
    self.levels = levels
    let size = levels.reduce(1) { $0 * $1.count }
    guard !inner.isEmpty, size <= PublishedPopulation.limit else {
      throw DataError(
        inner.isEmpty
          ? "a published table has nothing but totals" : "a published table is too large",
        file: name, remedy: "Give the counts of at most \(PublishedPopulation.limit) combinations.")
    }
    var counts = [Double](repeating: 0, count: size)
    var isSet = [Bool](repeating: false, count: size)
    for row in inner {
      var place = 0
      for (variable, level) in row.levels.enumerated() {
        place = place * levels[variable].count + (levels[variable].firstIndex(of: level) ?? 0)
      }
      guard !isSet[place] else {
        throw DataError(
          "a combination of levels comes twice in a published table", file: name,
          remedy: "Keep one row for it.")
      }
      isSet[place] = true
      counts[place] = row.count
    }
    self.counts = counts
    for row in rows where row.levels.contains(where: isTotal) {
      let parts = inner.filter { part in
        zip(row.levels, part.levels).allSatisfy { isTotal($0) || $0 == $1 }
      }
      let sum = parts.reduce(0) { $0 + $1.count }
      guard abs(sum - row.count) <= max(0.5 * Double(parts.count), 1e-6 * sum) else {
        throw DataError(
          "a total of the table is not the sum of its parts (\(row.levels.joined(separator: ", ")))",
          file: name, remedy: "Correct the total or the parts, or leave the totals out.")
      }
    }
  }

  /// Whether a level is a row of totals.
  static func isTotal(_ level: String) -> Bool {
    totals.contains(level.lowercased().filter { !$0.isWhitespace })
  }

  /// A cell as a level.
  static func text(_ column: Column, _ row: Int) -> String {
    switch column.values {
    case .texts(let codes, let pool): pool[Int(codes[row])]
    case .wholeNumbers(let list): String(list[row])
    case .numbers(let list): String(list[row])
    case .booleans(let list): list[row] ? "true" : "false"
    case .dates(let list): String(list[row])
    case .times(let list), .dateTimes(let list): String(list[row])
    }
  }

  /// The sum of all counts.
  public var total: Double { counts.reduce(0, +) }

  /// The counts by the levels of some of the variables.
  func margin(_ names: [String]) -> [[String]: Double] {
    let places = names.compactMap { variables.firstIndex(of: $0) }
    var result: [[String]: Double] = [:]
    for (cell, count) in counts.enumerated() {
      let own = levels(of: cell)
      result[places.map { own[$0] }, default: 0] += count
    }
    return result
  }

  /// The levels of a cell.
  func levels(of cell: Int) -> [String] {
    var rest = cell
    var result: [String] = []
    for variable in levels.indices.reversed() {
      result.append(levels[variable][rest % levels[variable].count])
      rest /= levels[variable].count
    }
    return result.reversed()
  }
}
