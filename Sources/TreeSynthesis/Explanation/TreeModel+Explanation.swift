// SPDX-License-Identifier: Apache-2.0
import Learners
import Synthesis

extension TreeModel {
  /// The most lines of one variable.
  private static let mostLines = 40

  /// Says what gives the values of a variable: the rules of its tree, the coefficients of its regression, or
  /// which predictors an ensemble asks how often.
  public func explanation(of name: String) -> [String] {
    guard let variable = variables.first(where: { $0.name == name }) else { return [] }
    let asked = variable.predictors.map {
      (name: variables[$0].name, BinNames(variables[$0].layout))
    }
    let own = BinNames(variable.layout)
    let lines: [String]
    switch variable.conditional {
    case .tree(let tree): lines = TreeWords(tree, of: own, on: asked).lines
    case .hierarchy(let fitted):
      var counts = [Int](repeating: 0, count: asked.count)
      for ensemble in fitted.splits.flatMap(\.ensembles) {
        for node in ensemble.nodes where !node.isLeaf {
          counts[Int(ensemble.asked[Int(node.predictor)])] += 1
        }
      }
      lines = Self.shares(counts, asked.map(\.name))
    case .distribution(let fitted): lines = fitted.explanation(of: own, on: asked)
    }
    let rest = lines.count - Self.mostLines
    return Array(lines.prefix(Self.mostLines)) + (rest > 0 ? ["and \(rest) lines more"] : [])
  }

  /// How often each predictor is asked, the most often first.
  static func shares(_ counts: [Int], _ names: [String]) -> [String] {
    let total = counts.reduce(0, +)
    guard total > 0 else { return [] }
    return counts.indices.filter { counts[$0] > 0 }
      .sorted { (counts[$1], $0) < (counts[$0], $1) }
      .map { place in
        let share = (Double(counts[place]) / Double(total) * 1000).rounded() / 10
        return "asks \(names[place]) in \(share) % of its splits"
      }
  }
}
