// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness

/// A trial as attacks see it: equally many rows of training and control, and the synthetic rows.
///
/// Equal numbers keep what is unique among training rows as rare as among control rows.
struct AttackedTrial: Sendable {
  /// The most rows of each table.
  static let maximumRowCount = 50_000

  let tables: ComparedTables
  let trial: Int
  /// The tables' numbers: training, control, synthetic.
  let numbers: [Int]
  /// The rows of each.
  let rows: [[Int]]
  let key: RandomKey

  /// Chooses rows; `nil` if a table is empty.
  init?(_ tables: ComparedTables, trial: Int, key: RandomKey) {
    self.tables = tables
    self.trial = trial
    self.key = key
    let numbers = (0..<3).map { 2 + 3 * trial + $0 }
    self.numbers = numbers
    let counts = numbers.map { tables.rowCounts[$0] }
    guard counts.allSatisfy({ $0 > 0 }) else { return nil }
    let size = min(counts[0], counts[1], Self.maximumRowCount)
    rows = [size, size, min(counts[2], Self.maximumRowCount)].enumerated().map { side, count in
      var stream = key.stream(
        path: ["disclosure", "attacked", String(trial), String(side)]
      ).stream(entity: 0)
      return Draws.sample(count, of: counts[side], using: &stream)
    }
  }

  /// A search of the chosen synthetic rows by all columns, which every attack by distance shares.
  func search(_ quantizer: Quantizer) -> NearestSearch {
    NearestSearch(candidates: quantizer.table(numbers[2], rows: rows[2]))
  }

  /// A stream of draws of an attack.
  func stream(_ name: String, _ number: Int = 0) -> RandomStream {
    key.stream(path: ["disclosure", "attack", name, String(trial), String(number)])
      .stream(entity: 0)
  }

  /// The codes of a column in the chosen rows of training, control or synthetic.
  func codes(_ column: Int, _ side: Int) -> [UInt32] {
    let codes = tables.codes[column][numbers[side]]
    return rows[side].map { codes[$0] }
  }

  /// Some of the chosen rows of a side, as places among them.
  func targets(_ side: Int, count: Int, _ name: String, _ number: Int = 0) -> [Int] {
    var stream = stream("\(name) targets \(side)", number)
    return Draws.sample(min(count, rows[side].count), of: rows[side].count, using: &stream)
  }
}
