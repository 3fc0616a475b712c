// SPDX-License-Identifier: Apache-2.0
import Numerics
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct `Elementary functions` {
  /// The distance of two numbers in units of the expected one's last place.
  static func ulps(_ found: Double, from expected: Double) -> Double {
    if found == expected { return 0 }
    return (found - expected).magnitude / expected.ulp
  }

  @Test(arguments: HighPrecision.logarithms)
  func `the logarithm agrees with high precision`(x: Double, value: Double) {
    #expect(Self.ulps(ElementaryFunctions.log(x), from: value) <= 1)
  }

  @Test(arguments: HighPrecision.exponentials)
  func `the exponential agrees with high precision`(x: Double, value: Double) {
    #expect(Self.ulps(ElementaryFunctions.exp(x), from: value) <= 1)
  }

  @Test(arguments: HighPrecision.sinesOfTurns)
  func `the sine of turns agrees with high precision`(u: Double, value: Double) {
    #expect(Self.ulps(ElementaryFunctions.sine(turns: u), from: value) <= 1)
  }

  @Test(arguments: HighPrecision.cosinesOfTurns)
  func `the cosine of turns agrees with high precision`(u: Double, value: Double) {
    #expect(Self.ulps(ElementaryFunctions.cosine(turns: u), from: value) <= 1)
  }

  @Test func `logarithm and exponential stay within 2 ulps of the platform's over their range`() {
    var (logWorst, expWorst) = (0.0, 0.0)
    for step in 0..<200_000 {
      let x = 710 * (Double(step) * 2 / 200_000 - 1) + 0.123
      if x < 709 {
        expWorst = max(expWorst, Self.ulps(ElementaryFunctions.exp(x), from: exp(x)))
        let y = exp(x)
        if y > 0 { logWorst = max(logWorst, Self.ulps(ElementaryFunctions.log(y), from: log(y))) }
      }
      let near = 0.5 + Double(step) * 1.1e-5 + 3e-7
      logWorst = max(logWorst, Self.ulps(ElementaryFunctions.log(near), from: log(near)))
    }
    #expect(logWorst <= 2, "the logarithm is off by \(logWorst) ulps")
    #expect(expWorst <= 2, "the exponential is off by \(expWorst) ulps")
  }

  @Test func `sine and cosine of turns are exact at the quarters and lie on the circle`() {
    for quarter in -8...8 {
      let u = Double(quarter) / 4
      let sines = [0.0, 1, 0, -1]
      #expect(ElementaryFunctions.sine(turns: u) == sines[(quarter + 8) % 4])
      #expect(ElementaryFunctions.cosine(turns: u) == sines[(quarter + 9) % 4])
    }
    for step in 0..<10_000 {
      let u = Double(step) / 9973
      let (s, c) = (ElementaryFunctions.sine(turns: u), ElementaryFunctions.cosine(turns: u))
      #expect((s * s + c * c - 1).magnitude <= 4e-16)
    }
  }

  @Test func `the ends of the domains give limits, never a trap`() {
    #expect(ElementaryFunctions.log(0) == -.infinity)
    #expect(ElementaryFunctions.log(-0.0) == -.infinity)
    #expect(ElementaryFunctions.log(-1).isNaN)
    #expect(ElementaryFunctions.log(.nan).isNaN)
    #expect(ElementaryFunctions.log(.infinity) == .infinity)
    #expect(ElementaryFunctions.log(1) == 0)
    #expect(ElementaryFunctions.exp(0) == 1)
    #expect(ElementaryFunctions.exp(-.infinity) == 0)
    #expect(ElementaryFunctions.exp(.infinity) == .infinity)
    #expect(ElementaryFunctions.exp(1e300) == .infinity)
    #expect(ElementaryFunctions.exp(-1e300) == 0)
    #expect(ElementaryFunctions.exp(.nan).isNaN)
    #expect(ElementaryFunctions.exp(-745.13) == Double(bitPattern: 0x1))
    #expect(ElementaryFunctions.sine(turns: .infinity).isNaN)
    #expect(ElementaryFunctions.cosine(turns: .nan).isNaN)
    #expect(ElementaryFunctions.sqrt(2) == 1.4142135623730951)
  }
}

