// SPDX-License-Identifier: Apache-2.0
import Learners

/// A tree as rules, one line a leaf: the way there, its rows, and its most common bins.
struct TreeWords {
  private(set) var lines: [String] = []
  private let tree: ConditionalTree
  private let own: BinNames
  private let predictors: [(name: String, BinNames)]
  /// The bins of each predictor that a way leaves open.
  private typealias Open = [Int: [Int]]

  init(_ tree: ConditionalTree, of own: BinNames, on predictors: [(name: String, BinNames)]) {
    self.tree = tree
    self.own = own
    self.predictors = predictors
    var waiting: [(node: Int, open: Open)] = [(0, [:])]
    while let (node, open) = waiting.popLast() {
      let predictor = Int(tree.predictors[node])
      guard predictor >= 0 else {
        lines.append(line(leaf: Int(tree.links[node]), open))
        continue
      }
      let order = tree.positions[predictor]
      let bins = open[predictor] ?? Array(0..<predictors[predictor].1.count)
      let isLeft = { (bin: Int) -> Bool in
        Int(order.isEmpty ? UInt8(bin) : order[bin]) <= Int(tree.thresholds[node])
      }
      var (left, right) = (open, open)
      left[predictor] = bins.filter(isLeft)
      right[predictor] = bins.filter { !isLeft($0) }
      waiting.append((Int(tree.links[node]) + 1, right))
      waiting.append((Int(tree.links[node]), left))
    }
  }

  private func line(leaf: Int, _ open: Open) -> String {
    let way = open.keys.sorted().map { place in
      "\(predictors[place].name) in {\(predictors[place].1.list(open[place] ?? []))}"
    }
    let range = Int(tree.leafStarts[leaf])..<Int(tree.leafStarts[leaf + 1])
    let total = tree.weight(ofLeaf: leaf)
    var shares: [(bin: Int, share: Double)] = []
    var before = 0.0
    for index in range {
      shares.append((Int(tree.bins[index]), (tree.cumulativeWeights[index] - before) / total))
      before = tree.cumulativeWeights[index]
    }
    let common = shares.sorted { ($1.share, $0.bin) < ($0.share, $1.bin) }.prefix(3).map {
      "\(own[$0.bin]) \(($0.share * 1000).rounded() / 10) %"
    }
    let condition = way.isEmpty ? "always" : "if " + way.joined(separator: " and ")
    return "\(condition): \(common.joined(separator: ", ")) (\(Int(total)) rows)"
  }
}
