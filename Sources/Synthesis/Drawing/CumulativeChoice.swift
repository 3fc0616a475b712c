// SPDX-License-Identifier: Apache-2.0

/// Picks an entry of a list of cumulative weights.
package enum CumulativeChoice {
  /// The first entry whose cumulative weight is above a share of the total.
  @inlinable @inline(__always)
  package static func index(in cumulative: [Double], uniform: Double) -> Int {
    guard let total = cumulative.last else { return 0 }
    let aim = uniform * total
    var low = 0
    var high = cumulative.count - 1
    while low < high {
      let middle = (low + high) >> 1
      if cumulative[middle] <= aim { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension CumulativeChoice {
  /// The sums of a list up to each entry.
  package static func sums(_ weights: [Double]) -> [Double] {
    var total = 0.0
    return weights.map {
      total += $0
      return total
    }
  }
}
