// SPDX-License-Identifier: Apache-2.0
import Numerics

/// The multinomial logit: log-odds of each class against the first, linear in the columns of a design.
///
/// With two classes it is the logistic regression. Steps are those of L-BFGS, begun from the classes'
/// shares with a factor of the information for each class, renewed now and then, so that many classes cost no
/// matrix of all their coefficients.
///
/// ## Source
/// The likelihood and its derivatives: Böhning, "Multinomial logistic regression algorithm", Annals of the
/// Institute of Statistical Mathematics 44 (1992) 197–200; the steps: Nocedal and Wright, "Numerical
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

  /// How far from the top of the likelihood steps may end.
  public enum Accuracy: Hashable, Sendable {
    /// The largest entry of the scaled gradient, a row.
    case gradient(Double)
    /// A share of a standard error by which coefficients are off in the root mean square, as the last step
    /// tells: a step of gradient g and length d ends where gᵀd falls below its square times their number.
    case standardErrors(Double)
  }

  /// Fits a model.
  ///
  /// - Parameters:
  ///   - design: The columns that explain, with a constant if there is to be one.
  ///   - classes: The class of each row, from 0.
  ///   - classCount: The number of classes; one class has no coefficients.
  ///   - ridge: For each column λ, where λ β²/2 is taken from the log-likelihood for each coefficient;
  ///     `nil` for none.
  ///   - accuracy: Where steps end.
  public init(
    _ design: SparseDesign, classes: [Int], classCount: Int, ridge: [Double]? = nil,
    accuracy: Accuracy = .gradient(1e-10), maximumStepCount: Int = 500
  ) {
    precondition(classes.count == design.rowCount, "one class a row")
    self.classCount = classCount
    columnCount = design.columnCount
    coefficients = []
    hasConverged = true
    guard classCount > 1, design.rowCount > 0 else {
      coefficients = [Double](repeating: 0, count: max(0, classCount - 1) * columnCount)
      return
    }
    let model = MultinomialLikelihood(
      design, classes: classes, classCount: classCount, ridge: ridge)
    coefficients = model.start()
    defer { coefficients = byClass(coefficients) }
    var state = model.state(coefficients)
    var curvature = model.curvature(coefficients)
    var pairs = CurvaturePairs(memory: Self.memory)
    hasConverged = false
    for step in 0..<maximumStepCount {
      if case .gradient(let limit) = accuracy,
        model.size(of: state.gradient) <= limit * Double(design.rowCount)
      {
        hasConverged = true
        return
      }
      if step > 0, Self.renewsCurvature(before: step) { curvature = model.curvature(coefficients) }
      let direction = pairs.direction(state.gradient, curvature.solve)
      if case .standardErrors(let share) = accuracy,
        zip(state.gradient, direction).reduce(0, { $0 + $1.0 * $1.1 })
          <= share * share * Double(coefficients.count)
      {
        hasConverged = true
        return
      }
      guard let reached = model.search(from: coefficients, state, along: direction) else { return }
      pairs.add(
        step: zip(reached.coefficients, coefficients).map { $0 - $1 },
        change: zip(state.gradient, reached.state.gradient).map { $0 - $1 })
      (coefficients, state) = (reached.coefficients, reached.state)
    }
  }

  /// Whether what stands for the information is made anew: often at first, when shares move most.
  private static func renewsCurvature(before step: Int) -> Bool {
    step <= 4 || step % 8 == 0
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
}
