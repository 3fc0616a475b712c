// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
import Synthesis
import Tables

/// Finds the parents of each variable in a network, and writes them into a plan.
struct NetworkPlanning {
  /// The most rows that parents are found by.
  static let mostRows = 50_000
  /// The most parents of a variable.
  static let mostParents = 3
  /// In a wide table the candidates of a variable: those with the most mutual information.
  static let mostCandidates = 20

  let binned: BinnedTable
  let threads: Int

  /// The classes of a variable, for children and scores.
  static func classes(_ variable: BinnedVariable, minimumCount: Int) -> BinClasses {
    // Tables grow with the power of classes, rows with the first.
    BinClasses(
      variable, most: variable.codes.count < 5000 ? 6 : 10, minimumWeight: Double(minimumCount))
  }

  /// The plan with the parents of each variable as its predictors, in an order that they can be drawn in.
  ///
  /// - Parameter together: Pairs whose relationship must be learned.
  func planned(_ plan: Plan, together: [PlanPair]) -> Plan {
    let steps = plan.drawnSteps
    let variables = steps.compactMap { binned.variable(named: $0.variable) }
    guard steps.count > 1, variables.count == steps.count else { return plan }
    let places = Dictionary(
      steps.enumerated().map { ($1.variable, $0) }, uniquingKeysWith: { $1 })
    let rows = Self.rows(variables[0].codes.count)
    let columns = DiscreteColumns(variables, rows: rows, minimumCount: plan.minimumLeafCount)
    let information = ChowLiuTree.information(columns, threads: threads)
    var search = NetworkSearch(
      maximumParentCount: Self.mostParents, isPermitted: permitted(steps, places),
      earlier: steps.map { $0.constraints.compactMap { places[$0.variable] } }, threads: threads)
    limit(&search, information)
    let required = together.compactMap { pair -> (parent: Int, child: Int)? in
      guard let first = places[pair.first], let second = places[pair.second] else { return nil }
      search.required.insert([min(first, second), max(first, second)])
      return (min(first, second), max(first, second))
    }
    let tree = ChowLiuTree(information: information).edges.map { ($0.parent, $0.child) }
    // Each walk may end where no single step is better; the better of two ends is taken.
    let ends = [required + tree, required].map { search.graph(columns, from: $0) }
    let graph = ends[ends[1].score > ends[0].score ? 1 : 0].graph
    var found: [PlanStep] = []
    for place in graph.order {
      var step = steps[place]
      // The strongest first: rows of few real ones give up the last.
      let parents = graph.parents[place].sorted {
        (information[place][$1], $0) < (information[place][$0], $1)
      }
      step.predictors = parents.map { steps[$0].variable }
      if step.action == .learned {
        let reason =
          parents.isEmpty
          ? "drawn from its own distribution: no parent makes the network's score (BIC) better"
          : "drawn given \(parents.count) parent(s), of all \(steps.count) variables those that make "
            + "the network's score (BIC) best"
        step.reasons = [reason] + step.reasons.dropFirst()
      }
      found.append(step)
    }
    var result = plan
    result.steps = found + plan.steps.filter { places[$0.variable] == nil }
    let edges = graph.parents.reduce(0) { $0 + $1.count }
    result.notes.append(
      "the network has \(edges) edges, and at most \(Self.mostParents) parents a variable; found by "
        + "\(rows.count) rows")
    for (first, second) in required
    where !graph.parents[first].contains(second) && !graph.parents[second].contains(first) {
      result.notes.append(
        "the relationship of \(steps[first].variable) and \(steps[second].variable) is kept only "
          + "through other variables: there is no room for another parent")
    }
    return result
  }

  /// Evenly over the table, so that a sorted one is not cut off.
  private static func rows(_ count: Int) -> [Int] {
    let most = min(count, mostRows)
    return (0..<most).map { $0 * count / most }
  }

  /// Which edges there may be: where the plan ties all variables, any; else only those from its predictors.
  private func permitted(_ steps: [PlanStep], _ places: [String: Int]) -> [[Bool]] {
    let ties = PlannedTies(steps)
    let isFree = steps.indices.allSatisfy { place in
      (0..<place).allSatisfy { ties.ties($0, place) }
    }
    return steps.indices.map { child in
      steps.indices.map { parent in
        guard parent != child, steps[child].action == .learned, steps[child].balance.isEmpty
        else { return false }
        return isFree || steps[child].predictors.contains(steps[parent].variable)
      }
    }
  }

  /// In wide tables leaves a variable its likeliest parents.
  private func limit(_ search: inout NetworkSearch, _ information: [[Double]]) {
    guard information.count > 2 * Self.mostCandidates else { return }
    for child in information.indices {
      let kept = Set(
        information.indices.sorted {
          (information[child][$1], $0) < (information[child][$0], $1)
        }.prefix(Self.mostCandidates))
      for parent in information.indices where !kept.contains(parent) {
        search.isPermitted[child][parent] = false
      }
    }
  }
}

extension DiscreteColumns {
  /// The classes of some rows of binned variables.
  fileprivate init(_ variables: [BinnedVariable], rows: [Int], minimumCount: Int) {
    let classes = variables.map { NetworkPlanning.classes($0, minimumCount: minimumCount) }
    self.init(
      codes: zip(variables, classes).map { variable, classes in
        rows.map { classes.classOfBin[Int(variable.codes[$0])] }
      }, classCounts: classes.map(\.count))
  }
}
