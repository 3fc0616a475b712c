// SPDX-License-Identifier: Apache-2.0

/// A directed graph without cycles: the parents of each column.
public struct NetworkGraph: Hashable, Sendable {
  /// The parents of each column, in the order in which they were added.
  public private(set) var parents: [[Int]]
  /// Columns that come before others though they are no parents of theirs.
  private let earlier: [[Int]]

  /// Creates a graph without edges.
  ///
  /// - Parameter earlier: For each column those that must come before it; no cycle among them.
  public init(columnCount: Int, earlier: [[Int]] = []) {
    parents = [[Int]](repeating: [], count: columnCount)
    self.earlier = earlier.isEmpty ? parents : earlier
  }

  /// Adds a parent.
  public mutating func add(_ parent: Int, to child: Int) { parents[child].append(parent) }

  /// Removes a parent.
  public mutating func remove(_ parent: Int, from child: Int) {
    parents[child].removeAll { $0 == parent }
  }

  /// Whether a column comes before another by edges or by order, besides a direct edge that is left out.
  func leads(_ source: Int, to target: Int, without edge: (parent: Int, child: Int)? = nil) -> Bool
  {
    var seen = [Bool](repeating: false, count: parents.count)
    var waiting = [target]
    while let place = waiting.popLast() {
      if place == source { return true }
      guard !seen[place] else { continue }
      seen[place] = true
      for parent in parents[place] {
        if let edge, edge.child == place, edge.parent == parent { continue }
        waiting.append(parent)
      }
      waiting += earlier[place]
    }
    return false
  }

  /// The columns so that each comes after its parents and after those that must be earlier; of several that
  /// could be next, the first.
  public var order: [Int] {
    var left = parents.indices.map { Set(parents[$0] + earlier[$0]) }
    var order: [Int] = []
    var isTaken = [Bool](repeating: false, count: parents.count)
    while let next = parents.indices.first(where: { !isTaken[$0] && left[$0].isEmpty }) {
      isTaken[next] = true
      order.append(next)
      for place in left.indices { left[place].remove(next) }
    }
    return order
  }
}
