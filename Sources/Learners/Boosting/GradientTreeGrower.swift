// SPDX-License-Identifier: Apache-2.0

/// Grows a tree on first and second derivatives of a loss, the most gainful leaf first.
public struct GradientTreeGrower: Sendable {
  /// How trees grow.
  public var options: GradientTreeOptions
  private let predictors: [TreePredictor]
  private let offsets: [Int]
  private let binCount: Int

  /// Creates a grower.
  public init(predictors: [TreePredictor], options: GradientTreeOptions) {
    self.options = options
    self.predictors = predictors
    var offsets: [Int] = []
    var total = 0
    for predictor in predictors {
      offsets.append(total)
      total += predictor.binCount
    }
    self.offsets = offsets
    binCount = total
  }

  private struct Leaf {
    var node: Int
    var range: Range<Int>
    var total: SIMD2<Double>
    var histogram: GradientHistogram
    var split: GradientSplit?
  }

  /// Grows a tree on some rows; `derivatives` has the first and the second derivative of each row
  /// of the predictors.
  ///
  /// A leaf's value is −G/(H + λ).
  public func tree(rows: [Int32], derivatives: [SIMD2<Float>]) -> GradientTree {
    var rows = rows
    var histogram = GradientHistogram(binCount: binCount)
    histogram.add(rows: rows[...], derivatives, predictors, offsets: offsets)
    var total = SIMD2<Double>.zero
    for row in rows { total += SIMD2<Double>(derivatives[Int(row)]) }
    var tree = GradientTree(nodes: [.init(value: value(total))])
    var leaves = [leaf(0, 0..<rows.count, total, histogram)]
    while leaves.count < options.maximumLeafCount {
      guard let place = mostGainful(leaves), let split = leaves[place].split else { break }
      let parent = leaves[place]
      let middle = partition(&rows, parent.range, split)
      let ranges = [parent.range.lowerBound..<middle, middle..<parent.range.upperBound]
      let smaller = ranges[0].count <= ranges[1].count ? 0 : 1
      var counted = GradientHistogram(binCount: binCount)
      counted.add(rows: rows[ranges[smaller]], derivatives, predictors, offsets: offsets)
      let rest = counted.subtracted(from: parent.histogram)
      let left = leftTotal(smaller == 0 ? counted : rest, split)
      let node = tree.nodes.count
      tree.nodes[parent.node].predictor = Int32(split.predictor)
      tree.nodes[parent.node].leftBins = split.leftBins
      tree.nodes[parent.node].gain = split.gain
      tree.nodes[parent.node].left = Int32(node)
      tree.nodes[parent.node].right = Int32(node + 1)
      tree.nodes.append(.init(value: value(left)))
      tree.nodes.append(.init(value: value(parent.total - left)))
      leaves[place] = leaf(node, ranges[0], left, smaller == 0 ? counted : rest)
      leaves.append(
        leaf(node + 1, ranges[1], parent.total - left, smaller == 0 ? rest : counted))
    }
    return tree
  }

  private func leaf(
    _ node: Int, _ range: Range<Int>, _ total: SIMD2<Double>, _ histogram: GradientHistogram
  ) -> Leaf {
    var leaf = Leaf(node: node, range: range, total: total, histogram: histogram)
    if total.y >= 2 * options.minimumLeafWeight {
      leaf.split = GradientSplit.best(
        histogram, total: total, predictors, offsets: offsets, options: options)
    }
    return leaf
  }

  private func mostGainful(_ leaves: [Leaf]) -> Int? {
    leaves.indices.filter { leaves[$0].split != nil }.max {
      (leaves[$0].split?.gain ?? 0, $1) < (leaves[$1].split?.gain ?? 0, $0)
    }
  }

  private func value(_ sums: SIMD2<Double>) -> Double {
    let weight = sums.y + options.ridge
    return weight > 0 ? -sums.x / weight : 0
  }

  /// The sums of the bins that go left.
  private func leftTotal(_ histogram: GradientHistogram, _ split: GradientSplit) -> SIMD2<Double> {
    var total = SIMD2<Double>.zero
    let offset = offsets[split.predictor]
    for bin in 0..<predictors[split.predictor].binCount { total += histogram.sums[offset + bin] }
    return total
  }

  /// Puts the rows that go left first, in their order, and returns where the others begin.
  private func partition(_ rows: inout [Int32], _ range: Range<Int>, _ split: GradientSplit) -> Int
  {
    var node = GradientTree.Node(value: 0)
    node.leftBins = split.leftBins
    let codes = predictors[split.predictor].codes
    var others: [Int32] = []
    others.reserveCapacity(range.count)
    var next = range.lowerBound
    for place in range {
      let row = rows[place]
      if node.isLeft(codes[Int(row)]) {
        rows[next] = row
        next += 1
      } else {
        others.append(row)
      }
    }
    for (place, row) in others.enumerated() { rows[next + place] = row }
    return next
  }
}
