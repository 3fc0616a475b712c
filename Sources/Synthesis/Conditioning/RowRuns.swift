// SPDX-License-Identifier: Apache-2.0

/// Runs of neighbouring rows.
package enum RowRuns {
  /// Rows in ascending order as runs of neighbours, none longer than a number.
  package static func of(_ rows: [Int], longest: Int) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for row in rows {
      if let last = runs.last, last.upperBound == row, last.count < longest {
        runs[runs.count - 1] = last.lowerBound..<row + 1
      } else {
        runs.append(row..<row + 1)
      }
    }
    return runs
  }

  /// Runs put together, as many as have no more rows than a number.
  package static func gathered(_ runs: [Range<Int>], longest: Int) -> [[Range<Int>]] {
    var groups: [[Range<Int>]] = []
    var count = longest
    for run in runs {
      if count + run.count > longest {
        groups.append([])
        count = 0
      }
      groups[groups.count - 1].append(run)
      count += run.count
    }
    return groups
  }
}
