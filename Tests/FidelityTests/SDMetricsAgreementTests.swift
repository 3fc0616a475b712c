// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Testing

@testable import Fidelity

/// Agreement with SDMetrics 0.32.0, metric by metric (recorded outputs, as 1 − score).
///
/// Its *report* bins each table by its own range, which the stand-alone ContingencySimilarity does
/// not; the figures here are of the stand-alone metrics.
struct SDMetricsAgreementTests {
  private func report() throws -> FidelityReport {
    try FidelityMeasure().report(
      real: ArithmeticTable.make(count: 120, step: 1),
      synthetic: ArithmeticTable.make(count: 90, step: 3, scale: 1.25, shift: -3),
      schema: ArithmeticTable.schema, key: RandomKey(seed: "1"))
  }

  @Test func `column shapes equal KSComplement and TVComplement`() throws {
    let expected = [
      0.15833333333333333, 0.06927570093457946, 0.013133615543254096, 0.28055555555555556,
    ]
    for (column, distance) in zip(try report().columns, expected) {
      #expect(abs((column.distance.value ?? -1) - distance) < 1e-12, "\(column.name)")
    }
  }

  @Test func `missingness equals MissingValueSimilarity`() throws {
    for (column, expected) in zip(
      try report().columns, [0, 0.0027777777777777, 0.0027777777777777, 0])
    {
      #expect(abs((column.missingness.value ?? -1) - expected) < 1e-12, "\(column.name)")
    }
  }

  @Test func `pair trends equal CorrelationSimilarity and ContingencySimilarity`() throws {
    let report = try report()
    let expected: [String: Double] = [
      "ab": 0.08292703290739778, "ac": 0.3055555555555556, "ad": 0.3583333333333333,
      "bc": 0.2944444444444445, "bd": 0.30000000000000004, "cd": 0.28055555555555556,
    ]
    #expect(report.pairs.count == 6)
    for pair in report.pairs {
      let name = report.columns[pair.first].name + report.columns[pair.second].name
      let value = try #require(pair.error.value)
      let wanted = try #require(expected[name])
      #expect(abs(value - wanted) < 1e-12, "\(name)")
    }
  }
}
