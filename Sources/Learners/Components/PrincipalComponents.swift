// SPDX-License-Identifier: Apache-2.0
import Numerics

/// The leading principal components of covariances, and as noise what they leave, the same in all directions.
///
/// A row is a mean, a sum of components by independent normal scores, and noise of one variance:
///
///     x = μ + W t + ε        W = U (Λ − σ² I)^½        σ² = the mean of the eigenvalues left out
///
/// which is the estimate of maximum likelihood for a given number of components.
///
/// ## Source
/// Tipping and Bishop, "Probabilistic principal component analysis", JRSS B 61 (1999) 611–622, equations 7
/// and 8; Golub and Van Loan, "Matrix Computations" (4th ed., 2013), 8.2.4, for subspaces of large matrices.
public struct PrincipalComponents: Hashable, Sendable {
  /// A matrix of more rows is not taken apart whole.
  static let greatestWhole = 160
  /// The variances along the components, falling.
  public let variances: [Double]
  /// The components, one after another, each of length one.
  public let components: [Double]
  /// The variance of the noise, in every direction that is left.
  public let noise: Double
  /// The entries of a row.
  public let size: Int

  /// The number of components.
  public var count: Int { variances.count }

  /// Takes covariances apart.
  ///
  /// - Parameters:
  ///   - covariances: Row by row, `size` squared.
  ///   - count: The most components; fewer where there are not so many of positive variance.
  ///   - rank: The directions that there are, where some are known to have no variance.
  public init(_ covariances: [Double], size: Int, count: Int, rank: Int? = nil) {
    let spectrum = Self.spectrum(covariances, size: size, count: min(count, size))
    self.init(
      spectrum.values, spectrum.vectors, size: size, count: count, rank: rank,
      total: (0..<size).reduce(0) { $0 + covariances[$1 * size + $1] })
  }

  private init(
    _ values: [Double], _ vectors: [Double], size: Int, count: Int, rank: Int?, total: Double
  ) {
    self.size = size
    let kept = min(count, values.firstIndex { $0 <= 0 } ?? values.count, values.count)
    variances = Array(values[..<kept])
    components = Array(vectors[..<(kept * size)])
    let left = max(rank ?? size, kept) - kept
    let rest = total - variances.reduce(0, +)
    noise = left > 0 ? max(rest, 0) / Double(left) : 0
  }

  /// The covariances of rows, with the count less one below.
  public static func covariances(_ rows: [Double], size: Int) -> (
    means: [Double], covariances: [Double]
  ) {
    let count = rows.count / max(size, 1)
    var means = [Double](repeating: 0, count: size)
    for row in 0..<count { for k in 0..<size { means[k] += rows[row * size + k] } }
    for k in 0..<size { means[k] /= Double(count) }
    var sums = [Double](repeating: 0, count: size * size)
    for row in 0..<count {
      for i in 0..<size {
        let x = rows[row * size + i] - means[i]
        for j in 0...i { sums[i * size + j] += x * (rows[row * size + j] - means[j]) }
      }
    }
    for i in 0..<size {
      for j in 0...i {
        sums[i * size + j] /= Double(count - 1)
        sums[j * size + i] = sums[i * size + j]
      }
    }
    return (means, sums)
  }

  /// The number of components with the best score (BIC), of rows of these covariances.
  ///
  /// - Parameters:
  ///   - rowCount: The rows behind the covariances.
  ///   - most: The most components that are considered.
  ///   - rank: The directions that there are.
  /// - Returns: The components.
  public static func chosen(
    _ covariances: [Double], size: Int, rowCount: Int, most: Int, rank: Int
  ) -> PrincipalComponents {
    let spectrum = spectrum(covariances, size: size, count: min(most, size))
    let total = (0..<size).reduce(0) { $0 + covariances[$1 * size + $1] }
    let (n, d) = (Double(rowCount), Double(rank))
    var best: (score: Double, found: PrincipalComponents)?
    for count in 0...max(0, min(most, rank - 1, spectrum.values.count)) {
      let found = PrincipalComponents(
        spectrum.values, spectrum.vectors, size: size, count: count, rank: rank, total: total)
      guard found.count == count, found.noise > 0 else { break }
      let logarithm =
        found.variances.reduce(0) { $0 + ElementaryFunctions.log($1) }
        + (d - Double(count)) * ElementaryFunctions.log(found.noise)
      let k = Double(count)
      // Directions, variances and the noise; means are the same for all.
      let parameters = d * k - k * (k - 1) / 2 + 1
      let score = -0.5 * n * logarithm - 0.5 * ElementaryFunctions.log(n) * parameters
      if score > best?.score ?? -.infinity { best = (score, found) }
    }
    return best?.found
      ?? PrincipalComponents(
        spectrum.values, spectrum.vectors, size: size, count: 0, rank: rank, total: total)
  }

