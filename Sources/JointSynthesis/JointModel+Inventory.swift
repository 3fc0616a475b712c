// SPDX-License-Identifier: Apache-2.0
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
        leastSupport: [support, layout.leastSupport].compactMap { $0 }.min())
    }
  }
}

extension JointLaw {
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
    }
  }
}

extension GaussianCopula {
  /// The normals behind a variable.
  fileprivate func normals(of place: Int) -> [Int] {
    [places[place].missing, places[place].present].compactMap { $0 }
  }
}
