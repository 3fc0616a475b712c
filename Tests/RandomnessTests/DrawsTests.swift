// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
import Testing

/// Every test draws under its own fixed key; the bounds hold with a probability of 1 − 10⁻⁶ each.
@Suite struct `Draws from distributions` {
  static let n = 100_000

  static func stream(_ name: String) -> RandomStream {
    RandomKey(seed: "distributions").stream(name).stream(entity: 0)
  }

  /// Checks that each tenth of the distribution gets a tenth of the draws.
  static func checkDeciles(
    _ deciles: [Double], of name: String, draw: (inout RandomStream) -> Double
  ) {
    var generator = stream(name)
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<n {
      let value = draw(&generator)
      counts[deciles.firstIndex { value <= $0 } ?? 9] += 1
    }
    let (statistic, freedom) = StatisticalBounds.fit(
      counts: counts, probabilities: [Double](repeating: 0.1, count: 10))
    let bound = StatisticalBounds.chiSquare(freedom: freedom)
    #expect(statistic <= bound, "\(name): n \(n), chi-square \(statistic), bound \(bound)")
  }

  /// Checks counts against probabilities, and their mean and variance against the exact ones.
  static func checkCounts(
    _ name: String, probabilities: [Double], mean: Double, variance: Double,
    draw: (inout RandomStream) -> Int
  ) {
    var generator = stream(name)
    var counts = [Int](repeating: 0, count: probabilities.count)
    var sum = 0.0
    for _ in 0..<n {
      let value = draw(&generator)
      counts[min(max(value, 0), counts.count - 1)] += 1
      sum += Double(value)
    }
    let (statistic, freedom) = StatisticalBounds.fit(counts: counts, probabilities: probabilities)
    let bound = StatisticalBounds.chiSquare(freedom: freedom)
    #expect(statistic <= bound, "\(name): n \(n), chi-square \(statistic), bound \(bound)")
    let error = StatisticalBounds.z * (variance / Double(n)).squareRoot()
    #expect(
      (sum / Double(n) - mean).magnitude <= error,
      "\(name): n \(n), mean \(sum / Double(n)), expected \(mean), bound \(error)")
  }

  @Test func `uniforms fill the unit interval evenly`() throws {
    var generator = Self.stream("uniform")
    for open in [false, true] {
      let values = (0..<Self.n).map { _ in
        open ? Draws.openUniform(using: &generator) : Draws.uniform(using: &generator)
      }.sorted()
      var gap = 0.0
      for (rank, value) in values.enumerated() {
        gap = max(gap, (Double(rank + 1) / Double(Self.n) - value).magnitude)
        gap = max(gap, (Double(rank) / Double(Self.n) - value).magnitude)
      }
      #expect(gap <= StatisticalBounds.kolmogorovSmirnov(n: Self.n))
    }
  }

  @Test func `both uniforms of a block are even and uncorrelated over entities`() throws {
    let key = RandomKey(seed: "distributions").stream("entities")
    let pairs = (0..<Self.n).map { key.uniforms(entity: UInt64($0), draw: 0) }
    let correlation = try #require(Correlation.pearson(pairs.map(\.0), pairs.map(\.1)))
    #expect(correlation.magnitude <= StatisticalBounds.z / Double(Self.n).squareRoot())
    let lagged = try #require(
      Correlation.pearson(pairs.dropLast().map(\.0), pairs.dropFirst().map(\.0)))
    #expect(lagged.magnitude <= StatisticalBounds.z / Double(Self.n - 1).squareRoot())
  }

  @Test(arguments: [1, 2, 3, 7, 1000])
  func `bounded integers are equally frequent`(bound: Int) {
    Self.checkCounts(
      "integer \(bound)", probabilities: [Double](repeating: 1 / Double(bound), count: bound),
      mean: Double(bound - 1) / 2, variance: Double(bound * bound - 1) / 12
    ) { Draws.integer(below: bound, using: &$0) }
  }

  @Test func `integers below a bound near 2⁶³ show no bias to the lower part`() {
    // A plain remainder of 64 bits by 3 · 2⁶¹ would give the lower two thirds 3/4 of the draws.
    let bound = 3 << 61
    Self.checkCounts(
      "huge", probabilities: [1.0 / 3, 1.0 / 3, 1.0 / 3], mean: 1, variance: 2.0 / 3
    ) { Draws.integer(below: bound, using: &$0) >> 61 }
  }

  @Test(arguments: Deciles.normal)
  func `normals meet their deciles`(mean: Double, deviation: Double, deciles: [Double]) {
    Self.checkDeciles(deciles, of: "normal \(mean) \(deviation)") {
      Draws.normal(mean: mean, standardDeviation: deviation, using: &$0)
    }
  }

  @Test(arguments: Deciles.exponential)
  func `exponentials meet their deciles`(rate: Double, deciles: [Double]) {
    Self.checkDeciles(deciles, of: "exponential \(rate)") {
      Draws.exponential(rate: rate, using: &$0)
    }
  }

  @Test(arguments: Deciles.gamma)
  func `gammas of every shape meet their deciles`(shape: Double, deciles: [Double]) {
    Self.checkDeciles(deciles, of: "gamma \(shape)") {
      Draws.gamma(shape: shape, scale: 3, using: &$0) / 3
    }
  }

  @Test(arguments: Deciles.beta)
  func `betas of every shape meet their deciles`(first: Double, second: Double, deciles: [Double]) {
    Self.checkDeciles(deciles, of: "beta \(first) \(second)") {
      Draws.beta(first, second, using: &$0)
    }
  }

  @Test(arguments: [0.01, 0.8, 4, 9.99, 10, 37.5, 400])
  func `Poisson counts meet their probabilities, mean and variance`(mean: Double) {
    let top = Int(mean + 12 * mean.squareRoot() + 12)
    let probabilities = (0...top).map {
      ElementaryFunctions.exp(
        Double($0) * ElementaryFunctions.log(mean) - mean - ElementaryFunctions.logFactorial($0))
    }
    Self.checkCounts("Poisson \(mean)", probabilities: probabilities, mean: mean, variance: mean) {
      Draws.poisson(mean: mean, using: &$0)
    }
  }

  @Test(arguments: [(1, 0.3), (20, 0.04), (12, 0.5), (40, 0.5), (100, 0.93), (1000, 0.2)])
  func `binomial counts meet their probabilities and mean`(trials: Int, p: Double) {
    let n = Double(trials)
    let probabilities = (0...trials).map { k in
      ElementaryFunctions.exp(
        ElementaryFunctions.logFactorial(trials) - ElementaryFunctions.logFactorial(k)
          - ElementaryFunctions.logFactorial(trials - k)
          + Double(k) * ElementaryFunctions.log(p)
          + Double(trials - k) * ElementaryFunctions.log(1 - p))
    }
    Self.checkCounts(
      "binomial \(trials) \(p)", probabilities: probabilities, mean: n * p,
      variance: n * p * (1 - p)
    ) { Draws.binomial(trials: trials, probability: p, using: &$0) }
  }

  @Test func `huge counts keep their mean and spread`() throws {
    var generator = Self.stream("huge counts")
    let poisson = (0..<20_000).map { _ in Double(Draws.poisson(mean: 1e12, using: &generator)) }
    let binomial = (0..<20_000).map { _ in
      Double(Draws.binomial(trials: 4_000_000_000_000, probability: 0.25, using: &generator))
    }
    for (values, variance) in [(poisson, 1e12), (binomial, 0.75e12)] {
      let moments = try #require(Moments(of: values))
      #expect(
        (moments.mean - 1e12).magnitude <= StatisticalBounds.z * (variance / 2e4).squareRoot())
      let found = try #require(moments.standardDeviation)
      // The standard error of a normal's standard deviation is σ/√(2n).
      #expect((found / variance.squareRoot() - 1).magnitude <= StatisticalBounds.z / 200)
    }
  }

  @Test func `the ends of the parameters are certain outcomes`() {
    var generator = Self.stream("ends")
    #expect(Draws.poisson(mean: 0, using: &generator) == 0)
    #expect(Draws.binomial(trials: 0, probability: 0.4, using: &generator) == 0)
    #expect(Draws.binomial(trials: 9, probability: 0, using: &generator) == 0)
    #expect(Draws.binomial(trials: 9, probability: 1, using: &generator) == 9)
    #expect(!Draws.bernoulli(0, using: &generator))
    #expect(Draws.bernoulli(1, using: &generator))
    #expect(Draws.normal(mean: 4, standardDeviation: 0, using: &generator) == 4)
    for _ in 0..<1000 {
      #expect((0...1).contains(Draws.beta(1e-300, 1e-300, using: &generator)))
      #expect(Draws.gamma(shape: 1e-300, using: &generator) == 0)
    }
  }

  @Test(arguments: [0, .max, 1, 0x8000_0000_0000_0000] as [UInt64])
  func `a hostile generator neither hangs nor gives what is not finite`(value: UInt64) {
    var generator = ConstantGenerator(value: value)
    #expect((0..<1).contains(Draws.uniform(using: &generator)))
    let open = Draws.openUniform(using: &generator)
    #expect(open > 0 && open < 1)
    for bound in [1, 3, 1000, .max] {
      #expect((0..<bound).contains(Draws.integer(below: bound, using: &generator)))
    }
    #expect(Draws.normal(using: &generator).isFinite)
    #expect(Draws.exponential(rate: 2, using: &generator).isFinite)
    for shape in [1e-3, 0.5, 1, 50] {
      let draw = Draws.gamma(shape: shape, using: &generator)
      #expect(draw.isFinite && draw >= 0)
      #expect((0...1).contains(Draws.beta(shape, 2, using: &generator)))
    }
    for mean in [0.5, 9, 10, 1e6] {
      #expect(Draws.poisson(mean: mean, using: &generator) >= 0)
      #expect(
        (0...2_000_000).contains(
          Draws.binomial(trials: 2_000_000, probability: mean / 2e6, using: &generator)))
    }
    #expect(Draws.permutation(of: 10, using: &generator).sorted() == Array(0..<10))
    #expect(Set(Draws.sample(5, of: 9, using: &generator)).count == 5)
  }

  @Test func `a parameter out of range stops the program`() async {
    await #expect(processExitsWith: .failure) {
      var generator = RandomKey(seed: "exit").stream("x").stream(entity: 0)
      _ = Draws.integer(below: 0, using: &generator)
    }
    await #expect(processExitsWith: .failure) {
      var generator = RandomKey(seed: "exit").stream("x").stream(entity: 0)
      _ = Draws.gamma(shape: -1, using: &generator)
    }
  }
}
