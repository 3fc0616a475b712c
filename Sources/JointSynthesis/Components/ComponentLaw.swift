// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
import Synthesis

/// Principal components behind all variables: each row has a score on each, and variables are independent
/// given the scores.
///
/// A scale is a normal, whose mean hangs on the scores and whose bins have the margin of the table; a class
/// of bins (a level, a missing reason) has a probability that hangs on them:
///
///     z = w·t + √(1 − |w|²) ε        p(l | t) ∝ a(l) max(p(l) + √p(l) w(l)·t, c p(l))
///
/// where a(l) are the factors by which each class is as common in all rows as in the table.
struct ComponentLaw: Hashable, Sendable {
  /// Probabilities of classes never fall below this part of their share.
  static let floor = 1e-3
  /// The places of scores at which margins are counted.
  static let nodeCount = 2048
  /// How many of them thresholds are found by.
  static let thresholdNodeCount = 256

  /// The number of components of each group of variables that may depend on each other.
  let counts: [Int]
  /// How each variable hangs on its group's components.
  let parts: [Part]
  /// The weights to draw the bins of the first variable by where its levels are balanced; else empty.
  let aims: [Double]
  /// For each scale its bins on the normal.
  let bins: [LatentBins?]

  /// How a variable hangs on components.
  struct Part: Hashable, Sendable {
    /// The group, by place.
    var group: Int
    /// The loadings of the normal behind present values; `nil` for a variable of classes only.
    var normal: [Double]?
    /// The classes of its bins, of which present values are one where a normal is behind them.
    var classes: BinClasses
    /// The weight of each bin.
    var weights: [Double]
    /// The loadings of each class's score, class by class; empty where there is one class only.
    var loadings: [Double]
    /// The factor of each class; empty where there is one class only.
    var factors: [Double]

    /// The weight of each class.
    var classMargin: [Double] {
      var margin = [Double](repeating: 0, count: classes.count)
      for (bin, weight) in weights.enumerated() where weight > 0 {
        margin[Int(classes.classOfBin[bin])] += weight
      }
      return margin
    }

    /// The variance of the normal that the scores do not say.
    var rest: Double { 1 - (normal ?? []).reduce(0) { $0 + $1 * $1 } }
  }

  /// Creates a law; `nil` if it does not add up.
  init?(counts: [Int], parts: [Part], missingCounts: [Int], aims: [Double]) {
    self.counts = counts
    self.parts = parts
    self.aims = aims
    if !aims.isEmpty {
      guard let first = parts.first, first.normal == nil, aims.count == first.weights.count,
        aims.contains(where: { $0 > 0 }),
        zip(aims, first.weights).allSatisfy({ $1 > 0 || $0 == 0 })
      else { return nil }
    }
    for part in parts {
      guard counts.indices.contains(part.group), !part.weights.isEmpty, part.weights.count <= 256,
        part.weights.contains(where: { $0 > 0 })
      else { return nil }
      let count = counts[part.group]
      guard part.normal?.count ?? count == count, part.rest > 0, part.rest.isFinite,
        part.loadings.isEmpty && part.factors.isEmpty
          || part.factors.count == part.classes.count
            && part.loadings.count == part.classes.count * count,
        part.factors.isEmpty || part.factors.contains(where: { $0 > 0 }),
        (part.loadings + part.factors).allSatisfy(\.isFinite)
      else { return nil }
    }
    let size = Self.thresholdNodeCount
    let nodes = counts.map { Self.nodes($0, size: size) }
    var bins: [LatentBins?] = []
    for (part, missingCount) in zip(parts, missingCounts) {
      guard let normal = part.normal else {
        bins.append(nil)
        continue
      }
      let present = Array(part.weights.dropFirst(missingCount))
      guard present.contains(where: { $0 > 0 }) else { return nil }
      guard !part.factors.isEmpty else {
        bins.append(LatentBins(weights: present))
        continue
      }
      // Whether a cell is missing hangs on the scores too, so that those present are no standard normal.
      let shares = ClassShares(part)
      let presentClass = Int(part.classes.classOfBin[min(missingCount, 255)])
      let count = normal.count
      let own = nodes[part.group]
      var list = [Double](repeating: 0, count: part.classes.count)
      let normals = (0..<Self.thresholdNodeCount).map { node in
        shares.fill(&list) { own[$0 * size + node] }
        let mean = (0..<count).reduce(0) { $0 + normal[$1] * own[$1 * size + node] }
        return (list[presentClass], mean, part.rest.squareRoot())
      }
      guard normals.contains(where: { $0.0 > 0 }) else { return nil }
      bins.append(LatentBins(weights: present, of: normals))
    }
    self.bins = bins
  }

  /// Scores at which margins are counted: each component's spread evenly, a stretch each.
  static func nodes(_ count: Int, size: Int = nodeCount) -> [Double] {
    (0..<count).flatMap { component -> [Double] in
      let stream = RandomKey(seed: "components").stream("node \(component)")
      var numbers = [Double](repeating: 0, count: 2 * size)
      numbers.withUnsafeMutableBufferPointer { numbers in
        guard let base = numbers.baseAddress else { return }
        stream.fillUniforms(
          entities: 0, count: size, draw: 0, firsts: base, seconds: base + size)
        stream.stratify(entities: 0, count: size, base)
      }
      return numbers[..<size].map { NormalDistribution.quantile(max($0, 0x1p-54)) }
    }
  }
}
