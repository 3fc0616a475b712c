// SPDX-License-Identifier: Apache-2.0
import Randomness

/// A tree that tells real rows from made-up ones.
///
/// Levels have no order of their own. Each tree puts those of a variable in the order of their mean of
/// another variable, drawn for it, so that levels which are alike in something lie side by side, and trees differ.
struct RealityTree: Sendable {
  private let tree: ConditionalTree
  /// The place of each bin in this tree's order; empty where bins are in order as they are.
  private let orders: [[UInt8]]
  private let minimumLeafCount: Int

  /// Grows a tree on a sample of the rows.
  ///
  /// - Parameters:
  ///   - real: The rows of the table that are learned from.
  ///   - made: The made-up rows: for each variable one bin a row.
  init(
    _ columns: [TreePredictor], real: [Int32], made: [[UInt8]], minimumLeafCount: Int,
    using stream: RandomStream
  ) {
    var draws = stream
    self.minimumLeafCount = minimumLeafCount
    let orders = columns.indices.map { Self.order(of: $0, in: columns, real, using: &draws) }
    self.orders = orders
    let predictors = columns.indices.map { place -> TreePredictor in
      let order = orders[place]
      var codes = real.map { columns[place].codes[Int($0)] } + made[place]
      if !order.isEmpty { for row in codes.indices { codes[row] = order[Int(codes[row])] } }
      return TreePredictor(codes: codes, binCount: columns[place].binCount, isOrdered: true)
    }
    let count = real.count + (made.first?.count ?? 0)
    let target = TreeTarget(
      codes: [UInt8](repeating: 1, count: real.count)
        + [UInt8](repeating: 0, count: count - real.count),
      binCount: 2, leadingNominalCount: 0, isOrdered: false)
    let defaults = ForestOptions()
    var options = defaults.trees
    options.minimumLeafWeight = Double(minimumLeafCount)
    let size = max(1, Int((Double(count) * defaults.rowShare).rounded()))
    let rows = Draws.sample(size, of: count, using: &draws).sorted().map { Int32($0) }
    let weights = UnitWeights(rowCount: count)
    let asked = max(1, Int(Double(columns.count).squareRoot().rounded()))
    var growth = TreeGrowth(
      target: target,
      positions: TreeGrowth<UnitWeights>.Positions(
        of: predictors, for: target, rows: rows, weights: weights),
      rows: rows, weights: weights, options: options,
      sampling: PredictorSampling(count: asked, stream: draws))
    tree = growth.run()
  }

  /// The share of real rows in the leaf of a row.
  func realShare(_ bin: (Int) -> UInt8) -> Double {
    let leaf = Int(tree.links[walk(bin) { _ in nil }])
    let range = Int(tree.leafStarts[leaf])..<Int(tree.leafStarts[leaf + 1])
    guard let last = range.last, tree.bins[last] == 1 else { return 0 }
    let before = range.count > 1 ? tree.cumulativeWeights[last - 1] : 0
    return 1 - before / tree.cumulativeWeights[last]
  }

  /// The leaf of each row, where leaves of too few real rows are joined to their neighbours.
  ///
  /// A node one of whose sides has too few rows is passed through to the other side; one both of whose sides
  /// have too few is a leaf.
  ///
  /// - Parameters:
  ///   - rows: The rows that are parted.
  ///   - counted: The rows, among them, that a leaf needs enough of.
  func leaves(
    of rows: [Int32], in columns: [TreePredictor], counted: [Int32]
  ) -> (leaves: [Int32], count: Int) {
    var counts = [Int](repeating: 0, count: tree.predictors.count)
    for row in counted {
      let end = walk({ columns[$0].codes[Int(row)] }) { node in
        counts[node] += 1
        return nil
      }
      counts[end] += 1
    }
    // The side that is taken whatever a row is like; −1 where the row decides, −2 where the way ends.
    var sides = [Int32](repeating: -1, count: counts.count)
    for node in counts.indices where tree.predictors[node] >= 0 {
      let left = Int(tree.links[node])
      let (hasLeft, hasRight) = (
        counts[left] >= minimumLeafCount, counts[left + 1] >= minimumLeafCount
      )
      if !(hasLeft && hasRight) {
        sides[node] = hasLeft ? 0 : hasRight ? 1 : -2
      }
    }
    var numbers: [Int: Int32] = [:]
    var result = [Int32](repeating: 0, count: rows.count)
    for (place, row) in rows.enumerated() {
      let end = walk({ columns[$0].codes[Int(row)] }) { sides[$0] == -1 ? nil : Int(sides[$0]) }
      let next = Int32(numbers.count)
      let number = numbers[end, default: next]
      if number == next { numbers[end] = next }
      result[place] = number
    }
    return (result, max(1, numbers.count))
  }

  /// The node that a row ends in.
  ///
  /// - Parameters:
  ///   - bin: The row's bin of a variable.
  ///   - side: Hears of each node passed through; 0 or 1 is the side to take whatever the bin, −2 ends the
  ///     way, `nil` lets the row decide.
  @inline(__always)
  private func walk(_ bin: (Int) -> UInt8, _ side: (Int) -> Int?) -> Int {
    var node = 0
    while tree.predictors[node] >= 0 {
      let left = Int(tree.links[node])
      if let forced = side(node) {
        if forced == -2 { return node }
        node = left + forced
        continue
      }
      let predictor = Int(tree.predictors[node])
      let code = bin(predictor)
      let position = orders[predictor].isEmpty ? code : orders[predictor][Int(code)]
      node = left + (position <= tree.thresholds[node] ? 0 : 1)
    }
    return node
  }

  /// The order of a variable's levels: by their mean of another variable's bins.
  private static func order(
    of place: Int, in columns: [TreePredictor], _ rows: [Int32], using draws: inout RandomStream
  ) -> [UInt8] {
    let column = columns[place]
    guard !column.isOrdered, column.binCount > 2, columns.count > 1 else { return [] }
    let step = 1 + Draws.integer(below: columns.count - 1, using: &draws)
    let other = columns[(place + step) % columns.count]
    // Of another variable without an order, one of its bins, a real row's, counts against all others.
    let chosen = other.codes[Int(rows[Draws.integer(below: rows.count, using: &draws)])]
    var sums = [Double](repeating: 0, count: column.binCount)
    var counts = sums
    for row in rows {
      let code = other.codes[Int(row)]
      let bin = Int(column.codes[Int(row)])
      sums[bin] += other.isOrdered ? Double(code) : code == chosen ? 1 : 0
      counts[bin] += 1
    }
    let means = sums.indices.map { sums[$0] / max(counts[$0], 1) }
    let sorted = means.indices.sorted { (means[$0], $0) < (means[$1], $1) }
    var order = [UInt8](repeating: 0, count: column.binCount)
    for (position, bin) in sorted.enumerated() { order[bin] = UInt8(position) }
    return order
  }
}
