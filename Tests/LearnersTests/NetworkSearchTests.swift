// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Learners

@Suite struct `Networks of few columns` {
  /// 600 rows of five columns, drawn by Knuth's linear congruential generator from 7.
  private static let columns: DiscreteColumns = {
    var state: UInt64 = 7
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33) / 0x1p31
    }
    var codes = [[UInt8]](repeating: [], count: 5)
    for _ in 0..<600 {
      let u = (0..<6).map { _ in uniform() }
      let a = Int(u[0] * 3)
      let b = u[1] < 0.7 ? a : Int(u[1] * 10) % 3
      let c = u[2] < [0.8, 0.3, 0.5][b] ? 1 : 0
      let d = u[3] < 0.6 ? (a + c) % 4 : Int(u[4] * 4)
      for (place, code) in [a, b, c, d, Int(u[5] * 2)].enumerated() {
        codes[place].append(UInt8(code))
      }
    }
    return DiscreteColumns(codes: codes, classCounts: [3, 3, 2, 4, 2])
  }()

  private static func all(_ isPermitted: Bool) -> [[Bool]] {
    (0..<5).map { child in (0..<5).map { $0 != child && isPermitted } }
  }

  /// `mutual_info_score` of scikit-learn 1.9.1 and `minimum_spanning_tree` of SciPy 1.17.1.
  @Test func `the tree of Chow and Liu is the spanning tree of mutual information`() {
    let information = ChowLiuTree.information(Self.columns, threads: 2)
    let tree = ChowLiuTree(information: information)
    let expected = [
      [0, 1]: 0.450468571867823, [0, 3]: 0.16339670790892152, [0, 4]: 0.0038130355294047624,
      [1, 2]: 0.08715775318060551,
    ]
    #expect(tree.edges.count == 4)
    for edge in tree.edges {
      let wanted = expected[[min(edge.parent, edge.child), max(edge.parent, edge.child)]]
      #expect(abs(edge.information - (wanted ?? -1)) < 1e-12, "\(edge)")
      #expect(information[edge.parent][edge.child] == information[edge.child][edge.parent])
    }
  }

  /// NumPy 1.26.4 by the formula.
  @Test func `the score of a family is its likelihood less half the logarithm of n a number`() {
    let score = NetworkScore(Self.columns)
    #expect(abs(score.family(3, given: [0, 2]) - -618.0217982907434) < 1e-9)
    #expect(abs(score.family(4, given: []) - -418.5232633952167) < 1e-9)
  }

  /// The greatest score of all networks of at most three parents, by dynamic programming over all subsets
  /// (Silander and Myllymäki 2006) in Python: b → a, c → b, and a and c lead to d; e is alone.
  ///
  /// One of the two greedy walks ends there; the other may end in a network that no single step betters.
  @Test func `the search finds the best network, from the tree or from nothing`() {
    let search = NetworkSearch(
      maximumParentCount: 3, isPermitted: Self.all(true), threads: 2)
    let tree = ChowLiuTree(information: ChowLiuTree.information(Self.columns, threads: 1))
    let found = [[], tree.edges.map { (parent: $0.parent, child: $0.child) }].map {
      search.graph(Self.columns, from: $0)
    }
    for (_, score) in found { #expect(score < -2477.407428142358 + 1e-8) }
    let (graph, score) = found[0].score > found[1].score ? found[0] : found[1]
    #expect(abs(score - -2477.407428142358) < 1e-8)
    let edges = Set(
      graph.parents.enumerated().flatMap { child, parents in
        parents.map { [min(child, $0), max(child, $0)] }
      })
    #expect(edges == [[0, 1], [1, 2], [0, 3], [2, 3]])
    #expect(graph.parents[4].isEmpty && graph.order.count == 5)
  }

  @Test func `edges that may not be are not, those that must stay do, and order is kept`() {
    var search = NetworkSearch(
      maximumParentCount: 3, isPermitted: Self.all(true), earlier: [[3], [], [], [], [0]])
    search.isPermitted[1][0] = false
    search.isPermitted[0][1] = false
    search.required = [[0, 4]]
    let (graph, _) = search.graph(Self.columns, from: [(0, 4)])
    #expect(!graph.parents[0].contains(1) && !graph.parents[1].contains(0))
    #expect(graph.parents[4].contains(0), "no turn round is possible, since 0 comes before 4")
    let order = graph.order
    #expect(order.count == 5)
    #expect((order.firstIndex(of: 3) ?? 9) < (order.firstIndex(of: 0) ?? 0))
    let (none, _) = NetworkSearch(maximumParentCount: 3, isPermitted: Self.all(false))
      .graph(Self.columns, from: [(0, 1)])
    #expect(none.parents.allSatisfy { $0.isEmpty })
  }
}
