// SPDX-License-Identifier: Apache-2.0
import Numerics

/// The distribution function of an ordered regression's latent response.
public enum OrderedLink: Hashable, Sendable {
  /// The logistic: odds are proportional.
  case logit
  /// 1 − exp(−eᶻ): hazards are proportional.
  case complementaryLogLog

  /// What lies below a point, and how it grows there.
  struct Part {
    /// What lies above.
    var complement: Double
    var density: Double
    /// The derivative of the density.
    var slope: Double

    static let none = Part(complement: 1, density: 0, slope: 0)
    static let all = Part(complement: 0, density: 0, slope: 0)
  }

  func part(_ z: Double) -> Part {
    switch self {
    case .logit:
      let above = 1 / (1 + ElementaryFunctions.exp(z))
      let density = above * (1 - above)
      return Part(complement: above, density: density, slope: density * (2 * above - 1))
    case .complementaryLogLog:
      let hazard = ElementaryFunctions.exp(min(z, 500))
      let above = ElementaryFunctions.exp(-hazard)
      let density = above > 0 ? hazard * above : 0
      return Part(complement: above, density: density, slope: density * (1 - hazard))
    }
  }

  /// The share above a point.
  public func complement(_ z: Double) -> Double { part(z).complement }

  /// The point below which so many of all lie.
  func threshold(_ below: Double, of all: Double) -> Double {
    switch self {
    case .logit: ElementaryFunctions.log(below / (all - below))
    case .complementaryLogLog:
      ElementaryFunctions.log(-ElementaryFunctions.log((all - below) / all))
    }
  }
}
