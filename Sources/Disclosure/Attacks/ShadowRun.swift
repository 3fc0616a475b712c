// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness

/// What one synthetic table shows of each target, and whether the target was learned from.
struct ShadowRun: Sendable {
  /// How many sets of columns are counted on, of each size.
  private static let queryCount = 12
  private static let querySizes = [1, 2, 3, 5]
  private static let nearCount = 5

  /// For each target its figures.
  let figures: [[Double]]
  /// For each target whether it was learned from.
  let isMember: [Bool]

  /// - Parameters:
  ///   - tables: The real rows, then the synthetic ones.
  ///   - targets: Rows of the real table.
  ///   - radii: The distance of each target to the nearest other real row.
  ///   - learned: The rows learned from.
  init(
    tables: ComparedTables, quantizer: Quantizer, targets: [Int], radii: [Int16],
    learned: Set<Int>, key: RandomKey
  ) {
    let real = quantizer.table(0, rows: targets)
    let synthetic = quantizer.table(1, rows: Array(0..<tables.rowCounts[1]))
    let search = NearestSearch(candidates: synthetic)
    let count = tables.columns.count
    // The same sets of columns in each run, so that their counts can be compared.
    var stream = key.stream(path: ["disclosure", "shadow", "queries"]).stream(entity: 0)
    let queries = Self.querySizes.filter { $0 <= count }.map { size in
      (0..<Self.queryCount).map { _ in Draws.sample(size, of: count, using: &stream) }
    }
    isMember = targets.map { learned.contains($0) }
    figures = targets.indices.map { place in
      let cells = real.row(place)
      let nearest = search.nearest(to: cells).distance
      var figures = [-Double(nearest)]
      // How many lie as near as the nearest other real row, and half as near again.
      for radius in [radii[place] / 2, radii[place], radii[place] + radii[place] / 2] {
        figures.append(
          ElementaryFunctions.log(1 + Double(search.rows(within: radius, of: cells).count)))
      }
      for sets in queries {
        figures.append(
          sets.reduce(0) { sum, columns in
            sum
              + ElementaryFunctions.log(
                1 + Double(Self.equal(tables, targets[place], on: columns)))
          })
      }
      return figures
    }
  }

  /// How many synthetic rows equal a real row on some columns.
  private static func equal(_ tables: ComparedTables, _ row: Int, on columns: [Int]) -> Int {
    let wanted = columns.map { tables.codes[$0][0][row] }
    let lists = columns.map { tables.codes[$0][1] }
    return (0..<tables.rowCounts[1]).count { other in
      for place in columns.indices where lists[place][other] != wanted[place] { return false }
      return true
    }
  }
}
