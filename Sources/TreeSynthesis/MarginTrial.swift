// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
import Synthesis
import Tables

/// The rows of a trial run of a chain of variables, drawn variable by variable.
struct MarginTrial {
  let variables: [FittedVariable]
  let rowCount: Int
  let threads: Int
  /// Variables whose value, and not only whose bin, is asked by a limit.
  private let isValued: [Bool]
  /// The bins of all variables, one stretch of rows after another.
  var bins: [UInt8]
  private var values: [[Double]]
  private var leaves: [Int32]
  /// The number of rows in each leaf of the variable that was dropped last.
  private(set) var occupancy: [Int] = []

  init(_ variables: [FittedVariable], rowCount: Int, threads: Int) {
    self.variables = variables
    self.rowCount = rowCount
    self.threads = threads
    leaves = [Int32](repeating: 0, count: rowCount)
    bins = [UInt8](repeating: 0, count: rowCount * variables.count)
    values = [[Double]](repeating: [], count: variables.count)
    var isValued = variables.map(\.isLimited)
    for variable in variables {
      for place in variable.lowerLimits + variable.upperLimits { isValued[place] = true }
    }
    self.isValued = isValued
  }

  /// The drawn weight of each bin of a variable.
  func margin(_ place: Int) -> [Double] {
    var margin = [Double](repeating: 0, count: variables[place].layout.binCount)
    for bin in bins[place * rowCount..<(place + 1) * rowCount] { margin[Int(bin)] += 1 }
    return margin
  }

  /// Finds the leaf of each row in the tree of a variable, whose predictors are drawn.
  mutating func drop(_ place: Int, _ tree: ConditionalTree) {
    occupancy = [Int](repeating: 0, count: tree.leafCount)
    let walk = LeafWalk(tree)
    let predictors = variables[place].predictors
    leaves = ChunkedWork(count: rowCount, threads: threads, chunkSize: 1 << 13).map {
      [bins, rowCount] rows in
      bins.withUnsafeBufferPointer { bins in
        [Int32](unsafeUninitializedCapacity: rows.count) { leaves, count in
          count = rows.count
          guard let leaves = leaves.baseAddress, let bins = bins.baseAddress else { return }
          let columns = predictors.map { bins + $0 * rowCount + rows.lowerBound }
          walk.leaves(of: columns, count: rows.count, into: leaves)
        }
      }
    }
    for leaf in leaves { occupancy[Int(leaf)] += 1 }
  }

  /// Draws a variable that was dropped, once more if it was drawn before.
  ///
  /// Bins are drawn systematically within each leaf, in random order of its rows.
  mutating func draw(
    _ place: Int, _ tree: ConditionalTree, factors: [Double], using key: StreamKey
  ) {
    let cumulative = tree.cumulativeWeights(scaledBy: factors)
    let rows = rowsByLeaf()
    let shares = leafShares()
    let pieces = ChunkedWork(count: shares.count, threads: threads, chunkSize: 1).map {
      [occupancy] in
      $0.map { share in
        LeafShare(leaves: shares[share].leaves, occupancy: occupancy)
          .drawn(rows[shares[share].rows], tree, cumulative, using: key)
      }
    }
    for (row, bin) in pieces.joined() { bins[place * rowCount + Int(row)] = bin }
    guard isValued[place] else { return }
    let leaves = leaves
    LeafDraw.with(tree, cumulative) { tree in
      drawValues(place, using: key) { .leaf(tree, Int(leaves[$0])) }
    }
  }

  /// The leaves and their rows in shares of about the same size.
  private func leafShares() -> [(leaves: Range<Int>, rows: Range<Int>)] {
    var shares: [(leaves: Range<Int>, rows: Range<Int>)] = []
    var leaf = 0
    var row = 0
    while leaf < occupancy.count {
      let (firstLeaf, firstRow) = (leaf, row)
      while leaf < occupancy.count, row - firstRow < rowCount / 8 {
        row += occupancy[leaf]
        leaf += 1
      }
      shares.append((firstLeaf..<leaf, firstRow..<row))
    }
    return shares
  }

  private func rowsByLeaf() -> [Int32] {
    var next: [Int] = []
    var start = 0
    for count in occupancy {
      next.append(start)
      start += count
    }
    var rows = [Int32](repeating: 0, count: rowCount)
    for row in 0..<rowCount {
      rows[next[Int(leaves[row])]] = Int32(row)
      next[Int(leaves[row])] += 1
    }
    return rows
  }

  /// Draws the values behind the bins, and those that break a limit once more.
  ///
  /// - Parameter choices: The distribution of a row's bin.
  mutating func drawValues(
    _ place: Int, using key: StreamKey, _ choices: (Int) -> BinChoice
  ) {
    let variable = variables[place]
    guard isValued[place], case .scale(let layout) = variable.layout.content else { return }
    var stream = key.stream(entity: .max)
    let cells = CellDraw(layout)
    let missingCount = variable.layout.missingReasons.count
    var numbers = [Double](repeating: .nan, count: rowCount)
    for row in 0..<rowCount {
      let bin = Int(bins[place * rowCount + row])
      let choice = Draws.uniform(using: &stream)
      let position = Draws.uniform(using: &stream)
      guard bin >= missingCount else { continue }
      numbers[row] = cells.value(bin - missingCount, choice: choice, position: position)
      guard variable.isLimited else { continue }
      var limits = ValueLimits()
      for source in variable.lowerLimits { limits.raise(to: values[source][row]) }
      for source in variable.upperLimits { limits.lower(to: values[source][row]) }
      guard !limits.contain(numbers[row]) else { continue }
      let redrawn = limits.draw(
        choices(row), cells: cells, missingCount: missingCount,
        bin: Draws.uniform(using: &stream), choice: choice, position: position)
      numbers[row] = redrawn.value
      bins[place * rowCount + row] = UInt8(redrawn.bin)
    }
    values[place] = numbers
  }
}
