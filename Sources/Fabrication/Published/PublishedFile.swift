// SPDX-License-Identifier: Apache-2.0
import Tables

/// Tells by its columns what a published table in a file holds: counts, statistics or correlations.
///
/// - Counts in long form: a column a variable, the last one of numbers.
/// - A cross-table, where the specification says of which variables: the levels of the last one are the
///   names of the columns.
/// - Statistics: a column `variable`, then `mean`, `sd`, `median`, `p25`, `min`, `max`, `n` (or
///   `statistic` and `value`); any other column is a variable by which the figures are.
/// - Correlations: the names of the columns are those of the rows.
struct PublishedFile {
  let table: Table
  let name: String

  /// Reads the table.
  ///
  /// - Parameter of: The variables of a table of counts, where the specification names them.
  func input(of variables: [String]?) throws(DataError) -> PublishedInput {
    guard table.columnCount >= 2, table.rowCount > 0 else {
      throw DataError(
        "a published table has a column for each variable and one of counts", file: name,
        remedy: "Give at least two columns and one row.")
    }
    if let variables { return PublishedInput(tables: [try crossTable(variables)]) }
    let names = table.columnNames.map { $0.lowercased() }
    if names.contains("statistic"), names.contains("value"), names.contains("variable") {
      return try longStatistics()
    }
    if names.contains("variable"),
      table.columnNames.contains(where: { Self.statistic($0) != nil })
    {
      return try wideStatistics()
    }
    let rows = (0..<table.rowCount).map { PublishedTable.text(table.columns[0], $0) }
    if table.columnCount == table.rowCount + 1, Array(table.columnNames.dropFirst()) == rows {
      return try correlations(rows)
    }
    return PublishedInput(tables: [try PublishedTable(table, name: name)])
  }

  // MARK: Counts

  private func crossTable(_ variables: [String]) throws(DataError) -> PublishedTable {
    var rows: [(levels: [String], count: Double)] = []
    let isLong = table.columnCount == variables.count + 1
    guard isLong || (variables.count >= 2 && table.columnCount > variables.count) else {
      throw DataError(
        "the file has \(table.columnCount) columns, which do not suit \(variables.count) variables",
        file: name,
        remedy:
          "Give a column a variable and one of counts, or the last variable's levels as columns.")
    }
    let before = isLong ? variables.count : variables.count - 1
    for row in 0..<table.rowCount {
      let levels = table.columns[..<before].map { PublishedTable.text($0, row) }
      for column in table.columns[before...] {
        let count = try self.number(column, row)
        guard let count, count >= 0 else {
          throw DataError(
            "a count is missing or negative", file: name, line: row + 2, column: column.name,
            remedy: "Write a number of 0 or above.")
        }
        rows.append((isLong ? levels : levels + [column.name], count))
      }
    }
    return try PublishedTable(name: name, variables: variables, rows: rows)
  }

  private func number(_ column: Column, _ row: Int) throws(DataError) -> Double? {
    if column.missing.isMissing(at: row) { return nil }
    switch column.values {
    case .numbers(let list): return list[row]
    case .wholeNumbers(let list): return Double(list[row])
    case .texts:
      let text = PublishedTable.text(column, row).filter { $0 != " " && $0 != "\u{A0}" }
      if text.isEmpty { return nil }
      if let value = Double(text) { return value }
    default: break
    }
    throw DataError(
      "a figure is no number", file: name, line: row + 2, column: column.name,
      remedy: "Write numbers with a point, and leave out signs of units.")
  }

  // MARK: Statistics

  private enum Heading: Hashable {
    case kind(PublishedStatistic.Kind)
    case minimum
    case maximum
    case step
  }

