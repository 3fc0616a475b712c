// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Schemas
import Tables
import Testing

@testable import Fidelity

/// Agreement with R 4.2.2 (`lm`, `glm`), MASS 7.3-58.2 (`polr`), survival 3.5-3 (`coxph`) and synthpop
/// 1.9-3 (`compare.fit.synds`), as `Tests/Fixtures/analysis_oracle.R` prints them.
struct AnalysisMeasureTests {
  private static let schema = Schema(variables: [
    Variable(name: "x", kind: .number, measure: .scale),
    Variable(name: "z", kind: .number, measure: .scale),
    Variable(name: "g", kind: .category, measure: .nominal),
    Variable(name: "y", kind: .number, measure: .scale),
    Variable(name: "flag", kind: .category, measure: .nominal),
    Variable(name: "count", kind: .wholeNumber, measure: .scale),
    Variable(name: "grade", kind: .orderedCategory, measure: .ordinal),
    Variable(name: "time", kind: .number, measure: .scale),
    Variable(name: "event", kind: .category, measure: .nominal),
  ])

  /// The table that the R script makes by the same arithmetic.
  private static func table(_ count: Int, step s: Int, hasGaps: Bool = false) -> Table {
    let rows = Array(0..<count)
    let x = rows.map { Double(37 * s * $0 % 101) / 10 }
    let z = rows.map { Double((53 * s * $0 + $0 * $0) % 97) / 20 - 2 }
    let g = rows.map { UInt32(7 * s * $0 % 11 % 3) }
    let u = rows.map { Double((91 * $0 * $0 + 17 * s * $0) % 103) / 103 }
    let score = rows.map { 0.3 * x[$0] + z[$0] + 5 * u[$0] }
    func texts(_ codes: [UInt32], _ names: [String]) -> ColumnValues {
      .texts(codes: codes, pool: TextPool(names))
    }
    let gaps = MissingCells(
      reasons: [MissingReason(code: "")], codes: rows.map { $0 % 17 == 5 ? 1 : 0 })
    return Table(columns: [
      Column(name: "x", values: .numbers(x), missing: hasGaps ? gaps : .none),
      Column(name: "z", values: .numbers(z)),
      Column(name: "g", values: texts(g, ["a", "b", "c"])),
      Column(
        name: "y",
        values: .numbers(
          rows.map { 3 + 0.8 * x[$0] - 0.5 * z[$0] + (g[$0] == 1 ? 1 : 0) + 4 * u[$0] })),
      Column(
        name: "flag",
        values: texts(
          rows.map { 0.3 * x[$0] - 0.6 * z[$0] + 6 * (u[$0] - 0.5) - 1 > 0 ? 1 : 0 }, ["no", "yes"])
      ),
      Column(
        name: "count",
        values: .numbers(
          rows.map { (3 * u[$0] * (1 + 0.2 * x[$0] + 0.1 * z[$0] * z[$0])).rounded(.down) })),
      Column(
        name: "grade",
        values: texts(
          rows.map { (score[$0] > 3 ? 1 : 0) + (score[$0] > 5 ? 1 : 0) }, ["1", "2", "3"])),
      Column(
        name: "time",
        values: .numbers(rows.map { (20 * u[$0] / (1 + 0.1 * x[$0]) + 1).rounded(.down) })),
      Column(
        name: "event", values: texts(rows.map { ($0 * 7 + s) % 4 != 0 ? 1 : 0 }, ["0", "1"])),
    ])
  }

