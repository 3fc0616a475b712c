// SPDX-License-Identifier: Apache-2.0
import Tables

/// How each scenario differs from the first, row by row on the same draws.
enum ScenarioComparison {
  private struct Line {
    var scenario: String
    var column: String
    var group: String
    var count: Int
    var first: Double
    var mean: Double
    var error: Double
    var gained: Double
    var lost: Double
  }

  /// The comparison of tables that have the same rows in every scenario; nil if there is none.
  ///
  /// Standard errors are those of paired differences.
  ///
  /// - Parameters:
  ///   - tables: For each table, what each scenario made of it.
  ///   - group: A column of numbers whose values are compared apart.
  static func table(_ tables: [[(name: String?, table: Table)]], by group: String?) -> Table? {
    var lines: [Line] = []
    for scenarios in tables where scenarios.count > 1 {
      let base = scenarios[0].table
      for scenario in scenarios.dropFirst() where scenario.table.rowCount == base.rowCount {
        for (index, column) in base.columns.enumerated() where column.name != group {
          guard !column.name.hasSuffix("_id"), column.name != "replication",
            let one = numbers(column), let other = numbers(scenario.table.columns[index]),
            one != other || group == nil
          else { continue }
          let groups = group.flatMap { base.column(named: $0) }.flatMap(numbers) ?? []
          for (name, rows) in split(base.rowCount, groups) {
            if let line = line(
              scenario.name ?? "", "\(base.name).\(column.name)", name,
              rows.compactMap { row in one[row].flatMap { a in other[row].map { (a, $0) } } })
            {
              lines.append(line)
            }
          }
        }
      }
    }
    guard tables.contains(where: { $0.count > 1 }) else { return nil }
    let number = WrittenForm.number(NumberForm(decimals: 12))
    func column(_ name: String, _ value: (Line) -> Double) -> Column {
      Column(name: name, values: .numbers(lines.map(value)), form: number)
    }
    return Table(
      name: "comparison",
      columns: [
        Column(name: "scenario", texts: lines.map(\.scenario)),
        Column(name: "column", texts: lines.map(\.column)),
        Column(name: group ?? "rows_of", texts: lines.map(\.group)),
        Column(
          name: "rows", values: .wholeNumbers(lines.map { Int64($0.count) }),
          form: .number(NumberForm())),
        column("mean_first", \.first), column("mean", \.mean),
        column("difference") { $0.mean - $0.first }, column("standard_error", \.error),
        column("share_higher", \.gained), column("share_lower", \.lost),
      ])
  }

  private static func line(
    _ scenario: String, _ column: String, _ group: String, _ pairs: [(Double, Double)]
  ) -> Line? {
    guard !pairs.isEmpty else { return nil }
    let count = Double(pairs.count)
    let first = pairs.reduce(0) { $0 + $1.0 } / count
    let mean = pairs.reduce(0) { $0 + $1.1 } / count
    let gap = mean - first
    let square = pairs.reduce(0) { $0 + ($1.1 - $1.0 - gap) * ($1.1 - $1.0 - gap) }
    return Line(
      scenario: scenario, column: column, group: group, count: pairs.count, first: first,
      mean: mean, error: pairs.count < 2 ? 0 : (square / (count - 1) / count).squareRoot(),
      gained: Double(pairs.count { $0.1 > $0.0 }) / count,
      lost: Double(pairs.count { $0.1 < $0.0 }) / count)
  }

  /// The rows of each value of a group in ascending order; all rows if there is none.
  private static func split(_ count: Int, _ groups: [Double?]) -> [(String, [Int])] {
    guard !groups.isEmpty else { return [("all", Array(0..<count))] }
    var rows: [Double: [Int]] = [:]
    for (row, value) in groups.enumerated() { rows[value ?? 0, default: []].append(row) }
    return rows.keys.sorted().map { ("\($0)", rows[$0] ?? []) }
  }

  private static func numbers(_ column: Column) -> [Double?]? {
    let list: [Double]
    switch column.values {
    case .numbers(let values): list = values
    case .wholeNumbers(let values): list = values.map { Double($0) }
    case .booleans(let values): list = values.map { $0 ? 1 : 0 }
    default: return nil
    }
    return list.indices.map { column.missing.isMissing(at: $0) ? nil : list[$0] }
  }
}
