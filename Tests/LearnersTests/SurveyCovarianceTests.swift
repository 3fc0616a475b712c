// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Learners

/// Coefficients and standard errors of R 4.2.2's survey 4.1-1 (`svyglm`, `svymean`), recorded by
/// `Fixtures/regression_oracle.R`.
@Suite struct `Weighted regressions of a survey beside R` {
  private let rows = MadeRows.shared
  private let weights = (0..<MadeRows.count).map { 1 + Double($0 % 7) / 2 }
  private let clusters = (0..<MadeRows.count).map { $0 / 6 }
  private let strata = (0..<MadeRows.count).map { $0 / 60 }

  private func found(
    _ design: SparseDesign, _ response: [Double], _ family: GeneralizedLinearModel.Family,
    _ units: SamplingUnits, kept: [Int]? = nil
  ) throws -> [Double] {
    let places = kept ?? Array(0..<MadeRows.count)
    let responses = places.map { response[$0] }
    let own = places.map { weights[$0] }
    let plain = try #require(
      GeneralizedLinearModel(design, response: responses, family: family, weights: own)
    ).fit
    let fit = SurveyCovariance.fit(
      plain, design, response: responses, family: family, weights: own, rows: places,
      units: units)
    return fit.coefficients + fit.coefficients.indices.map { fit.standardError($0) ?? .nan }
  }

  private func distance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(a.count == b.count ? 0 : .infinity) { max($0, ($1.0 - $1.1).magnitude) }
  }

  @Test func `least squares, logistic and Poisson, in strata and clusters`() throws {
    let units = SamplingUnits(strata: strata, clusters: clusters)
    #expect(
      distance(
        try found(rows.design(), rows.y, .gaussian, units),
        [
          -0.0124477632, 0.7446236527, -0.6965365389, 0.6149326690, 0.0663955740,
          0.0813330658, 0.0318141594, 0.0699620005, 0.1035236688, 0.0915137490,
        ]) < 1e-8)
    #expect(
      distance(
        try found(rows.design(), rows.t.map { $0 ? 1 : 0 }, .binomial, units),
        [
          -0.1334505659, 0.9056944570, -0.1589353108, 0.4973656862, -0.1446919837,
          0.3071108516, 0.1170368448, 0.2875614427, 0.4093400115, 0.4327156712,
        ]) < 1e-8)
    #expect(
      distance(
        try found(rows.design(), rows.m, .poisson, units),
        [
          1.2229923676, 0.5349649607, -0.6283638460, 0.3005936325, -0.1402110457,
          0.1230607475, 0.0676530882, 0.1588390310, 0.1967109234, 0.2007541398,
        ]) < 1e-8)
  }

  @Test func `a stratum of one cluster, and weights alone`() throws {
    let alone = strata.indices.map { clusters[$0] == 39 ? 9 : strata[$0] }
    let lonely = try found(
      rows.design(), rows.y, .gaussian, SamplingUnits(strata: alone, clusters: clusters))
    #expect(
      distance(
        Array(lonely[5...]),
        [0.0814418360, 0.0315122476, 0.0700647959, 0.1057514660, 0.0912463418]) < 1e-8)
    let single = try found(
      rows.design(), rows.y, .gaussian,
      SamplingUnits(strata: strata.map { _ in 0 }, clusters: nil))
    #expect(
      distance(
        Array(single[5...]),
        [0.0790659367, 0.0324800535, 0.0810351374, 0.0995572423, 0.0968615994]) < 1e-8)
  }

  @Test func `rows of a part of the sample, whose other units count still, and a mean`() throws {
    let units = SamplingUnits(strata: strata, clusters: clusters)
    let kept = rows.b.indices.filter { rows.b[$0] == 1 }
    var design = SparseDesign(columnCount: 2)
    for row in kept {
      design.append(column: 0, value: 1)
      design.append(column: 1, value: rows.a[row])
      design.endRow()
    }
    #expect(
      distance(
        try found(design, rows.y, .gaussian, units, kept: kept),
        [-0.4997892221, 0.6865669950, 0.0562754567, 0.0539279486]) < 1e-8)
    var constant = SparseDesign(columnCount: 1)
    for _ in 0..<MadeRows.count {
      constant.append(column: 0, value: 1)
      constant.endRow()
    }
    #expect(
      distance(
        try found(constant, rows.y, .gaussian, units), [-0.1084970711, 0.0730615497]) < 1e-8)
  }
}
