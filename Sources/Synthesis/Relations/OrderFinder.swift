// SPDX-License-Identifier: Apache-2.0
import Tables

/// Finds pairs of columns of which one is never below the other although by chance it often would be.
struct OrderFinder {
  /// The fewest rows on which an order may rest.
  static let minimumRowCount = 30
  /// How often two unrelated columns of the same margins must break the order for it to mean anything.
  static let chanceShare = 0.05
  /// The most rows, evenly spread over the table, on which a chance is counted.
  static let chanceRowCount = 4096
  /// Above this many columns orders are looked for among dates only.
  static let maximumColumnCount = 60

  let columns: [ScaleColumn]

  /// Returns pairs (`upper`, `lower`) with upper ≥ lower in every row.
  func orders() -> [(upper: Int, lower: Int)] {
    var found: [(upper: Int, lower: Int)] = []
    // Few pairs hold, so that few columns need to be sorted.
    var sorted = [[Double]?](repeating: nil, count: columns.count)
    let needed = Coincidence.threshold(tries: columns.count * columns.count)
    for upper in columns.indices {
      for lower in columns.indices where upper != lower && isCandidate(upper, lower) {
        guard let rows = rowsThatHold(upper, lower) else { continue }
        let first = sorted[upper] ?? Self.sorted(columns[upper])
        let second = sorted[lower] ?? Self.sorted(columns[lower])
        (sorted[upper], sorted[lower]) = (first, second)
        let chance = chance(first, below: second)
        // Each row would break the order with this chance if the columns had nothing to do with
        // each other.
        if chance >= Self.chanceShare, Double(rows) * chance >= needed {
          found.append((upper, lower))
        }
      }
    }
    return found
  }

  private static func sorted(_ column: ScaleColumn) -> [Double] {
    let step = max(1, column.values.count / chanceRowCount)
    return stride(from: 0, to: column.values.count, by: step).lazy
      .filter { !column.missing.isMissing(at: $0) }.map { column.values[$0] }.sorted()
  }

  private func isCandidate(_ first: Int, _ second: Int) -> Bool {
    let storage = columns[first].storage
    let isNumeric = [first, second].allSatisfy {
      columns[$0].storage == .numbers || columns[$0].storage == .wholeNumbers
    }
    guard storage == columns[second].storage || isNumeric, columns[first].isVarying,
      columns[second].isVarying
    else { return false }
    return storage == .dates || storage == .dateTimes || storage == .times
      || columns.count <= Self.maximumColumnCount
  }

  /// The rows in which both have a value, if the order holds in all of them.
  private func rowsThatHold(_ upper: Int, _ lower: Int) -> Int? {
    let first = columns[upper]
    let second = columns[lower]
    var seen = 0
    var strict = 0
    for row in first.values.indices {
      guard !first.missing.isMissing(at: row), !second.missing.isMissing(at: row) else { continue }
      if first.values[row] < second.values[row] { return nil }
      seen += 1
      if first.values[row] > second.values[row] { strict += 1 }
    }
    return seen >= Self.minimumRowCount && strict > 0 ? seen : nil
  }

  /// The share of all pairs of values of two columns in which the first is below the second.
  private func chance(_ first: [Double], below second: [Double]) -> Double {
    guard !first.isEmpty, !second.isEmpty else { return 0 }
    var pairs = 0.0
    var smaller = 0
    for value in second {
      while smaller < first.count, first[smaller] < value { smaller += 1 }
      pairs += Double(smaller)
    }
    return pairs / (Double(first.count) * Double(second.count))
  }
}
