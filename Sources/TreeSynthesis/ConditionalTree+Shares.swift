// SPDX-License-Identifier: Apache-2.0
import Learners

extension ConditionalTree {
  /// The share of each bin in a leaf.
  func distribution(ofLeaf leaf: Int, binCount: Int) -> [Double] {
    var shares = [Double](repeating: 0, count: binCount)
    let total = weight(ofLeaf: leaf)
    var before = 0.0
    for index in Int(leafStarts[leaf])..<Int(leafStarts[leaf + 1]) {
      shares[Int(bins[index])] = (cumulativeWeights[index] - before) / total
      before = cumulativeWeights[index]
    }
    return shares
  }
}
