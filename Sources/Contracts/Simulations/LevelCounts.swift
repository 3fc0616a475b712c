// SPDX-License-Identifier: Apache-2.0
import Tables

/// How many rows of a simulated column have each level, written as a contract writes it.
struct LevelCounts {
  private(set) var counts: [String: Int] = [:]
  /// The rows, those without a value included.
  let rowCount: Int

  init?(_ tables: SimulatedTables, _ place: SimulatedTables.Place) {
    guard let column = tables.column(place) else { return nil }
    rowCount = column.count
    for row in 0..<column.count where !column.missing.isMissing(at: row) {
      let text: String
      switch column.values {
      case .texts(let codes, let pool): text = pool[Int(codes[row])]
      case .booleans(let list): text = list[row] ? "true" : "false"
      case .wholeNumbers(let list): text = String(list[row])
      case .numbers(let list):
        text = Int64(exactly: list[row]).map { String($0) } ?? "\(list[row])"
      case .dates, .times, .dateTimes: return nil
      }
      counts[text, default: 0] += 1
    }
  }
}
