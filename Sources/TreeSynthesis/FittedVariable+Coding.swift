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
    write(count: tree.positions.count)
    for order in tree.positions {
      // Readers fill an order up with zeros, so that what ends in them says the same without.
      let length = order.isEmpty ? 0 : (order.lastIndex { $0 != 0 } ?? 0) + 1
      write(Array(order.prefix(length)))
    }
    write(counts: tree.leafStarts.map(Int.init))
    write(tree.bins)
    write(weights: tree.cumulativeWeights)
  }
}

extension ByteReader {
  /// Reads a variable that is visited after `place` others.
  ///
  /// - Parameter isBoosted: Whether it has a hierarchy in the place of a tree.
  mutating func variable(
    named name: String, place: Int, isBoosted: Bool
  ) throws(Damage) -> FittedVariable {
    let layout = try layout()
    let predictors = try counts()
    let conditional: Conditional =
      isBoosted
      ? .hierarchy(try hierarchy(predictorCount: predictors.count, layout: layout))
      : .tree(try tree(predictorCount: predictors.count, layout: layout))
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

  private mutating func tree(
    predictorCount: Int, layout: VariableLayout?
  ) throws(Damage) -> ConditionalTree {
    let nodeCount = try entryCount()
    var predictors: [Int32] = []
    for _ in 0..<nodeCount { predictors.append(try small() - 1) }
    let thresholds = try list()
    var links: [Int32] = []
    for _ in 0..<nodeCount { links.append(try small()) }
    var positions: [[UInt8]] = []
    for _ in 0..<(try entryCount()) {
      let order = try list()
      // A short order would leave bins without a position; a row may bring any bin.
      positions.append(
        order.isEmpty ? [] : order + [UInt8](repeating: 0, count: 256 - min(order.count, 256)))
    }
    var starts: [Int32] = []
    for start in try counts() {
      guard let start = Int32(exactly: start) else { throw Damage() }
      starts.append(start)
    }
    guard positions.count == predictorCount,
      let tree = ConditionalTree(
        predictors: predictors, thresholds: thresholds, links: links, positions: positions,
        leafStarts: starts, bins: try list(), cumulativeWeights: try weights()),
      layout.map({ layout in tree.bins.allSatisfy { Int($0) < max(1, layout.binCount) } }) ?? true
    else { throw Damage() }
    return tree
  }

  private mutating func small() throws(Damage) -> Int32 {
    guard let value = Int32(exactly: try count()) else { throw Damage() }
    return value
  }
}
