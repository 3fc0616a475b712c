// SPDX-License-Identifier: Apache-2.0

/// One tree while it grows.
struct TreeGrowth<Weights: RowWeights>: ~Copyable {
  private let target: TreeTarget
  private let options: TreeOptions
  private let weights: Weights
  private let positions: [[UInt8]]
  private let positionCounts: [Int]
  private var rows: [Int32]
  private var scratch: [Int32]
  private var classes: [UInt8]
  private var tree: ConditionalTree
  private var sampling: PredictorSampling?

  /// A node that waits to be split.
  private struct Pending {
    var node: Int
    var range: Range<Int>
    var predictors: [Int32]
  }

  init(
    target: TreeTarget, predictors: [TreePredictor], rows: [Int32], weights: Weights,
    options: TreeOptions
  ) {
    self.init(
      target: target,
      positions: Positions(of: predictors, for: target, rows: rows, weights: weights), rows: rows,
      weights: weights, options: options)
  }

  /// Prepares a tree on predictors whose bins are in order.
  ///
  /// - Parameter sampling: Which predictors each node is split on; `nil` for the best of all.
  init(
    target: TreeTarget, positions: Positions, rows: [Int32], weights: Weights,
    options: TreeOptions, sampling: PredictorSampling? = nil
  ) {
    self.target = target
    self.options = options
    self.weights = weights
    self.rows = rows
    scratch = rows
    classes = [UInt8](repeating: 0, count: rows.count)
    self.sampling = sampling
    self.positions = positions.ofRows
    positionCounts = positions.counts
    tree = ConditionalTree(positions: positions.orders)
  }

  /// The place of each row's bin in the order that serves a target best, predictor by predictor.
  struct Positions {
    /// The position of each row.
    private(set) var ofRows: [[UInt8]] = []
    /// The position of each bin; empty where bins are in order as they are.
    private(set) var orders: [[UInt8]] = []
    /// The number of bins.
    let counts: [Int]

    init(of predictors: [TreePredictor], for target: TreeTarget, rows: [Int32], weights: Weights) {
      counts = predictors.map(\.binCount)
      for predictor in predictors {
        if predictor.isOrdered || predictor.binCount < 3 {
          orders.append([])
          ofRows.append(predictor.codes)
        } else {
          let order = TreeGrowth.order(of: predictor, for: target, rows: rows, weights: weights)
          orders.append(order)
          ofRows.append(predictor.codes.map { order[Int($0)] })
        }
      }
    }
  }

  /// Grows the tree to its end.
  mutating func run() -> ConditionalTree {
    let search = SplitSearch(
      weights: weights, minimumLeafWeight: options.minimumLeafWeight, rowCount: rows.count)
    var pooled = NodeClasses(binCount: target.binCount)
    addNode()
    var pending = [
      Pending(node: 0, range: 0..<rows.count, predictors: positions.indices.map { Int32($0) })
    ]
    while var next = pending.popLast() {
      let binWeights = weightsOfBins(in: next.range)
      guard let split = bestSplit(&next, binWeights, search, &pooled) else {
        close(next.node, binWeights)
        continue
      }
      let middle = partition(next.range, by: split)
      let child = addNode()
      addNode()
      tree.predictors[next.node] = Int32(split.predictor)
      tree.thresholds[next.node] = split.threshold
      tree.links[next.node] = Int32(child)
      pending.append(
        Pending(node: child, range: next.range.lowerBound..<middle, predictors: next.predictors))
      pending.append(
        Pending(
          node: child + 1, range: middle..<next.range.upperBound, predictors: next.predictors))
    }
    return tree
  }

  @discardableResult
  private mutating func addNode() -> Int {
    tree.predictors.append(-1)
    tree.thresholds.append(0)
    tree.links.append(0)
    return tree.predictors.count - 1
  }

  private func weightsOfBins(in range: Range<Int>) -> [Double] {
    var sums = [Double](repeating: 0, count: target.binCount)
    target.codes.withUnsafeBufferPointer { codes in
      for index in range {
        let row = rows[index]
        sums[Int(codes[Int(row)])] += weights.number(weights.weight(ofRow: row))
      }
    }
    return sums
  }

