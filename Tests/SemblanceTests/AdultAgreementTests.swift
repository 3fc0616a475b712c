// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Schemas
import Tables
import Testing

@testable import Disclosure
@testable import Fidelity

/// Agreement on Adult with SDMetrics 0.32.0, scikit-learn 1.9.1 and Anonymeter 1.1.0
/// (`Tests/Fixtures/adult_oracle.py`) and with synthpop 1.9-3 (`adult_oracle.R`).
///
/// The synthetic table has fewer rows than the real one, so that formulae with both numbers are tried.
@Suite(.enabled(if: AgreementTables.adultPath != nil, "../shared/data/adult is absent"))
struct AdultAgreementTests {
  private let tables: AgreementTables
  private var checks: AgreementChecks {
    AgreementChecks(real: tables.real, other: tables.synthetic, schema: tables.schema)
  }

  init() throws { tables = try AgreementTables.adult() }

  // MARK: SDMetrics

  /// One less KSComplement or TVComplement, and one less MissingValueSimilarity.
  private static let shapes: [(String, Double, Double)] = [
    ("age", 0.008479685387837832, 0.0),
    ("fnlwgt", 0.006816527115369397, 0.0),
    ("capital-gain", 0.002868266133966846, 0.0),
    ("hours-per-week", 0.003047930031331303, 0.0),
    ("workclass", 0.012515464713685476, 0.0004959463785736418),
    ("education", 0.007073753035599761, 0.0),
    ("marital-status", 0.005799772672469561, 0.0),
    ("occupation", 0.01436945825559377, 0.0003322132701379932),
    ("sex", 0.00027299579209927316, 0.0),
    ("income", 0.0007562297229418702, 0.0),
  ]
  /// One less CorrelationSimilarity or ContingencySimilarity.
  private static let trends: [String: Double] = [
    "age fnlwgt": 0.03718832829070606,
    "age capital-gain": 0.04805113811196016,
    "age hours-per-week": 0.00997438488298752,
    "age workclass": 0.1157360551488511,
    "age education": 0.1376024307487398,
    "age marital-status": 0.2609096335653034,
    "age occupation": 0.14022135589841078,
    "age sex": 0.058830150675493575,
    "age income": 0.11001247670423842,
    "fnlwgt capital-gain": 0.0029864859989487957,
    "fnlwgt hours-per-week": 0.04200094654608033,
    "fnlwgt workclass": 0.016311438234038245,
    "fnlwgt education": 0.06259383978920507,
    "fnlwgt marital-status": 0.016262197613712615,
    "fnlwgt occupation": 0.02756163264196121,
    "fnlwgt sex": 0.006087733751138358,
    "fnlwgt income": 0.007875200452370001,
    "capital-gain hours-per-week": 0.022004481982684676,
    "capital-gain workclass": 0.014430478721011886,
    "capital-gain education": 0.02762270066618855,
    "capital-gain marital-status": 0.006946306724168738,
    "capital-gain occupation": 0.015926846460906807,
    "capital-gain sex": 0.0031137451088253387,
    "capital-gain income": 0.003031838325342595,
    "hours-per-week workclass": 0.09697899943864086,
    "hours-per-week education": 0.1082950893825878,
    "hours-per-week marital-status": 0.10707413119069054,
    "hours-per-week occupation": 0.17584203673366372,
    "hours-per-week sex": 0.08733073436189909,
    "hours-per-week income": 0.09673134808347372,
    "workclass education": 0.08379997269237494,
    "workclass marital-status": 0.018463301617385408,
    "workclass occupation": 0.024273936191397283,
    "workclass sex": 0.014263607729908423,
    "workclass income": 0.012545496281488377,
    "education marital-status": 0.10673226289695925,
    "education occupation": 0.2623022098015708,
    "education sex": 0.032627703979873135,
    "education income": 0.1131913932223183,
    "marital-status occupation": 0.025915451119310928,
    "marital-status sex": 0.008498754059434566,
    "marital-status income": 0.0067663209926844825,
    "occupation sex": 0.015266040554478333,
    "occupation income": 0.01437641058888961,
    "sex income": 0.0007562297229418702,
  ]

