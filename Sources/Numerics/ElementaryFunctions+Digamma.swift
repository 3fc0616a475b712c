// SPDX-License-Identifier: Apache-2.0

extension ElementaryFunctions {
  /// The derivative of log Γ at a positive number.
  ///
  /// ## Source
  /// NIST Digital Library of Mathematical Functions, 5.5.2 and 5.11.2.
  public static func digamma(_ x: Double) -> Double {
    guard x > 0 else { return .nan }
    var (x, shift) = (x, 0.0)
    while x < 10 {
      shift -= 1 / x
      x += 1
    }
    let t = 1 / (x * x)
    let tail = alternating(
      [1.0 / 12, 1.0 / 120, 1.0 / 252, 1.0 / 240, 1.0 / 132, 691.0 / 32760], t)
    return shift + log(x) - 0.5 / x - tail
  }

  /// The second derivative of log Γ at a positive number.
  ///
  /// ## Source
  /// NIST Digital Library of Mathematical Functions, 5.15.5 and 5.15.8.
  public static func trigamma(_ x: Double) -> Double {
    guard x > 0 else { return .nan }
    var (x, shift) = (x, 0.0)
    while x < 10 {
      shift += 1 / (x * x)
      x += 1
    }
    let t = 1 / (x * x)
    let tail = alternating([1.0 / 6, 1.0 / 30, 1.0 / 42, 1.0 / 30, 5.0 / 66, 691.0 / 2730], t)
    return shift + 1 / x + t / 2 + tail / x
  }

  /// The sum a t − b t² + c t³ − ….
  private static func alternating(_ terms: [Double], _ t: Double) -> Double {
    terms.reversed().reduce(0) { t * ($1 - $0) }
  }
}
