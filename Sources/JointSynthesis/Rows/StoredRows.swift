// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// Real rows by their bins, from which rows are drawn again, or drawn on the line to a near one.
///
/// This holds of the data what no other law holds: single rows. Of each cell it has the bin, so that rare
/// levels and extremes are not in it.
struct StoredRows: Hashable, Sendable {
  /// The bins of the stored rows, variable by variable.
  let columns: [[UInt8]]
  /// The group of each variable; variables of different groups are drawn from rows of their own.
  let groupOfVariable: [Int]
  /// What rows of each group are drawn by.
  let groups: [Group]
  /// The weights to draw the bins of the first variable by where its levels are balanced; else empty.
  let aims: [Double]
  /// For each variable the places of its bins, where values lie between those of two rows.
  let places: [BinPlaces?]

  /// How rows of a group of variables are drawn.
  struct Group: Hashable, Sendable {
    /// The near rows of each row, as many of each, −1 where there are no more; empty to draw rows as they
    /// are.
    var neighbours: [Int32] = []
    /// How many near rows each row has.
    var neighbourCount = 0
    /// The weight of each row; empty where all weigh the same.
    var weights: [Double] = []
  }

  /// The number of stored rows.
  var rowCount: Int { columns.first?.count ?? 0 }

  /// Creates stored rows; `nil` if they do not add up.
  init?(
    columns: [[UInt8]], groupOfVariable: [Int], groups: [Group], aims: [Double],
    layouts: [VariableLayout]
  ) {
    let count = columns.first?.count ?? 0
    guard count > 0, columns.count == layouts.count, groupOfVariable.count == layouts.count,
      groupOfVariable.allSatisfy(groups.indices.contains)
    else { return nil }
    for (column, layout) in zip(columns, layouts) {
      guard column.count == count, column.allSatisfy({ Int($0) < max(1, layout.binCount) }) else {
        return nil
      }
    }
    for group in groups {
      let k = group.neighbourCount
      guard k >= 0, k <= 64, group.neighbours.count == count * k,
        group.neighbours.allSatisfy({ $0 >= -1 && Int($0) < count }),
        group.weights.isEmpty
          || group.weights.count == count && group.weights.contains(where: { $0 > 0 })
      else { return nil }
    }
    if !aims.isEmpty {
      var margin = [Double](repeating: 0, count: aims.count)
      for bin in columns[0] {
        guard Int(bin) < aims.count else { return nil }
        margin[Int(bin)] += 1
      }
      guard aims.contains(where: { $0 > 0 }),
        zip(aims, margin).allSatisfy({ $1 > 0 || $0 == 0 })
      else { return nil }
    }
    self.columns = columns
    self.groupOfVariable = groupOfVariable
    self.groups = groups
    self.aims = aims
    places = layouts.enumerated().map { place, layout in
      groups[groupOfVariable[place]].neighbourCount > 0 && (place > 0 || aims.isEmpty)
        ? BinPlaces(layout) : nil
    }
  }
}
