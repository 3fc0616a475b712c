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
    /// How often each of them counts, which may be below 0; empty for once.
    public var coefficients: [Double]
    /// What they must come to.
    public var target: Double
    /// In what unit differences are judged, where that is more than 1 and than the target.
    public var scale = 0.0

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
  ///   - controls: The controls; without coefficients below 0 the target is not below 0.
  ///   - tolerance: The greatest difference, in shares of the target, its scale or 1, whichever is most.
  ///   - maximumRounds: After how many rounds to stop.
  public init(
    base: [Double], controls: [Control], tolerance: Double = 1e-10, maximumRounds: Int = 2000
  ) {
    weights = base
    sums = controls.map { _ in 0 }
    // Figures whose coefficients have both signs are met together, and with the tables if these are few.
    let plain = controls.filter { control in control.coefficients.allSatisfy { $0 >= 0 } }
    let signed = controls.filter { control in control.coefficients.contains { $0 < 0 } }
    let isJoint = !signed.isEmpty && MomentFit.holds(controls.count, count: base.count)
    let moments = MomentFit(
      isJoint ? controls.filter { $0.target > 0 || !plain.contains($0) } : signed,
      count: base.count)
    var stagnation = Stagnation(window: isJoint ? 12 : 200)
    while roundCount < maximumRounds {
      roundCount += 1
      for control in plain where !isJoint || roundCount == 1 || control.target <= 0 {
        Self.meet(control, &weights)
      }
      moments.meet(&weights)
      var worst = 0.0
      for (place, control) in controls.enumerated() {
        sums[place] = Self.sum(control, weights)
        worst = max(worst, control.miss(sums[place]))
      }
      if worst <= tolerance {
        isMet = true
        return
      }
      if stagnation.isStuck(worst) { return }
    }
  }

  static func sum(_ control: Control, _ weights: [Double]) -> Double {
    var sum = CompensatedSum()
    for (place, member) in control.members.enumerated() {
      sum.add(
        weights[Int(member)] * (control.coefficients.isEmpty ? 1 : control.coefficients[place]))
    }
    return sum.value
  }

  static func meet(_ control: Control, _ weights: inout [Double]) {
    guard !control.coefficients.isEmpty else {
      let now = sum(control, weights)
      guard now > 0 else { return }
      let factor = control.target / now
      for member in control.members { weights[Int(member)] *= factor }
      return
    }
    guard control.coefficients.allSatisfy({ $0 >= 0 }) else {
      return meetSigned(control, &weights)
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

  /// The same where some coefficients are below 0: the sum rises with log f, so that its root is kept
  /// between two bounds.
  private static func meetSigned(_ control: Control, _ weights: inout [Double]) {
    let logarithm = MonotoneRoot.find(
      most: control.coefficients.reduce(0) { max($0, abs($1)) }, target: control.target
    ) { logarithm in
      var value = 0.0
      var slope = 0.0
      for (place, member) in control.members.enumerated() {
        let a = control.coefficients[place]
        let term = a * weights[Int(member)] * ElementaryFunctions.exp(a * logarithm)
        value += term
        slope += a * term
      }
      return (value, slope)
    }
    for (place, member) in control.members.enumerated() {
      weights[Int(member)] *= ElementaryFunctions.exp(control.coefficients[place] * logarithm)
    }
  }
}

extension EntropyFit.Control {
  /// How far a sum is from the target.
  func miss(_ sum: Double) -> Double { abs(sum - target) / max(1, max(abs(target), scale)) }
}
