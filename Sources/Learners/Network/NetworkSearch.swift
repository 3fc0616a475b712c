// SPDX-License-Identifier: Apache-2.0
import Tables

/// Searches for a network of a high score, greedily: the best of all edges to add, remove or turn round,
/// until none is better.
///
/// ## Source
/// Heckerman, Geiger and Chickering, "Learning Bayesian networks: the combination of knowledge and
/// statistical data", Machine Learning 20 (1995) 197–243, section 7.2.
public struct NetworkSearch: Sendable {
  /// The most parents of a column.
  public var maximumParentCount: Int
  /// Which edges there may be: for each child, whether a column may be its parent.
  public var isPermitted: [[Bool]]
  /// For each column those that must come before it.
  public var earlier: [[Int]]
  /// Edges that must stay, in either direction.
  public var required: Set<[Int]> = []
  /// How many threads may work.
  public var threads: Int

  /// Creates a search.
  public init(
    maximumParentCount: Int, isPermitted: [[Bool]], earlier: [[Int]] = [], threads: Int = 1
  ) {
    self.maximumParentCount = maximumParentCount
    self.isPermitted = isPermitted
    self.earlier = earlier
    self.threads = threads
  }

  private enum Move { case add, remove, reverse }

  private struct Step: Hashable {
    let move: Move
    let parent: Int
    let child: Int
  }

  /// Returns the best network that steps from a first one lead to.
  ///
  /// - Parameter edges: The edges to start with; those that may not be are left out.
  public func graph(
    _ columns: DiscreteColumns, from edges: [(parent: Int, child: Int)]
  ) -> (graph: NetworkGraph, score: Double) {
    let score = NetworkScore(columns)
    let count = columns.codes.count
    var graph = NetworkGraph(columnCount: count, earlier: earlier)
    for (parent, child) in edges
    where isPermitted[child][parent] && graph.parents[child].count < maximumParentCount
      && !graph.parents[child].contains(parent) && !graph.leads(child, to: parent)
    {
      graph.add(parent, to: child)
    }
    var own = (0..<count).map { score.family($0, given: graph.parents[$0]) }
    // What each parent more, or less, would change in the score of a child.
    var gains = [[Double]](repeating: [], count: count)
    update(&gains, Array(0..<count), graph, own, score)
    var closing: Set<Step> = []
    while true {
      var best: (gain: Double, step: Step)?
      func consider(_ gain: Double, _ move: Move, _ parent: Int, _ child: Int) {
        let step = Step(move: move, parent: parent, child: child)
        if gain > max(best?.gain ?? 0, 1e-7), !closing.contains(step) { best = (gain, step) }
      }
      for child in 0..<count {
        for parent in 0..<count where parent != child {
          if graph.parents[child].contains(parent) {
            let isRequired = required.contains([min(parent, child), max(parent, child)])
            if !isRequired { consider(gains[child][parent], .remove, parent, child) }
            if isPermitted[parent][child], graph.parents[parent].count < maximumParentCount {
              consider(gains[child][parent] + gains[parent][child], .reverse, parent, child)
            }
          } else if isPermitted[child][parent],
            graph.parents[child].count < maximumParentCount
          {
            consider(gains[child][parent], .add, parent, child)
          }
        }
      }
      guard let step = best?.step else { break }
      // Whether a cycle would arise is asked of the best only; one that would is out of the question until
      // the graph changes.
      switch step.move {
      case .add where graph.leads(step.child, to: step.parent):
        closing.insert(step)
        continue
      case .reverse
      where graph.leads(step.parent, to: step.child, without: (step.parent, step.child)):
        closing.insert(step)
        continue
      case .add: graph.add(step.parent, to: step.child)
      case .remove: graph.remove(step.parent, from: step.child)
      case .reverse:
        graph.remove(step.parent, from: step.child)
        graph.add(step.child, to: step.parent)
      }
      closing = []
      let changed = step.move == .reverse ? [step.parent, step.child] : [step.child]
      for place in changed { own[place] = score.family(place, given: graph.parents[place]) }
      update(&gains, changed, graph, own, score)
    }
    return (graph, own.reduce(0, +))
  }

  private func update(
    _ gains: inout [[Double]], _ children: [Int], _ graph: NetworkGraph, _ own: [Double],
    _ score: NetworkScore
  ) {
    let count = own.count
    let rows = ChunkedWork(count: children.count, threads: threads, chunkSize: 1).map { list in
      list.map { index -> [Double] in
        let child = children[index]
        let parents = graph.parents[child]
        return (0..<count).map { parent in
          guard parent != child else { return 0 }
          if parents.contains(parent) {
            return score.family(child, given: parents.filter { $0 != parent }) - own[child]
          }
          guard isPermitted[child][parent], parents.count < maximumParentCount else { return 0 }
          return score.family(child, given: parents + [parent]) - own[child]
        }
      }
    }
    for (child, row) in zip(children, rows) { gains[child] = row }
  }
}
