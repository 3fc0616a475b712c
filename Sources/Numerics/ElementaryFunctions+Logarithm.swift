// SPDX-License-Identifier: Apache-2.0

extension ElementaryFunctions {
  /// The natural logarithm; −∞ at 0 and NaN below.
  ///
  /// With x = 2ᵏ(1 + f), 1 + f in [√½, √2] and s = f/(2 + f), the logarithm is
  /// k ln 2 + 2 artanh s. As 2s = f − s f, the rounding of s touches only a small correction of f.
  public static func log(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? -.infinity : .nan }
    guard x.isFinite else { return x }
    return x < 0x1p-1022
      ? ofNormal(x * 0x1p54, exponentBias: 1077) : ofNormal(x, exponentBias: 1023)
  }

  /// The logarithms of many numbers, in place of them, bit by bit those of ``log(_:)``.
  public static func log(each values: UnsafeMutableBufferPointer<Double>) {
    var beyond: UInt64 = 0
    for index in values.indices {
      let x = values[index]
      beyond |= x >= 0x1p-1022 && x < .infinity ? 0 : 1
    }
    if beyond == 0 {
      for index in values.indices { values[index] = ofNormal(values[index], exponentBias: 1023) }
    } else {
      for index in values.indices { values[index] = log(values[index]) }
    }
  }

  /// The logarithm of x · 2^(1023 − bias), where x is normal and positive, without a branch.
  @inline(__always)
  private static func ofNormal(_ x: Double, exponentBias: Double) -> Double {
    let bits = x.bitPattern
    // The exponent becomes the last bits of a number of the size 2⁵².
    let exponent = Double(bitPattern: bits &>> 52 | 0x4330_0000_0000_0000) - 0x1p52
    let significand = Double(bitPattern: bits & 0x000f_ffff_ffff_ffff | 0x3ff0_0000_0000_0000)
    let isAbove = significand > 0x1.6a09e667f3bcdp0
    let f = (isAbove ? significand * 0.5 : significand) - 1
    let k = exponent - exponentBias + (isAbove ? 1 : 0)
    let s = f / (2 + f)
    let tail = artanhTail(s * s)
    let halfSquare = 0.5 * f * f
    return k * ln2High - ((halfSquare - (s * (halfSquare + tail) + k * ln2Low)) - f)
  }

  /// 2 artanh(s)/s − 2 at z = s² ≤ 0.0295, by its Taylor series.
  @inline(__always)
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
