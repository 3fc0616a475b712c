// SPDX-License-Identifier: Apache-2.0

extension ElementaryFunctions {
  /// The natural logarithm; −∞ at 0 and NaN below.
  ///
  /// With x = 2ᵏ(1 + f), 1 + f in [√½, √2] and s = f/(2 + f), the logarithm is
  /// k ln 2 + 2 artanh s. As 2s = f − s f, the rounding of s touches only a small correction of f.
  public static func log(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? -.infinity : .nan }
    guard x.isFinite else { return x }
    var bits = x.bitPattern
    var exponent = 0
    if x < 0x1p-1022 {
      bits = (x * 0x1p54).bitPattern
      exponent = -54
    }
    exponent &+= Int(bits &>> 52) &- 1023
    var significand = Double(bitPattern: bits & 0x000f_ffff_ffff_ffff | 0x3ff0_0000_0000_0000)
    if significand > 0x1.6a09e667f3bcdp0 {
      significand *= 0.5
      exponent &+= 1
    }
    let f = significand - 1
    let s = f / (2 + f)
    let tail = artanhTail(s * s)
    let halfSquare = 0.5 * f * f
    let k = Double(exponent)
    return k * ln2High - ((halfSquare - (s * (halfSquare + tail) + k * ln2Low)) - f)
  }

  /// 2 artanh(s)/s − 2 at z = s² ≤ 0.0295, by its Taylor series.
  private static func artanhTail(_ z: Double) -> Double {
    var sum = 2.0 / 23
    sum = 2.0 / 21 + z * sum
    sum = 2.0 / 19 + z * sum
    sum = 2.0 / 17 + z * sum
    sum = 2.0 / 15 + z * sum
    sum = 2.0 / 13 + z * sum
    sum = 2.0 / 11 + z * sum
    sum = 2.0 / 9 + z * sum
    sum = 2.0 / 7 + z * sum
    sum = 2.0 / 5 + z * sum
    sum = 2.0 / 3 + z * sum
    return z * sum
  }
}
