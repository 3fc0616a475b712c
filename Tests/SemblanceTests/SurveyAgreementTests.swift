// SPDX-License-Identifier: Apache-2.0
import Evaluation
import FoundationEssentials
import Randomness
import Schemas
import Semblance
import Tables
import Testing

@testable import Disclosure
@testable import Fidelity

/// Agreement on a real survey with SDMetrics 0.32.0, scikit-learn 1.9.1 and Anonymeter 1.1.0
/// (`Tests/Fixtures/survey_oracle.py`) and synthpop 1.9-3 (`survey_oracle.R`).
///
/// For SDMetrics and synthpop the tables are halves of SD2011, of which the second stands for a synthetic
/// table with some columns taken from other rows.
@Suite(.enabled(if: AgreementTables.surveyPath != nil, "../shared/data/sd2011 is absent"))
struct SurveyAgreementTests {
  private static let schema = AgreementTables.schema(
    scales: ["age", "height", "weight", "nofriend"],
    levels: ["sex", "edu", "marital", "ls", "smoke", "region", "placesize"])

  /// Every second row, and the others with some columns of rows further on.
  private static func halves(moved: [String: Int] = ["age": 1, "edu": 2]) throws
    -> AgreementChecks
  {
    let whole = try RealInput(path: try #require(AgreementTables.surveyPath)).table
    let rows = Array(0..<whole.rowCount)
    let real = whole.selecting(rows: rows.filter { $0 % 2 == 0 })
    let other = whole.selecting(rows: rows.filter { $0 % 2 == 1 })
    let columns = other.columns.map { column in
      guard let step = moved[column.name] else { return column }
      let count = other.rowCount
      return other.selecting(rows: (0..<count).map { ($0 + step) % count })
        .column(named: column.name) ?? column
    }
    return AgreementChecks(real: real, other: Table(columns: columns), schema: schema)
  }

  // MARK: SDMetrics

  private static let shapes: [(String, Double, Double)] = [
    ("age", 0.0296, 0),
    ("height", 0.0175783563526, 0.0004),
    ("weight", 0.0207684243457, 0.0036),
    ("nofriend", 0.0275403713776, 0.0004),
    ("sex", 0.012, 0),
    ("edu", 0.0258319598903, 0.0004),
    ("marital", 0.0255450002569, 0.0004),
    ("ls", 0.0200320512821, 0),
    ("smoke", 0.000605941438941, 0.0008),
  ]
  private static let trends: [String: Double] = [
    "age height": 0.130512400916,
    "age weight": 0.0754041057673,
    "age nofriend": 0.0249764428609,
    "age sex": 0.0548,
    "age edu": 0.186,
    "age marital": 0.3092,
    "age ls": 0.114,
    "age smoke": 0.0824,
    "height weight": 0.229928243784,
    "height nofriend": 0.0141556914954,
    "height sex": 0.0376,
    "height edu": 0.078,
    "height marital": 0.048,
    "height ls": 0.0512,
    "height smoke": 0.0484,
    "weight nofriend": 0.0121855646968,
    "weight sex": 0.2232,
    "weight edu": 0.0684,
    "weight marital": 0.0668,
    "weight ls": 0.0692,
    "weight smoke": 0.0468,
    "nofriend sex": 0.032,
    "nofriend edu": 0.0468,
    "nofriend marital": 0.044,
    "nofriend ls": 0.0424,
    "nofriend smoke": 0.03,
    "sex edu": 0.0808,
    "sex marital": 0.0368,
    "sex ls": 0.0308,
    "sex smoke": 0.0136,
    "edu marital": 0.0772,
    "edu ls": 0.0804,
    "edu smoke": 0.0556,
    "marital ls": 0.0448,
    "marital smoke": 0.0412,
    "ls smoke": 0.0288,
  ]

  @Test func `shapes, missingness and trends are those of SDMetrics`() throws {
    _ = try Self.halves(moved: ["age": 1, "edu": 2, "weight": 3])
      .columns(Self.shapes, pairs: Self.trends)
  }

  // MARK: synthpop

  private static let disclosures: [AgreementChecks.KeyFigures] = [
    (
      "sex age region", "marital", [30.44, 29.60, 17.36, 8.84],
      [67.92, 48.72, 70.28, 43.24, 20.92, 14.32],
      [43.089824, 84.7866666666667, 74.508, 31.2461904761905]
    ),
    (
      "sex age region", "ls", [30.44, 29.60, 17.36, 8.84],
      [42.48, 42.92, 70.28, 39.56, 11.36, 4.64],
      [29.31568, 69.9266666666667, 70.3201904761905, 20.475619047619]
    ),
    (
      "sex age region", "smoke", [30.44, 29.60, 17.36, 8.84],
      [65.36, 64.20, 70.28, 52.92, 36.72, 26.16],
      [61.590112, 84.1906666666667, 84.0338095238095, 45.8921904761905]
    ),
    (
      "sex age region placesize", "marital", [66.88, 67.00, 18.32, 14.16],
      [87.12, 79.72, 32.40, 27.08, 12.64, 10.56],
      [43.089824, 93.84, 89.7866666666667, 14.6026666666667]
    ),
    (
      "sex age region placesize", "smoke", [66.88, 67.00, 18.32, 14.16],
      [85.92, 87.52, 32.40, 29.52, 19.56, 16.68],
      [61.590112, 93.2866666666667, 94.1146666666667, 21.088]
    ),
    (
      "edu placesize", "marital", [0.08, 0.04, 0.04, 0.04],
      [0.08, 0.12, 99.96, 0.12, 0.04, 0],
      [43.089824, 45.343940550927478, 43.721784190102838, 43.048011087579994]
    ),
    (
      "edu placesize", "smoke", [0.08, 0.04, 0.04, 0.04],
      [0.16, 0.12, 99.96, 0.12, 0.08, 0.08],
      [61.590112, 62.5625137179741, 62.342023526227, 61.7821321197418]
    ),
  ]

  @Test func `identity and attribute disclosure are those of synthpop`() throws {
    try Self.halves().keys(Self.disclosures)
  }

  @Test func `tables of two variables have synthpop's statistics`() throws {
    try Self.halves().tables([
      (
        "sex edu",
        [
          95.2359632988680147, 0.00238089908247170, 10.58177369987422445, 95.7341269431907449,
          0.00689371953833776, 0.06918602710923281,
        ]
      ),
      (
        "marital smoke",
        [
          42.58755219161483296, 0.00106468880479037, 2.66172201197592706, 56.8091030528431773,
          0.00347259759832281, 0.05329592060038175,
        ]
      ),
      (
        "region placesize",
        [
          169.285072506707, 0.00423212681266768, 2.38429679586912, 175.033678511947,
          0.0124749884728973, 0.0935504351972632,
        ]
      ),
      (
        "edu ls",
        [
          133.294615521836, 0.00333236538804590, 3.92042986828929, 144.416942576657,
          0.00998415866730989, 0.0849755678347186,
        ]
      ),
    ])
  }

  @Test func `the logistic propensity error is that of synthpop`() throws {
    let model = try Self.halves().propensity(["sex", "age", "edu", "ls"])
    // `utility.gen` with method "logit" and main effects.
    #expect(abs(model.error - 0.000585090129826339) < 1e-9)
    #expect(abs(model.error / model.expected - 1.80027732254258) < 1e-6)
    #expect(abs(model.specks - 0.0612) < 1e-9)
    #expect(abs(model.percentOver - 2.22) < 1e-9)
    #expect(abs(model.rankArea - 3_312_265.0 / (2500 * 2500)) < 1e-6)
  }

  // MARK: scikit-learn

  @Test func `areas and the logistic propensity model are those of scikit-learn`() throws {
    let tables = try AgreementTables.survey()
    let checks = AgreementChecks(
      real: tables.real, other: tables.synthetic, schema: tables.schema)
    try checks.areas(
      "YES", of: "smoke",
      [
        ("age", 0.4656315600355542), ("height", 0.5715916182839421), ("weight", 0.5036755110917791),
      ])
    let model = try checks.propensity(["age", "height", "edu", "sex"])
    #expect(abs(model.error - 8.534935976438367e-05) < 1e-9)
    #expect(abs(model.rankArea - 0.5067676104572547) < 1e-6)
  }

  // MARK: Anonymeter

  /// Rates of 1,600 attacks by Anonymeter, on those learned from and on others.
  @Test(arguments: [
    ("edu", 0.55923278730421, 0.3160666078448217), ("sex", 0.8285860937823016, 0.6471467137241427),
    ("marital", 0.7774588457934046, 0.5423982056493293),
  ])
  func `inference succeeds as often as Anonymeter's`(
    secret: String, training: Double, control: Double
  ) throws {
    try AttackChecks(AgreementTables.survey())
      .inference(secret, training: training, control: control, of: 1600)
  }

  @Test func `linking succeeds as often as Anonymeter's`() throws {
    try AttackChecks(AgreementTables.survey()).linkability(
      [
        ["age", "height", "sex", "edu", "region"],
        ["weight", "marital", "ls", "smoke", "placesize"],
      ], training: 0.2799034324380409, control: 0.004938598741655663, of: 1600)
  }

  @Test func `singling out has the guesses and the successes of Anonymeter`() throws {
    let checks = try AttackChecks(AgreementTables.survey(), isEven: true)
    checks.singlingOutByOne(guesses: 12, training: 11, control: 5)
    try checks.singlingOutByThree(tried: 4800, alone: 163, training: 71, control: 36)
  }
}
