// SPDX-License-Identifier: Apache-2.0

/// Grows a tree on first and second derivatives of a loss, the most gainful leaf first.
public struct GradientTreeGrower: Sendable {
  /// How trees grow.
  public var options: GradientTreeOptions
  private let coded: CodedRows

  /// Creates a grower.
  public init(_ coded: CodedRows, options: GradientTreeOptions) {
    self.options = options
    self.coded = coded
  }

  private struct Leaf {
    var node: Int
    var range: Range<Int>
    var total: SIMD2<Double>
    /// The number of its sums.
    var sums: Int
    var split: GradientSplit?
  }

  /// Grows a tree on some rows; `derivatives` has the first and the second derivative of each coded row.
  ///
  /// A leaf's value is −G/(H + λ).
  public func tree(rows: [Int32], derivatives: [SIMD2<Float>]) -> GrownTree {
    precondition(derivatives.count == coded.rowCount, "derivatives for each row")
    var grown = GrownTree(tree: GradientTree(nodes: []), rows: rows, leaves: [])
    withUnsafeTemporaryAllocation(
      of: SIMD2<Double>.self, capacity: max(1, coded.binTotal * options.maximumLeafCount)
    ) { room in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(1, rows.count)) { spare in
        guard let sums = room.baseAddress, let spare = spare.baseAddress else { return }
        derivatives.withUnsafeBufferPointer { derivatives in
          coded.codes.withUnsafeBufferPointer { codes in
            grow(
              &grown, GradientSums(coded, codes, derivatives, sums: sums), codes: codes,
              spare: spare)
          }
        }
      }
    }
    return grown
  }

  private func grow(
    _ grown: inout GrownTree, _ sums: GradientSums, codes: UnsafeBufferPointer<UInt8>,
    spare: UnsafeMutablePointer<Int32>
  ) {
    let total = grown.rows.withUnsafeBufferPointer { rows in
      sums.count(rows, into: 0)
      return sums.total(rows)
    }
    grown.tree.nodes.append(.init(value: value(total)))
    var leaves = [
      leaf(Leaf(node: 0, range: 0..<grown.rows.count, total: total, sums: 0), sums)
    ]
    while leaves.count < options.maximumLeafCount {
      guard let place = mostGainful(leaves), let split = leaves[place].split else { break }
      let parent = leaves[place]
      let middle = grown.rows.withUnsafeMutableBufferPointer { rows in
        partition(rows, parent.range, split, codes, spare)
      }
      let node = grown.tree.nodes.count
      grown.tree.nodes[parent.node].predictor = Int32(split.predictor)
      grown.tree.nodes[parent.node].leftBins = split.leftBins
      grown.tree.nodes[parent.node].gain = split.gain
      grown.tree.nodes[parent.node].left = Int32(node)
      grown.tree.nodes[parent.node].right = Int32(node + 1)
      grown.tree.nodes.append(.init(value: value(split.left)))
      grown.tree.nodes.append(.init(value: value(parent.total - split.left)))
      var left = Leaf(
        node: node, range: parent.range.lowerBound..<middle, total: split.left, sums: 0)
      var right = Leaf(
        node: node + 1, range: middle..<parent.range.upperBound, total: parent.total - split.left,
        sums: 0)
      // The last leaves are not split, so nobody asks for their sums.
      if leaves.count + 1 < options.maximumLeafCount {
        let isLeftSmaller = left.range.count <= right.range.count
        grown.rows.withUnsafeBufferPointer { rows in
          let range = isLeftSmaller ? left.range : right.range
          sums.count(UnsafeBufferPointer(rebasing: rows[range]), into: leaves.count)
        }
        sums.subtract(leaves.count, from: parent.sums)
        left.sums = isLeftSmaller ? leaves.count : parent.sums
        right.sums = isLeftSmaller ? parent.sums : leaves.count
        left = leaf(left, sums)
        right = leaf(right, sums)
      }
      leaves[place] = left
      leaves.append(right)
    }
    grown.leaves = leaves.map { .init(range: $0.range, value: value($0.total)) }
  }

  /// The leaf with its best split.
  private func leaf(_ leaf: Leaf, _ sums: GradientSums) -> Leaf {
    var leaf = leaf
    if leaf.total.y >= 2 * options.minimumLeafWeight {
      leaf.split = GradientSplit.best(
        sums.bins(leaf.sums), total: leaf.total, coded, options: options)
    }
    return leaf
  }

  private func mostGainful(_ leaves: [Leaf]) -> Int? {
    var best: Int?
    var gain = 0.0
    for (place, leaf) in leaves.enumerated() {
      if let split = leaf.split, split.gain > gain {
        best = place
        gain = split.gain
      }
    }
    return best
  }

  private func value(_ sums: SIMD2<Double>) -> Double {
    let weight = sums.y + options.ridge
    return weight > 0 ? -sums.x / weight : 0
  }

  /// Puts the rows that go left first, all in their order, and returns where the others begin.
  private func partition(
    _ rows: UnsafeMutableBufferPointer<Int32>, _ range: Range<Int>, _ split: GradientSplit,
    _ codes: UnsafeBufferPointer<UInt8>, _ spare: UnsafeMutablePointer<Int32>
  ) -> Int {
    guard let rows = rows.baseAddress, let codes = codes.baseAddress else { return 0 }
    let width = coded.width
    let predictor = split.predictor
    return withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { isLeft in
      for bin in 0..<256 {
        isLeft.initializeElement(
          at: bin, to: Int(truncatingIfNeeded: split.leftBins[bin >> 6] >> UInt64(bin & 63) & 1))
      }
      var next = range.lowerBound
      var others = 0
      for place in range {
        let row = rows[place]
        let one = isLeft[Int(codes[Int(row) &* width &+ predictor])]
        rows[next] = row
        spare[others] = row
        next &+= one
        others &+= 1 &- one
      }
      (rows + next).update(from: spare, count: others)
      return next
    }
  }
}
