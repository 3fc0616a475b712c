// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
import Synthesis

/// Keeps margins from drifting: finds, for each bin of each variable, the factor that brings the margin
/// of what a chain of variables draws back to that of the table.
///
/// Every tree has the margin of its own table exactly, given the real predictors. Given drawn ones,
/// whose joint distribution is a little smoother, rows fall into its leaves a little differently, and
/// the error grows along the chain. A trial run of the chain shows by how much. Its rows are drawn
/// systematically within each leaf (every leaf gives as many rows to each bin as it should, within one),
/// so that a trial of a few ten thousand rows is as telling as one of millions drawn freely.
struct MarginCalibration {
  /// Rows of the trial run.
  #if FUZZING
    // Most of the time of a fuzzed input, for nothing that another input shows.
    static let rowCount = 1 << 10
  #else
    static let rowCount = 1 << 15
  #endif
  /// The weight in rows of the trial with which each factor is held at one.
  static let inertia = 20.0
  /// How often factors are corrected on the expected margin.
  private static let roundCount = 8
  /// How often the factors of a variable with limits are corrected on drawn rows.
  private static let limitedRoundCount = 3

  private let variables: [FittedVariable]
  private let margins: [[Double]]
  private let changesFirst: Bool
  private let rowCount: Int

  /// Creates a calibration.
  ///
  /// - Parameters:
  ///   - variables: The fitted variables in the visit order.
  ///   - margins: The weight of each bin of each variable in the table.
  ///   - changesFirst: Whether variables without predictors need factors too, since the margins are
  ///     not those they were learned with.
  ///   - rowCount: The rows of the trial run.
  init(
    _ variables: [FittedVariable], margins: [[Double]], changesFirst: Bool = false,
    rowCount: Int = Self.rowCount
  ) {
    self.rowCount = rowCount
    self.variables = variables
    self.margins = margins
    self.changesFirst = changesFirst
  }

  /// Returns the factor of each bin, or the shift of each cut, of each variable; empty for one that
  /// needs none.
  ///
  /// Threads change nothing in them.
  func factors(threads: Int) -> [[Double]] {
    guard variables.contains(where: { $0.conditional.keepsMargins }) else {
      return variables.map { _ in [] }
    }
    let key = RandomKey(seed: "margin calibration")
    var trial = MarginTrial(variables, rowCount: rowCount, threads: threads)
    var factors: [[Double]] = []
    for (place, variable) in variables.enumerated() {
      let stream = key.stream(table: "", variable.name)
      switch variable.conditional {
      case .tree(let tree):
        factors.append(self.factors(of: place, tree, in: &trial, using: stream))
      case .hierarchy(let fitted):
        factors.append(shifts(of: place, fitted, in: &trial, using: stream))
      case .distribution(let fitted):
        factors.append(self.factors(of: place, fitted, in: &trial, using: stream))
      }
    }
    return factors
  }

  /// Calibrates a tree, and draws from it.
  private func factors(
    of place: Int, _ tree: ConditionalTree, in trial: inout MarginTrial, using stream: StreamKey
  ) -> [Double] {
    let variable = variables[place]
    trial.drop(place, tree)
    var found: [Double] = []
    if changesFirst || variable.isLimited || !variable.predictors.isEmpty {
      found = factors(of: variable, tree, margin: margins[place], occupancy: trial.occupancy)
    }
    trial.draw(place, tree, factors: found, using: stream)
    // Limits move rows after the draw, which only the drawn rows can show.
    if variable.isLimited {
      for _ in 0..<Self.limitedRoundCount {
        correct(
          &found, expected: trial.margin(place), margin: margins[place],
          from: variable.firstCalibratedBin)
        trial.draw(place, tree, factors: found, using: stream)
      }
    }
    return found
  }

