// SPDX-License-Identifier: Apache-2.0

/// The standard normal distribution.
public enum NormalDistribution {
  /// The value below which a standard normal lies with probability p; −∞ at 0, ∞ at 1, else NaN.
  ///
  /// Also known as the probit or the inverse normal distribution function. The relative error is
  /// about 10⁻¹⁵. Odd about ½ wherever 1 − p is exact.
  ///
  /// ## Source
  /// Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied
  /// Statistics 37 (1988) 477–484, routine PPND16.
  public static func quantile(_ p: Double) -> Double {
    let q = p - 0.5
    if q.magnitude <= 0.425 { return q * central(0.180625 - q * q) }
    let tail = q < 0 ? p : 1 - p
    guard tail > 0 else { return tail == 0 ? (q < 0 ? -.infinity : .infinity) : .nan }
    let r = ElementaryFunctions.sqrt(-ElementaryFunctions.log(tail))
    let value = r <= 5 ? middle(r - 1.6) : far(r - 5)
    return q < 0 ? -value : value
  }

  /// The values of ``quantile(_:)`` at many probabilities.
  ///
  /// - Precondition: there is room for as many values.
  public static func quantiles(
    at probabilities: UnsafeBufferPointer<Double>, into room: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(room.count >= probabilities.count, "each quantile has room")
    // All by the central formula, without a branch, and then the tails anew.
    for index in probabilities.indices {
      let q = probabilities[index] - 0.5
      room[index] = q * central(0.180625 - q * q)
    }
    for index in probabilities.indices {
      let p = probabilities[index]
      if !((p - 0.5).magnitude <= 0.425) { room[index] = quantile(p) }
    }
  }

  @inline(__always)
  private static func central(_ r: Double) -> Double {
    ratio(
      r,
      (
        3.387132872796366608, 133.14166789178437745, 1971.5909503065514427,
        13731.693765509461125, 45921.953931549871457, 67265.770927008700853,
        33430.575583588128105, 2509.0809287301226727,
      ),
      (
        1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077,
        21213.794301586595867, 39307.89580009271061, 28729.085735721942674,
        5226.495278852545925,
      ))
  }

  private static func middle(_ r: Double) -> Double {
    ratio(
      r,
      (
        1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055,
        3.64784832476320460504, 1.27045825245236838258, 0.24178072517745061177,
        0.0227238449892691845833, 7.7454501427834140764e-4,
      ),
      (
        1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455,
        0.14810397642748007459, 0.0151986665636164571966, 5.475938084995344946e-4,
        1.05075007164441684324e-9,
      ))
  }

  private static func far(_ r: Double) -> Double {
    ratio(
      r,
      (
        6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358,
        0.29656057182850489123, 0.026532189526576123093, 0.0012426609473880784386,
        2.71155556874348757815e-5, 2.01033439929228813265e-7,
      ),
      (
        1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525,
        7.868691311456132591e-4, 1.8463183175100546818e-5, 1.4215117583164458887e-7,
        2.04426310338993978564e-15,
      ))
  }

  /// The ratio of two polynomials of degree 7, coefficients from the constant up.
  @inline(__always)
  private static func ratio(_ x: Double, _ above: Coefficients, _ below: Coefficients) -> Double {
    polynomial(x, above) / polynomial(x, below)
  }

  private typealias Coefficients = (
    Double, Double, Double, Double, Double, Double, Double, Double
  )

  @inline(__always)
  private static func polynomial(_ x: Double, _ c: Coefficients) -> Double {
    c.0 + x * (c.1 + x * (c.2 + x * (c.3 + x * (c.4 + x * (c.5 + x * (c.6 + x * c.7))))))
  }
}