  @Test func `shapes, missingness and trends are those of SDMetrics, and its quality report`()
    throws
  {
    let report = try checks.columns(Self.shapes, pairs: Self.trends)
    #expect(report.columns.count == Self.shapes.count)
    #expect(report.pairs.count == Self.trends.count)
    // The report comes with all habits of the library.
    let columns = try TableAlignment([tables.real, tables.synthetic], schema: tables.schema).columns
    let scores = LibraryScoresMeasure(columns: columns, report: report, threads: 1).scores()
    #expect(scores.version == "0.32.0")
    #expect(scores.pairCount == 7)
    #expect(abs((scores.columnShapes ?? 0) - 0.9937999917139105) < 1e-9)
    #expect(abs((scores.columnPairTrends ?? 0) - 0.9582306668123656) < 1e-9)
    #expect(abs((scores.overall ?? 0) - 0.976015329263138) < 1e-9)
  }

  @Test func `Wasserstein's distances are those of SciPy 1.17.1`() throws {
    let compared = try checks.compared()
    for (name, wanted) in [
      ("age", 0.013654934716224087), ("fnlwgt", 0.009626773530446484),
      // The quartiles are equal, so the unit is the standard deviation.
      ("capital-gain", 0.010711206525650514), ("hours-per-week", 0.02235961857185646),
    ] {
      let column = try #require(compared.columns.first { $0.name == name })
      let value = FurtherDistances(column: column, fresh: nil).scores()["wasserstein"]?.value
      #expect(abs((value ?? -1) - wanted) < 1e-9, "\(name)")
    }
  }

  // MARK: scikit-learn

  @Test func `areas under the curve, with many ties, are those of scikit-learn`() throws {
    try checks.areas(
      ">50K", of: "income", [("age", 0.6846417466808139), ("hours-per-week", 0.6812727299572027)])
  }

  @Test func `the logistic propensity model is that of scikit-learn`() throws {
    let names = ["age", "hours-per-week", "education", "sex"]
    let model = try checks.propensity(names)
    #expect(abs(model.error - 6.946353801253694e-05) < 1e-9)
    #expect(abs(model.rankArea - 0.5061778473046755) < 1e-6)
  }

  // MARK: synthpop

  private static let disclosures: [AgreementChecks.KeyFigures] = [
    (
      "sex age education", "income",
      [9.77646769835421, 12.97084834588929, 4.51977401129944, 2.87398673544584],
      [
        42.2746253991648, 35.6370782836554, 85.8757062146893, 28.6907393760747, 22.623434045689,
        13.7067059690494,
      ],
      [64.0367992814354, 79.0326733261517, 74.7346343909386, 57.1625215815671]
    ),
    (
      "sex age education", "marital-status",
      [9.77646769835421, 12.97084834588929, 4.51977401129944, 2.87398673544584],
      [
        24.88332105133874, 20.40615787749755, 85.87570621468926, 15.62269712601327,
        7.49201670351265, 3.26701056251535,
      ],
      [34.34271960106778, 66.46288918523932, 59.31980407814207, 35.33648098181329]
    ),
    (
      "age occupation", "income",
      [3.586342422009334, 4.749426793318047, 1.965119135347581, 0.712355686563498],
      [
        36.5757799066568, 33.4752702260072, 95.725865880619, 32.9894374846475, 27.8309997543601,
        17.7352001965119,
      ],
      [64.0367992814354, 76.1905041151797, 74.0636659645927, 64.9747236530365]
    ),
    (
      "age occupation", "marital-status",
      [3.586342422009334, 4.749426793318047, 1.965119135347581, 0.712355686563498],
      [
        14.61557356914763, 11.23485096626269, 95.72586588061901, 12.57676246622451,
        4.91279783836895, 1.62122328666175,
      ],
      [34.34271960106778, 58.01206736795355, 51.51990210004507, 35.31108357704656]
    ),
  ]

  @Test func `identity and attribute disclosure are those of synthpop`() throws {
    try checks.keys(Self.disclosures)
  }