  /// Calibrates a hierarchy, and draws from it.
  private func shifts(
    of place: Int, _ fitted: BoostedHierarchy, in trial: inout MarginTrial, using stream: StreamKey
  ) -> [Double] {
    let variable = variables[place]
    var aim = MarginTrial.HierarchyAim(
      margin: margins[place], firstBin: variable.firstCalibratedBin)
    if !changesFirst, variable.predictors.isEmpty { aim.shifts = fitted.splits.map { _ in 0 } }
    var found = trial.draw(place, fitted, aim, using: stream)
    if variable.isLimited {
      for _ in 0..<Self.limitedRoundCount {
        fitted.hierarchy.correct(
          &found, drawn: trial.margin(place), margin: margins[place], from: aim.firstBin,
          inertia: Self.inertia)
        aim.shifts = found
        found = trial.draw(place, fitted, aim, using: stream)
      }
    }
    return found
  }

  /// Calibrates a distribution, and draws from it.
  private func factors(
    of place: Int, _ fitted: any BinDistribution, in trial: inout MarginTrial,
    using stream: StreamKey
  ) -> [Double] {
    let variable = variables[place]
    let weigher = fitted.weigher(stream)
    let weights = trial.weights(place, weigher, using: stream)
    var found: [Double] = []
    if fitted.keepsMargins {
      found = [Double](repeating: 1, count: margins[place].count)
      for _ in 0..<Self.roundCount {
        let before = found
        correct(
          &found, expected: weights.expected(factors: found, threads: trial.threads),
          margin: margins[place], from: variable.firstCalibratedBin)
        if zip(found, before).allSatisfy({ abs($0 - $1) < 1e-3 * $1 }) { break }
      }
    }
    trial.draw(place, weigher, weights, factors: found, using: stream)
    if variable.isLimited, fitted.keepsMargins {
      for _ in 0..<Self.limitedRoundCount {
        correct(
          &found, expected: trial.margin(place), margin: margins[place],
          from: variable.firstCalibratedBin)
        trial.draw(place, weigher, weights, factors: found, using: stream)
      }
    }
    return found
  }

  /// Iterative proportional fitting of one margin: leaves keep their share of the rows.
  private func factors(
    of variable: FittedVariable, _ tree: ConditionalTree, margin: [Double], occupancy: [Int]
  ) -> [Double] {
    var factors = [Double](repeating: 1, count: margin.count)
    for _ in 0..<Self.roundCount {
      var expected = [Double](repeating: 0, count: margin.count)
      for leaf in 0..<tree.leafCount where occupancy[leaf] > 0 {
        let range = Int(tree.leafStarts[leaf])..<Int(tree.leafStarts[leaf + 1])
        var weight = 0.0
        var before = 0.0
        for index in range {
          weight += (tree.cumulativeWeights[index] - before) * factors[Int(tree.bins[index])]
          before = tree.cumulativeWeights[index]
        }
        let share = Double(occupancy[leaf]) / weight
        before = 0
        for index in range {
          let bin = Int(tree.bins[index])
          expected[bin] += (tree.cumulativeWeights[index] - before) * factors[bin] * share
          before = tree.cumulativeWeights[index]
        }
      }
      correct(&factors, expected: expected, margin: margin, from: variable.firstCalibratedBin)
    }
    return factors
  }

  /// Multiplies each factor by what brings the expected rows of its bin to the margin's.
  private func correct(
    _ factors: inout [Double], expected: [Double], margin: [Double], from first: Int
  ) {
    let scale = Double(rowCount) / margin.reduce(0, +)
    for bin in first..<margin.count where margin[bin] > 0 {
      factors[bin] *= (margin[bin] * scale + Self.inertia) / (expected[bin] + Self.inertia)
    }
  }
}

extension FittedVariable {
  /// Whether a drawn value may be drawn again because of another variable's.
  var isLimited: Bool { !lowerLimits.isEmpty || !upperLimits.isEmpty }

  /// Where another variable decides what is missing, the first bin whose margin is this one's own.
  fileprivate var firstCalibratedBin: Int {
    missingRoute == nil ? 0 : layout.missingReasons.count
  }
}
