// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables

/// The units of a table at the end of a period: what is compared, weights and groups.
struct LifeUnits {
  private(set) var keys: [UInt64] = []
  private(set) var values: [Double] = []
  private(set) var weights: [Double] = []
  private(set) var rowOf: [UInt64: Int] = [:]
  private var groups: [String: [String]] = [:]

  /// Units whose value is present.
  init(
    _ run: LifeRun, _ snapshot: LifeRun.Snapshot, _ table: Int, _ column: String,
    _ weight: String?, _ groups: [String]
  ) {
    let rows = snapshot.tables[table]
    let names = run.program.scope.tables[table].columns.map(\.name)
    func numbers(_ name: String) -> [Double?] {
      guard let index = names.firstIndex(of: name) else { return [] }
      let missing = rows.columns[index].missing
      let list: [Double] =
        switch rows.columns[index].values {
        case .numbers(let list): list
        case .wholeNumbers(let list): list.map { Double($0) }
        case .booleans(let list): list.map { $0 ? 1 : 0 }
        default: []
        }
      return list.indices.map { missing.isMissing(at: $0) ? nil : list[$0] }
    }
    let all = numbers(column)
    let given = weight.map(numbers)
    let kept = all.indices.filter { all[$0] != nil }
    keys = kept.map { snapshot.keys[table][$0] }
    values = kept.compactMap { all[$0] }
    weights = kept.map { row in given.map { list in list[row] ?? 0 } ?? 1 }
    for (row, key) in keys.enumerated() { rowOf[key] = row }
    for name in groups {
      if name == "decile" {
        self.groups[name] = deciles()
      } else if let index = names.firstIndex(of: name) {
        let column = rows.columns[index]
        self.groups[name] = kept.map { Self.text(column, $0) }
      }
    }
  }

  private func deciles() -> [String] {
    let order = values.indices.sorted { (values[$0], keys[$0]) < (values[$1], keys[$1]) }
    let total = weights.reduce(0, +)
    var result = [String](repeating: "", count: values.count)
    var below = 0.0
    for row in order {
      let place = total > 0 ? (below + weights[row] / 2) / total : 0
      let number = min(10, Int(place * 10) + 1)
      result[row] = number < 10 ? "0\(number)" : "\(number)"
      below += weights[row]
    }
    return result
  }

  private static func text(_ column: Column, _ row: Int) -> String {
    if column.missing.isMissing(at: row) { return "missing" }
    switch column.values {
    case .numbers(let list): return "\(list[row])"
    case .wholeNumbers(let list), .times(let list), .dateTimes(let list): return "\(list[row])"
    case .dates(let list): return "\(list[row])"
    case .booleans(let list): return "\(list[row])"
    case .texts(let codes, let pool): return pool[Int(codes[row])]
    }
  }

  /// The groups there are, in order.
  func groupNames(_ by: String) -> [String] {
    by == "all" ? ["all"] : Set(groups[by] ?? []).sorted()
  }

  /// The rows of a group; whoever is among the base's units is of the group it has there.
  func members(_ by: String, _ group: String, of base: LifeUnits) -> [Int] {
    guard by != "all" else { return Array(keys.indices) }
    let own = groups[by] ?? []
    let first = base.groups[by] ?? []
    return keys.indices.filter { row in
      if let there = base.rowOf[keys[row]] { return first[there] == group }
      return by != "decile" && own[row] == group
    }
  }
}
