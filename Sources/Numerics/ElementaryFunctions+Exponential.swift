// SPDX-License-Identifier: Apache-2.0

extension ElementaryFunctions {
  /// The exponential; 0 below about −745.1 and ∞ above about 709.8.
  ///
  /// With x = k ln 2 + r, |r| ≤ ½ ln 2, it is 2ᵏ eʳ, and eʳ comes from its Taylor series.
  public static func exp(_ x: Double) -> Double {
    guard x < 709.8 else { return x.isNaN ? x : .infinity }
    guard x > -745.2 else { return 0 }
    return withinRange(x)
  }

  /// The exponentials of many numbers, in place of them, bit by bit those of ``exp(_:)``.
  public static func exp(each values: UnsafeMutableBufferPointer<Double>) {
    var beyond: UInt64 = 0
    for index in values.indices {
      let x = values[index]
      beyond |= x > -745.2 && x < 709.8 ? 0 : 1
    }
    if beyond == 0 {
      for index in values.indices { values[index] = withinRange(values[index]) }
    } else {
      for index in values.indices { values[index] = exp(values[index]) }
    }
  }

  /// The exponential of a number in −745.2 ..< 709.8, without a branch, so that many go side by side.
  @inline(__always)
  private static func withinRange(_ x: Double) -> Double {
    // To the nearest whole number, as the last bits of a sum of this size; halves away from 0.
    let shift = 0x1.8p52
    let turns = x * 0x1.71547652b82fep0
    let even = (turns + shift) - shift
    let rest = turns - even
    let up = rest == 0.5 && turns > 0 ? 1.0 : 0.0
    let down = rest == -0.5 && turns < 0 ? 1.0 : 0.0
    let k = even + up - down
    let high = x - k * ln2High
    let low = k * ln2Low
    let r = high - low
    let error = (high - r) - low
    let power = 1 + (r + (r * r * exponentialTail(r) + (error + error * r)))
    // Two steps, since 2ᵏ itself may be out of range where the result is not; 2046 keeps halves positive.
    let whole = (k + shift).bitPattern &- shift.bitPattern &+ 2046
    let half = whole &>> 1
    return power * Double(bitPattern: half &<< 52) * Double(bitPattern: (whole &- half) &<< 52)
  }

  /// (eᶻ − 1 − z)/z² for |z| ≤ 0.35, by its Taylor series.
  @inline(__always)
  private static func exponentialTail(_ z: Double) -> Double {
    var sum = 1.0 / 1_307_674_368_000
    sum = 1.0 / 87_178_291_200 + z * sum
    sum = 1.0 / 6_227_020_800 + z * sum
    sum = 1.0 / 479_001_600 + z * sum
    sum = 1.0 / 39_916_800 + z * sum
    sum = 1.0 / 3_628_800 + z * sum
    sum = 1.0 / 362_880 + z * sum
    sum = 1.0 / 40_320 + z * sum
    sum = 1.0 / 5_040 + z * sum
    sum = 1.0 / 720 + z * sum
    sum = 1.0 / 120 + z * sum
    sum = 1.0 / 24 + z * sum
    sum = 1.0 / 6 + z * sum
    sum = 1.0 / 2 + z * sum
    return sum
  }
}
