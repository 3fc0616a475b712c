// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// The distribution of each variable's bins given the classes of its parents', as tables of counts.
struct BayesianNetwork: Hashable, Sendable {
  /// The weight, in rows, with which a row of a table leans on the row that asks one parent less.
  static let smoothing = 1.0

  /// The classes of each variable, as its children ask them.
  let classes: [BinClasses]
  /// The tables of each variable.
  let nodes: [Node]

  /// The tables of one variable.
  struct Node: Hashable, Sendable {
    /// The parents, by place.
    let parents: [Int]
    /// The row of each combination of the parents' classes, the last of which changes fastest.
    let rowOfCell: [Int32]
    /// For each row the one that it leans on; itself for the first, which is the margin.
    let backing: [Int32]
    /// Where each row's entries start; one more than there are rows.
    let starts: [Int32]
    /// The bins that occur in each row, ascending.
    let bins: [UInt8]
    /// The sums of their counts up to each, row by row.
    let sums: [Double]

    /// The number of rows.
    var rowCount: Int { backing.count }

    /// The count of all of a row.
    func weight(_ row: Int) -> Double { sums[Int(starts[row + 1]) - 1] }

    /// The fewest real rows that a row rests on.
    var leastSupport: Double { (0..<rowCount).map(weight).min() ?? 0 }
  }

  /// Creates a network; `nil` if its tables do not add up.
  init?(classes: [BinClasses], nodes: [Node]) {
    guard classes.count == nodes.count else { return nil }
    for (place, node) in nodes.enumerated() {
      guard node.parents.allSatisfy({ $0 < place }), node.isSound(classes) else { return nil }
    }
    self.classes = classes
    self.nodes = nodes
  }
}

extension BayesianNetwork.Node {
  fileprivate func isSound(_ classes: [BinClasses]) -> Bool {
    var cells = 1
    for parent in parents {
      cells *= classes[parent].count
      guard cells <= 1 << 24 else { return false }
    }
    guard rowOfCell.count == cells, rowCount > 0, starts.count == rowCount + 1, starts[0] == 0,
      Int(starts[rowCount]) == bins.count, sums.count == bins.count, backing[0] == 0,
      rowOfCell.allSatisfy({ $0 >= 0 && Int($0) < rowCount })
    else { return false }
    return (0..<rowCount).allSatisfy { row in
      let range = Int(starts[row])..<max(Int(starts[row]), Int(starts[row + 1]))
      guard !range.isEmpty, range.upperBound <= bins.count, row == 0 || Int(backing[row]) < row,
        backing[row] >= 0
      else { return false }
      var below = 0.0
      for place in range {
        guard sums[place] > below, sums[place].isFinite,
          place == range.lowerBound || bins[place] > bins[place - 1]
        else { return false }
        below = sums[place]
      }
      return true
    }
  }

  // MARK: Drawing

  /// The bin that a uniform number in 0..<1 picks from a row.
  @inline(__always)
  func bin(row: Int, uniform: Double) -> Int {
    var (row, uniform) = (row, uniform)
    while row > 0 {
      let share =
        BayesianNetwork.smoothing / (weight(row) + BayesianNetwork.smoothing)
      if uniform >= share {
        return pick(row, min((uniform - share) / (1 - share), 1 - 0x1p-53))
      }
      uniform = min(uniform / share, 1 - 0x1p-53)
      row = Int(backing[row])
    }
    return pick(0, uniform)
  }

  private func pick(_ row: Int, _ uniform: Double) -> Int {
    Int(bins[place(row, Int(starts[row]), Int(starts[row + 1]) - 1, uniform * weight(row))])
  }

  /// The first entry between two places whose sum is above an aim.
  private func place(_ row: Int, _ first: Int, _ last: Int, _ aim: Double) -> Int {
    var (low, high) = (first, last)
    while low < high {
      let middle = (low + high) >> 1
      if sums[middle] <= aim { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Writes the chance of each bin in a row, what it leans on included.
  func chances(row: Int, into result: UnsafeMutablePointer<Double>) {
    var share = 1.0
    var here = row
    while true {
      let own = here == 0 ? 1 : weight(here) / (weight(here) + BayesianNetwork.smoothing)
      var below = 0.0
      for place in Int(starts[here])..<Int(starts[here + 1]) {
        result[Int(bins[place])] += share * own * (sums[place] - below) / weight(here)
        below = sums[place]
      }
      if here == 0 { return }
      share *= 1 - own
      here = Int(backing[here])
    }
  }

  /// The bin that a uniform number picks from a row among those within bounds; `nil` if there is none.
  func bin(row: Int, uniform: Double, from first: Int, through last: Int) -> Int? {
    // The shares of the row and of all it leans on, each with what lies within bounds.
    var parts: [(low: Int, high: Int, below: Double, mass: Double, scale: Double)] = []
    var share = 1.0
    var here = row
    while true {
      let own = here == 0 ? 1 : weight(here) / (weight(here) + BayesianNetwork.smoothing)
      let start = Int(starts[here])
      var low = start
      var high = Int(starts[here + 1]) - 1
      while low <= high, Int(bins[low]) < first { low += 1 }
      while high >= low, Int(bins[high]) > last { high -= 1 }
      if low <= high {
        let below = low > start ? sums[low - 1] : 0
        let scale = share * own / weight(here)
        parts.append((low, high, below, (sums[high] - below) * scale, scale))
      }
      if here == 0 { break }
      share *= 1 - own
      here = Int(backing[here])
    }
    guard let final = parts.last else { return nil }
    var aim = uniform * parts.reduce(0) { $0 + $1.mass }
    for part in parts {
      if aim < part.mass {
        return Int(bins[place(row, part.low, part.high, part.below + aim / part.scale)])
      }
      aim -= part.mass
    }
    return Int(bins[final.high])
  }
}
