// SPDX-License-Identifier: Apache-2.0
public import Randomness

/// Who is tied to whom.
public struct Network: Hashable, Sendable {
  /// For each node, where its neighbours begin; one more at the end.
  @usableFromInline var starts: [Int]
  @usableFromInline var ends: [Int32]

  /// The number of nodes.
  public var nodeCount: Int { starts.count - 1 }
  /// The number of ties.
  public var tieCount: Int { ends.count / 2 }

  /// Creates a network from its ties, each given once.
  ///
  /// - Precondition: every tie joins two nodes that there are.
  public init(nodeCount: Int, ties: [(Int, Int)]) {
    var counts = [Int](repeating: 0, count: nodeCount + 1)
    for (one, other) in ties {
      counts[one + 1] += 1
      counts[other + 1] += 1
    }
    for node in 0..<nodeCount { counts[node + 1] += counts[node] }
    var places = counts
    ends = Array(repeating: 0, count: ties.count * 2)
    for (one, other) in ties {
      ends[places[one]] = Int32(other)
      ends[places[other]] = Int32(one)
      places[one] += 1
      places[other] += 1
    }
    starts = counts
  }

  /// The neighbours of a node.
  @inlinable
  public func neighbours(of node: Int) -> ArraySlice<Int32> {
    ends[starts[node]..<starts[node + 1]]
  }

  /// A ring in which each node is tied to its nearest, with some ties led elsewhere.
  ///
  /// A tie is led to a random node to which there is none yet, and stays if there is no such node.
  ///
  /// ## Source
  /// Watts and Strogatz, "Collective dynamics of 'small-world' networks", Nature 393 (1998) 440–442.
  ///
  /// - Parameters:
  ///   - nodeCount: The number of nodes.
  ///   - degree: How many neighbours each has at first, half of them on each side.
  ///   - rewired: The probability that a tie is led elsewhere.
  /// - Precondition: the degree is even, positive and below the number of nodes; the probability is in
  ///   [0, 1].
  public static func smallWorld(
    nodeCount: Int, degree: Int, rewired: Double, key: RandomKey
  ) -> Network {
    precondition(
      degree > 0 && degree % 2 == 0 && degree < nodeCount, "the degree is even and small enough")
    let stream = key.stream(table: "network", "rewiring")
    var neighbours = (0..<nodeCount).map { node -> Set<Int> in
      Set(
        (1...degree / 2).flatMap { [(node + $0) % nodeCount, (node + nodeCount - $0) % nodeCount] })
    }
    for distance in 1...degree / 2 {
      for node in 0..<nodeCount {
        let end = (node + distance) % nodeCount
        var draws = stream.stream(entity: UInt64(node), period: UInt32(distance))
        guard Draws.bernoulli(rewired, using: &draws), neighbours[node].contains(end),
          neighbours[node].count < nodeCount - 1
        else { continue }
        var other = node
        while other == node || neighbours[node].contains(other) {
          other = Draws.integer(below: nodeCount, using: &draws)
        }
        neighbours[node].remove(end)
        neighbours[end].remove(node)
        neighbours[node].insert(other)
        neighbours[other].insert(node)
      }
    }
    // In ascending order, as sets have none of their own.
    let ties = neighbours.indices.flatMap { node in
      neighbours[node].filter { $0 > node }.sorted().map { (node, $0) }
    }
    return Network(nodeCount: nodeCount, ties: ties)
  }
}
