// SPDX-License-Identifier: Apache-2.0

/// What each bin of one variable says about whether another is missing.
package struct MissingRoute: Hashable, Sendable {
  /// The deciding variable, by its place in the visit order.
  package var source: Int
  /// For each of its bins the missing bin of the other variable, or the count of missing bins for
  /// "present".
  package var outcomes: [UInt8]

  /// Creates a route.
  package init(source: Int, outcomes: [UInt8]) {
    self.source = source
    self.outcomes = outcomes
  }

  /// Finds out what the bins of a source say, row by row.
  package init(of variable: BinnedVariable, by source: BinnedVariable, at place: Int) {
    let missingCount = UInt8(variable.layout.missingReasons.count)
    var outcomes = [UInt8](repeating: .max, count: 256)
    for row in variable.codes.indices {
      outcomes[Int(source.codes[row])] = min(variable.codes[row], missingCount)
    }
    self.init(source: place, outcomes: outcomes)
  }
}
