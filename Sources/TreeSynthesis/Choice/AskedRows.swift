// SPDX-License-Identifier: Apache-2.0
import Learners

/// The bins of some rows' predictors, side by side.
struct AskedRows {
  private let codes: [UInt8]
  private let columnCount: Int
  private let rowCount: Int

  init(_ predictors: [TreePredictor], rows: [Int]) {
    columnCount = predictors.count
    rowCount = rows.count
    codes = predictors.flatMap { predictor in rows.map { predictor.codes[$0] } }
  }

  private func withColumns<Result>(_ body: ([UnsafePointer<UInt8>]) -> Result) -> Result {
    // One byte more, so that there always is an address.
    (codes + [0]).withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { preconditionFailure("the list is not empty") }
      return body((0..<columnCount).map { base + $0 * rowCount })
    }
  }

  /// The foretold share of each bin, row by row.
  func distributions(of tree: ConditionalTree, binCount: Int) -> [[Double]] {
    let walk = LeafWalk(tree)
    let shares = (0..<tree.leafCount).map { tree.distribution(ofLeaf: $0, binCount: binCount) }
    return withColumns { columns in
      (0..<rowCount).map { shares[walk.leaf(of: columns, row: $0)] }
    }
  }

  /// The foretold share of each bin, row by row.
  func distributions(of fitted: BoostedHierarchy, binCount: Int) -> [[Double]] {
    var result = [[Double]](
      repeating: [Double](repeating: 0, count: binCount), count: rowCount)
    let bins = fitted.hierarchy.bins
    guard !fitted.splits.isEmpty else {
      for row in 0..<rowCount { result[row][Int(bins[0])] = 1 }
      return result
    }
    let rows = (0..<Int32(rowCount)).map { $0 }
    // The share of each row that reaches each cut; cuts come before those of their parts.
    var reached = [[Double]](
      repeating: [], count: fitted.splits.count)
    reached[0] = [Double](repeating: 1, count: rowCount)
    for (cut, node) in fitted.hierarchy.nodes.enumerated() {
      let left = shares(fitted.splits[cut], rows)
      for row in 0..<rowCount {
        let share = reached[cut][row]
        if node.left < 0 { result[row][Int(bins[node.range.lowerBound])] = share * left[row] }
        if node.right < 0 { result[row][Int(bins[node.middle])] = share * (1 - left[row]) }
      }
      if node.left >= 0 { reached[node.left] = zip(reached[cut], left).map { $0 * $1 } }
      if node.right >= 0 { reached[node.right] = zip(reached[cut], left).map { $0 * (1 - $1) } }
      reached[cut] = []
    }
    return result
  }

  private func shares(_ split: BoostedSplit, _ rows: [Int32]) -> [Double] {
    guard !split.ensembles.isEmpty else {
      return [Double](
        repeating: BoostedSplit.probability(Int64(split.base)), count: rows.count)
    }
    var odds = [Int64](repeating: 0, count: rows.count)
    withColumns { columns in
      rows.withUnsafeBufferPointer { rows in
        odds.withUnsafeMutableBufferPointer { odds in
          guard let rows = rows.baseAddress, let odds = odds.baseAddress else { return }
          split.logOdds(columns: columns, rows: rows, count: rowCount, into: odds)
        }
      }
    }
    return odds.map { BoostedSplit.probability($0) }
  }
}
