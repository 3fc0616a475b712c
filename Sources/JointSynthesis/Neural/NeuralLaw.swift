// SPDX-License-Identifier: Apache-2.0
import Learners

/// Networks that give each variable's bins given those of the variables before it, or given normals behind
/// the row.
struct NeuralLaw: Hashable, Sendable {
  /// A network for each group of variables that may depend on each other.
  let groups: [Group]
  /// The group of each variable, and which of its columns it is.
  let places: [Place]
  /// The weights to draw the bins of the first variable by where its levels are balanced; else empty.
  let aims: [Double]

  /// A network, and how it came to be.
  struct Group: Hashable, Sendable {
    /// The variables, by place, ascending.
    var variables: [Int]
    /// The network of their bins.
    var network: AutoregressiveNetwork
    /// How normals behind a row lead to it; `nil` where variables lead to each other.
    var layer: LatentLayer?
    /// How it was trained.
    var training: NeuralTraining
  }

  /// Where a variable is.
  struct Place: Hashable, Sendable {
    var group: Int
    var column: Int
  }

  /// Creates a law; `nil` if it does not add up.
  init?(groups: [Group], binCounts: [Int], aims: [Double]) {
    var places = [Place?](repeating: nil, count: binCounts.count)
    for (number, group) in groups.enumerated() {
      guard group.variables.count == group.network.columns.count else { return nil }
      let hasLayer = group.layer != nil
      guard
        group.network.columns.allSatisfy({ $0.embeddings.isEmpty == hasLayer }),
        group.layer.map({ $0.weights.count == $0.width * group.network.contextWidth }) ?? true
      else { return nil }
      var last = -1
      for (column, place) in group.variables.enumerated() {
        guard places.indices.contains(place), place > last, places[place] == nil,
          group.network.columns[column].binCount == binCounts[place]
        else { return nil }
        last = place
        places[place] = Place(group: number, column: column)
      }
    }
    guard !places.contains(nil) else { return nil }
    if !aims.isEmpty {
      guard aims.count == binCounts.first, aims.contains(where: { $0 > 0 }) else { return nil }
    }
    self.groups = groups
    self.places = places.compactMap { $0 }
    self.aims = aims
  }
}

extension NeuralLaw {
  /// Whether rows have normals behind them.
  var hasNormals: Bool { groups.contains { $0.layer != nil } }
}

/// How a network was trained.
struct NeuralTraining: Hashable, Sendable {
  /// The rounds through the rows, and that whose network is kept.
  var roundCount = 0
  var bestRound = 0
  /// The rows that were learned from, and those by which training was judged.
  var learnedRowCount = 0
  var keptRowCount = 0
  /// The mean of −log p of a row that was not learned from, in nats: by the network (where there are normals, a
  /// bound), with variables in any order, and if they were independent.
  var loss = 0.0
  var shuffledLoss = 0.0
  var independentLoss = 0.0
}
