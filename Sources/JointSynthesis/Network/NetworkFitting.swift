// SPDX-License-Identifier: Apache-2.0
import Learners
import Synthesis
import Tables

/// Counts the tables of a network whose parents a plan names.
struct NetworkFitting {
  let binned: [BinnedVariable]
  let steps: [PlanStep]
  let classes: [BinClasses]
  /// The fewest rows that a row of a table rests on.
  let minimumCount: Int
  let threads: Int

  /// Returns the network.
  func fit(progress: ProgressHandler) -> BayesianNetwork {
    var places: [String: Int] = [:]
    for (place, step) in steps.enumerated() { places[step.variable] = place }
    let nodes = ChunkedWork(count: steps.count, threads: threads, chunkSize: 1)
      .map(progress: progress, phase: "fitting") { [places] list in
        list.map { place in node(place, steps[place].predictors.compactMap { places[$0] }) }
      }
    guard let network = BayesianNetwork(classes: classes, nodes: nodes) else {
      preconditionFailure("tables of counts add up")
    }
    return network
  }

  /// The tables of one variable: all combinations of its parents' classes that enough rows have, and for
  /// the others the combinations of all parents but the last, and so on.
  private func node(_ place: Int, _ parents: [Int]) -> BayesianNetwork.Node {
    let own = binned[place]
    let binCount = max(1, own.layout.binCount)
    var backing: [Int32] = [0]
    var starts: [Int32] = [0]
    var bins: [UInt8] = []
    var sums: [Double] = []
    func append(_ counts: some Collection<Double>) {
      var total = 0.0
      for (bin, count) in counts.enumerated() where count > 0 {
        total += count
        bins.append(UInt8(bin))
        sums.append(total)
      }
      starts.append(Int32(bins.count))
    }
    var margin = own.margin
    if !steps[place].balance.isEmpty {
      margin = BalancedMargin(margin, of: own.layout, shares: steps[place].balance).margin
    }
    append(margin)
    var rowOfCell: [Int32] = [0]
    var cells = [Int32](repeating: 0, count: own.codes.count)
    for parent in parents {
      let classes = classes[parent]
      let theirs = binned[parent].codes
      for row in cells.indices {
        cells[row] =
          cells[row] &* Int32(classes.count)
          &+ Int32(classes.classOfBin[Int(theirs[row])])
      }
      let size = rowOfCell.count * classes.count
      var totals = [Int32](repeating: 0, count: size)
      for cell in cells { totals[Int(cell)] += 1 }
      // Only cells of enough rows are counted out.
      var tables = [Int32](repeating: -1, count: size)
      var tableCount = 0
      for cell in 0..<size where Int(totals[cell]) >= max(1, minimumCount) {
        tables[cell] = Int32(tableCount)
        tableCount += 1
      }
      var counts = [Double](repeating: 0, count: tableCount * binCount)
      for row in cells.indices where tables[Int(cells[row])] >= 0 {
        counts[Int(tables[Int(cells[row])]) * binCount + Int(own.codes[row])] += 1
      }
      var next = [Int32](repeating: 0, count: size)
      for cell in 0..<size {
        let outer = rowOfCell[cell / classes.count]
        guard tables[cell] >= 0 else {
          next[cell] = outer
          continue
        }
        next[cell] = Int32(backing.count)
        backing.append(outer)
        let start = Int(tables[cell]) * binCount
        append(counts[start..<start + binCount])
      }
      rowOfCell = next
    }
    return BayesianNetwork.Node(
      parents: parents, rowOfCell: rowOfCell, backing: backing, starts: starts, bins: bins,
      sums: sums)
  }
}
