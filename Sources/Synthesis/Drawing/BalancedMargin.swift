// SPDX-License-Identifier: Apache-2.0
import Tables

/// The margin of a variable after some of its levels were given another share of the rows.
package struct BalancedMargin {
  /// The weight of each bin; the total is that of the table.
  package let margin: [Double]

  /// Changes a margin.
  ///
  /// - Parameters:
  ///   - margin: The weight of each bin in the table.
  ///   - layout: The bins of the variable, which, for present values, each stand for one level or value.
  ///   - shares: The share that levels, by how they are written, are to have of all rows.
  package init(_ margin: [Double], of layout: VariableLayout, shares: [String: Double]) {
    let missingCount = layout.missingReasons.count
    var aims = [Double?](repeating: nil, count: margin.count)
    for (bin, name) in layout.levelNames.enumerated() {
      aims[missingCount + bin] = name.flatMap { shares[$0] }
    }
    let total = margin.reduce(0, +)
    let free = margin.indices.reduce(0) { $0 + (aims[$1] == nil ? margin[$1] : 0) }
    let taken = aims.reduce(0) { $0 + ($1 ?? 0) }
    self.margin = margin.indices.map { bin in
      if let aim = aims[bin] { return aim * total }
      return free > 0 ? margin[bin] * max(0, 1 - taken) * total / free : 0
    }
  }
}
