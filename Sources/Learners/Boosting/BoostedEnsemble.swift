// SPDX-License-Identifier: Apache-2.0

/// Boosted trees on bins that add up to the log-odds of a yes-or-no question.
///
/// All values are whole numbers of 1/16384, so that sums are the same on every machine.
public struct BoostedEnsemble: Hashable, Sendable {
  /// A node: a row goes to `link` if its position is at or below the threshold, else past it.
  ///
  /// A leaf links to itself, so that rows can walk in step.
  public struct Node: Hashable, Sendable {
    /// The left child, which the right one follows; at a leaf, the node itself.
    public var link: Int32
    /// What a leaf adds.
    public var value: Int32
    /// The place of the predictor in ``BoostedEnsemble/asked``.
    public var predictor: Int16
    /// The last position that goes left.
    public var threshold: UInt8
    /// Whether the node is a leaf.
    public var isLeaf: Bool

    /// Creates a split.
    public init(link: Int32, predictor: Int16, threshold: UInt8) {
      self.link = link
      value = 0
      self.predictor = predictor
      self.threshold = threshold
      isLeaf = false
    }

    /// Creates the leaf at a place.
    public init(place: Int32, value: Int32) {
      link = place
      self.value = value
      predictor = 0
      threshold = .max
      isLeaf = true
    }
  }

  /// The predictors that are asked.
  public let asked: [Int32]
  /// For each of them the position of each bin, 256 entries; none where bins are in order.
  public let positions: [[UInt8]]
  /// The root of each tree.
  public let roots: [Int32]
  /// The nodes of all trees.
  public let nodes: [Node]

  /// Creates an ensemble from its parts.
  ///
  /// - Returns: `nil` unless the parts fit together, so that walking is safe and ends.
  public init?(asked: [Int32], positions: [[UInt8]], roots: [Int32], nodes: [Node]) {
    guard positions.count == asked.count, asked.allSatisfy({ $0 >= 0 }),
      positions.allSatisfy({ $0.isEmpty || $0.count == 256 }),
      roots.allSatisfy({ nodes.indices.contains(Int($0)) })
    else { return nil }
    for (place, node) in nodes.enumerated() {
      if node.isLeaf {
        guard Int(node.link) == place, node.threshold == .max, node.predictor == 0 else {
          return nil
        }
      } else {
        guard Int(node.link) > place, Int(node.link) + 1 < nodes.count,
          asked.indices.contains(Int(node.predictor))
        else { return nil }
      }
    }
    self.asked = asked
    self.positions = positions
    self.roots = roots
    self.nodes = nodes
  }

  /// Adds the trees' values of rows to their log-odds.
  ///
  /// - Parameters:
  ///   - columns: For each predictor, the bins of rows.
  ///   - rows: Which of them are meant; `count` numbers.
  ///   - odds: One sum a row of `rows`.
  public func add(
    columns: [UnsafePointer<UInt8>], rows: UnsafePointer<Int32>, count: Int,
    to odds: UnsafeMutablePointer<Int64>
  ) {
    guard !roots.isEmpty, !asked.isEmpty, count > 0 else {
      for root in roots { for row in 0..<count { odds[row] += Int64(nodes[Int(root)].value) } }
      return
    }
    let width = asked.count
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count * width) { room in
      guard let codes = room.baseAddress else { return }
      for (place, predictor) in asked.enumerated() {
        let column = columns[Int(predictor)]
        if positions[place].isEmpty {
          for row in 0..<count { codes[row &* width &+ place] = column[Int(rows[row])] }
        } else {
          positions[place].withUnsafeBufferPointer { order in
            for row in 0..<count {
              codes[row &* width &+ place] = order[Int(column[Int(rows[row])])]
            }
          }
        }
      }
      nodes.withUnsafeBufferPointer { nodes in
        guard let nodes = nodes.baseAddress else { return }
        for root in roots {
          Self.walk(nodes, nodes[Int(root)], codes, width, count, odds)
        }
      }
    }
  }

  @inline(__always)
  private static func walk(
    _ nodes: UnsafePointer<Node>, _ root: Node, _ codes: UnsafePointer<UInt8>, _ width: Int,
    _ count: Int, _ odds: UnsafeMutablePointer<Int64>
  ) {
    @inline(__always)
    func next(_ node: Node, _ row: UnsafePointer<UInt8>) -> Node {
      nodes[Int(node.link) &+ (row[Int(node.predictor)] <= node.threshold ? 0 : 1)]
    }
    var row = 0
    var codes = codes
    while row &+ 4 <= count {
      var (first, second, third, fourth) = (root, root, root, root)
      while !(first.isLeaf && second.isLeaf && third.isLeaf && fourth.isLeaf) {
        first = next(first, codes)
        second = next(second, codes + width)
        third = next(third, codes + 2 &* width)
        fourth = next(fourth, codes + 3 &* width)
      }
      odds[row] &+= Int64(first.value)
      odds[row &+ 1] &+= Int64(second.value)
      odds[row &+ 2] &+= Int64(third.value)
      odds[row &+ 3] &+= Int64(fourth.value)
      row &+= 4
      codes += 4 &* width
    }
    while row < count {
      var node = root
      while !node.isLeaf { node = next(node, codes) }
      odds[row] &+= Int64(node.value)
      row &+= 1
      codes += width
    }
  }
}
