// SPDX-License-Identifier: Apache-2.0

/// The classes into which a node's target bins are pooled while its split is searched.
///
/// Bins of a scale are pooled into runs of about equal weight *within the node*, so that deep nodes,
/// whose rows span few of the table's bins, still tell fine from coarse. Bins without an order stay
/// themselves.
struct NodeClasses {
  /// The class of each bin of the target.
  var classOfBin: [UInt8]
  /// The number of classes.
  var count: Int

  init(binCount: Int) {
    classOfBin = [UInt8](repeating: 0, count: binCount)
    count = 0
  }

  /// Pools the bins of a node.
  ///
  /// - Parameters:
  ///   - weights: The node's weight in each bin.
  mutating func pool(
    weights: [Double], leadingNominalCount: Int, isOrdered: Bool, options: TreeOptions
  ) {
    count = 0
    let nominalEnd = isOrdered ? leadingNominalCount : weights.count
    for bin in 0..<nominalEnd where weights[bin] > 0 {
      classOfBin[bin] = UInt8(count)
      count += 1
    }
    guard isOrdered else { return }
    var total = 0.0
    for bin in nominalEnd..<weights.count { total += weights[bin] }
    let aim = max(total / Double(options.maximumClassCount), options.rowsPerClass)
    var pooled = 0.0
    for bin in nominalEnd..<weights.count where weights[bin] > 0 {
      // A heavy bin stands alone; what was pooled before it must not water it down.
      if pooled > 0, weights[bin] >= aim {
        count += 1
        pooled = 0
      }
      classOfBin[bin] = UInt8(count)
      pooled += weights[bin]
      if pooled >= aim {
        count += 1
        pooled = 0
      }
    }
    if pooled > 0 { count += 1 }
  }
}
