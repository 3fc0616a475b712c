// SPDX-License-Identifier: Apache-2.0
import Learners

/// Walks rows down a tree to their leaves, four at a time.
///
/// Nodes are packed into eight bytes, and a leaf points to itself, so that four rows go down in step
/// and wait for each other without a branch.
struct LeafWalk: Sendable {
  /// Where a row goes from a node: to `link` if its position is at or below `threshold`, else past it.
  private struct Node {
    var link: Int32
    var predictor: Int16
    var threshold: UInt8
    var isLeaf: UInt8
  }

  private let nodes: [Node]
  private let leaves: [Int32]
  private let orders: [[UInt8]]

  init(_ tree: ConditionalTree) {
    nodes = tree.predictors.indices.map { node in
      let predictor = tree.predictors[node]
      return predictor < 0
        ? Node(link: Int32(node), predictor: 0, threshold: .max, isLeaf: 1)
        : Node(
          link: tree.links[node], predictor: Int16(predictor), threshold: tree.thresholds[node],
          isLeaf: 0)
    }
    leaves = tree.links
    orders = tree.positions
  }

  /// Finds the leaves of rows.
  ///
  /// - Parameters:
  ///   - columns: For each predictor of the tree, the bins of the rows.
  ///   - count: The number of rows.
  ///   - result: Room for the leaf of each row.
  func leaves(
    of columns: [UnsafePointer<UInt8>], count: Int, into result: UnsafeMutablePointer<Int32>
  ) {
    guard nodes.count > 1, count > 0 else {
      result.update(repeating: 0, count: count)
      return
    }
    // Bins without an order of their own are put into the tree's once, not at every node.
    let ordered = orders.indices.filter { !orders[$0].isEmpty }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: max(1, ordered.count * count)) { room in
      guard let base = room.baseAddress else { return }
      var positions = columns
      for (place, predictor) in ordered.enumerated() {
        let own = base + place * count
        orders[predictor].withUnsafeBufferPointer { order in
          for row in 0..<count { own[row] = order[Int(columns[predictor][row])] }
        }
        positions[predictor] = UnsafePointer(own)
      }
      positions.withUnsafeBufferPointer { positions in
        nodes.withUnsafeBufferPointer { nodes in
          leaves.withUnsafeBufferPointer { leaves in
            Self.walk(nodes, leaves, positions, count, result)
          }
        }
      }
    }
  }

  /// The leaf of one row.
  func leaf(of columns: [UnsafePointer<UInt8>], row: Int) -> Int {
    var node = nodes[0]
    while node.isLeaf == 0 {
      let bin = columns[Int(node.predictor)][row]
      let order = orders[Int(node.predictor)]
      let position = order.isEmpty ? bin : order[Int(bin)]
      node = nodes[Int(node.link) + (position <= node.threshold ? 0 : 1)]
    }
    return Int(leaves[Int(node.link)])
  }

  private static func walk(
    _ nodes: UnsafeBufferPointer<Node>, _ leaves: UnsafeBufferPointer<Int32>,
    _ positions: UnsafeBufferPointer<UnsafePointer<UInt8>>, _ count: Int,
    _ result: UnsafeMutablePointer<Int32>
  ) {
    @inline(__always)
    func next(_ node: Node, _ row: Int) -> Node {
      let position = positions[Int(node.predictor)][row]
      return nodes[Int(node.link) &+ (position <= node.threshold ? 0 : 1)]
    }
    let root = nodes[0]
    var row = 0
    while row &+ 4 <= count {
      var (first, second, third, fourth) = (root, root, root, root)
      repeat {
        first = next(first, row)
        second = next(second, row &+ 1)
        third = next(third, row &+ 2)
        fourth = next(fourth, row &+ 3)
      } while first.isLeaf & second.isLeaf & third.isLeaf & fourth.isLeaf == 0
      // A leaf's link is its own place.
      result[row] = leaves[Int(first.link)]
      result[row &+ 1] = leaves[Int(second.link)]
      result[row &+ 2] = leaves[Int(third.link)]
      result[row &+ 3] = leaves[Int(fourth.link)]
      row &+= 4
    }
    while row < count {
      var node = root
      while node.isLeaf == 0 { node = next(node, row) }
      result[row] = leaves[Int(node.link)]
      row &+= 1
    }
  }
}
