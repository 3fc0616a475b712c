// SPDX-License-Identifier: Apache-2.0
import Learners

extension ConditionalTree {
  /// The cumulative weights of leaves after each bin's weight was multiplied by a factor.
  ///
  /// - Parameter factors: One factor a bin, or none to leave the weights as they are.
  func cumulativeWeights(scaledBy factors: [Double]) -> [Double] {
    guard !factors.isEmpty else { return cumulativeWeights }
    var scaled = cumulativeWeights
    for leaf in 0..<leafCount {
      var total = 0.0
      var before = 0.0
      for index in Int(leafStarts[leaf])..<Int(leafStarts[leaf + 1]) {
        total += (cumulativeWeights[index] - before) * factors[Int(bins[index])]
        before = cumulativeWeights[index]
        scaled[index] = total
      }
    }
    return scaled
  }
}
