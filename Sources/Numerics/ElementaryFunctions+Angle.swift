// SPDX-License-Identifier: Apache-2.0

extension ElementaryFunctions {
  /// The angle of the point (x, y) in turns, in (−½, ½]; 0 at the origin.
  ///
  /// Also known as atan2(y, x) / 2π. Within 3 ulp of the true value.
  public static func turns(x: Double, y: Double) -> Double {
    guard x.isFinite, y.isFinite else { return .nan }
    let (a, b) = (x.magnitude, y.magnitude)
    guard a > 0 || b > 0 else { return 0 }
    // Up to an eighth of a turn by the tangent, beyond that by the cotangent.
    let eighth = b <= a ? arctangent(b / a) : 0.25 - arctangent(a / b)
    let half = x < 0 ? 0.5 - eighth : eighth
    return y < 0 ? -half : half
  }

  /// The arctangent of t in 0...1, in turns: that of the nearest quarter, and of the rest by its series.
  private static func arctangent(_ t: Double) -> Double {
    let quarter = (t * 4).rounded()
    let known: Double =
      switch quarter {
      case 0: 0
      case 1: 0.244_978_663_126_864_15
      case 2: 0.463_647_609_000_806_1
      case 3: 0.643_501_108_793_284_4
      default: 0.785_398_163_397_448_3
      }
    let c = quarter / 4
    let rest = (t - c) / (1 + t * c)
    let square = rest * rest
    var sum = 0.0
    for odd in stride(from: 21.0, through: 1, by: -2) { sum = 1 / odd - square * sum }
    return (known + rest * sum) / 6.283_185_307_179_586
  }
}
