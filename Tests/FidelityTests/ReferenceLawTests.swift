// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics
import Randomness
import Testing

/// What fresh rows score by the formulae of the reference, against draws.
struct ReferenceLawTests {
  private func stream(_ name: String) -> RandomStream {
    RandomKey(seed: "laws").stream(name).stream(entity: 0)
  }

  @Test func `samples of 400 and 900 of one population lie 0.0511 apart on average`() throws {
    // √(π/2) ln 2 √((n₁ + n₂)/(n₁n₂)) = 0.0522 in the limit; 0.0511 at these numbers, by the reference's
    // simulation. Of 600 pairs the mean errs by 0.2603 √(1300/360000)/√600 = 0.00064.
    var stream = stream("uniform")
    var sum = 0.0
    for _ in 0..<600 {
      let samples = [400, 900].map { count in
        (0..<count).map { _ in Draws.uniform(using: &stream) }.sorted()
      }
      sum += try #require(
        EmpiricalDistance.kolmogorovSmirnov(sorted: samples[0], sorted: samples[1]))
    }
    let mean = sum / 600
    let limit = 0.8687 * (1300.0 / 360_000).squareRoot()
    #expect(abs(limit - 0.0522) < 5e-5)
    #expect(abs(mean - 0.0511) < 4.9 * 0.00064 + 5e-5, "\(mean)")
    #expect(mean < limit)
  }

  @Test func `shares of fresh rows lie as far apart as the formula says`() {
    // ½ Σ √((2/π) p(1 − p)(1/n₁ + 1/n₂)), a mean of absolute normals; its standard error over 400 pairs is
    // below that of one cell, √(1 − 2/π) of the largest term.
    let shares = [0.4, 0.3, 0.15, 0.1, 0.05]
    let (n1, n2) = (400, 900)
    let scale = 1 / Double(n1) + 1 / Double(n2)
    let terms = shares.map { (2 / .pi * $0 * (1 - $0) * scale).squareRoot() }
    let expected = terms.reduce(0, +) / 2
    var stream = stream("shares")
    var sum = 0.0
    for _ in 0..<400 {
      let counts = [n1, n2].map { count in
        var counts = [Double](repeating: 0, count: shares.count)
        for _ in 0..<count {
          var (u, level) = (Draws.uniform(using: &stream), 0)
          while level < shares.count - 1, u >= shares[level] {
            (u, level) = (u - shares[level], level + 1)
          }
          counts[level] += 1 / Double(count)
        }
        return counts
      }
      sum += zip(counts[0], counts[1]).reduce(0) { $0 + ($1.0 - $1.1).magnitude } / 2
    }
    let bound = 4.9 * terms.reduce(0, +) / 2 * 0.7555 / 400.0.squareRoot()
    #expect(abs(sum / 400 - expected) < bound, "\(sum / 400) for \(expected)")
  }

  @Test func `areas of samples alike spread as the formula says`() throws {
    // √((n₁ + n₂ + 1)/(12 n₁ n₂)); a standard deviation of 500 normals errs by a share of 1/√1000.
    var stream = stream("areas")
    var areas: [Double] = []
    var expected = 0.0
    for _ in 0..<500 {
      let area = try #require(
        AreaUnderCurve(
          first: (0..<60).map { _ in Draws.uniform(using: &stream) },
          second: (0..<90).map { _ in Draws.uniform(using: &stream) }))
      areas.append(area.value)
      expected = area.nullError
    }
    #expect(abs(expected - (151.0 / (12 * 60 * 90)).squareRoot()) < 1e-15)
    let squares = areas.reduce(0) { $0 + ($1 - 0.5) * ($1 - 0.5) }
    let spread = (squares / 500).squareRoot()
    #expect(abs(spread / expected - 1) < 4.9 / 1000.0.squareRoot(), "\(spread) for \(expected)")
  }
}