@Suite struct `Log gamma` {
  @Test(arguments: HighPrecision.logGammas)
  func `it agrees with high precision`(x: Double, value: Double) {
    let found = ElementaryFunctions.logGamma(x)
    #expect((found - value).magnitude <= 2e-15 * max(1, value.magnitude), "\(found)")
    if (0.6...2.4).contains(x) {
      #expect((found - value).magnitude <= 2e-15 * value.magnitude, "\(found)")
    }
  }

  @Test func `its ends are limits and its zeros exact`() {
    #expect(ElementaryFunctions.logGamma(0) == .infinity)
    #expect(ElementaryFunctions.logGamma(-1.5).isNaN)
    #expect(ElementaryFunctions.logGamma(.infinity) == .infinity)
    #expect(ElementaryFunctions.logGamma(1) == 0)
    #expect(ElementaryFunctions.logGamma(2) == 0)
  }

  @Test func `the log of a factorial is the sum of logs`() {
    var sum = CompensatedSum()
    for n in 0...2000 {
      if n > 1 { sum.add(log(Double(n))) }
      let found = ElementaryFunctions.logFactorial(n)
      #expect((found - sum.value).magnitude <= 4e-15 * max(1, sum.value))
    }
  }
}

@Suite struct `The normal quantile` {
  @Test(arguments: HighPrecision.normalQuantiles)
  func `it agrees with high precision`(p: Double, value: Double) {
    let found = NormalDistribution.quantile(p)
    #expect((found - value).magnitude <= 2e-15 * value.magnitude, "\(found)")
  }

  @Test func `it is odd, infinite at the ends and NaN outside`() {
    for step in 1..<512 {
      let p = Double(step) / 1024
      #expect(NormalDistribution.quantile(p) == -NormalDistribution.quantile(1 - p))
    }
    #expect(NormalDistribution.quantile(0.5) == 0)
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
    #expect(NormalDistribution.quantile(-0.1).isNaN)
    #expect(NormalDistribution.quantile(1.1).isNaN)
    #expect(NormalDistribution.quantile(.nan).isNaN)
  }

  static let even: [Double] = (0..<2001).map { (Double($0) - 1000) * 0.7 }
  static let halves: [Double] = (0..<999).map { (Double($0) * 0.5 - 345) / 0x1.71547652b82fep0 }
  static let shares: [Double] = (1..<998).map { Double($0) / 1000 }
  static let edges: [Double] = [
    0, -0.0, 1, .infinity, -.infinity, .nan, 709.79, 709.8, -745.1, -745.2, -708.5,
  ]
  static let least: [Double] = [
    0x1p-1074, 0x1p-1022, 0x1.fffffp-1023, 1e300, 0x1.6a09e667f3bcdp0, 0x1.6a09e667f3bcep0,
  ]

  @Test(arguments: [even, halves, shares, edges, least, []])
  func `many numbers at once give what each gives`(values: [Double]) {
    func same(
      _ each: (UnsafeMutableBufferPointer<Double>) -> Void, _ one: (Double) -> Double
    ) -> Bool {
      var made = values
      made.withUnsafeMutableBufferPointer { each($0) }
      return zip(made, values.map(one)).allSatisfy {
        $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN)
      }
    }
    #expect(same(ElementaryFunctions.exp(each:), ElementaryFunctions.exp))
    #expect(same(ElementaryFunctions.log(each:), ElementaryFunctions.log))
    #expect(
      same(
        { made in
          values.withUnsafeBufferPointer { NormalDistribution.quantiles(at: $0, into: made) }
        }, NormalDistribution.quantile))
  }

  /// The exponent is rounded without the platform's function for it: halves go away from 0 all the same.
  @Test func `the exponential splits its argument as rounding says`() {
    var halves = 0
    for whole in -1000...1000 {
      for step in -2...2 {
        let x = (Double(whole) + 0.5) / 0x1.71547652b82fep0 * (1 + Double(step) * 0x1p-53)
        let turns = x * 0x1.71547652b82fep0
        guard turns - turns.rounded(.down) == 0.5, x > -700, x < 700 else { continue }
        halves += 1
        let k = turns.rounded()
        let rest = (x - k * 0x1.62e42feep-1) - k * 0x1.a39ef35793c76p-33
        // What is left of x is on the side that rounding away from 0 leaves.
        #expect((rest < 0) == (x > 0))
        #expect(`Elementary functions`.ulps(ElementaryFunctions.exp(x), from: exp(x)) <= 2)
      }
    }
    #expect(halves > 100)
  }
}
