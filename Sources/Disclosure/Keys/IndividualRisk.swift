// SPDX-License-Identifier: Apache-2.0
import Numerics

/// The chance that a record is found by someone who looks for it in the population.
///
/// A record shares its keys with f records of the sample and, by the weights, with F people of the
/// population. Of these F, which are not known for certain, the intruder picks one at random: the risk is
/// the mean of 1/F given f, with p = f/F:
///
///     r = pᶠ/f · ₂F₁(f, f; f + 1; 1 − p) = ∫₀¹ tᶠ⁻¹ pᶠ / (1 − (1 − p) t)ᶠ dt
///
/// ## Source
/// Benedetti and Franconi, "Statistical and technological solutions for controlled data dissemination"
/// (1998); Polettini, "Some remarks on the individual risk methodology" (2003), as in sdcMicro's
/// `indivRisk`. With t = v/(p + (1 − p)v) the integral becomes ∫₀¹ vᶠ⁻¹/(1 + cv) dv, c = (1 − p)/p, from
/// which both ways of ``exact(sampleCount:share:)`` follow.
public enum IndividualRisk {
  /// The risk, for all f.
  ///
  /// Within 10⁻¹² of the integral, relative to it.
  ///
  /// - Parameters:
  ///   - count: f, the records of the sample with these keys, the record included.
  ///   - share: p = f/F, the share of those people that the sample holds.
  /// - Precondition: f ≥ 1 and 0 < p ≤ 1.
  public static func exact(sampleCount count: Int, share: Double) -> Double {
    check(count, share)
    guard share < 0.5, count < 20 else { return series(count, share) }
    // ∫ vᶠ/(1 + cv) = (1/f − ∫ vᶠ⁻¹/(1 + cv))/c; stable, for c > 1.
    let c = (1 - share) / share
    var risk = -ElementaryFunctions.log(share) / c
    for step in 1..<count { risk = (1 / Double(step) - risk) / c }
    return risk
  }

  /// The closed forms of Benedetti and Franconi: exact for f of 1 and 2, p/(f − (1 − p)) from 3 on.
  ///
  /// - Precondition: f ≥ 1 and 0 < p ≤ 1.
  public static func approximate(sampleCount count: Int, share: Double) -> Double {
    check(count, share)
    return count < 3
      ? exact(sampleCount: count, share: share) : share / (Double(count) - (1 - share))
  }

  /// p/f · Σ k!/((f + 1) … (f + k)) (1 − p)ᵏ, after Pfaff's transformation; all terms are positive.
  private static func series(_ count: Int, _ share: Double) -> Double {
    let f = Double(count)
    var (term, sum, k) = (1.0, 1.0, 0.0)
    while term > 1e-17 * sum {
      k += 1
      term *= k / (f + k) * (1 - share)
      sum += term
    }
    return share / f * sum
  }

  private static func check(_ count: Int, _ share: Double) {
    precondition(count >= 1, "a record shares its keys with itself at least")
    precondition(share > 0 && share <= 1, "the sample holds a share of the people with these keys")
  }
}