  /// Searches all predictors that still vary; drops from the list those that do not.
  private mutating func bestSplit(
    _ next: inout Pending, _ binWeights: [Double], _ search: borrowing SplitSearch<Weights>,
    _ pooled: inout NodeClasses
  ) -> Split? {
    let total = binWeights.reduce(0, +)
    guard total >= 2 * options.minimumLeafWeight, !next.predictors.isEmpty else { return nil }
    pooled.pool(
      weights: binWeights, leadingNominalCount: target.leadingNominalCount,
      isOrdered: target.isOrdered, options: options)
    guard pooled.count > 1 else { return nil }

    var classWeights = [Weights.Count](repeating: 0, count: pooled.count)
    target.codes.withUnsafeBufferPointer { codes in
      pooled.classOfBin.withUnsafeBufferPointer { classOfBin in
        for index in next.range {
          let row = rows[index]
          let pooledClass = classOfBin[Int(codes[Int(row)])]
          classes[index] = pooledClass
          classWeights[Int(pooledClass)] += weights.weight(ofRow: row)
        }
      }
    }
    var best: Split?
    // What is not asked here may be asked below.
    let asked = sampling?.draw(from: &next.predictors) ?? next.predictors.count
    var varying = Array(next.predictors[asked...])
    varying.reserveCapacity(next.predictors.count)
    rows.withUnsafeBufferPointer { rows in
      classes.withUnsafeBufferPointer { classes in
        classWeights.withUnsafeBufferPointer { classWeights in
          guard let classBase = classes.baseAddress else { return }
          let node = UnsafeBufferPointer(rebasing: rows[next.range])
          for predictor in next.predictors[..<asked] {
            var isConstant = false
            let split = positions[Int(predictor)].withUnsafeBufferPointer { positions in
              positions.baseAddress.flatMap {
                search.best(
                  predictor: Int(predictor), positions: $0,
                  positionCount: positionCounts[Int(predictor)], rows: node,
                  classes: classBase + next.range.lowerBound, classWeights: classWeights,
                  isConstant: &isConstant)
              }
            }
            if !isConstant { varying.append(predictor) }
            if let split, split.likelihood > best?.likelihood ?? -.infinity { best = split }
          }
        }
      }
    }
    next.predictors = varying
    guard let best else { return nil }
    var unsplit = 0.0
    var nodeWeight: Weights.Count = 0
    for weight in classWeights {
      unsplit += weights.entropyTerm(weight)
      nodeWeight += weight
    }
    unsplit -= weights.entropyTerm(nodeWeight)
    let price =
      options.penaltyPerSplit + options.penaltyPerFreedom * Double(pooled.count - 1)
    return best.likelihood - unsplit > price ? best : nil
  }

  /// Moves the rows that go left before the others, keeping the order within each side.
  private mutating func partition(_ range: Range<Int>, by split: Split) -> Int {
    var middle = range.lowerBound
    var kept = 0
    positions[split.predictor].withUnsafeBufferPointer { positions in
      rows.withUnsafeMutableBufferPointer { rows in
        for index in range {
          let row = rows[index]
          if positions[Int(row)] <= split.threshold {
            rows[middle] = row
            middle &+= 1
          } else {
            scratch[kept] = row
            kept &+= 1
          }
        }
        for index in 0..<kept { rows[middle + index] = scratch[index] }
      }
    }
    return middle
  }

  private mutating func close(_ node: Int, _ binWeights: [Double]) {
    tree.links[node] = Int32(tree.leafCount)
    var cumulative = 0.0
    for bin in binWeights.indices where binWeights[bin] > 0 {
      cumulative += binWeights[bin]
      tree.bins.append(UInt8(bin))
      tree.cumulativeWeights.append(cumulative)
    }
    tree.leafStarts.append(Int32(tree.bins.count))
  }

  private static func order(
    of predictor: TreePredictor, for target: TreeTarget, rows: [Int32], weights: Weights
  ) -> [UInt8] {
    // Sixteen classes tell the levels apart well enough, and keep the table small.
    let classCount = min(target.binCount, target.isOrdered ? 16 : 256)
    var counts = [Double](repeating: 0, count: predictor.binCount * classCount)
    for row in rows {
      let bin = Int(target.codes[Int(row)])
      let pooledClass = target.isOrdered ? bin * classCount / target.binCount : bin
      counts[Int(predictor.codes[Int(row)]) * classCount + pooledClass] +=
        weights.number(weights.weight(ofRow: row))
    }
    return LevelOrdering.positions(
      counts: counts, levelCount: predictor.binCount, classCount: classCount)
  }
}
