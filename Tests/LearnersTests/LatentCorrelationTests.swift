// SPDX-License-Identifier: Apache-2.0
import Randomness
import Testing

@testable import Learners

@Suite struct `Correlations of normals behind bins` {
  /// The correlation at which mvtnorm 1.1-3 (R 4.2.2, TVPACK to 1e-14) gives the first cell; polycor 0.8-1's
  /// `polychor` gives 0.607092, 0.727984 and -0.847219, as far as its search goes.
  @Test(arguments: [
    ([40.0, 10, 20, 30], 0.607072812945735), ([500, 20, 300, 180], 0.727981764602776),
    ([12, 88, 75, 25], -0.847201751549754),
  ])
  func `that of two bins each is the tetrachoric correlation`(table: [Double], expected: Double) {
    let total = table.reduce(0, +)
    let first = HermiteScores(weights: [table[0] + table[1], table[2] + table[3]])
    let second = HermiteScores(weights: [table[0] + table[2], table[1] + table[3]])
    var product = 0.0
    for row in 0..<2 {
      for column in 0..<2 {
        product += table[2 * row + column] / total * first.scores[row] * second.scores[column]
      }
    }
    #expect(abs(first.correlation(with: second, meanProduct: product) - expected) < 1e-8)
  }

  @Test func `scores are means of the normal between thresholds`() {
    // Φ⁻¹(½) = 0, and the mean of the upper half of a normal is √(2/π).
    let halves = HermiteScores(weights: [5, 5])
    #expect(abs(halves.thresholds[0]) < 1e-15)
    #expect(abs(halves.scores[1] - 0.797_884_560_802_865_4) < 1e-14)
    #expect(abs(halves.scores[0] + halves.scores[1]) < 1e-14)
    #expect(HermiteScores(weights: [3, 0, 4]).scores[1] == 0)
  }

  /// 100,000 pairs of normals of correlation 0.6, cut into 7 and 4 bins: the standard error of a
  /// correlation is below (1 − ρ²)/√n · 1.5 with so few bins.
  @Test func `the correlation behind drawn bins is found again`() {
    let count = 100_000
    let stream = RandomKey(seed: "known").stream("latent")
    var pairs = [[Double]](repeating: [Double](repeating: 0, count: 4), count: 7)
    func bin(_ z: Double, _ cuts: [Double]) -> Int { cuts.count { z >= $0 } }
    for row in 0..<count {
      var draws = stream.stream(entity: UInt64(row))
      let x = Draws.normal(using: &draws)
      let y = 0.6 * x + 0.8 * Draws.normal(using: &draws)
      pairs[bin(x, [-2, -1, -0.3, 0.4, 1, 2])][bin(y, [-1, 0.2, 1.4])] += 1
    }
    let first = HermiteScores(weights: pairs.map { $0.reduce(0, +) })
    let second = HermiteScores(weights: (0..<4).map { j in pairs.reduce(0) { $0 + $1[j] } })
    var product = 0.0
    for i in 0..<7 {
      for j in 0..<4 {
        product += pairs[i][j] / Double(count) * first.scores[i] * second.scores[j]
      }
    }
    let found = first.correlation(with: second, meanProduct: product)
    #expect(abs(found - 0.6) < 4.892 * 1.5 * 0.64 / Double(count).squareRoot(), "\(found)")
  }

  // MARK: Matrices

  private static let matrix: [Double] = [
    1, 0.9, 0.7, 0.1, 0.9, 1, 0.2, -0.5, 0.7, 0.2, 1, 0.8, 0.1, -0.5, 0.8, 1,
  ]

  /// `eigen` of R 4.2.2.
  @Test func `eigenvalues and eigenvectors are those of R`() {
    let eigen = SymmetricEigen(Self.matrix, size: 4)
    let values = [
      2.2804251885568410, 1.8093592632916280, -0.0144834127328495, -0.0753010391156157,
    ]
    for (own, wanted) in zip(eigen.values, values) { #expect(abs(own - wanted) < 1e-12) }
    let first = [0.647724870619256, 0.455144292193606, 0.567160193432999, 0.227212412182726]
    for (own, wanted) in zip(eigen.vectors, first) { #expect(abs(own - wanted) < 1e-12) }
    for i in 0..<4 {
      for j in 0..<4 {
        let product = (0..<4).reduce(0.0) {
          $0 + eigen.vectors[4 * i + $1] * eigen.vectors[4 * j + $1]
        }
        #expect(abs(product - (i == j ? 1 : 0)) < 1e-13)
      }
    }
  }

  /// `nearPD(corr = TRUE, do2eigen = FALSE)` of Matrix 1.5-3, which is Higham's algorithm; the second matrix
  /// is Higham's own, on which he gives 0.8084, 0.1916, 0.1068 and 0.6562.
  @Test func `the nearest correlation matrix is that of Higham and of R`() {
    let none = [Bool](repeating: false, count: 16)
    let near = NearestCorrelation.semidefinite(Self.matrix, size: 4, isZero: none, tolerance: 1e-12)
    let expected = [
      0.8464092382759767, 0.6877489385423824, 0.195525455642543, 0.0802911608551158,
      -0.4628545168075648, 0.7788250204791802,
    ]
    for (place, wanted) in zip([4, 8, 9, 12, 13, 14], expected) {
      #expect(abs(near[place] - wanted) < 1e-8, "\(place)")
    }
    let higham: [Double] = [2, -1, 0, 0, -1, 2, -1, 0, 0, -1, 2, -1, 0, 0, -1, 2]
    let his = NearestCorrelation.semidefinite(higham, size: 4, isZero: none, tolerance: 1e-12)
    for (place, wanted) in zip(
      [4, 8, 9, 12],
      [-0.808412498149303, 0.191587501850697, -0.656232694806629, 0.106775049025514])
    {
      #expect(abs(his[place] - wanted) < 1e-8)
    }
  }

  @Test func `zeros that must stay do, and the result has a factor`() {
    var matrix = Self.matrix
    var isZero = [Bool](repeating: false, count: 16)
    for place in [3, 12] {
      matrix[place] = 0
      isZero[place] = true
    }
    let found = NearestCorrelation.positive(matrix, size: 4, isZero: isZero)
    #expect(found[3] == 0 && found[12] == 0 && found[0] == 1 && found != matrix)
    #expect(CholeskyFactor(found, size: 4, tolerance: 1e-9).rank == 4)
    let sound: [Double] = [1, 0.3, 0.3, 1]
    #expect(
      NearestCorrelation.positive(sound, size: 2, isZero: [false, false, false, false]) == sound)
  }
}
