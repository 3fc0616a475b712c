// SPDX-License-Identifier: Apache-2.0
import Numerics

/// The multinomial logit: log-odds of each class against the first, linear in the columns of a design.
///
/// With two classes it is the logistic regression. Steps are those of L-BFGS, begun with the inverse of a
/// bound of the information that holds whatever the coefficients, so that many classes cost no matrix of
/// all their coefficients.
///
/// ## Source
/// Böhning, "Multinomial logistic regression algorithm", Annals of the Institute of Statistical
/// Mathematics 44 (1992) 197–200, equation (2.7), for the bound; Nocedal and Wright, "Numerical
/// Optimization" (2006), algorithms 7.4 and 7.5.
public struct MultinomialLogit: Hashable, Sendable {
  /// The number of classes.
  public let classCount: Int
  /// The number of columns of the design.
  public let columnCount: Int
  /// One coefficient a column for each class but the first, class after class.
  public private(set) var coefficients: [Double]
  /// Whether the steps came to an end; where a column tells classes apart they never do.
  public private(set) var hasConverged: Bool

  private static let memory = 12

  /// Fits a model.
  ///
  /// - Parameters:
  ///   - design: The columns that explain, with a constant if there is to be one.
  ///   - classes: The class of each row, from 0.
  ///   - classCount: The number of classes; one class has no coefficients.
  ///   - ridge: For each column λ, where λ β²/2 is taken from the log-likelihood for each coefficient;
  ///     `nil` for none.
  ///   - tolerance: The largest entry of the scaled gradient, a row, at which steps end.
  public init(
    _ design: SparseDesign, classes: [Int], classCount: Int, ridge: [Double]? = nil,
    tolerance: Double = 1e-10, maximumStepCount: Int = 500
  ) {
    precondition(classes.count == design.rowCount, "one class a row")
    self.classCount = classCount
    columnCount = design.columnCount
    let size = max(0, classCount - 1) * columnCount
    coefficients = [Double](repeating: 0, count: size)
    hasConverged = true
    guard size > 0, design.rowCount > 0 else { return }
    let model = MultinomialLikelihood(
      design, classes: classes, classCount: classCount, ridge: ridge)
    let bound = model.bound()
    let limit = tolerance * Double(design.rowCount)
    defer { coefficients = byClass(coefficients) }
    var state = model.state(coefficients)
    var history: [(step: [Double], change: [Double], curvature: Double)] = []
    hasConverged = false
    for _ in 0..<maximumStepCount {
      if model.size(of: state.gradient) <= limit {
        hasConverged = true
        return
      }
      var direction = state.gradient
      var shares: [Double] = []
      for entry in history.reversed() {
        let share = Self.dot(entry.step, direction) / entry.curvature
        shares.append(share)
        Self.add(-share, entry.change, to: &direction)
      }
      direction = model.solve(bound, direction)
      for (entry, share) in zip(history, shares.reversed()) {
        let back = Self.dot(entry.change, direction) / entry.curvature
        Self.add(share - back, entry.step, to: &direction)
      }
      guard let reached = model.search(from: coefficients, state, along: direction) else { return }
      let step = zip(reached.coefficients, coefficients).map { $0 - $1 }
      let change = zip(state.gradient, reached.state.gradient).map { $0 - $1 }
      let curvature = Self.dot(step, change)
      if curvature > 0 {
        if history.count == Self.memory { history.removeFirst() }
        history.append((step, change, curvature))
      }
      (coefficients, state) = (reached.coefficients, reached.state)
    }
  }

  /// The covariances of the coefficients: the inverse of the information.
  ///
  /// Row by row; 0 where a column depends on those before it. With a ridge, those of the posterior under
  /// normal priors.
  public func covariance(
    _ design: SparseDesign, classes: [Int], ridge: [Double]? = nil
  ) -> [Double] {
    let model = MultinomialLikelihood(
      design, classes: classes, classCount: classCount, ridge: ridge)
    return CholeskyFactor(model.information(byColumn(coefficients)), size: coefficients.count)
      .inverse()
  }

  /// Coefficients class after class, of such column after column.
  private func byClass(_ beta: [Double]) -> [Double] {
    let free = classCount - 1
    return (0..<free).flatMap { index in (0..<columnCount).map { beta[$0 * free + index] } }
  }

  private func byColumn(_ beta: [Double]) -> [Double] {
    let free = classCount - 1
    return (0..<columnCount).flatMap { column in
      (0..<free).map { beta[$0 * columnCount + column] }
    }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for place in a.indices { sum += a[place] * b[place] }
    return sum
  }

  private static func add(_ scale: Double, _ a: [Double], to b: inout [Double]) {
    for place in a.indices { b[place] += scale * a[place] }
  }
}
