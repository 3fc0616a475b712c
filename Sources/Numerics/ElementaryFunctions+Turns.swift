// SPDX-License-Identifier: Apache-2.0

extension ElementaryFunctions {
  /// The sine of an angle in turns: sin 2πu, exactly 0, 1, 0, −1 at the quarters.
  ///
  /// Also known as sinpi(2u). NaN unless u is finite.
  public static func sine(turns u: Double) -> Double {
    let (quarter, angle, error) = reduced(u)
    switch quarter {
    case 0: return sine(angle, error)
    case 1: return cosine(angle, error)
    case 2: return -sine(angle, error)
    default: return -cosine(angle, error)
    }
  }

  /// The cosine of an angle in turns: cos 2πu, exactly 1, 0, −1, 0 at the quarters.
  public static func cosine(turns u: Double) -> Double {
    let (quarter, angle, error) = reduced(u)
    switch quarter {
    case 0: return cosine(angle, error)
    case 1: return -sine(angle, error)
    case 2: return -cosine(angle, error)
    default: return sine(angle, error)
    }
  }

  /// The quarter 0...3 nearest to u, and the angle left, at most π/4, as a sum of two numbers.
  private static func reduced(_ u: Double) -> (quarter: Int, angle: Double, error: Double) {
    guard u.isFinite else { return (0, .nan, .nan) }
    let turns = u - u.rounded(.down)
    let nearest = (4 * turns).rounded()
    let r = turns - 0.25 * nearest
    // Dekker's exact product, as no fused multiply-add is used: r and 2π in two halves each.
    let split = 0x1.0000002p27 * r
    let rHigh = split - (split - r)
    let rLow = r - rHigh
    let (piHigh, piLow, piRest) = (0x1.921fb5p2, 0x1.110b46p-24, 0x1.1a62633145c07p-52)
    let angle = r * 0x1.921fb54442d18p2
    let error =
      ((rHigh * piHigh - angle) + rHigh * piLow + rLow * piHigh) + rLow * piLow + r * piRest
    return (Int(nearest) & 3, angle, error)
  }

  /// sin(x + error) for |x| ≤ π/4, by its Taylor series.
  private static func sine(_ x: Double, _ error: Double) -> Double {
    let z = x * x
    var sum = -1.0 / 121_645_100_408_832_000
    sum = 1.0 / 355_687_428_096_000 + z * sum
    sum = -1.0 / 1_307_674_368_000 + z * sum
    sum = 1.0 / 6_227_020_800 + z * sum
    sum = -1.0 / 39_916_800 + z * sum
    sum = 1.0 / 362_880 + z * sum
    sum = -1.0 / 5_040 + z * sum
    sum = 1.0 / 120 + z * sum
    sum = -1.0 / 6 + z * sum
    return x + (x * (z * sum) + error * (1 - 0.5 * z))
  }

  /// cos(x + error) for |x| ≤ π/4, by its Taylor series.
  private static func cosine(_ x: Double, _ error: Double) -> Double {
    let z = x * x
    var sum = -1.0 / 6_402_373_705_728_000
    sum = 1.0 / 20_922_789_888_000 + z * sum
    sum = -1.0 / 87_178_291_200 + z * sum
    sum = 1.0 / 479_001_600 + z * sum
    sum = -1.0 / 3_628_800 + z * sum
    sum = 1.0 / 40_320 + z * sum
    sum = -1.0 / 720 + z * sum
    sum = 1.0 / 24 + z * sum
    let half = 0.5 * z
    let main = 1 - half
    return main + (((1 - main) - half) + (z * z * sum - error * x))
  }
}
