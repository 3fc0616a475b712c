// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness

/// Rows in leaves, tree by tree, as a law of all variables: a tree, a leaf of it by its rows, and then each
/// variable by itself.
struct LeafParting {
  let columns: [TreePredictor]
  let leaves: [[Int32]]
  let counts: [Int]

  /// Rows drawn by this law.
  ///
  /// - Parameters:
  ///   - rows: The real rows that leaves and values are drawn from.
  /// - Returns: For each variable one bin a row.
  func drawn(
    _ count: Int, from rows: [Int32], using stream: StreamKey, round: UInt64
  ) -> [[UInt8]] {
    let sorted = leaves.indices.map { Self.sorted(rows, by: leaves[$0], counts[$0]) }
    var made = [[UInt8]](repeating: [UInt8](repeating: 0, count: count), count: columns.count)
    for row in 0..<count {
      var draws = stream.stream(entity: round << 32 | UInt64(row), period: 3)
      let tree = Draws.integer(below: leaves.count, using: &draws)
      let leaf = Int(leaves[tree][Int(rows[Draws.integer(below: rows.count, using: &draws)])])
      let (order, starts) = sorted[tree]
      let own = starts[leaf]..<starts[leaf + 1]
      for column in columns.indices {
        let real = order[own.lowerBound + Draws.integer(below: own.count, using: &draws)]
        made[column][row] = columns[column].codes[Int(real)]
      }
    }
    return made
  }

  /// The mean log-likelihood of some rows, by leaves whose rows are others.
  ///
  /// A bin that a leaf has not seen has a share as though one row of the whole table were in the leaf.
  func logLikelihood(of held: [Int32], learned: [Int32]) -> Double {
    let total = Double(learned.count)
    var likelihoods = [Double](repeating: 0, count: held.count)
    let margins = columns.map { column -> [Double] in
      var margin = [Double](repeating: 1, count: column.binCount)
      for row in learned { margin[Int(column.codes[Int(row)])] += 1 }
      return margin.map { $0 / (total + Double(column.binCount)) }
    }
    for tree in leaves.indices {
      var sizes = [Double](repeating: 0, count: counts[tree])
      for row in learned { sizes[Int(leaves[tree][Int(row)])] += 1 }
      // Logarithms of shares, leaf by leaf and variable by variable.
      var logs = held.map {
        ElementaryFunctions.log(max(sizes[Int(leaves[tree][Int($0)])], 0.5) / total)
      }
      for (place, column) in columns.enumerated() {
        var seen = [Double](repeating: 0, count: counts[tree] * column.binCount)
        for row in learned {
          seen[Int(leaves[tree][Int(row)]) * column.binCount + Int(column.codes[Int(row)])] += 1
        }
        for (index, row) in held.enumerated() {
          let (leaf, bin) = (Int(leaves[tree][Int(row)]), Int(column.codes[Int(row)]))
          logs[index] += ElementaryFunctions.log(
            (seen[leaf * column.binCount + bin] + margins[place][bin]) / (sizes[leaf] + 1))
        }
      }
      for index in held.indices {
        likelihoods[index] += ElementaryFunctions.exp(logs[index]) / Double(leaves.count)
      }
    }
    let logs = likelihoods.map { ElementaryFunctions.log(max($0, 1e-300)) }
    return logs.reduce(0, +) / Double(max(1, held.count))
  }

  /// Rows in the order of their leaves, and where each leaf's begin.
  private static func sorted(
    _ rows: [Int32], by leaves: [Int32], _ count: Int
  ) -> (rows: [Int32], starts: [Int]) {
    var starts = [Int](repeating: 0, count: count + 1)
    for row in rows { starts[Int(leaves[Int(row)]) + 1] += 1 }
    for leaf in 0..<count { starts[leaf + 1] += starts[leaf] }
    var next = starts
    var order = [Int32](repeating: 0, count: rows.count)
    for row in rows {
      let leaf = Int(leaves[Int(row)])
      order[next[leaf]] = row
      next[leaf] += 1
    }
    return (order, starts)
  }
}
