// SPDX-License-Identifier: Apache-2.0
import Numerics

/// Grows one ensemble on most of some rows, and watches its loss on the others.
///
/// ## Source
/// Friedman (2001) and, for second-order leaves, Chen and Guestrin (2016), as ``BoostedClassifier``.
/// Sums of derivatives are whole numbers, so that the part of a sum that is left over when another
/// is taken off is exact.
final class EnsembleGrower {
  /// Sums of a bin: the first derivatives, and the rows above the second derivatives.
  typealias Sums = SIMD2<Int64>

  /// A leaf that may be split.
  struct Leaf {
    var node: Int
    var training: Range<Int>
    var heldOut: Range<Int>
    var total: Sums
    var histogram: Int
    var split: EnsembleSplit?
  }

  /// Rows are counted above this many bits.
  static let countShift: Int64 = 40

  let options: HierarchyOptions
  private let predictors: [Int]
  private let isOrdered: [Bool]
  private let pools: [LocalPositions]
  private let offsets: [Int]
  private let binTotal: Int
  private let rowCount: Int
  private let trainingCount: Int
  private let original: [Int32]
  private let isLeft: [Bool]
  private let codes: UnsafeMutablePointer<UInt8>
  private let order: UnsafeMutablePointer<Int32>
  private let spare: UnsafeMutablePointer<Int32>
  private let odds: UnsafeMutablePointer<Int32>
  private let derivatives: UnsafeMutablePointer<Sums>
  private let histograms: UnsafeMutablePointer<Sums>

  private(set) var roots: [Int32] = []
  private(set) var nodes: [BoostedEnsemble.Node] = []
  /// How many nodes there were after each tree.
  private var nodeCounts: [Int] = []

  /// Prepares.
  ///
  /// - Parameters:
  ///   - rows: The rows of the table that reach the cut.
  ///   - isLeft: Whether each of them goes left.
  ///   - isHeldOut: Whether each of them is only watched.
  ///   - base: The log-odds before the first tree.
  init(
    _ all: [TreePredictor], rows: [Int32], isLeft: [Bool], isHeldOut: [Bool], base: Int32,
    options: HierarchyOptions
  ) {
    self.options = options
    self.isLeft = isLeft
    rowCount = rows.count
    let training = rows.indices.filter { !isHeldOut[$0] }.map { Int32($0) }
    trainingCount = training.count
    original = training + rows.indices.filter { isHeldOut[$0] }.map { Int32($0) }
    var predictors: [Int] = []
    var pools: [LocalPositions] = []
    for (index, predictor) in all.enumerated() {
      var counts = [SIMD2<Int32>](repeating: .zero, count: predictor.binCount)
      for place in training {
        counts[Int(predictor.codes[Int(rows[Int(place)])])] &+= SIMD2(
          1, isLeft[Int(place)] ? 1 : 0)
      }
      let pool = LocalPositions(counts, isOrdered: predictor.isOrdered)
      if pool.count > 1 {
        predictors.append(index)
        pools.append(pool)
      }
    }
    self.predictors = predictors
    self.pools = pools
    isOrdered = predictors.map { all[$0].isOrdered }
    var offsets: [Int] = []
    var total = 0
    for pool in pools {
      offsets.append(total)
      total += pool.count
    }
    self.offsets = offsets
    binTotal = total
    let width = predictors.count
    codes = .allocate(capacity: max(1, rowCount * width))
    order = .allocate(capacity: max(1, rowCount))
    spare = .allocate(capacity: max(1, rowCount))
    odds = .allocate(capacity: max(1, rowCount))
    derivatives = .allocate(capacity: max(1, rowCount))
    histograms = .allocate(capacity: max(1, total * options.maximumLeafCount))
    odds.initialize(repeating: base, count: rowCount)
    derivatives.initialize(repeating: .zero, count: rowCount)
    histograms.initialize(repeating: .zero, count: total * options.maximumLeafCount)
    for (place, predictor) in predictors.enumerated() {
      let own = all[predictor].codes
      let positions = pools[place].positions
      for (row, source) in rows.enumerated() {
        codes[row * width + place] = positions[Int(own[Int(source)])]
      }
    }
  }

  deinit {
    codes.deallocate()
    order.deallocate()
    spare.deallocate()
    odds.deallocate()
    derivatives.deallocate()
    histograms.deallocate()
  }

  /// The number of trees so far.
  var treeCount: Int { roots.count }

  // MARK: The loss

  /// The loss of the rows that are only watched, in nats.
  func heldOutLoss() -> Double {
    var sum = 0.0
    OddsTable.shared.losses.withUnsafeBufferPointer { losses in
      for place in original[trainingCount...] {
        let row = Int(place)
        sum += Double(losses[OddsTable.index(isLeft[row] ? odds[row] : -odds[row])])
      }
    }
    return sum
  }

  // MARK: The ensemble

  /// The first trees, each with its values divided by `share`.
  func ensemble(treeCount: Int, share: Int) -> BoostedEnsemble? {
    let treeCount = min(treeCount, nodeCounts.count)
    guard treeCount > 0 else { return nil }
    var kept = Array(nodes[..<nodeCounts[treeCount - 1]])
    let used = Set(kept.filter { !$0.isLeaf }.map { Int($0.predictor) }).sorted()
    var places = [Int](repeating: 0, count: predictors.count)
    for (place, predictor) in used.enumerated() { places[predictor] = place }
    var lastBins: [[UInt8]] = []
    for predictor in used {
      var last = [UInt8](repeating: 0, count: pools[predictor].count)
      for bin in 0..<pools[predictor].binCount {
        last[Int(pools[predictor].positions[bin])] = UInt8(bin)
      }
      lastBins.append(last)
    }
    for index in kept.indices {
      if kept[index].isLeaf {
        kept[index].value = Int32((Double(kept[index].value) / Double(share)).rounded())
      } else {
        let predictor = Int(kept[index].predictor)
        kept[index].predictor = Int16(places[predictor])
        // Bins in order need no table of positions: the last bin of the position says the same.
        if isOrdered[predictor] {
          kept[index].threshold = lastBins[places[predictor]][Int(kept[index].threshold)]
        }
      }
    }
    return BoostedEnsemble(
      asked: used.map { Int32(predictors[$0]) },
      positions: used.map { isOrdered[$0] ? [] : pools[$0].positions },
      roots: Array(roots.prefix(treeCount)), nodes: kept)
  }

