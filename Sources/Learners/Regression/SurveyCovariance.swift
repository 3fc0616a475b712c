// SPDX-License-Identifier: Apache-2.0
import Numerics

/// How a sample was drawn: in which strata, and in which units of the first stage, all rows of which come
/// together.
public struct SamplingUnits: Hashable, Sendable {
  /// The unit of each row, from 0.
  public private(set) var ofRow: [Int]
  /// The stratum of each unit, from 0.
  public private(set) var strata: [Int]

  /// Finds the units.
  ///
  /// - Parameters:
  ///   - strata: The stratum of each row.
  ///   - clusters: The cluster of each row, numbered within its stratum or over all; `nil` where each row is a
  ///     unit.
  public init(strata: [Int], clusters: [Int]?) {
    guard let clusters else {
      ofRow = Array(strata.indices)
      self.strata = strata
      return
    }
    var units: [SIMD2<Int>: Int] = [:]
    ofRow = []
    self.strata = []
    for row in strata.indices {
      let name = SIMD2(strata[row], clusters[row])
      if let known = units[name] {
        ofRow.append(known)
      } else {
        units[name] = self.strata.count
        ofRow.append(self.strata.count)
        self.strata.append(strata[row])
      }
    }
  }
}

/// The covariances of a weighted model's coefficients over samples drawn as this one was.
///
/// They are linearised: A⁻¹ B A⁻¹, with the weighted information A and in B, stratum by stratum, how the sums of
/// scores of its n units vary, n/(n − 1) Σ (z − z̄)(z − z̄)ᵀ. The population is taken for large beside the
/// sample. A stratum with one unit varies about the mean of all units.
///
/// ## Source
/// Binder, "On the variances of asymptotically normal estimators from complex surveys", International
/// Statistical Review 51 (1983) 279–292; as `svyglm` of R's survey package, with
/// `options(survey.lonely.psu = "adjust")`.
public enum SurveyCovariance {
  /// A fit with these covariances in the place of its own.
  ///
  /// - Parameters:
  ///   - fit: The weighted fit.
  ///   - design: Its rows.
  ///   - response: Their responses.
  ///   - weights: Their weights.
  ///   - rows: The place of each of them among the rows of the sample.
  ///   - units: The units of all rows of the sample, those without a part in the fit too.
  public static func fit(
    _ fit: RegressionFit, _ design: SparseDesign, response: [Double],
    family: GeneralizedLinearModel.Family, weights: [Double], rows: [Int], units: SamplingUnits
  ) -> RegressionFit {
    let size = design.columnCount
    var information = [Double](repeating: 0, count: size * size)
    var scores = [Double](repeating: 0, count: units.strata.count * size)
    for row in 0..<design.rowCount {
      let part = GeneralizedLinearModel.row(
        design.product(row, fit.coefficients), response[row], family)
      let residual = weights[row] * (response[row] - part.mean)
      let unit = units.ofRow[rows[row]]
      let entries = design.starts[row]..<design.starts[row + 1]
      for i in entries {
        let column = Int(design.columns[i])
        scores[unit * size + column] += residual * design.values[i]
        let scaled = weights[row] * part.weight * design.values[i]
        for j in entries where design.columns[j] <= design.columns[i] {
          information[column * size + Int(design.columns[j])] += scaled * design.values[j]
        }
      }
    }
    let inverse = CholeskyFactor(information, size: size).inverse()
    let spread = spread(scores, size, units.strata)
    var result = fit
    result.covariance = product(product(inverse, spread, size), inverse, size)
    return result
  }

  /// The variance of the sum of one number over all rows.
  ///
  /// - Parameter scores: The number's sum over the rows of each unit.
  public static func variance(ofSums scores: [Double], units: SamplingUnits) -> Double {
    let strata = units.strata
    var counts = [Double](repeating: 0, count: (strata.max() ?? -1) + 1)
    var sums = counts
    var grand = 0.0
    for (unit, stratum) in strata.enumerated() {
      counts[stratum] += 1
      sums[stratum] += scores[unit]
      grand += scores[unit] / Double(strata.count)
    }
    var variance = 0.0
    for (unit, stratum) in strata.enumerated() {
      let count = counts[stratum]
      let difference = scores[unit] - (count > 1 ? sums[stratum] / count : grand)
      variance += (count > 1 ? count / (count - 1) : 1) * difference * difference
    }
    return variance
  }

  /// The covariances of the sum of all units' scores.
  private static func spread(_ scores: [Double], _ size: Int, _ strata: [Int]) -> [Double] {
    let stratumCount = (strata.max() ?? -1) + 1
    var counts = [Double](repeating: 0, count: stratumCount)
    var means = [Double](repeating: 0, count: stratumCount * size)
    var grand = [Double](repeating: 0, count: size)
    for (unit, stratum) in strata.enumerated() {
      counts[stratum] += 1
      for k in 0..<size {
        means[stratum * size + k] += scores[unit * size + k]
        grand[k] += scores[unit * size + k] / Double(strata.count)
      }
    }
    var spread = [Double](repeating: 0, count: size * size)
    for (unit, stratum) in strata.enumerated() {
      let count = counts[stratum]
      let scale = count > 1 ? count / (count - 1) : 1
      let differences = (0..<size).map {
        scores[unit * size + $0] - (count > 1 ? means[stratum * size + $0] / count : grand[$0])
      }
      for i in 0..<size where differences[i] != 0 {
        for j in 0..<size { spread[i * size + j] += scale * differences[i] * differences[j] }
      }
    }
    return spread
  }

  private static func product(_ a: [Double], _ b: [Double], _ size: Int) -> [Double] {
    var result = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for k in 0..<size where a[i * size + k] != 0 {
        for j in 0..<size { result[i * size + j] += a[i * size + k] * b[k * size + j] }
      }
    }
    return result
  }
}
