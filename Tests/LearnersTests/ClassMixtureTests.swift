// SPDX-License-Identifier: Apache-2.0
import Randomness
import Testing

@testable import Learners

@Suite struct `Mixtures and groups of rows` {
  /// 300 rows of two numbers around three places, by Knuth's linear congruential generator from 11.
  private static let rows: [Double] = {
    var state: UInt64 = 11
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33) / 0x1p31
    }
    return (0..<300).flatMap { _ -> [Double] in
      let u = (0..<8).map { _ in uniform() }
      let k = Int(u[0] * 3)
      let a = u[1] + u[2] + u[3] - 1.5
      let b = u[4] + u[5] + u[6] + u[7] - 2
      return [[0, 3, -2][k] + [1, 0.5, 1.5][k] * a, [0, 1, 2][k] + b + [0.5, -1, 0][k] * a]
    }
  }()

  /// `KMeans(3, init = the first three rows, n_init = 1, tol = 0)` of scikit-learn 1.9.1.
  @Test func `groups and centres are those of scikit-learn from the same start`() {
    let groups = KMeans(Self.rows, columnCount: 2, centres: Array(Self.rows[0..<6]))
    let expected = [
      -2.0381621821480778, 2.0340397370653243, -0.02736042867476063, -0.03896199234832798,
      2.9903330063861784, 1.0131028995533053,
    ]
    for (own, wanted) in zip(groups.centres, expected) { #expect(abs(own - wanted) < 1e-10) }
    #expect(abs(groups.inertia - 222.62444450329343) < 1e-9)
    #expect((0..<3).map { group in groups.groups.count { $0 == group } } == [100, 91, 109])
  }

  /// `GaussianMixture` of scikit-learn 1.9.1: `_initialize` with these groups, then 25 rounds.
  @Test func `a mixture of normals is that of scikit-learn from the same start`() {
    let start = KMeans(Self.rows, columnCount: 2, centres: Array(Self.rows[0..<6])).groups
    let result = MixtureFitting(maximumRoundCount: 25, tolerance: 0, threads: 2).fit(
      MixtureData(rowCount: 300, numbers: Self.rows), groups: start, classCount: 3)
    let expected = [
      0.3396444513073846, 0.2970223587905949, 0.3633331899020205, -2.011463752988713,
      2.0104744260430727, -0.01516344605138203, -0.05606121371797688, 2.9903332542270187,
      1.0131025434642893, 0.612645205197976, -0.05445673020975257, -0.05445673020975257,
      0.4053355520481076, 0.21721083933345806, 0.1378510199498565, 0.1378510199498565,
      0.43313362390786414, 0.0672964883006678, -0.12015487290018577, -0.12015487290018577,
      0.5371552228680923,
    ]
    let mixture = result.mixture
    let own = mixture.weights + mixture.means + mixture.covariances
    #expect(own.count == expected.count && result.roundCount == 25)
    for (own, wanted) in zip(own, expected) { #expect(abs(own - wanted) < 1e-8, "\(wanted)") }
    #expect(abs(result.logLikelihood - -780.1067359026634) < 1e-7)
    #expect(mixture.parameterCount() == 2 + 3 * 5)
  }

  /// With one class and a pattern of missing numbers, rounds lead to the estimate of maximum likelihood,
  /// which factors for monotone patterns (Anderson 1957): the second number's mean is that of its
  /// regression on the first, at the mean of all rows' first.
  @Test func `numbers that are missing are foretold as maximum likelihood says`() {
    let count = 300
    let isMissing = (0..<2 * count).map { place in
      place % 2 == 1 && Self.rows[place - 1] > 0.5
    }
    let data = MixtureData(rowCount: count, numbers: Self.rows, isMissing: isMissing)
    let result = MixtureFitting(regularization: 0, maximumRoundCount: 2000, tolerance: 1e-14).fit(
      data, groups: [Int](repeating: 0, count: count), classCount: 1)
    func mean(_ list: [Double]) -> Double { list.reduce(0, +) / Double(list.count) }
    let x = (0..<count).map { Self.rows[2 * $0] }
    let seen = (0..<count).filter { !isMissing[2 * $0 + 1] }
    let (sx, sy) = (seen.map { x[$0] }, seen.map { Self.rows[2 * $0 + 1] })
    let (mx, my) = (mean(sx), mean(sy))
    let slope =
      zip(sx, sy).reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) }
      / sx.reduce(0) { $0 + ($1 - mx) * ($1 - mx) }
    #expect(seen.count > 100 && seen.count < 250)
    #expect(abs(result.mixture.means[0] - mean(x)) < 1e-9)
    #expect(abs(result.mixture.means[1] - (my + slope * (mean(x) - mx))) < 1e-5)
  }

  /// Three yes-or-no columns of two classes of rows, 20,000 rows: by the information matrix the standard
  /// errors are 0.0062 of the classes' share and at most 0.0075 of the others.
  @Test func `classes of rows are found by columns of classes alone`() {
    let count = 20_000
    let truth = [[0.9, 0.8, 0.85], [0.1, 0.3, 0.2]]
    var codes = [[UInt8]](repeating: [], count: 3)
    for row in 0..<count {
      var draws = RandomKey(seed: "known").stream("latent classes").stream(entity: UInt64(row))
      let own = truth[Draws.uniform(using: &draws) < 0.6 ? 0 : 1]
      for column in 0..<3 {
        codes[column].append(Draws.uniform(using: &draws) < own[column] ? 1 : 0)
      }
    }
    let data = MixtureData(rowCount: count, numbers: [], codes: codes, classCounts: [2, 2, 2])
    let result = MixtureFitting(maximumRoundCount: 1000, tolerance: 1e-10, threads: 2).fit(
      data, groups: codes[0].map { Int($0) == 1 ? 0 : 1 }, classCount: 2)
    #expect(abs(result.mixture.weights[0] - 0.6) < 4.892 * 0.0062)
    for column in 0..<3 {
      for group in 0..<2 {
        #expect(
          abs(result.mixture.shares[column][group * 2 + 1] - truth[group][column]) < 4.892 * 0.0075)
      }
    }
  }

  @Test func `a class of too few rows is dropped`() {
    var groups = [Int](repeating: 0, count: 300)
    for row in 0..<8 { groups[row] = 1 }
    let result = MixtureFitting(maximumRoundCount: 5, minimumCount: 20).fit(
      MixtureData(rowCount: 300, numbers: Self.rows), groups: groups, classCount: 2)
    #expect(result.mixture.classCount == 1 && abs(result.counts[0] - 300) < 1e-9)
  }
}
