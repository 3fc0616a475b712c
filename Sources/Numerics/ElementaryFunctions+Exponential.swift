// SPDX-License-Identifier: Apache-2.0

extension ElementaryFunctions {
  /// The exponential; 0 below about −745.1 and ∞ above about 709.8.
  ///
  /// With x = k ln 2 + r, |r| ≤ ½ ln 2, it is 2ᵏ eʳ, and eʳ comes from its Taylor series.
  public static func exp(_ x: Double) -> Double {
    guard x < 709.8 else { return x.isNaN ? x : .infinity }
    guard x > -745.2 else { return 0 }
    let k = (x * 0x1.71547652b82fep0).rounded()
    let high = x - k * ln2High
    let low = k * ln2Low
    let r = high - low
    let error = (high - r) - low
    let power = 1 + (r + (r * r * exponentialTail(r) + (error + error * r)))
    // Two steps, since 2ᵏ itself may be out of range where the result is not.
    let half = Int(k) / 2
    return power * powerOfTwo(half) * powerOfTwo(Int(k) - half)
  }

  /// (eᶻ − 1 − z)/z² for |z| ≤ 0.35, by its Taylor series.
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

  /// The power 2ᵏ, for k from −1022 to 1023.
  private static func powerOfTwo(_ k: Int) -> Double {
    Double(bitPattern: UInt64(k &+ 1023) &<< 52)
  }
}
