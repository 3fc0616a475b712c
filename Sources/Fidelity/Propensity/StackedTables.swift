// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Learners
import Numerics
import Randomness
import Tables

/// Real rows and the rows of another table on top of each other, for models that tell them apart.
struct StackedTables: Sendable {
  /// The most rows of either table; of more, so many are drawn.
  static let maximumRowCount = 100_000
  /// The most bins of a column besides those of missing and other cells.
  static let maximumBinCount = 250
  /// The most levels of a column in a linear model; rarer ones are pooled.
  static let maximumLevelCount = 50
  /// The most columns of a linear model.
  static let maximumDesignCount = 800

  let columns: [AlignedColumn]
  /// The rows of each table, real first.
  let rows: [[Int]]
  private let sides: [Int]

  /// Whether each stacked row belongs to the other table.
  let isOther: [Bool]

  /// Stacks the real table and the table of a number; `nil` if either is empty or nothing is compared.
  init?(_ alignment: TableAlignment, other: Int, key: RandomKey) {
    let counts = [alignment.rowCounts[0], alignment.rowCounts[other]]
    guard !alignment.columns.isEmpty, counts[0] > 0, counts[1] > 0 else { return nil }
    columns = alignment.columns
    sides = [0, other]
    rows = counts.enumerated().map { side, count in
      guard count > Self.maximumRowCount else { return Array(0..<count) }
      var stream = key.stream(path: ["fidelity", "stack", String(side)]).stream(entity: 0)
      return Draws.sample(Self.maximumRowCount, of: count, using: &stream)
    }
    isOther =
      [Bool](repeating: false, count: rows[0].count) + [Bool](repeating: true, count: rows[1].count)
  }

  /// Takes columns that are stacked already, one side each.
  init(columns: [AlignedColumn], rowCount: Int) {
    self.columns = columns
    sides = [0]
    rows = [Array(0..<rowCount)]
    isOther = [Bool](repeating: false, count: rowCount)
  }

  /// The number of stacked rows.
  var count: Int { isOther.count }

  /// The share of rows of the other table, c.
  var otherShare: Double { Double(rows[1].count) / Double(count) }

  /// The columns as predictors of trees, missing as a bin of its own.
  func predictors(threads: Int) -> [TreePredictor] {
    ChunkedWork(count: columns.count, threads: threads, chunkSize: 1).map { range in
      range.map { columns[$0].isContinuous ? scale(columns[$0]) : levels(columns[$0]) }
    }
  }

  private func scale(_ column: AlignedColumn) -> TreePredictor {
    var values: [Double] = []
    var isPresent: [Bool] = []
    for (side, rows) in zip(sides, rows) {
      for row in rows {
        values.append(column.sides[side].values[row])
        isPresent.append(column.sides[side].codes[row] != 0)
      }
    }
    let ascending = zip(values, isPresent).filter(\.1).map(\.0).sorted()
    let uppers = Self.uppers(ascending)
    let codes = values.indices.map { row -> UInt8 in
      guard isPresent[row] else { return 0 }
      var (low, high) = (0, uppers.count)
      while low < high {
        let middle = (low + high) / 2
        if uppers[middle] < values[row] { low = middle + 1 } else { high = middle }
      }
      return UInt8(low + 1)
    }
    return TreePredictor(codes: codes, binCount: uppers.count + 2, isOrdered: true)
  }

  /// The greatest value of each bin but the last: all distinct values, or about equally many rows a bin.
  private static func uppers(_ ascending: [Double]) -> [Double] {
    var distinct: [Double] = []
    for value in ascending where value != distinct.last {
      distinct.append(value)
      if distinct.count > maximumBinCount { break }
    }
    if distinct.count <= maximumBinCount { return Array(distinct.dropLast()) }
    var uppers: [Double] = []
    for bin in 1..<maximumBinCount {
      let value = ascending[bin * ascending.count / maximumBinCount]
      if value != uppers.last { uppers.append(value) }
    }
    if uppers.last == ascending.last { uppers.removeLast() }
    return uppers
  }

  private func levels(_ column: AlignedColumn) -> TreePredictor {
    let places = Self.places(column, count: Self.maximumBinCount)
    var codes: [UInt8] = []
    for (side, rows) in zip(sides, rows) {
      for row in rows { codes.append(UInt8(places[Int(column.sides[side].codes[row])])) }
    }
    return TreePredictor(
      codes: codes, binCount: Int(places.max() ?? 0) + 1, isOrdered: false)
  }

  /// For each code its place: 0 for missing, the most frequent levels from 1, others after them.
  private static func places(_ column: AlignedColumn, count: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: column.levels.count + 1)
    for side in column.sides { for code in side.codes { counts[Int(code)] += 1 } }
    let order = (0..<column.levels.count).map { $0 + 1 }.sorted {
      (counts[$1], $0) < (counts[$0], $1)
    }
    var places = [Int](repeating: 0, count: counts.count)
    for (place, code) in order.enumerated() { places[code] = min(place, count) + 1 }
    return places
  }

  /// The rows of a logistic model with main effects; `nil` if it would have too many columns.
  ///
  /// A scale is one column of standardized values and, if cells are missing, one that says so; levels
  /// are one column each but for the most frequent one.
  func design() -> SparseDesign? {
    var width = 1
    var starts: [Int] = []
    let places = columns.map {
      $0.isContinuous ? [] : Self.places($0, count: Self.maximumLevelCount)
    }
    for (column, places) in zip(columns, places) {
      starts.append(width)
      // The most frequent level, place 1, is the base; missing takes its column.
      width += column.isContinuous ? 2 : max(1, places.max() ?? 1)
    }
    guard width <= Self.maximumDesignCount else { return nil }
    let moments = columns.map { $0.isContinuous ? Moments(of: $0.sides[0].presentValues) : nil }
    var design = SparseDesign(columnCount: width)
    for (side, rows) in zip(sides, rows) {
      for row in rows {
        design.append(column: 0, value: 1)
        for (index, column) in columns.enumerated() {
          let cells = column.sides[side]
          if column.isContinuous {
            if cells.codes[row] == 0 {
              design.append(column: starts[index] + 1, value: 1)
            } else if let moments = moments[index] {
              let spread = moments.standardDeviation ?? 0
              let value = (cells.values[row] - moments.mean) / (spread > 0 ? spread : 1)
              design.append(column: starts[index], value: value)
            }
          } else {
            let place = places[index][Int(cells.codes[row])]
            if place != 1 {
              design.append(column: starts[index] + max(0, place - 1), value: 1)
            }
          }
        }
        design.endRow()
      }
    }
    return design
  }
}
