// SPDX-License-Identifier: Apache-2.0
import Learners
import Synthesis

extension JointModel {
  /// The most lines of one variable.
  private static let mostLines = 8

  /// Says what gives the values of a variable: the components that it loads on, or what it is like in each
  /// class of rows, the most telling first.
  public func explanation(of name: String) -> [String] {
    guard let place = variables.firstIndex(where: { $0.name == name }) else { return [] }
    let lines: [String]
    switch law {
    case .components(let law): lines = componentLines(law, place)
    case .classes(let law): lines = classLines(law, place)
    case .leaves(let law): lines = leafLines(law, place)
    case .neural(let law): lines = networkLines(law, place)
    case .copula, .network, .rows: return []
    }
    let rest = lines.count - Self.mostLines
    return Array(lines.prefix(Self.mostLines)) + (rest > 0 ? ["and \(rest) lines more"] : [])
  }

  // MARK: Components

  private func componentLines(_ law: ComponentLaw, _ place: Int) -> [String] {
    let own = law.parts[place]
    let count = law.counts[own.group]
    let order = (0..<count).sorted { (own.strength($1), $0) < (own.strength($0), $1) }
    return order.filter { own.strength($0) >= 0.05 }.map { component in
      let others = variables.indices
        .filter { $0 != place && law.parts[$0].group == own.group }
        .map { (variables[$0].name, law.parts[$0].strength(component)) }
        .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
        .prefix(3).filter { $0.1 >= 0.05 }
      let words = others.map { "\($0.0) \(Self.hundredths($0.1))" }.joined(separator: ", ")
      return "component \(component + 1): loading \(own.words(component))"
        + (words.isEmpty ? "" : "; shared with \(words)")
    }
  }

  fileprivate static func hundredths(_ value: Double) -> String {
    "\((value * 100).rounded() / 100)"
  }

  // MARK: Leaves

  private func leafLines(_ law: LeafLaw, _ place: Int) -> [String] {
    let part = law.parts[place]
    let group = law.groups[law.groupOfVariable[place]]
    guard part.leafCount > 1 else { return [] }
    let sizes = part.leafSizes
    let shares = group.accuracies.map { "\(($0 * 1000).rounded() / 10) %" }
    return [
      "\(group.treeCount) trees with \(part.leafCount) leaves of \(sizes.min() ?? 0) to \(sizes.max() ?? 0) rows, "
        + "in each of which variables are independent",
      "\(Self.hundredths(Double(part.bins.count) / Double(part.leafCount))) bins in a leaf on the average",
    ]
      + (shares.isEmpty
        ? []
        : [
          "round by round a forest told \(shares.joined(separator: ", ")) of real and made-up rows right "
            + "(50 % is chance); the leaves are of round \(group.chosen + 1)"
        ])
  }

  // MARK: Networks

  /// How the network was trained, which is the same for all variables of a group.
  private func networkLines(_ law: NeuralLaw, _ place: Int) -> [String] {
    let (number, column) = (law.places[place].group, law.places[place].column)
    let group = law.groups[number]
    let training = group.training
    guard group.variables.count > 1 else { return [] }
    let (width, own) = (group.network.contextWidth, group.network.innerWidth)
    if let layer = group.layer {
      return [
        "\(layer.width) normals lead to \(width) numbers, which all variables share; \(own) of its own lead "
          + "to its \(group.network.columns[column].binCount) bin(s)",
        "trained on \(training.learnedRowCount) rows in \(training.roundCount) round(s); stopped by "
          + "\(training.keptRowCount) rows kept apart, for which round \(training.bestRound) was best",
        "bound of the mean of -log p of a row kept apart: \(Self.hundredths(training.loss)); if variables "
          + "were independent \(Self.hundredths(training.independentLoss))",
      ]
    }
    return [
      "column \(column + 1) of \(group.variables.count): \(width) numbers say what is known, \(own) lead to "
        + "its \(group.network.columns[column].binCount) bin(s)",
      "trained on \(training.learnedRowCount) rows in \(training.roundCount) round(s); stopped by "
        + "\(training.keptRowCount) rows kept apart, for which round \(training.bestRound) was best",
      "mean of -log p of a row kept apart: \(Self.hundredths(training.loss)); with variables in any order "
        + "\(Self.hundredths(training.shuffledLoss)); if they were independent "
        + Self.hundredths(training.independentLoss),
    ]
  }

  // MARK: Classes of rows

  private func classLines(_ law: LatentClasses, _ place: Int) -> [String] {
    let part = law.parts[place]
    let mixture = law.groups[part.group].mixture
    let missingCount = variables[place].layout.missingReasons.count
    let names = variables[place].layout.levelNames
    let order = (0..<mixture.classCount).sorted {
      (mixture.weights[$1], $0) < (mixture.weights[$0], $1)
    }
    return order.enumerated().map { number, c in
      let size = mixture.numberCount
      var words: [String] = []
      if let own = part.number {
        let variance = mixture.covariances[(c * size + own) * size + own]
        words.append(
          "normal scores around \(Self.hundredths(mixture.means[c * size + own])), deviation "
            + Self.hundredths(variance.squareRoot()))
      }
      if let column = part.column {
        let count = part.classes.count
        let shares = (0..<count).map { mixture.shares[column][c * count + $0] }
        let total = max(shares.reduce(0, +), 1e-300)
        let common = shares.indices.max { (shares[$0], $1) < (shares[$1], $0) } ?? 0
        let bins = (0..<part.weights.count).filter { Int(part.classes.classOfBin[$0]) == common }
        let share = "\((shares[common] / total * 100).rounded()) %"
        if let bin = bins.first, bins.count == 1, bin >= missingCount,
          let name = names[bin - missingCount]
        {
          words.append("mostly \(name) (\(share))")
        } else if part.number != nil || bins.allSatisfy({ $0 < missingCount }) {
          let isMissing = bins.allSatisfy { $0 < missingCount }
          words.append("\(isMissing ? "missing" : "present") in \(share)")
        } else {
          words.append("mostly one of \(bins.count) bins (\(share))")
        }
      }
      let weight = "\((mixture.weights[c] * 1000).rounded() / 10) %"
      return "class \(number + 1), \(weight) of rows: \(words.joined(separator: ", "))"
    }
  }
}

extension ComponentLaw.Part {
  /// How much a component says of the variable: the size of its loading, or of all classes' together.
  fileprivate func strength(_ component: Int) -> Double {
    let count = factors.isEmpty ? 0 : loadings.count / factors.count
    let square = factors.indices.reduce(0.0) {
      let loading = loadings[$1 * count + component]
      return $0 + loading * loading
    }
    let own = normal?[component] ?? 0
    return (square + own * own).squareRoot()
  }

  /// The loading of a scale with its sign, or the size of a category's.
  fileprivate func words(_ component: Int) -> String {
    normal.map { JointModel.hundredths($0[component]) }
      ?? JointModel.hundredths(strength(component))
  }
}
