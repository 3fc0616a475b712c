// SPDX-License-Identifier: Apache-2.0
import Learners
import Synthesis
import Tables

extension ByteWriter {
  mutating func write(_ variable: FittedVariable) {
    write(variable.layout)
    write(counts: variable.predictors)
    switch variable.conditional {
    case .tree(let tree): write(tree)
    case .hierarchy(let hierarchy): write(hierarchy)
    case .distribution(let fitted):
      write(type(of: fitted).method)
      fitted.write(to: &self)
    }
    write(count: variable.groupTrees.count)
    for tree in variable.groupTrees { write(tree) }
    write(counts: variable.lowerLimits)
    write(counts: variable.upperLimits)
    write(byte: variable.missingRoute == nil ? 0 : 1)
    if let route = variable.missingRoute {
      write(count: route.source)
      write(route.outcomes)
    }
    write(weights: variable.presentWeights)
    write(weights: variable.binFactors)
  }

  mutating func write(_ tree: ConditionalTree) {
    write(count: tree.predictors.count)
    for predictor in tree.predictors { write(count: Int(predictor) + 1) }
    write(tree.thresholds)
    for link in tree.links { write(count: Int(link)) }
    write(orders: tree.positions)
    writeLeaves(of: tree)
  }

  /// Writes a tree whose orders of bins are written elsewhere.
  mutating func write(withoutOrders tree: ConditionalTree) {
    write(count: tree.predictors.count)
    for predictor in tree.predictors { write(count: Int(predictor) + 1) }
    write(tree.thresholds)
    for link in tree.links { write(count: Int(link)) }
    writeLeaves(of: tree)
  }

  private mutating func writeLeaves(of tree: ConditionalTree) {
    write(counts: tree.leafStarts.map(Int.init))
    write(tree.bins)
    write(weights: tree.cumulativeWeights)
  }

  /// Writes the order of each predictor's bins.
  mutating func write(orders: [[UInt8]]) {
    write(count: orders.count)
    for order in orders {
      // Readers fill an order up with zeros, so that what ends in them says the same without.
      let length = order.isEmpty ? 0 : (order.lastIndex { $0 != 0 } ?? 0) + 1
      write(Array(order.prefix(length)))
    }
  }
}

extension ByteReader {
  /// Reads a variable that is visited after `place` others.
  ///
  /// - Parameter kind: What gives the distribution of its bins.
  mutating func variable(
    named name: String, place: Int, kind: ConditionalKind
  ) throws(Damage) -> FittedVariable {
    let layout = try layout()
    let predictors = try counts()
    let conditional: Conditional =
      switch kind {
      case .tree: .tree(try tree(predictorCount: predictors.count, layout: layout))
      case .hierarchy:
        .hierarchy(try hierarchy(predictorCount: predictors.count, layout: layout))
      case .distribution:
        .distribution(try distribution(predictorCount: predictors.count, layout: layout))
      }
    var groupTrees: [ConditionalTree] = []
    for _ in 0..<(try entryCount()) {
      groupTrees.append(try self.tree(predictorCount: predictors.count, layout: nil))
    }
    let lowerLimits = try counts()
    let upperLimits = try counts()
    var route: MissingRoute?
    if try byte() == 1 { route = MissingRoute(source: try count(), outcomes: try list()) }
    let weights = try weights()
    let factors = try self.weights()
    let references = predictors + lowerLimits + upperLimits + (route.map { [$0.source] } ?? [])
    guard references.allSatisfy({ $0 < place }), route?.outcomes.count ?? 256 == 256,
      weights.count == max(layout.presentBinCount, 1),
      zip(weights, weights.dropFirst()).allSatisfy(<=),
      areSound(groupTrees, layout), factors.isEmpty || factors.count == layout.binCount,
      factors.allSatisfy({ $0 > 0 && $0.isFinite })
    else { throw Damage() }
    return FittedVariable(
      name: name, layout: layout, predictors: predictors, conditional: conditional,
      groupTrees: groupTrees,
      lowerLimits: lowerLimits, upperLimits: upperLimits, missingRoute: route,
      presentWeights: weights, binFactors: factors)
  }

  private func areSound(_ trees: [ConditionalTree], _ layout: VariableLayout) -> Bool {
    guard case .levels(let levels) = layout.content else { return trees.isEmpty }
    guard trees.count == levels.groupStarts.count else { return false }
    return trees.enumerated().allSatisfy { group, tree in
      let start = levels.groupStarts[group]
      let end = group + 1 < levels.groupStarts.count ? levels.groupStarts[group + 1] : levels.count
      return tree.bins.allSatisfy { Int($0) < end - start }
    }
  }

  private mutating func distribution(
    predictorCount: Int, layout: VariableLayout
  ) throws(Damage) -> any BinDistribution {
    guard let learner = DistributionMethods.named(try text()) else { throw Damage() }
    return try learner.init(
      &self,
      shape: DistributionShape(
        predictorCount: predictorCount, binCount: max(1, layout.binCount)))
  }

  private mutating func tree(
    predictorCount: Int, layout: VariableLayout?
  ) throws(Damage) -> ConditionalTree {
    try tree(
      predictorCount: predictorCount, orders: nil, binCount: layout.map { max(1, $0.binCount) })
  }

  /// Reads a tree.
  ///
  /// - Parameters:
  ///   - orders: The order of each predictor's bins, where it was written elsewhere.
  ///   - binCount: The number of the target's bins; `nil` where that is checked elsewhere.
  mutating func tree(
    predictorCount: Int, orders: [[UInt8]]?, binCount: Int?
  ) throws(Damage) -> ConditionalTree {
    let nodeCount = try entryCount()
    var predictors: [Int32] = []
    for _ in 0..<nodeCount { predictors.append(try small() - 1) }
    let thresholds = try list()
    var links: [Int32] = []
    for _ in 0..<nodeCount { links.append(try small()) }
    let positions = if let orders { orders } else { try self.orders(count: predictorCount) }
    var starts: [Int32] = []
    for start in try counts() {
      guard let start = Int32(exactly: start) else { throw Damage() }
      starts.append(start)
    }
    guard
      let tree = ConditionalTree(
        predictors: predictors, thresholds: thresholds, links: links, positions: positions,
        leafStarts: starts, bins: try list(), cumulativeWeights: try weights()),
      binCount.map({ count in tree.bins.allSatisfy { Int($0) < count } }) ?? true
    else { throw Damage() }
    return tree
  }

  /// Reads the order of each predictor's bins.
  mutating func orders(count: Int) throws(Damage) -> [[UInt8]] {
    var positions: [[UInt8]] = []
    for _ in 0..<(try entryCount()) {
      let order = try list()
      // A short order would leave bins without a position; a row may bring any bin.
      positions.append(
        order.isEmpty ? [] : order + [UInt8](repeating: 0, count: 256 - min(order.count, 256)))
    }
    guard positions.count == count else { throw Damage() }
    return positions
  }

  private mutating func small() throws(Damage) -> Int32 {
    guard let value = Int32(exactly: try count()) else { throw Damage() }
    return value
  }
}
