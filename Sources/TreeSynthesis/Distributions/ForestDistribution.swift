// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
import Synthesis

/// A random forest, of which each row is drawn from one tree.
///
/// The mixture of all trees' leaves is the forest's mean, so that drawing the tree first costs one walk
/// a row and changes nothing in the distribution.
struct ForestDistribution: BinDistribution {
  static let method = "forest"

  /// The trees of each variable's forest.
  static let treeCount = 50

  let forest: RandomForest
  private let binCount: Int

  static func fit(_ problem: DistributionProblem) -> ForestDistribution {
    var options = ForestOptions(treeCount: treeCount)
    options.trees.minimumLeafWeight = problem.trees.minimumLeafWeight
    let forest = RandomForestGrower(options: options).forest(
      of: problem.target, on: problem.predictors, rows: problem.rows, using: problem.stream,
      threads: problem.threads)
    return ForestDistribution(forest: forest, binCount: problem.target.binCount)
  }

  private init(forest: RandomForest, binCount: Int) {
    self.forest = forest
    self.binCount = binCount
  }

  init(_ reader: inout ByteReader, shape: DistributionShape) throws(ByteReader.Damage) {
    var trees: [ConditionalTree] = []
    let orders = try reader.orders(count: shape.predictorCount)
    for _ in 0..<(try reader.entryCount()) {
      trees.append(
        try reader.tree(
          predictorCount: shape.predictorCount, orders: orders, binCount: shape.binCount))
    }
    guard let forest = RandomForest(trees: trees) else { throw ByteReader.Damage() }
    self.init(forest: forest, binCount: shape.binCount)
  }

  func write(to writer: inout ByteWriter) {
    writer.write(orders: forest.trees[0].positions)
    writer.write(count: forest.trees.count)
    for tree in forest.trees { writer.write(withoutOrders: tree) }
  }

  var asked: Set<Int> {
    Set(forest.trees.flatMap { $0.predictors.filter { $0 >= 0 }.map { Int($0) } })
  }

  var words: String {
    "\(forest.trees.count) tree(s) with \(forest.trees.reduce(0) { $0 + $1.leafCount }) leaves"
  }

  var leastSupport: Double? {
    forest.trees.flatMap { tree in
      (0..<tree.leafCount).map { tree.weight(ofLeaf: $0) }
    }.min()
  }

  func weigher(_ stream: @autoclosure () -> StreamKey) -> any BinWeigher {
    Weigher(trees: forest.trees, walks: forest.trees.map { LeafWalk($0) }, binCount: binCount)
  }

  func explanation(of own: BinNames, on predictors: [(name: String, BinNames)]) -> [String] {
    var counts = [Int](repeating: 0, count: predictors.count)
    for tree in forest.trees {
      for predictor in tree.predictors where predictor >= 0 { counts[Int(predictor)] += 1 }
    }
    return TreeModel.shares(counts, predictors.map(\.name))
  }

  private struct Weigher: BinWeigher {
    let trees: [ConditionalTree]
    let walks: [LeafWalk]
    let binCount: Int

    var hasParts: Bool { trees.count > 1 }

    func weigh(
      _ columns: [UnsafePointer<UInt8>], count: Int, parts: UnsafePointer<Double>?,
      into result: UnsafeMutablePointer<Double>
    ) {
      result.update(repeating: 0, count: count * binCount)
      for row in 0..<count {
        let own = result + row * binCount
        if let parts {
          add(Int(parts[row] * Double(trees.count)), columns, row, own)
        } else {
          for place in trees.indices { add(place, columns, row, own) }
        }
      }
    }

    private func add(
      _ place: Int, _ columns: [UnsafePointer<UInt8>], _ row: Int,
      _ result: UnsafeMutablePointer<Double>
    ) {
      let tree = trees[place]
      let leaf = walks[place].leaf(of: columns, row: row)
      let scale = 1 / tree.weight(ofLeaf: leaf)
      var before = 0.0
      for index in Int(tree.leafStarts[leaf])..<Int(tree.leafStarts[leaf + 1]) {
        let weight = tree.cumulativeWeights[index]
        result[Int(tree.bins[index])] += (weight - before) * scale
        before = weight
      }
    }
  }
}
