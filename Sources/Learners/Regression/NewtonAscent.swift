// SPDX-License-Identifier: Apache-2.0

/// The greatest value of a concave log-likelihood, by Newton's steps, which are halved where they go too far.
struct NewtonAscent {
  /// A log-likelihood with its derivatives.
  struct State {
    /// The negative second derivatives, row by row; the lower triangle is read.
    var information: [Double]
    var gradient: [Double]
    var likelihood: Double

    /// All zeros.
    init(size: Int) {
      information = [Double](repeating: 0, count: size * size)
      gradient = [Double](repeating: 0, count: size)
      likelihood = 0
    }
  }

  /// Where the steps ended.
  private(set) var parameters: [Double]
  /// The factor of the information there.
  private(set) var factor: CholeskyFactor
  /// Whether the last step was too small to matter.
  private(set) var hasConverged = false

  /// Goes from a start to the top.
  ///
  /// - Parameter state: The likelihood at some parameters; −∞ where there is none.
  init(from start: [Double], maximumStepCount: Int, _ state: ([Double]) -> State) {
    parameters = start
    var own = state(start)
    factor = CholeskyFactor(own.information, size: start.count)
    for _ in 0..<maximumStepCount {
      var step = factor.solve(own.gradient)
      var next = zip(parameters, step).map { $0 + $1 }
      var reached = state(next)
      var halvings = 0
      while !(reached.likelihood >= own.likelihood - 1e-9 * own.likelihood.magnitude),
        halvings < 40
      {
        step = step.map { $0 / 2 }
        next = zip(parameters, step).map { $0 + $1 }
        reached = state(next)
        halvings += 1
      }
      let size = zip(step, next).reduce(0.0) { max($0, $1.0.magnitude / max(1, $1.1.magnitude)) }
      (parameters, own) = (next, reached)
      factor = CholeskyFactor(own.information, size: start.count)
      if size < 1e-10 {
        hasConverged = true
        break
      }
    }
  }
}
