// SPDX-License-Identifier: Apache-2.0

/// The best split of a leaf.
struct EnsembleSplit {
  /// The place of the predictor among those in use.
  var predictor: Int
  /// The last position that goes left.
  var position: Int
  /// The sums of what goes left.
  var left: EnsembleGrower.Sums
  /// By how much the split lowers the loss, in nats.
  var gain: Double

  /// Searches all predictors of a leaf.
  ///
  /// - Parameters:
  ///   - sums: The sums of each position of each predictor.
  ///   - offsets: Where the positions of each predictor start.
  ///   - counts: How many there are.
  static func best(
    _ sums: UnsafePointer<EnsembleGrower.Sums>, total: EnsembleGrower.Sums, offsets: [Int],
    counts: [Int], options: HierarchyOptions
  ) -> EnsembleSplit? {
    let shift = EnsembleGrower.countShift
    let mask: Int64 = 1 << shift - 1
    let rows = Int(total.y >> shift)
    guard rows >= 2 * options.minimumLeafCount else { return nil }
    let one = Double(OddsTable.one)
    let ridge = options.ridge * one
    let first = Double(total.x)
    let second = Double(total.y & mask)
    // Gains are in units of the derivatives until the end.
    let whole = first * first / (second + ridge)
    var best: EnsembleSplit?
    var bestGain = 2 * options.minimumGain * one
    for predictor in offsets.indices {
      let bins = sums + offsets[predictor]
      var left = EnsembleGrower.Sums.zero
      for position in 0..<(counts[predictor] - 1) {
        let bin = bins[position]
        guard bin.y != 0 else { continue }
        left &+= bin
        let leftRows = Int(left.y >> shift)
        guard leftRows >= options.minimumLeafCount else { continue }
        guard rows - leftRows >= options.minimumLeafCount else { break }
        let leftFirst = Double(left.x)
        let leftSecond = Double(left.y & mask)
        let rightFirst = first - leftFirst
        let gain =
          leftFirst * leftFirst / (leftSecond + ridge)
          + rightFirst * rightFirst / (second - leftSecond + ridge) - whole
        if gain > bestGain {
          bestGain = gain
          best = EnsembleSplit(
            predictor: predictor, position: position, left: left, gain: gain / one / 2)
        }
      }
    }
    return best
  }
}