  private static let crossTables: [(String, [Double])] = [
    (
      "sex education",
      [
        34.5382788166311, 0.000678475323859428, 1.11413802634294, 34.8968895484851,
        0.00204418569881279, 0.0377994050109438,
      ]
    ),
    (
      "marital-status occupation",
      [
        22.6502690915497, 0.000444945410828998, 0.279632951747527, 26.4185506010182,
        0.00144825150069199, 0.0328886538533496,
      ]
    ),
    (
      "workclass income",
      [
        4.683172587885832, 9.1996971103419e-05, 0.3122115058590555, 4.672257880880947,
        0.000275891754528955, 0.01383104540291101,
      ]
    ),
  ]

  @Test func `tables of two variables have synthpop's statistics`() throws {
    try checks.tables(Self.crossTables)
  }

  @Test func `the logistic propensity error is that of synthpop`() throws {
    let model = try checks.propensity(["age", "education", "sex"])
    // `utility.gen` with method "logit" and main effects; U is the Mann–Whitney statistic.
    #expect(abs(model.error - 6.92925922630689e-05) < 1e-9)
    #expect(abs(model.error / model.expected - 0.207493511974787) < 1e-6)
    #expect(abs(model.specks - 0.0336971587598862) < 1e-9)
    #expect(abs(model.rankArea - 6_305_646.5 / (4071 * 3053)) < 1e-6)
  }

  // MARK: Anonymeter

  @Test(arguments: [
    (
      500, 60, 25,
      [
        0.12289724937538986, 0.028522349249020734, 0.053430953207698514, 0.019337207963849076,
        0.07338745800224103, 0.03780255563152778, 0.10897236037295427,
      ]
    ),
    (
      1000, 400, 380,
      [
        0.4003826758485555, 0.03030789463717824, 0.38045921101826663, 0.03002990466112213,
        0.03215843925794581, 0, 0.09993704926200817,
      ]
    ),
    (
      200, 3, 2,
      [
        0.024139983292974287, 0.019025745499715977, 0.01923420992486062, 0.016487551791316186,
        0.005001982550531071, 0, 0.03061647398368801,
      ]
    ),
  ])
  func `rates, risks and their intervals are those of Anonymeter`(
    attacks: Int, training: Int, control: Int, theirs: [Double]
  ) throws {
    var tally = AttackTally()
    tally.training = .init(successes: training, attacks: attacks)
    tally.control = .init(successes: control, attacks: attacks)
    tally.guessing = .init(successes: 0, attacks: attacks)
    let attack = tally.attack(reason: "")
    func half(_ score: Score) -> Double? {
      score.upper.flatMap { upper in score.value.map { upper - $0 } }
    }
    let ours = [
      attack.training.value, half(attack.training), attack.control.value, half(attack.control),
      attack.risk.value, attack.risk.lower, attack.risk.upper,
    ]
    for (place, (own, theirs)) in zip(ours, theirs).enumerated() {
      #expect(abs((own ?? -1) - theirs) < 1e-9, "\(place)")
    }
  }

  /// Rates of 3,000 attacks by Anonymeter, on those learned from and on others.
  @Test(arguments: [
    ("education", 0.5259667499331415, 0.2370034301643358),
    ("sex", 0.827913444668518, 0.7373627269529475),
    ("income", 0.8721900823750285, 0.7743154095501105),
  ])
  func `inference succeeds as often as Anonymeter's`(
    secret: String, training: Double, control: Double
  ) throws {
    try AttackChecks(tables).inference(secret, training: training, control: control, of: 3000)
  }

  @Test func `linking succeeds as often as Anonymeter's`() throws {
    try AttackChecks(tables).linkability(
      [
        ["age", "fnlwgt", "workclass", "education", "marital-status"],
        ["capital-gain", "hours-per-week", "occupation", "sex", "income"],
      ], training: 0.10417351704480418, control: 0.0016381455139376554, of: 3000)
  }

  @Test func `singling out has the guesses and the successes of Anonymeter`() throws {
    let checks = try AttackChecks(tables, isEven: true)
    checks.singlingOutByOne(guesses: 2782, training: 2676, control: 288)
    try checks.singlingOutByThree(tried: 4800, alone: 109, training: 51, control: 23)
  }
}