  /// The loading of an entry on a component: an entry of W.
  public func loading(_ entry: Int, _ component: Int) -> Double {
    components[component * size + entry] * max(variances[component] - noise, 0).squareRoot()
  }

  /// The logarithm of the density of a row, less the means.
  public func logDensity(_ row: [Double]) -> Double {
    precondition(row.count == size && noise > 0, "a row of as many entries, with noise")
    var square = 0.0
    for x in row { square += x * x / noise }
    var logarithm = Double(size - count) * ElementaryFunctions.log(noise)
    for component in 0..<count {
      var score = 0.0
      for k in 0..<size { score += row[k] * components[component * size + k] }
      square -= score * score * (1 / noise - 1 / variances[component])
      logarithm += ElementaryFunctions.log(variances[component])
    }
    return -0.918_938_533_204_672_7 * Double(size) - 0.5 * (logarithm + square)
  }

  // MARK: Spectrum

  /// The greatest eigenvalues and their vectors; in large matrices by turning a subspace towards them.
  private static func spectrum(
    _ matrix: [Double], size: Int, count: Int
  ) -> (values: [Double], vectors: [Double]) {
    guard size > greatestWhole, 3 * count < size else {
      let whole = SymmetricEigen(matrix, size: size)
      return (Array(whole.values[..<count]), Array(whole.vectors[..<(count * size)]))
    }
    // Eight further vectors make the last ones turn quickly.
    let wide = min(count + 8, size)
    var basis = [Double](repeating: 0, count: wide * size)
    // A start without a pattern, and the same each time: a linear congruential generator.
    var state: UInt64 = 1
    for place in basis.indices {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      basis[place] = Double(state >> 11) * 0x1p-52 - 1
    }
    orthonormalize(&basis, size)
    // Eigenvalues below 0, as pairwise covariances have them, must not pass for great ones.
    var shift = 0.0
    for row in 0..<size {
      var others = 0.0
      for k in 0..<size where k != row { others += matrix[row * size + k].magnitude }
      shift = max(shift, others - matrix[row * size + row])
    }
    shift = min(max(shift, 0), (0..<size).reduce(0) { $0 + matrix[$1 * size + $1] } / Double(size))
    var values = [Double](repeating: 0, count: wide)
    for _ in 0..<200 {
      var next = product(matrix, basis, size, shift: shift)
      // The matrix within the subspace, taken apart, turns the basis to its vectors.
      var inner = [Double](repeating: 0, count: wide * wide)
      for i in 0..<wide {
        for j in 0...i {
          var sum = 0.0
          for k in 0..<size { sum += basis[i * size + k] * next[j * size + k] }
          inner[i * wide + j] = sum
        }
      }
      let turned = SymmetricEigen(inner, size: wide)
      var change = 0.0
      for place in 0..<count {
        let value = turned.values[place] - shift
        change = max(change, (value - values[place]).magnitude)
      }
      for place in 0..<wide { values[place] = turned.values[place] - shift }
      next = combined(next, turned.vectors, size, wide)
      basis = next
      orthonormalize(&basis, size)
      if change < 1e-10 * max(values[0], 1e-300) { break }
    }
    return (Array(values[..<count]), Array(basis[..<(count * size)]))
  }

  private static func product(
    _ matrix: [Double], _ basis: [Double], _ size: Int, shift: Double
  ) -> [Double] {
    var result = [Double](repeating: 0, count: basis.count)
    for vector in 0..<basis.count / size {
      for row in 0..<size {
        var sum = shift * basis[vector * size + row]
        for k in 0..<size { sum += matrix[row * size + k] * basis[vector * size + k] }
        result[vector * size + row] = sum
      }
    }
    return result
  }

  private static func combined(
    _ basis: [Double], _ weights: [Double], _ size: Int, _ wide: Int
  ) -> [Double] {
    var result = [Double](repeating: 0, count: basis.count)
    for new in 0..<wide {
      for old in 0..<wide {
        let weight = weights[new * wide + old]
        for k in 0..<size { result[new * size + k] += weight * basis[old * size + k] }
      }
    }
    return result
  }

  /// Gram and Schmidt, twice, with the largest entry of each vector positive.
  private static func orthonormalize(_ basis: inout [Double], _ size: Int) {
    for vector in 0..<basis.count / size {
      for _ in 0..<2 {
        for before in 0..<vector {
          var sum = 0.0
          for k in 0..<size { sum += basis[vector * size + k] * basis[before * size + k] }
          for k in 0..<size { basis[vector * size + k] -= sum * basis[before * size + k] }
        }
      }
      var length = 0.0
      var greatest = 0.0
      for k in 0..<size {
        let x = basis[vector * size + k]
        length += x * x
        if x.magnitude > greatest.magnitude { greatest = x }
      }
      let scale = length > 0 ? (greatest < 0 ? -1 : 1) / length.squareRoot() : 0
      for k in 0..<size { basis[vector * size + k] *= scale }
    }
  }
}
