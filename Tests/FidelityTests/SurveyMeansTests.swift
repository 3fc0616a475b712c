// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Schemas
import Tables
import Testing

@testable import Fidelity

/// Means, shares and totals of R 4.2.2's survey 4.1-1 (`svymean`, `svytotal`), recorded by
/// `Fixtures/regression_oracle.R`, whose rows these are.
@Suite struct `What a survey says of its population, beside R` {
  private static let rowCount = 240

  private static let real: Table = {
    var state = 20_261_129
    func uniform() -> Double {
      state = state * 16807 % 2_147_483_647
      return Double(state) / 2_147_483_647
    }
    var (y, b, c): ([Double], [Int], [UInt32]) = ([], [], [])
    for _ in 0..<rowCount {
      let a = ((4 * uniform() - 2) * 1000).rounded() / 1000
      let isB = uniform() < 0.4
      let class3 = Int(3 * uniform())
      let (e, _) = (uniform(), uniform())
      let line = 0.8 * a - (isB ? 0.6 : 0) + (class3 == 1 ? 0.5 : 0)
      y.append(((line + 2 * e - 1) * 1000).rounded() / 1000)
      b.append(isB ? 1 : 0)
      c.append(UInt32(class3))
    }
    let rows = Array(0..<rowCount)
    func text(_ name: String, _ codes: [UInt32], _ count: Int) -> Column {
      Column(
        name: name, values: .texts(codes: codes, pool: TextPool((0..<count).map { String($0) })))
    }
    return Table(columns: [
      Column(name: "y", values: .numbers(y)),
      Column(
        name: "y2", values: .numbers(y),
        missing: MissingCells(
          reasons: [MissingReason(code: "")], codes: b.map { $0 == 1 ? 0 : 1 })),
      text("c", c, 3), Column(name: "w", values: .numbers(rows.map { 1 + Double($0 % 7) / 2 })),
      text("st", rows.map { UInt32($0 / 60) }, 4), text("cl", rows.map { UInt32($0 / 6) }, 40),
    ])
  }()

  private static let schema = SchemaInference().infer(real)

  private static let design = SurveyDesign(weights: "w", strata: "st", clusters: "cl")

  @Test func `means, shares and the number of people, with their errors`() throws {
    let result = try SurveyMeans(Self.design)
      .result(real: Self.real, synthetic: [Self.real], schema: Self.schema)
    let expected: [(name: String, value: Double, error: Double)] = [
      ("people (sum of weights)", 597.5, 6.4571235426), ("y", -0.1084970711, 0.0730615497),
      ("y2", -0.4745436105, 0.0950061844), ("c[0]", 0.3364016736, 0.0305041920),
      ("c[1]", 0.3087866109, 0.0338505808), ("c[2]", 0.3548117155, 0.0337324677),
    ]
    for entry in expected {
      let own = try #require(result.coefficients.first { $0.name == entry.name })
      #expect(abs((own.real ?? .nan) - entry.value) < 1e-9, "\(own)")
      #expect(abs((own.realError ?? .nan) - entry.error) < 1e-9, "\(own)")
      // The same table: no difference, and intervals that coincide.
      #expect(own.difference == 0 && abs((own.overlap ?? 0) - 1) < 1e-12)
    }
    #expect(result.coefficients.count == expected.count)
    #expect(result.note?.contains("weights w, strata st, clusters cl") == true)
  }

  @Test func `a table twice as long has as many people, and errors of the real one's size`() throws
  {
    let twice = Self.real.selecting(rows: Array(0..<240) + Array(0..<240))
    let result = try SurveyMeans(SurveyDesign(weights: "w"))
      .result(real: Self.real, synthetic: [twice], schema: Self.schema)
    for estimate in result.coefficients {
      #expect(abs(estimate.difference ?? .nan) < 1e-9, "\(estimate)")
      // 239/240 beside 479/480: the factor of a finite sample's variance.
      let ratio = (estimate.syntheticError ?? .nan) / (estimate.realError ?? .nan)
      #expect(abs(ratio - 1) < 0.006, "\(estimate)")
    }
  }

  @Test func `levels of fewer than ten real rows are left out, and what is no weight is refused`()
    throws
  {
    let few = Self.real.selecting(rows: Array(0..<24))
    let result = try SurveyMeans(SurveyDesign(weights: "w"))
      .result(real: few, synthetic: [few], schema: Self.schema)
    #expect(!result.coefficients.contains { $0.name.hasPrefix("cl[") })
    for design in [
      SurveyDesign(weights: "c"), SurveyDesign(weights: "y"), SurveyDesign(strata: "no"),
    ] {
      #expect(throws: DataError.self) {
        try SurveyMeans(design)
          .result(real: Self.real, synthetic: [Self.real], schema: Self.schema)
      }
    }
  }

  @Test func `roles of a schema tell the design`() {
    var schema = Self.schema
    #expect(SurveyDesign(schema).isSimple)
    schema.variables[3].role = .weight
    schema.variables[5].role = .cluster
    #expect(SurveyDesign(schema) == SurveyDesign(weights: "w", clusters: "cl"))
  }
}
