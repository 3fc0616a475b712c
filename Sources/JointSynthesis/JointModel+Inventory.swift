// SPDX-License-Identifier: Apache-2.0
import Learners
import Schemas
public import Synthesis

extension JointModel {
  /// What the model holds, variable by variable, in the order of the schema.
  public func inventory() -> [ModelHolding] {
    frame.schema.variables.compactMap { variable in
      guard let place = variables.firstIndex(where: { $0.name == variable.name }) else {
        return frame.holding(of: variable.name)
      }
      let (action, holdings, support) = law.holding(of: place, variables)
      let layout = variables[place].layout
      return ModelHolding(
        name: variable.name, action: action, holdings: "\(holdings); \(layout.words)",
        leastSupport: [support, layout.leastSupport].compactMap { $0 }.min(),
        holdsRows: law.holdsRows ? true : nil)
    }
  }
}

extension JointLaw {
  /// Whether single rows are part of it.
  fileprivate var holdsRows: Bool {
    if case .rows = self { true } else { false }
  }

  /// What is held of a variable besides its bins: how it is made, what is stored, and the fewest rows behind
  /// any of it.
  fileprivate func holding(
    of place: Int, _ variables: [JointVariable]
  ) -> (action: String, holdings: String, support: Double?) {
    switch self {
    case .copula(let copula):
      let normals = copula.normals(of: place)
      let tied = variables.indices.filter { other in
        other != place
          && normals.contains { own in
            copula.normals(of: other).contains { copula.correlation(own, $0) != 0 }
          }
      }
      let names = tied.map { variables[$0].name }.joined(separator: ", ")
      return (
        tied.isEmpty
          ? "drawn from its own distribution"
          : "drawn from correlated normals together with \(names)",
        "\(normals.count) normal(s), the correlation of each with those of \(tied.count) variables"
          + (copula.isRepaired && !tied.isEmpty ? ", made to fit together" : ""),
        tied.isEmpty ? nil : normals.map { copula.supports[$0] }.min()
      )
    case .network(let network):
      let node = network.nodes[place]
      let names = node.parents.map { variables[$0].name }.joined(separator: ", ")
      return (
        names.isEmpty ? "drawn from its own distribution" : "drawn given \(names)",
        "counts of its bins in \(node.rowCount) row(s) of a table", node.leastSupport
      )
    case .classes(let law):
      let part = law.parts[place]
      let group = law.groups[part.group]
      let count = group.mixture.classCount
      let isAlone = law.parts.count { $0.group == part.group } == 1
      return (
        isAlone && count == 1
          ? "drawn from its own distribution" : "drawn given the row's class, one of \(count)",
        (part.number == nil
          ? "the shares of its levels in each of \(count) class(es)"
          : "its mean, variance and covariances in each of \(count) class(es)"),
        group.counts.min().map { $0.rounded() }
      )
    case .rows(let stored):
      let isBetween = stored.places[place] != nil
      let k = stored.groups[stored.groupOfVariable[place]].neighbourCount
      return (
        k == 0
          ? "taken from a real row"
          : isBetween
            ? "drawn between the values of a real row and of one of its \(k) nearest"
            : place == 0 && !stored.aims.isEmpty
              ? "taken from a real row, by the shares that are asked for"
              : "the most frequent level among the \(k) real rows nearest to a real row",
        "its bin in each of \(stored.rowCount) real rows"
          + (k > 0 ? ", and which rows are near each" : ""),
        1
      )
    case .leaves(let law):
      let part = law.parts[place]
      let group = law.groups[law.groupOfVariable[place]]
      return (
        part.leafCount == 1
          ? "drawn from its own distribution"
          : "drawn in the row's leaf, one of \(part.leafCount) in \(group.treeCount) trees",
        "the counts of its bins in each of \(part.leafCount) leaf or leaves",
        part.leafSizes.min().map { Double($0) }
      )
    case .neural(let law):
      let group = law.groups[law.places[place].group]
      let network = group.network
      let before = law.places[place].column
      let names = group.variables.prefix(before).map { variables[$0].name }
      let isAlone = group.variables.count == 1
      let how =
        group.layer.map { "drawn given \($0.width) normals behind the row" }
        ?? "drawn given \(names.joined(separator: ", "))"
      return (
        isAlone || names.isEmpty && group.layer == nil ? "drawn from its own distribution" : how,
        isAlone
          ? "a weight for each bin"
          : "\(network.weightCount(of: before)) of the network's \(network.weightCount) weights",
        isAlone ? nil : Double(group.training.learnedRowCount)
      )
    case .components(let law):
      let part = law.parts[place]
      let count = law.counts[part.group]
      let present = part.weights.dropFirst(variables[place].layout.missingReasons.count)
      return (
        count == 0
          ? "drawn from its own distribution"
          : "drawn given the row's scores on \(count) component(s)",
        [
          part.normal == nil ? nil : "\(count) loading(s) of its normal scores",
          part.factors.isEmpty
            ? nil : "\(count) loading(s) and a factor of each of \(part.classes.count) class(es)",
        ].compactMap { $0 }.joined(separator: ", "),
        [part.normal == nil ? nil : present.reduce(0, +)].compactMap { $0 }.first
          ?? part.classMargin.filter { $0 > 0 }.min()
      )
    }
  }
}

extension GaussianCopula {
  /// The normals behind a variable.
  fileprivate func normals(of place: Int) -> [Int] {
    [places[place].missing, places[place].present].compactMap { $0 }
  }
}
