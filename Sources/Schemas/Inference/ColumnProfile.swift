// SPDX-License-Identifier: Apache-2.0
import Tables

/// How many values a column has, how many different ones, and how often each comes up.
struct ColumnProfile {
  /// The number of rows that have a value.
  let presentCount: Int
  /// The number of different values among them.
  let distinctCount: Int
  /// The number of each row's value; means nothing where the row is missing.
  let codes: [UInt32]
  /// How many rows have each value; values of missing rows only have none.
  let counts: [Int]
  private let distinct: DistinctValues

  init(_ column: Column) {
    distinct = DistinctValues(column)
    codes = distinct.codes
    var counts = [Int](repeating: 0, count: distinct.count)
    var present = 0
    if column.missing.codes.isEmpty {
      for code in codes { counts[Int(code)] += 1 }
      present = codes.count
    } else {
      for (code, missing) in zip(codes, column.missing.codes) where missing == 0 {
        counts[Int(code)] += 1
        present += 1
      }
    }
    presentCount = present
    distinctCount = counts.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
    self.counts = counts
  }

  /// The numbers of the values that some row has.
  var presentCodes: [Int] { counts.indices.filter { counts[$0] > 0 } }

  /// The different whole numbers with how many rows have each, in rising order.
  func wholeNumbers() -> [(value: Int64, count: Int)] {
    let codes = presentCodes
    guard case .wholeNumbers(let values) = distinct.values(at: codes) else { return [] }
    return zip(values, codes).map { ($0, counts[$1]) }.sorted { $0.0 < $1.0 }
  }

  /// Whether a number and the count of its rows pass a test.
  func contains(_ test: (Double, Int) -> Bool) -> Bool {
    switch distinct.all {
    case .wholeNumbers(let values): zip(values, counts).contains { test(Double($0), $1) }
    case .numbers(let values): zip(values, counts).contains { test($0, $1) }
    default: false
    }
  }

  /// The different numbers with how many rows have each, in rising order.
  func numbers() -> [(value: Double, count: Int)] {
    let codes = presentCodes
    switch distinct.values(at: codes) {
    case .wholeNumbers(let values):
      return zip(values, codes).map { (Double($0), counts[$1]) }.sorted { $0.0 < $1.0 }
    case .numbers(let values):
      return zip(values, codes).map { ($0, counts[$1]) }.sorted { $0.0 < $1.0 }
    default: return []
    }
  }
}