  private static func statistic(_ name: String) -> Heading? {
    let word = name.lowercased().filter { !$0.isWhitespace && $0 != "_" && $0 != "." }
    switch word {
    case "n", "count": return .kind(.count)
    case "mean", "average": return .kind(.mean)
    case "sd", "std", "stddev", "standarddeviation": return .kind(.deviation)
    case "median": return .kind(.quantile(0.5))
    case "min", "minimum", "from": return .minimum
    case "max", "maximum", "to": return .maximum
    case "step": return .step
    default: break
    }
    // p25, 25%, q0.25
    let spaceless = name.lowercased().filter { !$0.isWhitespace }
    if spaceless.hasPrefix("p"), let percent = Double(spaceless.dropFirst()) {
      return .kind(.quantile(percent / 100))
    }
    if spaceless.hasSuffix("%"), let percent = Double(spaceless.dropLast()) {
      return .kind(.quantile(percent / 100))
    }
    if spaceless.hasPrefix("q"), let share = Double(spaceless.dropFirst()) {
      return .kind(.quantile(share))
    }
    return nil
  }

  private func place(of name: String) -> Int {
    table.columnNames.firstIndex { $0.lowercased() == name } ?? 0
  }

  /// Of whom the figures of a row are: levels of the columns that are neither variable nor figure.
  private func group(_ row: Int, _ columns: [Int]) -> [PublishedStatistic.Condition] {
    columns.compactMap { place in
      let column = table.columns[place]
      guard !column.missing.isMissing(at: row) else { return nil }
      let level = PublishedTable.text(column, row)
      return level.isEmpty || PublishedTable.isTotal(level)
        ? nil : PublishedStatistic.Condition(variable: column.name, level: level)
    }
  }

  private func wideStatistics() throws(DataError) -> PublishedInput {
    let variable = place(of: "variable")
    let headings = table.columnNames.map { Self.statistic($0) }
    let groups = headings.indices.filter { $0 != variable && headings[$0] == nil }
    var input = PublishedInput()
    for row in 0..<table.rowCount {
      let name = PublishedTable.text(table.columns[variable], row)
      let group = group(row, groups)
      for (place, heading) in headings.enumerated() where place != variable {
        guard let heading, let value = try number(table.columns[place], row) else { continue }
        add(heading, name, group, value, row, to: &input)
      }
    }
    return input
  }

  private func longStatistics() throws(DataError) -> PublishedInput {
    let places = [place(of: "variable"), place(of: "statistic"), place(of: "value")]
    let groups = table.columnNames.indices.filter { !places.contains($0) }
    var input = PublishedInput()
    for row in 0..<table.rowCount {
      let name = PublishedTable.text(table.columns[places[0]], row)
      guard let heading = Self.statistic(PublishedTable.text(table.columns[places[1]], row)) else {
        throw DataError(
          "a statistic is not known here", file: name, line: row + 2, column: "statistic",
          remedy: "Use one of: n, mean, sd, median, p25 and the like, min, max.")
      }
      guard let value = try number(table.columns[places[2]], row) else { continue }
      add(heading, name, group(row, groups), value, row, to: &input)
    }
    return input
  }

  private func add(
    _ heading: Heading, _ variable: String, _ group: [PublishedStatistic.Condition],
    _ value: Double, _ row: Int, to input: inout PublishedInput
  ) {
    input.addNumber(variable)
    var range = input.ranges[variable] ?? PublishedInput.Range(table: name)
    switch heading {
    case .kind(let kind):
      input.statistics.append(
        PublishedStatistic(
          table: name, variable: variable, kind: kind, group: group, value: value, file: name,
          line: row + 2))
    case .minimum: range.low = min(range.low ?? value, value)
    case .maximum: range.high = max(range.high ?? value, value)
    case .step: range.step = value
    }
    input.ranges[variable] = range
  }

  private func correlations(_ names: [String]) throws(DataError) -> PublishedInput {
    var input = PublishedInput()
    for (row, name) in names.enumerated() {
      for (place, other) in names.enumerated() where place < row {
        // Either half of the matrix may be left empty.
        let below = try number(table.columns[place + 1], row)
        let above = try number(table.columns[row + 1], place)
        guard let value = below ?? above else { continue }
        if let above, let below, abs(above - below) > 1e-9 {
          throw DataError(
            "the correlation of `\(other)` and `\(name)` stands twice, and differs",
            file: self.name,
            line: row + 2, remedy: "Keep one half of the matrix.")
        }
        input.statistics.append(
          PublishedStatistic(
            table: self.name, variable: other, kind: .correlation(with: name), value: value,
            file: self.name, line: row + 2))
      }
    }
    return input
  }
}
