// SPDX-License-Identifier: Apache-2.0
import Numerics

/// Classes of rows that nobody sees: in each, numbers are jointly normal and columns of classes independent.
public struct ClassMixture: Hashable, Sendable {
  /// The share of each class.
  public var weights: [Double]
  /// The means of each class's numbers, class by class.
  public var means: [Double]
  /// The covariances of each class's numbers, class by class and row by row.
  public var covariances: [Double]
  /// For each column the shares of its classes, class by class of the mixture.
  public var shares: [[Double]]

  /// Creates a mixture.
  public init(weights: [Double], means: [Double], covariances: [Double], shares: [[Double]]) {
    self.weights = weights
    self.means = means
    self.covariances = covariances
    self.shares = shares
  }

  /// The number of classes.
  public var classCount: Int { weights.count }

  /// The number of numbers of a row.
  public var numberCount: Int { classCount > 0 ? means.count / classCount : 0 }

  /// Whether no two numbers covary within a class.
  public var isDiagonal: Bool {
    let d = numberCount
    return covariances.indices.allSatisfy {
      covariances[$0] == 0 || $0 % (d * d) / d == $0 % (d * d) % d
    }
  }

  /// How many numbers say all of it.
  ///
  /// - Parameter isDiagonal: Whether covariances are known to be 0.
  public func parameterCount(isDiagonal: Bool = false) -> Int {
    let d = numberCount
    return classCount - 1 + classCount * (isDiagonal ? 2 * d : d + d * (d + 1) / 2)
      + shares.reduce(0) { $0 + $1.count - classCount }
  }
}

/// A class of a mixture as rows of one pattern of missing numbers see it.
struct MixtureView {
  /// The present numbers.
  let present: [Int]
  /// The missing numbers.
  let missing: [Int]
  /// The factor of the present numbers' covariances, row by row; its diagonal where it has no more.
  let factor: [Double]
  /// What does not depend on the row: −½ (k ln 2π + ln |Σ|).
  let constant: Double
  /// The regression of missing numbers on present ones, row by row; none where numbers do not covary.
  let regression: [Double]
  /// The covariances of missing numbers given present ones; the variances where numbers do not covary.
  let rest: [Double]
  /// Whether no two numbers covary.
  let isDiagonal: Bool

  init(_ covariance: ArraySlice<Double>, size: Int, present: [Int], isDiagonal: Bool) {
    self.isDiagonal = isDiagonal
    let start = covariance.startIndex
    func entry(_ i: Int, _ j: Int) -> Double { covariance[start + i * size + j] }
    self.present = present
    missing = (0..<size).filter { !present.contains($0) }
    let count = present.count
    guard !isDiagonal else {
      let deviations = present.map { entry($0, $0).squareRoot() }
      factor = deviations
      constant =
        -0.918_938_533_204_672_7 * Double(count)
        - deviations.reduce(0) { $0 + ElementaryFunctions.log($1) }
      regression = []
      let missing = missing
      rest = missing.map { entry($0, $0) }
      return
    }
    let own = CholeskyFactor(
      present.flatMap { i in present.map { entry(i, $0) } }, size: count, tolerance: 0)
    factor = (0..<count * count).map {
      $0 % count <= $0 / count ? own.entry($0 / count, $0 % count) : 0
    }
    var logarithm = 0.0
    for k in 0..<count { logarithm += ElementaryFunctions.log(own.entry(k, k)) }
    constant = -0.918_938_533_204_672_7 * Double(count) - logarithm
    var regression: [Double] = []
    for m in missing { regression += own.solve(present.map { entry(m, $0) }) }
    self.regression = regression
    var rest: [Double] = []
    for (place, m) in missing.enumerated() {
      for n in missing {
        var sum = entry(m, n)
        for (k, p) in present.enumerated() { sum -= regression[place * count + k] * entry(p, n) }
        rest.append(sum)
      }
    }
    self.rest = rest
  }

  /// The logarithm of the density of a row's present numbers.
  ///
  /// - Parameters:
  ///   - row: Where the row's numbers start.
  ///   - differences: Room for what they are above the means, of all numbers, missing ones as foretold.
  @inline(__always)
  func logDensity(
    _ numbers: UnsafePointer<Double>, _ means: UnsafePointer<Double>,
    _ solved: UnsafeMutablePointer<Double>, _ differences: UnsafeMutablePointer<Double>
  ) -> Double {
    let count = present.count
    var square = 0.0
    guard !isDiagonal else {
      for place in 0..<count {
        let own = present[place]
        differences[own] = numbers[own] - means[own]
        let z = differences[own] / factor[place]
        square += z * z
      }
      for m in missing { differences[m] = 0 }
      return constant - 0.5 * square
    }
    for row in 0..<count {
      let difference = numbers[present[row]] - means[present[row]]
      differences[present[row]] = difference
      var sum = difference
      for k in 0..<row { sum -= factor[row &* count &+ k] * solved[k] }
      solved[row] = sum / factor[row &* count &+ row]
      square += solved[row] * solved[row]
    }
    for (place, m) in missing.enumerated() {
      var sum = 0.0
      for k in 0..<count { sum += regression[place * count + k] * differences[present[k]] }
      differences[m] = sum
    }
    return constant - 0.5 * square
  }
}
