// SPDX-License-Identifier: Apache-2.0
import Numerics

/// Naive Bayes on binned predictors: each is independent of the others given the class.
///
/// ## Source
/// Maron, "Automatic indexing", Journal of the ACM 8 (1961) 404–417; Hand and Yu, "Idiot's Bayes: not so
/// stupid after all?", International Statistical Review 69 (2001) 385–398.
public struct NaiveBayes: Hashable, Sendable {
  /// The number of classes.
  public let classCount: Int
  /// The number of bins of each predictor.
  public let binCounts: [Int]
  /// The logarithm of each class's share.
  public private(set) var classLogarithms: [Double]
  /// For each predictor the logarithm of each bin's share in each class, bin after bin.
  public private(set) var logarithms: [[Double]]

  /// Learns shares.
  ///
  /// - Parameters:
  ///   - classes: The class of each row named.
  ///   - predictors: The predictors.
  ///   - rows: The rows to learn from; at least one.
  ///   - smoothing: Rows added to each bin of each class.
  ///   - minimumCount: Counts of fewer rows are not used: what a class has of them all together is shared
  ///     out among their bins as all rows are. 1 for all counts.
  public init(
    classes: [Int], classCount: Int, predictors: [TreePredictor], rows: [Int32],
    smoothing: Double = 1, minimumCount: Double = 1
  ) {
    precondition(classes.count == rows.count && !rows.isEmpty, "one class a row, and some rows")
    self.classCount = classCount
    binCounts = predictors.map(\.binCount)
    var sizes = [Double](repeating: 0, count: classCount)
    for index in classes { sizes[index] += 1 }
    classLogarithms = sizes.map {
      $0 > 0 ? ElementaryFunctions.log($0 / Double(rows.count)) : -1000
    }
    logarithms = predictors.map { predictor in
      let binCount = predictor.binCount
      var counts = [Double](repeating: 0, count: binCount * classCount)
      for (place, row) in rows.enumerated() {
        counts[Int(predictor.codes[Int(row)]) * classCount + classes[place]] += 1
      }
      let whole = (0..<binCount).map { bin in
        (0..<classCount).reduce(0) { $0 + counts[bin * classCount + $1] }
      }
      for index in 0..<classCount {
        let few = (0..<binCount).filter { counts[$0 * classCount + index] < minimumCount }
        let pooled = few.reduce(0) { $0 + counts[$1 * classCount + index] }
        let base = few.reduce(0) { $0 + whole[$1] }
        for bin in few {
          counts[bin * classCount + index] = base > 0 ? pooled * whole[bin] / base : 0
        }
      }
      return (0..<binCount).flatMap { bin in
        (0..<classCount).map { index in
          ElementaryFunctions.log(
            (counts[bin * classCount + index] + smoothing)
              / (sizes[index] + smoothing * Double(binCount)))
        }
      }
    }
  }

  /// Creates a model from its parts, as a generator file holds them.
  ///
  /// - Returns: `nil` unless they fit together and are finite.
  public init?(classLogarithms: [Double], logarithms: [[Double]]) {
    classCount = classLogarithms.count
    guard classCount > 0, (classLogarithms + logarithms.joined()).allSatisfy(\.isFinite) else {
      return nil
    }
    for list in logarithms where list.isEmpty || list.count % classLogarithms.count != 0 {
      return nil
    }
    binCounts = logarithms.map { $0.count / classLogarithms.count }
    self.classLogarithms = classLogarithms
    self.logarithms = logarithms
  }

  /// The share of each class given the bin of each predictor.
  public func shares(_ bins: [Int]) -> [Double] {
    var sums = classLogarithms
    for (place, bin) in bins.enumerated() where bin < binCounts[place] {
      for index in 0..<classCount { sums[index] += logarithms[place][bin * classCount + index] }
    }
    let greatest = sums.max() ?? 0
    let weights = sums.map { ElementaryFunctions.exp($0 - greatest) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }
}