  // MARK: Growing

  /// Grows one more tree; false if nothing can be split.
  func grow() -> Bool {
    guard !predictors.isEmpty else { return false }
    let total = derive()
    let start = nodes.count
    var root = Leaf(
      node: start, training: 0..<trainingCount, heldOut: trainingCount..<rowCount, total: total,
      histogram: 0)
    count(root.training, into: 0)
    root.split = split(root)
    guard root.split != nil else { return false }
    nodes.append(.init(place: Int32(start), value: 0))
    var leaves = [root]
    while leaves.count < options.maximumLeafCount {
      guard let place = mostGainful(leaves), let chosen = leaves[place].split else { break }
      let parent = leaves[place]
      let next = nodes.count
      nodes[parent.node] = .init(
        link: Int32(next), predictor: Int16(chosen.predictor), threshold: UInt8(chosen.position))
      nodes.append(.init(place: Int32(next), value: 0))
      nodes.append(.init(place: Int32(next + 1), value: 0))
      let middle = partition(parent.training, chosen)
      let heldOutMiddle = partition(parent.heldOut, chosen)
      var left = Leaf(
        node: next, training: parent.training.lowerBound..<middle,
        heldOut: parent.heldOut.lowerBound..<heldOutMiddle, total: chosen.left, histogram: 0)
      var right = Leaf(
        node: next + 1, training: middle..<parent.training.upperBound,
        heldOut: heldOutMiddle..<parent.heldOut.upperBound, total: parent.total &- chosen.left,
        histogram: 0)
      // The last leaves are not split, so nobody asks for their sums.
      if leaves.count + 1 < options.maximumLeafCount {
        let isLeftSmaller = left.training.count <= right.training.count
        count((isLeftSmaller ? left : right).training, into: leaves.count)
        subtract(leaves.count, from: parent.histogram)
        left.histogram = isLeftSmaller ? leaves.count : parent.histogram
        right.histogram = isLeftSmaller ? parent.histogram : leaves.count
        left.split = split(left)
        right.split = split(right)
      }
      leaves[place] = left
      leaves.append(right)
    }
    for leaf in leaves { settle(leaf) }
    roots.append(Int32(start))
    nodeCounts.append(nodes.count)
    return true
  }

  /// Computes derivatives at the present log-odds, and their sums.
  private func derive() -> Sums {
    var total = Sums.zero
    original.withUnsafeBufferPointer { original in
      if let base = original.baseAddress { order.update(from: base, count: rowCount) }
    }
    OddsTable.shared.probabilities.withUnsafeBufferPointer { probabilities in
      for place in 0..<trainingCount {
        let row = Int(order[place])
        let p = Int64(probabilities[OddsTable.index(odds[row])])
        let one = Int64(OddsTable.one)
        let second = max(1, p &* (one &- p) / one)
        let sums = Sums(isLeft[row] ? p &- one : p, 1 << Self.countShift | second)
        derivatives[row] = sums
        total &+= sums
      }
    }
    return total
  }

  private func count(_ range: Range<Int>, into slot: Int) {
    let bins = histograms + slot * binTotal
    bins.update(repeating: .zero, count: binTotal)
    let width = predictors.count
    offsets.withUnsafeBufferPointer { offsets in
      for place in range {
        let row = Int(order[place])
        let sums = derivatives[row]
        let own = codes + row &* width
        for predictor in 0..<width { bins[offsets[predictor] &+ Int(own[predictor])] &+= sums }
      }
    }
  }

  private func subtract(_ slot: Int, from parent: Int) {
    let bins = histograms + parent * binTotal
    let taken = histograms + slot * binTotal
    for bin in 0..<binTotal { bins[bin] &-= taken[bin] }
  }

  private func split(_ leaf: Leaf) -> EnsembleSplit? {
    EnsembleSplit.best(
      histograms + leaf.histogram * binTotal, total: leaf.total, offsets: offsets,
      counts: pools.map(\.count), options: options)
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

  /// Puts the rows that go left first, all in their order, and returns where the others begin.
  private func partition(_ range: Range<Int>, _ split: EnsembleSplit) -> Int {
    let width = predictors.count
    var next = range.lowerBound
    var others = 0
    for place in range {
      let row = order[place]
      let isLeft = Int(codes[Int(row) &* width &+ split.predictor]) <= split.position
      order[next] = row
      spare[others] = row
      next &+= isLeft ? 1 : 0
      others &+= isLeft ? 0 : 1
    }
    (order + next).update(from: spare, count: others)
    return next
  }

  /// Gives a leaf its value, and adds it to its rows.
  private func settle(_ leaf: Leaf) {
    let one = Double(OddsTable.one)
    let second = Double(leaf.total.y & (1 << Self.countShift - 1)) / one
    let step = -Double(leaf.total.x) / one / (second + options.ridge)
    let value = Int32((min(max(step, -4), 4) * options.rate * OddsTable.unit).rounded())
    nodes[leaf.node].value = value
    for range in [leaf.training, leaf.heldOut] {
      for place in range { odds[Int(order[place])] &+= value }
    }
  }
}
