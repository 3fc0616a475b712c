// SPDX-License-Identifier: Apache-2.0
import Learners
import Numerics
import Synthesis

/// Classes of rows that nobody sees, in each of which scales are jointly normal and all else independent.
struct LatentClasses: Hashable, Sendable {
  /// A mixture for each group of variables that may depend on each other.
  let groups: [Group]
  /// How each variable hangs on its group's mixture.
  let parts: [Part]
  /// For each variable that is a scale of normals, its bins on the scale of normal scores.
  let bins: [LatentBins?]
  /// The weights to draw the bins of the first variable by where its levels are balanced; else empty.
  let aims: [Double]

  /// A mixture, and what it rests on.
  struct Group: Hashable, Sendable {
    /// The mixture.
    var mixture: ClassMixture
    /// The rows in each class, in expectation.
    var counts: [Double]
  }

  /// How a variable hangs on a mixture.
  struct Part: Hashable, Sendable {
    /// The group, by place.
    var group: Int
    /// Which of the mixture's numbers it is; `nil` for a variable of classes only.
    var number: Int?
    /// Which of the mixture's columns says its class, or whether it is missing; `nil` for a scale that
    /// never is.
    var column: Int?
    /// The classes of its bins.
    var classes: BinClasses
    /// The weight of each bin among those of its class.
    var weights: [Double]

    /// The weight of each class of bins.
    var classMargin: [Double] {
      var margin = [Double](repeating: 0, count: classes.count)
      for (bin, weight) in weights.enumerated() where bin < 256 {
        margin[Int(classes.classOfBin[bin])] += weight
      }
      return margin
    }
  }

  /// Creates classes; `nil` if they do not add up.
  init?(groups: [Group], parts: [Part], missingCounts: [Int], aims: [Double]) {
    self.aims = aims
    self.groups = groups
    self.parts = parts
    guard aims.isEmpty || Self.isSound(aims, parts.first) else { return nil }
    var columns = groups.map { _ in 0 }
    var numbers = groups.map { _ in 0 }
    var bins: [LatentBins?] = []
    for (part, missingCount) in zip(parts, missingCounts) {
      guard groups.indices.contains(part.group), !part.weights.isEmpty,
        part.weights.contains(where: { $0 > 0 })
      else { return nil }
      if let column = part.column {
        guard column == columns[part.group] else { return nil }
        columns[part.group] += 1
        let mixture = groups[part.group].mixture
        guard mixture.shares.indices.contains(column),
          mixture.shares[column].count == mixture.classCount * part.classes.count
        else { return nil }
      }
      guard let number = part.number else {
        guard part.column != nil else { return nil }
        bins.append(nil)
        continue
      }
      let mixture = groups[part.group].mixture
      guard number == numbers[part.group], (number + 1) * mixture.classCount <= mixture.means.count,
        part.weights.count > missingCount
      else { return nil }
      numbers[part.group] += 1
      guard
        let own = Self.bins(
          part, mixture, size: mixture.means.count / max(1, mixture.classCount),
          missingCount: missingCount)
      else { return nil }
      bins.append(own)
    }
    self.bins = bins
    for (place, group) in groups.enumerated() {
      let (k, d) = (group.mixture.classCount, numbers[place])
      guard k > 0, group.counts.count == k, group.mixture.means.count == k * d,
        group.mixture.covariances.count == k * d * d,
        group.mixture.shares.count == columns[place],
        group.mixture.weights.reduce(0, +) > 0,
        (group.mixture.means + group.mixture.covariances).allSatisfy(\.isFinite),
        (0..<k).allSatisfy({ group.mixture.factor($0).rank == d })
      else { return nil }
    }
  }

  private static func isSound(_ aims: [Double], _ part: Part?) -> Bool {
    guard let part, part.number == nil, aims.count == part.weights.count else { return false }
    return aims.contains { $0 > 0 } && zip(aims, part.weights).allSatisfy { $1 > 0 || $0 == 0 }
  }

