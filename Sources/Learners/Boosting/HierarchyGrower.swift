// SPDX-License-Identifier: Apache-2.0

/// Learns a target's distribution cut by cut: at each cut of its bins, boosted trees tell the rows of
/// the left part from those of the right.
///
/// The cost is that of one binary classifier for each bit of a bin's information, not for each bin.
///
/// ## Source
/// Beygelzimer, Langford, Lifshits, Sorkin and Strehl, "Conditional probability tree estimation
/// analysis and algorithms", UAI 2009, for the hierarchy; the cross-fitted stop is our own.
public struct HierarchyGrower: Sendable {
  /// How ensembles grow.
  public var options: HierarchyOptions

  /// Creates a grower.
  public init(options: HierarchyOptions = HierarchyOptions()) { self.options = options }

  /// Returns the distribution of a target given predictors.
  ///
  /// - Parameters:
  ///   - target: The target, *n* rows.
  ///   - predictors: The predictors, *n* rows each.
  ///   - rows: The rows to learn from; at least one.
  public func hierarchy(
    of target: TreeTarget, on predictors: [TreePredictor], rows: [Int32]
  ) -> BoostedHierarchy {
    precondition(!rows.isEmpty, "a distribution needs rows")
    var weights = [Double](repeating: 0, count: target.binCount)
    for row in rows { weights[Int(target.codes[Int(row)])] += 1 }
    let profiles = BinProfiles(target: target, predictors: predictors, rows: rows)
    let hierarchy = BinHierarchy(
      weights: weights, leadingNominalCount: target.leadingNominalCount,
      arrangement: profiles.parts)
    var splits = [BoostedSplit?](repeating: nil, count: hierarchy.nodes.count)
    if !hierarchy.nodes.isEmpty {
      // Where all hangs on few cuts, they are worth more trouble, and it costs little.
      var grower = self
      if hierarchy.nodes.count <= HierarchyOptions.fewCuts { grower.options = options.finer }
      grower.fit(0, hierarchy, target, predictors, rows, &splits)
    }
    guard
      let fitted = BoostedHierarchy(
        hierarchy: hierarchy, splits: splits.compactMap { $0 }, predictorCount: predictors.count)
    else { preconditionFailure("each cut was fitted") }
    return fitted
  }

  private func fit(
    _ place: Int, _ hierarchy: BinHierarchy, _ target: TreeTarget, _ predictors: [TreePredictor],
    _ rows: [Int32], _ splits: inout [BoostedSplit?]
  ) {
    let node = hierarchy.nodes[place]
    var goesLeft = [Bool](repeating: false, count: 256)
    for bin in hierarchy.bins[node.range.lowerBound..<node.middle] { goesLeft[Int(bin)] = true }
    let isLeft = rows.map { goesLeft[Int(target.codes[Int($0)])] }
    splits[place] = split(predictors, rows, isLeft)
    if node.left >= 0 {
      fit(
        node.left, hierarchy, target, predictors,
        rows.indices.filter { isLeft[$0] }.map { rows[$0] }, &splits)
    }
    if node.right >= 0 {
      fit(
        node.right, hierarchy, target, predictors,
        rows.indices.filter { !isLeft[$0] }.map { rows[$0] }, &splits)
    }
  }

  /// Learns one cut; as many trees as lower the loss of rows that they did not learn from.
  func split(_ predictors: [TreePredictor], _ rows: [Int32], _ isLeft: [Bool]) -> BoostedSplit {
    let positive = isLeft.count { $0 }
    let base = BoostedSplit.base(positive: Double(positive), of: Double(rows.count))
    let plain = BoostedSplit(base: base, ensembles: [], rowCount: rows.count)
    let folds = options.foldCount
    // Fewer rows cannot fill two leaves.
    guard !predictors.isEmpty, min(positive, rows.count - positive) > 0,
      rows.count * (folds - 1) >= 2 * options.minimumLeafCount * folds
    else { return plain }
    var grown = grow(predictors, rows, isLeft, base: base, options)
    if rows.count >= options.rowsForMoreLeaves,
      options.greaterLeafCount > options.maximumLeafCount, grown.gain > 0
    {
      // Where much hangs on many predictors together, larger trees foretell held-out rows better.
      var larger = options
      larger.maximumLeafCount = options.greaterLeafCount
      let other = grow(predictors, rows, isLeft, base: base, larger)
      if other.gain > grown.gain * (1 + options.leastAdvantage) { grown = other }
    }
    let kept = Int((Double(grown.count) * options.overshoot).rounded(.up))
    for grower in grown.growers {
      while grower.treeCount < kept, grower.grow() {}
    }
    return BoostedSplit(
      base: base,
      ensembles: grown.growers.compactMap { $0.ensemble(treeCount: kept, share: folds) },
      rowCount: rows.count)
  }

  /// Grows an ensemble for each share of the rows until held-out rows are foretold no better.
  ///
  /// - Returns: The ensembles, after how many trees the held-out loss was least, and by how much it fell.
  private func grow(
    _ predictors: [TreePredictor], _ rows: [Int32], _ isLeft: [Bool], base: Int32,
    _ options: HierarchyOptions
  ) -> (growers: [EnsembleGrower], count: Int, gain: Double) {
    let growers = (0..<options.foldCount).map { fold in
      EnsembleGrower(
        predictors, rows: rows, isLeft: isLeft, isHeldOut: rows.map { self.fold($0) == fold },
        base: base, options: options)
    }
    let start = growers.reduce(0) { $0 + $1.heldOutLoss() }
    var best = (loss: start, count: 0)
    for round in 1...max(1, options.maximumRoundCount) {
      var loss = 0.0
      var isGrown = false
      for grower in growers {
        if grower.grow() { isGrown = true }
        loss += grower.heldOutLoss()
      }
      guard isGrown else { break }
      if loss < best.loss { best = (loss, round) }
      if round - best.count >= options.patience { break }
    }
    return (growers, best.count, start - best.loss)
  }

  /// The share of rows that a row belongs to, which neighbours seldom share.
  private func fold(_ row: Int32) -> Int {
    Int((UInt64(row) &* 0x9E37_79B9_7F4A_7C15) >> 33) % options.foldCount
  }
}
