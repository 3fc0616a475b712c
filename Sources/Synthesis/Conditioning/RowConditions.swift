// SPDX-License-Identifier: Apache-2.0

/// The conditions of rows on variables: each distinct one once, and which of them each row has.
package struct RowConditions: Sendable {
  /// The number of rows.
  package let rowCount: Int
  /// The distinct conditions on each variable.
  private var distinct: [[CellCondition]]
  /// Which of them each row has, −1 for none; empty where no row has any, one entry where all have the same.
  private var codes: [[Int32]]

  /// No conditions on rows of some variables.
  package init(rowCount: Int, variableCount: Int) {
    self.rowCount = rowCount
    distinct = [[CellCondition]](repeating: [], count: variableCount)
    codes = [[Int32]](repeating: [], count: variableCount)
  }

  /// Puts all rows under a condition.
  package mutating func set(_ condition: CellCondition, place: Int) {
    distinct[place] = [condition]
    codes[place] = [0]
  }

  /// Puts each row under one of several conditions, or none (−1).
  package mutating func set(_ conditions: [CellCondition], codes list: [Int32], place: Int) {
    distinct[place] = conditions
    codes[place] = list.contains { $0 >= 0 } ? list : []
  }

  /// The variables on which any row has a condition.
  package var places: [Int] { codes.indices.filter { !codes[$0].isEmpty } }

  /// The condition of a row on a variable.
  @inline(__always)
  package func condition(row: Int, place: Int) -> CellCondition? {
    let list = codes[place]
    guard !list.isEmpty else { return nil }
    let code = list.count == 1 ? list[0] : list[row]
    return code < 0 ? nil : distinct[place][Int(code)]
  }

  /// Whether a row has a condition on a variable.
  @inline(__always)
  package func hasCondition(row: Int, place: Int) -> Bool {
    let list = codes[place]
    guard !list.isEmpty else { return false }
    return (list.count == 1 ? list[0] : list[row]) >= 0
  }

  /// The one condition of all rows on a variable, if that is what there is.
  package func common(place: Int) -> CellCondition? {
    codes[place].count == 1 ? distinct[place].first : nil
  }
}
