// SPDX-License-Identifier: Apache-2.0
import Randomness
import Testing

@testable import Learners

@Suite struct `Principal components` {
  /// 200 rows of five numbers around two hidden ones, by Knuth's linear congruential generator from 11.
  private static let rows: [Double] = {
    var state: UInt64 = 11
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33) / 0x1p31
    }
    return (0..<200).flatMap { _ -> [Double] in
      let t = (0..<2).map { _ in uniform() + uniform() + uniform() - 1.5 }
      let e = (0..<5).map { _ in uniform() - 0.5 }
      return [
        2 * t[0] + e[0], t[0] - t[1] + e[1], 3 * t[1] + 0.5 * e[2], e[3] + t[0] + 1,
        0.2 * e[4] - t[1],
      ]
    }
  }()

  /// `PCA(2, svd_solver = "full")` of scikit-learn 1.9.1; the sign of a component is that of its entry of
  /// greatest size.
  @Test func `components, variances, noise and likelihood are those of scikit-learn`() {
    let (means, covariances) = PrincipalComponents.covariances(Self.rows, size: 5)
    let own = PrincipalComponents(covariances, size: 5, count: 2)
    let variances = [3.003436129218697, 1.397760884527748]
    let components = [
      0.08777152468017539, -0.26175922264598417, 0.9103179143611496, 0.06026894546446993,
      -0.3024354771200887,
      0.8189452970858528, 0.4098197590347813, 0.009568768063589009, 0.40151877883887716,
      -0.008214280438352366,
    ]
    let noise = 0.05452464079586114
    let score = -3.4358531326812987
    for (own, wanted) in zip(own.variances, variances) { #expect(abs(own - wanted) < 1e-9) }
    for (own, wanted) in zip(own.components, components) { #expect(abs(own - wanted) < 1e-9) }
    #expect(own.components.count == 10 && own.variances.count == 2)
    #expect(abs(own.noise - noise) < 1e-9)
    var sum = 0.0
    for row in 0..<200 {
      sum += own.logDensity((0..<5).map { Self.rows[row * 5 + $0] - means[$0] })
    }
    #expect(abs(sum / 200 - score) < 1e-9)
  }

  /// The law of maximum likelihood reproduces covariances along the components, and the trace.
  @Test func `loadings and noise add up to the covariances that are kept`() {
    let (_, covariances) = PrincipalComponents.covariances(Self.rows, size: 5)
    let own = PrincipalComponents(covariances, size: 5, count: 2)
    var trace = 0.0
    for entry in 0..<5 {
      trace += (0..<2).reduce(own.noise) { $0 + own.loading(entry, $1) * own.loading(entry, $1) }
    }
    #expect(abs(trace - (0..<5).reduce(0) { $0 + covariances[$1 * 6] }) < 1e-9)
  }

  @Test func `the score chooses as many components as there are hidden numbers`() {
    // 3,000 rows of twelve numbers around three hidden ones, with noise of the same variance.
    let size = 12
    var rows: [Double] = []
    for row in 0..<3000 {
      var draws = RandomKey(seed: "known").stream("components").stream(entity: UInt64(row))
      let t = (0..<3).map { _ in Draws.normal(mean: 0, standardDeviation: 1, using: &draws) }
      for k in 0..<size {
        rows.append(
          t[k % 3] * (k < 6 ? 1 : -0.7)
            + Draws.normal(mean: 0, standardDeviation: 0.5, using: &draws))
      }
    }
    let (_, covariances) = PrincipalComponents.covariances(rows, size: size)
    let own = PrincipalComponents.chosen(
      covariances, size: size, rowCount: 3000, most: 10, rank: size)
    #expect(own.count == 3)
    // The variance of nine directions of 3,000 rows: a standard error of 0.25 √(2 / 27,000).
    #expect(abs(own.noise - 0.25) < 4.892 * 0.25 * (2 / 27_000.0).squareRoot())
  }

  @Test func `components of a large matrix are those of the whole taken apart`() {
    let size = 180
    var matrix = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for j in 0..<size {
        let wave =
          (i % 7 == j % 7 ? 0.3 : 0) + (i % 5 == j % 5 ? 0.2 : 0) - (i / 90 == j / 90 ? 0 : 0.1)
        matrix[i * size + j] = wave + (i == j ? 0.5 + 0.001 * Double(i) : 0)
      }
    }
    let own = PrincipalComponents(matrix, size: size, count: 6)
    let whole = SymmetricEigen(matrix, size: size)
    for place in 0..<6 { #expect(abs(own.variances[place] - whole.values[place]) < 1e-8) }
    for place in 0..<6 {
      // What the matrix makes of a component is the component, longer.
      for row in 0..<size {
        var sum = 0.0
        for k in 0..<size { sum += matrix[row * size + k] * own.components[place * size + k] }
        #expect(
          abs(sum - own.variances[place] * own.components[place * size + row]) < 1e-3, "\(place)")
      }
    }
  }
}
