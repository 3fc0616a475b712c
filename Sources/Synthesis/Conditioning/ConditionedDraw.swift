// SPDX-License-Identifier: Apache-2.0

/// Draws a variable under a condition, given the chances that the model gives its bins in a row.
///
/// What the model does with a bin after drawing it (another variable decides whether it is missing, rare
/// levels give way, a value keeps to limits) is part of the law that is conditioned, and is done here to
/// the chances.
package struct ConditionedDraw: Sendable {
  /// What came of one row.
  package struct Outcome {
    /// The chance that the condition is satisfied, over that of the proposal; 0 where it cannot be.
    package var weight: Double
    /// The same, where no chance is taken for a small one: what counts never saw may still be.
    package var backedWeight: Double
    /// The bin.
    package var bin: Int
    /// The value, on a scale.
    package var number = 0.0
    /// The level, of a category.
    package var level = 0
  }

  /// Uniform numbers of a row.
  package struct Uniforms {
    /// Picks the bin.
    package var choice: Double
    /// Picks the place in it, or the level.
    package var inside: Double
    /// Picks a common value or the smooth part.
    package var spike: Double
    /// Three more for a value that broke a limit: bin, common value, place.
    package var again: () -> (bin: Double, spike: Double, inside: Double)

    /// Creates numbers.
    package init(
      choice: Double, inside: Double, spike: Double,
      again: @escaping () -> (bin: Double, spike: Double, inside: Double)
    ) {
      self.choice = choice
      self.inside = inside
      self.spike = spike
      self.again = again
    }
  }

  /// What stands for the share of a bin that no row of the table has.
  static let leastShare = 1e-9

  package let missingCount: Int
  private let binCount: Int
  private let rareBin: Int?
  /// The share of each level in the table, by which rare levels give way.
  private let levelShares: [Double]
  private let groupStarts: [Int]
  /// The share of each bin in the table.
  private let margin: [Double]
  package let cells: CellDraw?

  /// Creates the draw of a variable.
  ///
  /// - Parameter margin: The weight of each bin in the table.
  package init(_ layout: VariableLayout, margin: [Double]) {
    missingCount = layout.missingReasons.count
    binCount = max(1, layout.binCount)
    rareBin = layout.rareBin
    let total = margin.reduce(0, +)
    self.margin = margin.map { total > 0 ? $0 / total : 0 }
    switch layout.content {
    case .scale(let scale):
      cells = CellDraw(scale)
      levelShares = []
      groupStarts = []
    case .levels(let levels):
      cells = nil
      let whole = levels.weights.reduce(0, +)
      levelShares = levels.weights.map { whole > 0 ? $0 / whole : 0 }
      groupStarts = levels.groupStarts
    }
  }

  /// The levels of a group.
  package func levels(ofGroup group: Int) -> Range<Int> {
    groupStarts[
      group]..<(group + 1 < groupStarts.count ? groupStarts[group + 1] : levelShares.count)
  }

  /// Draws a cell under a condition.
  ///
  /// - Parameters:
  ///   - chances: The chance of each bin, summing to 1; changed.
  ///   - support: The rows that the chances rest on.
  ///   - decided: What another variable says of missing: the bin of a reason, ``missingCount`` for
  ///     present, 255 for nothing.
  ///   - limits: The limits that other variables set, if any.
  ///   - groupChances: Writes the chances of the levels of a group, summing to 1.
  package func outcome(
    _ chances: UnsafeMutablePointer<Double>, support: Double, _ condition: CellCondition,
    decided: Int, limits: ValueLimits?, uniforms: Uniforms,
    groupChances: (_ group: Int, _ chances: inout [Double]) -> Void
  ) -> Outcome {
    if decided < missingCount {
      let share = condition.allowsDecidedMissing ? 1 : condition.shares[decided]
      return Outcome(weight: share, backedWeight: share, bin: decided)
    }
    settle(chances, decided: decided, condition)
    if let limits, let cells {
      return limited(chances, support, condition, limits, cells, uniforms)
    }
    if !groupStarts.isEmpty, !condition.isRare {
      return grouped(chances, support, condition, uniforms, groupChances)
    }
    let shares = condition.shares
    let weight = (0..<binCount).reduce(0) { $0 + chances[$1] * shares[$1] }
    let backing = weight > 0 ? weight : backed(shares, support)
    guard backing > 0 else { return impossible(condition) }
    if weight <= 0 { for bin in 0..<binCount { chances[bin] = margin[bin] + Self.leastShare } }
    for bin in 0..<binCount {
      chances[bin] *= shares[bin] * (condition.tilts.isEmpty ? 1 : condition.tilts[bin])
    }
    let (bin, total) = pick(chances, uniforms.choice)
    var outcome = Outcome(
      weight: weight > 0 && !condition.tilts.isEmpty ? total / condition.tilts[bin] : weight,
      backedWeight: backing, bin: bin)
    finish(&outcome, condition, uniforms)
    return outcome
  }

  /// Does to chances what the model does with bins after drawing them.
  ///
  /// - Parameter decided: ``missingCount`` where another variable decides that the cell is present, 255
  ///   where none does.
  package func settle(
    _ chances: UnsafeMutablePointer<Double>, decided: Int, _ condition: CellCondition
  ) {
    if decided != 255 { makePresent(chances) }
    if let rareBin, !condition.isRare, groupStarts.isEmpty, chances[rareBin] > 0 {
      for (level, share) in levelShares.enumerated() {
        chances[missingCount + level] += chances[rareBin] * share
      }
      chances[rareBin] = 0
    }
  }

  /// What a condition asks, where it cannot be.
  private func impossible(_ condition: CellCondition) -> Outcome {
    let level = condition.levels?.firstIndex(of: true) ?? 0
    return Outcome(
      weight: 0, backedWeight: 0, bin: condition.shares.firstIndex { $0 > 0 } ?? 0,
      number: condition.value ?? 0, level: level)
  }

  /// The value or level of a bin.
  private func finish(_ outcome: inout Outcome, _ condition: CellCondition, _ uniforms: Uniforms) {
    guard outcome.bin >= missingCount else { return }
    if let cells {
      outcome.number =
        condition.value
        ?? (condition.cells ?? cells).value(
          outcome.bin - missingCount, choice: uniforms.spike, position: uniforms.inside)
    } else if !condition.isRare {
      outcome.level = min(outcome.bin - missingCount, max(0, levelShares.count - 1))
    }
  }

  /// Leaves the chances of present values only, those of the table where there are none.
  private func makePresent(_ chances: UnsafeMutablePointer<Double>) {
    for bin in 0..<min(missingCount, binCount) { chances[bin] = 0 }
    var total = (0..<binCount).reduce(0) { $0 + chances[$1] }
    if total <= 0 {
      for bin in missingCount..<max(missingCount, binCount) { chances[bin] = margin[bin] }
      total = (0..<binCount).reduce(0) { $0 + chances[$1] }
    }
    guard total > 0 else { return }
    for bin in 0..<binCount { chances[bin] /= total }
  }

  /// What takes the place of no chance: that of one more row, which is any row of the table.
  private func backed(_ shares: [Double], _ support: Double) -> Double {
    (0..<binCount).reduce(0) { $0 + (margin[$1] + Self.leastShare) * shares[$1] } / (support + 1)
  }

  /// The bin that a uniform number picks by weights, and their sum, which is positive.
  private func pick(_ weights: UnsafePointer<Double>, _ uniform: Double) -> (Int, Double) {
    let total = (0..<binCount).reduce(0) { $0 + weights[$1] }
    var rest = uniform * total
    var found = 0
    for bin in 0..<binCount where weights[bin] > 0 {
      found = bin
      if rest < weights[bin] { break }
      rest -= weights[bin]
    }
    return (found, total)
  }

  // MARK: Limits

  private func limited(
    _ chances: UnsafeMutablePointer<Double>, _ support: Double, _ condition: CellCondition,
    _ limits: ValueLimits, _ cells: CellDraw, _ uniforms: Uniforms
  ) -> Outcome {
    let shares = condition.shares
    guard let value = condition.value else {
      // Missing, or present with any value: a value that breaks a limit is drawn again.
      let weight = (0..<binCount).reduce(0) { $0 + chances[$1] * shares[$1] }
      let backing = weight > 0 ? weight : backed(shares, support)
      guard backing > 0 else { return impossible(condition) }
      if weight <= 0 { for bin in 0..<binCount { chances[bin] = margin[bin] + Self.leastShare } }
      for bin in 0..<binCount { chances[bin] *= shares[bin] }
      var outcome = Outcome(
        weight: weight, backedWeight: backing, bin: pick(chances, uniforms.choice).0)
      finish(&outcome, condition, uniforms)
      guard outcome.bin >= missingCount, !limits.contain(outcome.number) else { return outcome }
      let again = uniforms.again()
      (outcome.bin, outcome.number) = limits.draw(
        cells: cells, missingCount: missingCount, bin: again.bin, choice: again.spike,
        position: again.inside
      ) { uniform, first, last in
        let last = min(last, binCount - 1)
        for bin in 0..<binCount where bin < first || bin > last { chances[bin] = 0 }
        let (bin, total) = pick(chances, uniform)
        return total > 0 ? bin : nil
      }
      return outcome
    }
    guard limits.contain(value) else { return impossible(condition) }
    let (low, high) = cells.gridLimits(limits.lowest, limits.highest)
    let allowed = cells.cells(from: low, through: high)
    let kept = missingCount + allowed.lowerBound...missingCount + allowed.upperBound
    var broken = 0.0
    var total = 0.0
    for bin in missingCount..<binCount where chances[bin] > 0 {
      let outside = cells.shares(
        bin - missingCount, below: limits.lowest, above: limits.highest)
      broken += chances[bin] * (outside.below + outside.above)
      if kept.contains(bin) { total += chances[bin] }
    }
    // By the first draw, and by the second, whose values beyond a limit become the limit.
    for bin in 0..<binCount {
      var direct = chances[bin] * shares[bin]
      if broken > 0, kept.contains(bin) {
        let second = total > 0 ? chances[bin] / total : bin == kept.lowerBound ? 1 : 0
        if second > 0 {
          let outside = cells.shares(bin - missingCount, below: low, above: high)
          direct +=
            broken * second
            * (shares[bin] + (value == low ? outside.below : 0)
              + (value == high ? outside.above : 0))
        }
      }
      chances[bin] = direct
    }
    let weight = (0..<binCount).reduce(0) { $0 + chances[$1] }
    let backing = weight > 0 ? weight : backed(shares, support)
    guard backing > 0 else { return impossible(condition) }
    if weight <= 0 {
      for bin in 0..<binCount { chances[bin] = (margin[bin] + Self.leastShare) * shares[bin] }
    }
    return Outcome(
      weight: weight, backedWeight: backing, bin: pick(chances, uniforms.choice).0, number: value)
  }

  // MARK: Groups of levels

  private func grouped(
    _ chances: UnsafeMutablePointer<Double>, _ support: Double, _ condition: CellCondition,
    _ uniforms: Uniforms, _ groupChances: (Int, inout [Double]) -> Void
  ) -> Outcome {
    let flags = condition.levels ?? [Bool](repeating: true, count: levelShares.count)
    var within: [Int: [Double]] = [:]
    var rareShares: [Double] = []
    for bin in 0..<binCount where chances[bin] > 0 {
      guard condition.shares[bin] > 0 else {
        chances[bin] = 0
        continue
      }
      let group = bin - missingCount
      if bin < missingCount { continue }
      if bin == rareBin {
        rareShares = zip(levelShares, flags).map { $1 ? $0 : 0 }
        chances[bin] *= rareShares.reduce(0, +)
      } else if condition.levels != nil {
        let own = levels(ofGroup: group)
        var list = [Double](repeating: 0, count: own.count)
        groupChances(group, &list)
        for (place, level) in own.enumerated() where !flags[level] { list[place] = 0 }
        within[group] = list
        chances[bin] *= list.reduce(0, +)
      }
    }
    let weight = (0..<binCount).reduce(0) { $0 + chances[$1] }
    var outcome = Outcome(weight: weight, backedWeight: weight, bin: 0)
    guard weight > 0 else {
      // The levels asked for, by their share of the table.
      let list = zip(levelShares, flags).map {
        $1 && condition.levels != nil ? $0 + Self.leastShare : 0
      }
      let share = list.reduce(0, +)
      guard share > 0 else { return impossible(condition) }
      outcome.backedWeight = share / (support + 1)
      outcome.level = CumulativeChoice.index(
        in: CumulativeChoice.sums(list), uniform: uniforms.choice)
      outcome.bin = missingCount + bin(ofLevel: outcome.level)
      return outcome
    }
    outcome.bin = pick(chances, uniforms.choice).0
    guard outcome.bin >= missingCount else { return outcome }
    if outcome.bin == rareBin {
      outcome.level = CumulativeChoice.index(
        in: CumulativeChoice.sums(rareShares), uniform: uniforms.inside)
      outcome.bin = missingCount + bin(ofLevel: outcome.level)
      return outcome
    }
    let group = outcome.bin - missingCount
    let own = levels(ofGroup: group)
    var list = within[group] ?? [Double](repeating: 0, count: own.count)
    if within[group] == nil { groupChances(group, &list) }
    outcome.level =
      own.lowerBound
      + CumulativeChoice.index(in: CumulativeChoice.sums(list), uniform: uniforms.inside)
    return outcome
  }

  private func bin(ofLevel level: Int) -> Int {
    groupStarts.count > 1 ? level / groupStarts[1] : 0
  }
}
