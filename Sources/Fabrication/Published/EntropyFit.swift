// SPDX-License-Identifier: Apache-2.0
import Numerics

/// Weights nearest to given ones that meet linear controls: Σ aᵢ wᵢ = b for each control.
///
/// Nearest is by relative entropy. One control after another is met exactly, the others waiting; where
/// the controls agree with each other, the rounds converge to the only solution. With coefficients of 0
/// and 1 a step multiplies by target over sum: iterative proportional fitting.
///
/// ## Source
/// Deming and Stephan, "On a least squares adjustment of a sampled frequency table", Annals of
/// Mathematical Statistics 11 (1940) 427–444; Csiszár, "I-divergence geometry of probability
/// distributions", Annals of Probability 3 (1975) 146–158, theorem 3.2.
public struct EntropyFit: Hashable, Sendable {
  /// A figure that the weights must meet.
  public struct Control: Hashable, Sendable {
    /// What it is, for reports: the table and the cell.
    public var name: String
    /// The table it stands in.
    public var table: String
    /// The weights it counts.
    public var members: [Int32]
    /// How often each of them counts; empty for once.
    public var coefficients: [Double]
    /// What they must come to.
    public var target: Double

    /// Creates a control.
    public init(
      name: String, table: String, members: [Int32], coefficients: [Double] = [], target: Double
    ) {
      self.name = name
      self.table = table
      self.members = members
      self.coefficients = coefficients
      self.target = target
    }
  }

  /// The weights.
  public private(set) var weights: [Double]
  /// What each control comes to, in the order of the controls.
  public private(set) var sums: [Double]
  /// How many rounds were made.
  public private(set) var roundCount = 0
  /// Whether every control is met to within the tolerance.
  public private(set) var isMet = false

  /// Fits weights.
  ///
  /// - Parameters:
  ///   - base: The weights to start from; one of 0 stays 0.
  ///   - controls: The controls; all totals and coefficients are 0 or above.
  ///   - tolerance: The greatest relative difference, of controls below 1 the absolute one.
  ///   - maximumRounds: After how many rounds to stop.
  public init(
    base: [Double], controls: [Control], tolerance: Double = 1e-10, maximumRounds: Int = 2000
  ) {
    weights = base
    sums = controls.map { _ in 0 }
    while roundCount < maximumRounds {
      roundCount += 1
      for control in controls { Self.meet(control, &weights) }
      var worst = 0.0
      for (place, control) in controls.enumerated() {
        sums[place] = Self.sum(control, weights)
        worst = max(worst, abs(sums[place] - control.target) / max(1, abs(control.target)))
      }
      if worst <= tolerance {
        isMet = true
        return
      }
    }
  }

  private static func sum(_ control: Control, _ weights: [Double]) -> Double {
    var sum = CompensatedSum()
    for (place, member) in control.members.enumerated() {
      sum.add(
        weights[Int(member)] * (control.coefficients.isEmpty ? 1 : control.coefficients[place]))
    }
    return sum.value
  }

  private static func meet(_ control: Control, _ weights: inout [Double]) {
    let now = sum(control, weights)
    guard now > 0 else { return }
    guard !control.coefficients.isEmpty else {
      let factor = control.target / now
      for member in control.members { weights[Int(member)] *= factor }
      return
    }
    // wᵢ ← wᵢ·fᵃⁱ with the f at which the sum is the target, by Newton's steps on log f.
    guard control.target > 0 else {
      for (place, member) in control.members.enumerated() where control.coefficients[place] > 0 {
        weights[Int(member)] = 0
      }
      return
    }
    var logarithm = 0.0
    for _ in 0..<50 {
      var value = 0.0
      var slope = 0.0
      for (place, member) in control.members.enumerated() {
        let a = control.coefficients[place]
        let term = a * weights[Int(member)] * ElementaryFunctions.exp(a * logarithm)
        value += term
        slope += a * term
      }
      guard value > 0, slope > 0 else { break }
      // On the logarithm of the sum, which is nearly straight.
      let step = ElementaryFunctions.log(control.target / value) * value / slope
      logarithm += max(-5, min(5, step))
      if abs(step) < 1e-14 { break }
    }
    for (place, member) in control.members.enumerated() {
      weights[Int(member)] *= ElementaryFunctions.exp(control.coefficients[place] * logarithm)
    }
  }
}
