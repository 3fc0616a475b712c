// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
import Synthesis

/// A variable's own distribution within the groups of one other variable.
///
/// The other is the predictor that tells most of the variable. Its levels, or stretches of its scale, are groups
/// as one tree that asks nothing else finds them: such as differ, each with enough rows.
struct NestedDistribution: BinDistribution {
  static let method = "nested"

  /// The predictor that forms groups, by its place; `nil` where there is none.
  private let group: Int?
  private let tree: ConditionalTree
  private let binCount: Int

  static func fit(_ problem: DistributionProblem) -> NestedDistribution {
    let ties = problem.predictors.map {
      Association.cramersV(of: $0, problem.target, problem.rows)
    }
    let group = ties.indices.max { (ties[$0], $1) < (ties[$1], $0) }
    var options = problem.trees
    options.minimumLeafWeight = max(
      options.minimumLeafWeight, Double(problem.minimumCount))
    let tree = TreeGrower(options: options, rowCount: problem.target.codes.count).tree(
      of: problem.target, on: group.map { [problem.predictors[$0]] } ?? [], rows: problem.rows)
    return NestedDistribution(group: group, tree: tree, binCount: problem.target.binCount)
  }

  private init(group: Int?, tree: ConditionalTree, binCount: Int) {
    self.group = group
    self.tree = tree
    self.binCount = binCount
  }

  init(_ reader: inout ByteReader, shape: DistributionShape) throws(ByteReader.Damage) {
    let place = try reader.count()
    guard place <= shape.predictorCount else { throw ByteReader.Damage() }
    let orders = try reader.orders(count: place == 0 ? 0 : 1)
    let tree = try reader.tree(
      predictorCount: place == 0 ? 0 : 1, orders: orders, binCount: shape.binCount)
    self.init(group: place == 0 ? nil : place - 1, tree: tree, binCount: shape.binCount)
  }

  func write(to writer: inout ByteWriter) {
    writer.write(count: group.map { $0 + 1 } ?? 0)
    writer.write(orders: tree.positions)
    writer.write(withoutOrders: tree)
  }

  var asked: Set<Int> { tree.leafCount > 1 ? Set([group].compactMap { $0 }) : [] }

  var words: String { "its own distribution in each of \(tree.leafCount) group(s)" }

  var leastSupport: Double? {
    (0..<tree.leafCount).map { tree.weight(ofLeaf: $0) }.min()
  }

  func weigher(_ stream: @autoclosure () -> StreamKey) -> any BinWeigher {
    Weigher(
      group: group,
      shares: (0..<tree.leafCount).map { tree.distribution(ofLeaf: $0, binCount: binCount) },
      walk: LeafWalk(tree))
  }

  func explanation(of own: BinNames, on predictors: [(name: String, BinNames)]) -> [String] {
    guard let group, tree.leafCount > 1 else { return ["drawn from its own distribution"] }
    return ["drawn within \(tree.leafCount) groups by \(predictors[group].name)"]
  }

  private struct Weigher: BinWeigher {
    let group: Int?
    let shares: [[Double]]
    let walk: LeafWalk

    func weigh(
      _ columns: [UnsafePointer<UInt8>], count: Int, parts: UnsafePointer<Double>?,
      into result: UnsafeMutablePointer<Double>
    ) {
      let asked = group.map { [columns[$0]] } ?? []
      for row in 0..<count {
        let own = shares[walk.leaf(of: asked, row: row)]
        (result + row * own.count).update(from: own, count: own.count)
      }
    }
  }
}
