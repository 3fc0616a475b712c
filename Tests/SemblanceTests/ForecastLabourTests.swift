// SPDX-License-Identifier: Apache-2.0
import JointSynthesis
import Schemas
import Testing

@testable import Semblance

@Suite struct `Forecasts of methods that are slower than trees` {
  private static func fitting(_ method: String, rows: Int = 32_561) -> Double {
    let schema = Schema(
      variables: (0..<15).map { Variable(name: "v\($0)", kind: .number, measure: .scale) })
    var size = Forecast.Size(
      realRows: rows, schema: schema, syntheticRows: rows, maximumPredictorCount: 40,
      measuredRows: 0)
    size.labour = .init(method: method)
    return Forecast(size).fitting
  }

  /// Recorded runs on Adult took 5 to 6 s (with shorter trials of classes than now) and 7.8 s of processor
  /// time for planning and fitting.
  @Test func `a mixture and near rows are foretold at about what Adult took`() {
    let trees = Self.fitting("trees")
    #expect(Self.fitting("copula") == trees)
    #expect((5...9).contains(Self.fitting(JointSynthesizer.mixtureMethod)))
    #expect((6.5...9.5).contains(Self.fitting(JointSynthesizer.smoteMethod)))
    #expect(
      Self.fitting(JointSynthesizer.adasynMethod) > 1.6 * Self.fitting(JointSynthesizer.smoteMethod)
    )
  }

  @Test func `beyond the rows that a method looks at, time grows as that of trees`() {
    func extra(_ method: String, _ rows: Int) -> Double {
      Self.fitting(method, rows: rows) - Self.fitting("trees", rows: rows)
    }
    for method in [JointSynthesizer.mixtureMethod, JointSynthesizer.smoteMethod] {
      #expect(abs(extra(method, 100_000) - extra(method, 1_000_000)) < 1e-6)
      #expect(extra(method, 1000) < extra(method, 10_000) / 5)
    }
  }
}