  /// The classes as rows are drawn from them: where the first variable's levels are balanced, classes of
  /// rows become as common as the levels that they hold, and what depends on them stays as it is.
  var drawn: (groups: [Group], parts: [Part]) {
    guard !aims.isEmpty, let first = parts.first, let column = first.column else {
      return (groups, parts)
    }
    var (groups, parts) = (groups, parts)
    let levels = first.classes.count
    let margin = first.classMargin
    parts[0].weights = aims
    var factors = parts[0].classMargin
    for level in 0..<levels {
      factors[level] = margin[level] > 0 ? factors[level] / margin[level] : 0
    }
    let whole = groups[first.group].mixture
    var mixture = whole
    for c in 0..<mixture.classCount {
      var sum = 0.0
      for level in 0..<levels {
        mixture.shares[column][c * levels + level] *= factors[level]
        sum += mixture.shares[column][c * levels + level]
      }
      mixture.weights[c] *= sum
      guard sum > 0 else { continue }
      for level in 0..<levels { mixture.shares[column][c * levels + level] /= sum }
    }
    guard mixture.weights.contains(where: { $0 > 0 }) else { return (groups, parts) }
    groups[first.group].mixture = mixture
    return (groups, parts)
  }

  /// Thresholds at which the whole mixture, of rows that are present, has the margin of the table.
  private static func bins(
    _ part: Part, _ mixture: ClassMixture, size: Int, missingCount: Int
  ) -> LatentBins? {
    guard let number = part.number, size > number,
      mixture.covariances.count == mixture.classCount * size * size
    else { return nil }
    var classes: [(weight: Double, mean: Double, deviation: Double)] = []
    let presentClass = Int(part.classes.classOfBin[min(missingCount, 255)])
    for c in 0..<mixture.classCount {
      let variance = mixture.covariances[(c * size + number) * size + number]
      guard variance > 0, variance.isFinite else { return nil }
      let present =
        part.column.map { mixture.shares[$0][c * part.classes.count + presentClass] } ?? 1
      classes.append(
        (mixture.weights[c] * present, mixture.means[c * size + number], variance.squareRoot()))
    }
    guard classes.contains(where: { $0.weight > 0 }) else { return nil }
    let present = Array(part.weights.dropFirst(missingCount))
    guard present.contains(where: { $0 > 0 }) else { return nil }
    return LatentBins(weights: present, of: classes)
  }
}

extension ClassMixture {
  /// Shifts shares of a column, so that its classes are as common in all rows as in the table.
  ///
  /// ## Source
  /// Deming and Stephan (1940), Annals of Mathematical Statistics 11: proportional fitting.
  mutating func keepMargin(_ column: Int, _ margin: [Double]) {
    let levels = margin.count
    let total = margin.reduce(0, +)
    let whole = weights.reduce(0, +)
    for _ in 0..<50 {
      var change = 0.0
      for level in 0..<levels {
        var sum = 0.0
        for c in 0..<classCount { sum += weights[c] * shares[column][c * levels + level] }
        let aim = margin[level] / total
        guard sum > 0 else { continue }
        change = max(change, (sum / whole - aim).magnitude)
        for c in 0..<classCount { shares[column][c * levels + level] *= aim * whole / sum }
      }
      for c in 0..<classCount {
        let sum = (0..<levels).reduce(0) { $0 + shares[column][c * levels + $1] }
        guard sum > 0 else { continue }
        for level in 0..<levels { shares[column][c * levels + level] /= sum }
      }
      if change < 1e-12 { break }
    }
  }

  /// The factor of a class's covariances.
  func factor(_ c: Int) -> CholeskyFactor {
    let size = numberCount
    return CholeskyFactor(
      Array(covariances[c * size * size..<(c + 1) * size * size]), size: size, tolerance: 1e-12)
  }
}
