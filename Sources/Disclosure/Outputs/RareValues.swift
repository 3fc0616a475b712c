// SPDX-License-Identifier: Apache-2.0
import Tables

/// The numbers of a table that few records hold, so that one who sees such a number may see a record.
struct RareValues: Sendable {
  /// Written with fewer figures, a number says too little of one value among many.
  private static let tellingFigures = 5

  private let ascending: [Double]

  init(_ table: Table, minimumCount: Int) {
    var rare: Set<Double> = []
    for column in table.columns {
      var counts: [Double: Int] = [:]
      let values: [Double] =
        switch column.values {
        case .numbers(let values): values
        case .wholeNumbers(let values): values.map(Double.init)
        case .texts, .dates, .times, .dateTimes, .booleans: []
        }
      for row in values.indices where !column.missing.isMissing(at: row) {
        counts[values[row], default: 0] += 1
      }
      for (value, count) in counts where count < minimumCount { rare.insert(value) }
    }
    ascending = rare.sorted()
  }

  /// Whether a number is one of them, as far as its written form tells.
  func holds(_ number: Double, written text: String) -> Bool {
    let digits = text.prefix { $0 != "e" && $0 != "E" }
    let figures = digits.drop { "-+0.".contains($0) }.count { $0.isNumber }
    var width = 0.0
    if figures >= Self.tellingFigures, !text.contains("e"), !text.contains("E") {
      let decimals = digits.lastIndex(of: ".").map {
        digits.distance(from: $0, to: digits.endIndex) - 1
      }
      width = (0..<(decimals ?? 0)).reduce(0.5) { half, _ in half / 10 }
    }
    var (low, high) = (0, ascending.count)
    while low < high {
      let middle = (low + high) / 2
      if ascending[middle] < number - width { low = middle + 1 } else { high = middle }
    }
    return low < ascending.count && ascending[low] <= number + width
  }
}