  private static func result(
    _ text: String, real: Table, synthetic: [Table]
  ) throws -> AnalysisFidelity {
    let analysis = try NamedAnalysis(parsing: text)
    return try #require(
      AnalysisMeasure([analysis]).results(real: real, synthetic: synthetic, schema: schema).first)
  }

  @Test func `a survey's weights and clusters change coefficients and errors, and are said`() throws
  {
    let real = Self.table(120, step: 1)
    let synthetic = [Self.table(120, step: 3)]
    let analysis = try NamedAnalysis(parsing: "linear: y ~ x")
    func result(_ survey: SurveyDesign) throws -> AnalysisFidelity {
      try #require(
        AnalysisMeasure([analysis], survey: survey).results(
          real: real, synthetic: synthetic, schema: Self.schema
        ).first)
    }
    let plain = try result(SurveyDesign())
    let weighted = try result(SurveyDesign(weights: "x", strata: "g", clusters: "z"))
    #expect(weighted.note?.contains("weights x, strata g, clusters z") == true)
    #expect(plain.note == nil)
    // A weight of 0 leaves a row out.
    #expect(weighted.realRowCount < plain.realRowCount)
    let (before, after) = (plain.coefficients[1], weighted.coefficients[1])
    #expect(before.real != after.real && before.realError != after.realError)
    #expect(after.overlap != nil && after.synthetic != before.synthetic)
    for survey in [SurveyDesign(weights: "g"), SurveyDesign(clusters: "no such")] {
      #expect(throws: DataError.self) { try result(survey) }
    }
    let ordered = try NamedAnalysis(parsing: "ordered: grade ~ x")
    #expect(throws: DataError.self) {
      try AnalysisMeasure([ordered], survey: SurveyDesign(weights: "x")).results(
        real: real, synthetic: synthetic, schema: Self.schema)
    }
  }

  @Test func `standard errors are combined by the rule of the synthesis`() throws {
    let real = Self.table(60, step: 1)
    let copies = [Self.table(60, step: 3), Self.table(60, step: 5), Self.table(60, step: 7)]
    let analysis = try NamedAnalysis(parsing: "linear: y ~ x")
    func slope(_ tables: [Table], _ rule: CombiningRule) throws -> AnalysisFidelity.Coefficient {
      let results = try AnalysisMeasure([analysis], combiningBy: rule).results(
        real: real, synthetic: tables, schema: Self.schema)
      return try #require(results.first?.coefficients.last)
    }
    // As many synthetic rows as real ones, so that the error of one table is that of its own fit.
    let single = try copies.map { try slope([$0], .simple) }
    let estimates = single.compactMap(\.synthetic)
    let within = single.compactMap(\.syntheticError).reduce(0) { $0 + $1 * $1 } / 3
    let mean = estimates.reduce(0, +) / 3
    let between = estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2
    func squared(_ rule: CombiningRule) throws -> Double {
      let error = try #require(try slope(copies, rule).populationError)
      return error * error
    }
    #expect(abs(try squared(.simple) / (within * 4 / 3) - 1) < 1e-9)
    #expect(abs(try squared(.proper) / (within * 5 / 3) - 1) < 1e-9)
    #expect(abs(try squared(.partial) / (within + between / 3) - 1) < 1e-9)
    #expect(between > 0)
    let note = try AnalysisMeasure([analysis], combiningBy: .partial).results(
      real: real, synthetic: [copies[0]], schema: Self.schema
    ).first?.note
    #expect(note?.contains("too small") == true)
  }

  private static let oracles: [(String, [Double], [Double], Double)] = [
    (
      "linear: y ~ x + z + g + x:g",
      [
        4.84276835246, 0.822696441889, -0.569881522804, 1.26914069736, -0.218345258869,
        -0.0747065756229, -0.00167575482445,
      ],
      [
        0.256300202978, 0.047608667448, 0.0542839849791, 0.372136455234, 0.396646851789,
        0.0663130753307, 0.0690697136309,
      ], 1e-9
    ),
    (
      "linear: y ~ 0 + g + z:g + log(x + 1)",
      [
        3.01073868969, 3.88242606446, 2.90512950328, 3.62846787894, -0.632283332904,
        -0.424355873619, -0.63489357815,
      ],
      [
        0.273990055931, 0.289691124928, 0.300271078657, 0.148194349889, 0.103588846165,
        0.103888301824, 0.109766648822,
      ], 1e-9
    ),
    (
      "linear: y ~ poly(x, 2) + g",
      [8.70350336888, 34.3648948747, -0.233373708587, 1.07775001953, -0.114315030691],
      [0.162319484718, 1.47052991538, 1.4690199797, 0.228790754596, 0.249079630538], 1e-9
    ),
    (
      // The standard errors of glm rest on the weights of the last step but one.
      "logistic: flag ~ x * g + z",
      [
        -0.700141485107, 0.168277279108, -0.16238937033, -0.66607392182, -0.527947645176,
        -0.000608992715815, 0.105605251118,
      ],
      [
        0.461993247368, 0.0861977735811, 0.688144719138, 0.745955260474, 0.106786600924,
        0.121940270843, 0.128393379095,
      ], 5e-8
    ),
    (
      "poisson: count ~ x + z + g",
      [0.465432738999, 0.102149746447, -0.026043578035, -0.0917238833674, -0.123903696019],
      [0.104793151503, 0.0146903853541, 0.0282779002895, 0.0977511441541, 0.106475673198], 1e-8
    ),
    (
      // polr maximises and takes the information numerically.
      "ordered: grade ~ x + z + g",
      [
        0.321601777944, 0.966503174197, -0.0986059531891, 0.0808905072908, 0.534617462569,
        2.83545474464,
      ],
      [
        0.052476711604, 0.113813299286, 0.324734809426, 0.357508842153, 0.338579804687,
        0.391553757979,
      ], 2e-5
    ),
    (
      "cox: Surv(time, event) ~ x + z + g",
      [0.150892885373, 0.0389422010275, 0.0345661418187, 0.156271534563],
      [0.0296503016881, 0.0519352129909, 0.181989448841, 0.196483231672], 1e-8
    ),
  ]

  @Test(arguments: oracles.indices)
  func `coefficients and standard errors are those of R`(index: Int) throws {
    let (text, estimates, errors, tolerance) = Self.oracles[index]
    let result = try Self.result(
      text, real: Self.table(240, step: 1, hasGaps: true), synthetic: [Self.table(200, step: 3)])
    #expect(result.coefficients.count == estimates.count)
    for (place, coefficient) in result.coefficients.enumerated() {
      let real = try #require(coefficient.real)
      let error = try #require(coefficient.realError)
      #expect(abs(real - estimates[place]) < tolerance * max(1, abs(real)), "\(coefficient.name)")
      #expect(abs(error - errors[place]) < tolerance * max(1, error), "\(coefficient.name)")
    }
    #expect(result.note == nil)
  }

  @Test func `two synthetic tables are combined and compared as synthpop does`() throws {
    let result = try Self.result(
      "linear: y ~ x + z + g", real: Self.table(240, step: 1),
      synthetic: [Self.table(200, step: 3), Self.table(200, step: 5)])
    let synthetic = [
      4.9669232691150311, 0.8137576220095761, -0.5905796506062370, 0.8013053066868185,
      0.0782470755891816,
    ]
    let errors = [
      0.1753584992560633, 0.0254731147344649, 0.0528352114062458, 0.1741048162307486,
      0.1881411466856007,
    ]
    let population = [
      0.2218129058872409, 0.0322212246638818, 0.0668318434800979, 0.2202271083576870,
      0.2379818180489349,
    ]
    // synthpop gives both intervals the real width.
    let overlaps = [
      0.980081364665881, 0.789411396065956, 0.704806187192957, 0.763930484380204,
      0.688598494433766,
    ]
    for (place, coefficient) in result.coefficients.enumerated() {
      #expect(abs((coefficient.synthetic ?? 0) - synthetic[place]) < 1e-9)
      #expect(abs((coefficient.syntheticError ?? 0) - errors[place]) < 1e-9)
      #expect(abs((coefficient.populationError ?? 0) - population[place]) < 1e-9)
      let overlap = 1 - abs(coefficient.difference ?? 0) / (2 * 1.959963984540054)
      #expect(abs(overlap - overlaps[place]) < 1e-9)
    }
    #expect(abs((result.difference.value ?? 0) - 0.841351445122482) < 1e-9)
    #expect(abs((result.lackOfFit.value ?? 0) * 5 - 13.782342638596170) < 1e-7)
    #expect(result.copyCount == 2)
  }

  @Test func `one table of as many rows is expected 0.798 standard errors off`() throws {
    let result = try Self.result(
      "linear: y ~ x + z + g", real: Self.table(240, step: 1), synthetic: [Self.table(240, step: 3)]
    )
    #expect(abs((result.difference.reference ?? 0) - 0.798) < 5e-4)
  }

  @Test func `rows drawn from the real ones score at the reference`() throws {
    // 200 draws: |z| has mean 0.798 and standard deviation 0.603, a chi-square of 5 over 5 mean 1 and
    // √(2/5); coefficients of one draw hang together, so that a draw counts as one.
    let real = Self.table(240, step: 1)
    var stream = RandomKey(seed: "analysis").stream("draws").stream(entity: 0)
    var (difference, lackOfFit, references) = (0.0, 0.0, (0.0, 0.0))
    for _ in 0..<200 {
      let drawn = real.selecting(
        rows: (0..<240).map { _ in Draws.integer(below: 240, using: &stream) })
      let result = try Self.result("linear: y ~ x + z + g", real: real, synthetic: [drawn])
      difference += try #require(result.difference.value) / 200
      lackOfFit += try #require(result.lackOfFit.value) / 200
      references = (
        try #require(result.difference.reference), try #require(result.lackOfFit.reference)
      )
    }
    let bound = 4.9 * 0.603 / 200.0.squareRoot()
    let fitBound = 4.9 * (2.0 / 5 / 200).squareRoot() + 0.05
    #expect(abs(difference - references.0) < bound, "\(difference)")
    #expect(abs(lackOfFit - references.1) < fitBound, "\(lackOfFit)")
  }

  @Test func `a table compared with itself overlaps fully`() throws {
    let real = Self.table(240, step: 1)
    let result = try Self.result("logistic: flag ~ x + z", real: real, synthetic: [real])
    #expect(abs((result.overlap.value ?? 0) - 1) < 1e-12)
    #expect((result.difference.value ?? 1) < 1e-12 && (result.lackOfFit.value ?? 1) < 1e-12)
  }

  @Test func `intervals that lie apart overlap less than nothing, and floored by nothing`() throws {
    let real = Self.table(240, step: 1)
    var columns = real.columns
    columns[3].values = .numbers((0..<240).map { Double($0) })
    let moved = Table(columns: columns)
    let result = try Self.result("linear: y ~ x", real: real, synthetic: [moved])
    #expect((result.coefficients[0].overlap ?? 1) < 0)
    #expect((result.flooredOverlap.value ?? -1) >= 0)
  }

  @Test func `a level that the synthetic table lacks is said, and the rest is compared`() throws {
    let real = Self.table(240, step: 1)
    let without = real.selecting(rows: (0..<240).filter { 7 * $0 % 11 % 3 != 2 })
    let result = try Self.result("linear: y ~ x + g", real: real, synthetic: [without])
    #expect(result.coefficients.map(\.name) == ["(Intercept)", "x", "g[b]", "g[c]"])
    #expect(result.coefficients[3].real != nil && result.coefficients[3].synthetic == nil)
    #expect(result.overlap.value != nil && result.note != nil)
  }

  @Test func `levels of few real rows are not named`() throws {
    let real = Self.table(24, step: 1)
    let result = try Self.result("linear: y ~ x + g", real: real, synthetic: [real])
    #expect(
      result.coefficients.map(\.name) == ["(Intercept)", "x", "g[rare level 2]", "g[rare level 3]"])
  }

  @Test(arguments: [
    "y ~ x", "lm: y ~ x", "linear: y ~ nothing", "logistic: g ~ x", "cox: time ~ x",
    "linear: g ~ x", "poisson: z ~ x", "linear: y ~ poly(g, 2)",
  ])
  func `an analysis that cannot be made says why`(text: String) {
    #expect(throws: DataError.self) {
      try Self.result(text, real: Self.table(60, step: 1), synthetic: [Self.table(60, step: 3)])
    }
  }

  @Test func `too few rows are no error, but a reason`() throws {
    let result = try Self.result(
      "linear: y ~ x + z + g", real: Self.table(240, step: 1), synthetic: [Self.table(3, step: 3)])
    #expect(result.overlap.value == nil && result.overlap.reason != nil)
  }
}
