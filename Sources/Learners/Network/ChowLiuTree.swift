// SPDX-License-Identifier: Apache-2.0
import Tables

/// The tree of columns whose product of conditionals is nearest to their joint distribution.
///
/// ## Source
/// Chow and Liu, "Approximating discrete probability distributions with dependence trees", IEEE Transactions
/// on Information Theory 14 (1968) 462–467: the spanning tree of the greatest mutual information, here by
/// Prim's algorithm.
public struct ChowLiuTree: Hashable, Sendable {
  /// The edges in the order in which they were added, the end nearer to the first column first.
  public let edges: [Edge]

  /// Two neighbours.
  public struct Edge: Hashable, Sendable {
    /// The one nearer to the first column.
    public let parent: Int
    /// The other.
    public let child: Int
    /// Their mutual information, in nats.
    public let information: Double
  }

  /// Finds the tree.
  ///
  /// - Parameter information: The mutual information of all pairs, row by row.
  public init(information: [[Double]]) {
    let count = information.count
    var isIn = [Bool](repeating: false, count: count)
    var best = [(parent: Int, value: Double)](repeating: (0, -.infinity), count: count)
    var edges: [Edge] = []
    var last = 0
    for _ in 0..<max(0, count - 1) {
      isIn[last] = true
      for place in 0..<count where !isIn[place] && information[last][place] > best[place].value {
        best[place] = (last, information[last][place])
      }
      guard
        let next = (0..<count).filter({ !isIn[$0] }).max(by: {
          (best[$0].value, -$0) < (best[$1].value, -$1)
        })
      else { break }
      edges.append(
        Edge(parent: best[next].parent, child: next, information: best[next].value))
      last = next
    }
    self.edges = edges
  }

  /// The mutual information of all pairs of columns.
  public static func information(_ columns: DiscreteColumns, threads: Int) -> [[Double]] {
    let count = columns.codes.count
    let score = NetworkScore(columns)
    let rows = ChunkedWork(count: count, threads: threads, chunkSize: 1).map { list in
      list.map { row in (0..<row).map { score.information(row, $0) } }
    }
    var whole = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for (row, entries) in rows.enumerated() {
      for (column, entry) in entries.enumerated() {
        whole[row][column] = entry
        whole[column][row] = entry
      }
    }
    return whole
  }
}
