// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
import Tables
import Testing

@testable import Fabrication

/// Means, deviations, quantiles and correlations beside tables of counts.
@Suite struct PublishedStatisticTests {
  static func numbers(_ table: Table, _ name: String) throws -> [Double] {
    switch try #require(table.column(named: name)).values {
    case .numbers(let list): return list
    case .wholeNumbers(let list): return list.map { Double($0) }
    default:
      Issue.record("\(name) holds no numbers")
      return []
    }
  }

  static func mean(_ list: [Double]) -> Double { list.reduce(0, +) / Double(list.count) }

  static func deviation(_ list: [Double]) -> Double {
    let middle = mean(list)
    return ElementaryFunctions.sqrt(mean(list.map { ($0 - middle) * ($0 - middle) }))
  }

  static let text = """
    published:
      - {of: [sex, region], counts: {f: {n: 300, s: 250}, m: {n: 200, s: 250}}}
      - {of: age, from: 16, to: 95, step: 1, mean: 46, sd: 17, quantiles: {0.25: 32, 0.5: 45}}
      - {of: income, from: 0, to: 150, mean: 32, sd: 21}
      - {of: income, by: sex, mean: {f: 28, m: 36.8888889}}
      - {of: [age, income], correlation: 0.35}
    columns:
      sex: {by: published}
      region: {by: published}
      age: {by: published}
      income: {by: published, decimals: 2}
    """

  @Test func `all figures are met, and each residual is stated`() throws {
    let specification = try Specification(yaml: Self.text, file: "s")
    let figures = specification.publishedFigures
    // 4 cells, 4 of age, 2 of income, 2 by sex, 1 correlation.
    #expect(figures.count == 13)
    for figure in figures {
      #expect(
        abs(figure.residual) <= 1e-6 * max(1, abs(figure.published)),
        "\(figure.name): \(figure.population)")
    }
    #expect(figures.contains { $0.name == "mean of income where sex = f" && $0.published == 28 })
    #expect(
      figures.contains {
        $0.name == "share of age below 45.0" || $0.name == "share of age below 45"
      })
  }

  /// 40,000 rows; bounds are five standard errors of independent draws.
  @Test func `rows have the means, deviations, quantiles and correlation`() throws {
    let specification = try Specification(yaml: Self.text, file: "s")
    let table = try specification.sample(rows: 0..<40_000, key: RandomKey(seed: "m"))
    let age = try Self.numbers(table, "age")
    let income = try Self.numbers(table, "income")
    let sex = try SeveralTablesTests.texts(table, "sex")
    guard case .wholeNumbers? = table.column(named: "age")?.values else {
      return #expect(Bool(false), "ages are whole numbers")
    }
    #expect(
      age.allSatisfy { (16...95).contains($0) } && income.allSatisfy { (0...150).contains($0) })
    #expect(abs(Self.mean(age) - 46) < 5 * 17 / 200)
    #expect(abs(Self.deviation(age) - 17) < 5 * 17 / 200)
    #expect(abs(Self.mean(income) - 32) < 5 * 21.0 / 200)
    #expect(abs(Self.deviation(income) - 21) < 0.7)
    let women = income.indices.filter { sex[$0] == "f" }.map { income[$0] }
    #expect(abs(Self.mean(women) - 28) < 5 * 21 / 148.0)
    let below = Double(age.count { $0 < 45 }) + Double(age.count { $0 == 45 }) / 2
    #expect(abs(below / 40_000 - 0.5) < 5 * 0.5 / 200)
    let means = (Self.mean(age), Self.mean(income))
    let products = zip(age, income).map { ($0 - means.0) * ($1 - means.1) }
    let correlation = Self.mean(products) / Self.deviation(age) / Self.deviation(income)
    #expect(abs(correlation - 0.35) < 5.0 / 200)
  }

  /// The greatest entropy with a mean and a deviation in a wide range is a normal distribution.
  @Test func `without other figures a number is normal`() throws {
    let text = """
      published: [{of: x, from: -80, to: 80, mean: 5, sd: 10, n: 500}]
      columns: {x: {by: published}}
      """
    let specification = try Specification(yaml: text, file: "s")
    #expect(specification.rowCount == 500)
    let list = try Self.numbers(
      try specification.sample(rows: 0..<40_000, key: RandomKey(seed: "n")), "x")
    // Shares below the mean minus one and plus two deviations; cells are 4 wide.
    #expect(abs(Double(list.count { $0 < -5 }) / 40_000 - 0.15866) < 0.0115)
    #expect(abs(Double(list.count { $0 < 25 }) / 40_000 - 0.97725) < 0.005)
  }

  @Test func `a number may be counted in bands too`() throws {
    let text = """
      published:
        - {of: [age], counts: {0-15: 200, 16-64: 600, 65+: 200, Total: 1000}}
        - {of: age, from: 0, to: 99, step: 1, mean: 41}
      columns: {age: {by: published}}
      """
    let specification = try Specification(yaml: text, file: "s")
    let age = try Self.numbers(
      try specification.sample(rows: 0..<1000, key: RandomKey(seed: "b")), "age")
    #expect(abs(age.count { $0 < 16 } - 200) <= 3 && abs(age.count { $0 >= 65 } - 200) <= 3)
    #expect(abs(Self.mean(age) - 41) < 5 * 27 / 31.6)
    for figure in specification.publishedFigures { #expect(abs(figure.residual) < 1e-5) }
  }

  // MARK: Files

  static func column(_ name: String, _ texts: [String]) -> Column {
    Column(
      name: name, values: .texts(codes: texts.indices.map { UInt32($0) }, pool: TextPool(texts)))
  }

  static let files: [String: Table] = [
    "cross.csv": Table(columns: [
      column("", ["north", "south", "Total"]),
      Column(name: "f", values: .wholeNumbers([30, 25, 55])),
      Column(name: "m", values: .wholeNumbers([20, 25, 45])),
      Column(name: "Total", values: .wholeNumbers([50, 50, 100])),
    ]),
    "wide.csv": Table(columns: [
      column("variable", ["age", "age", "pay"]), column("sex", ["Total", "f", ""]),
      Column(name: "mean", values: .numbers([40, 42, 20])),
      Column(
        name: "sd", values: .numbers([15, 0, 8]),
        missing: MissingCells(reasons: [MissingReason(code: "")], codes: [0, 1, 0])),
      Column(name: "min", values: .numbers([0, 0, 0])),
      Column(name: "max", values: .numbers([100, 100, 90])),
      Column(
        name: "p50", values: .numbers([39, 0, 0]),
        missing: MissingCells(reasons: [MissingReason(code: "")], codes: [0, 1, 1])),
    ]),
    "long.csv": Table(columns: [
      column("variable", ["age", "age", "age", "age"]),
      column("statistic", ["mean", "sd", "minimum", "maximum"]),
      Column(name: "value", values: .numbers([40, 15, 0, 100])),
    ]),
    "correlations.csv": Table(columns: [
      column("", ["age", "pay"]), Column(name: "age", values: .numbers([1, 0.4])),
      Column(
        name: "pay", values: .numbers([0, 1]),
        missing: MissingCells(reasons: [MissingReason(code: "")], codes: [1, 0])),
    ]),
  ]

  static func specification(_ text: String) throws -> Specification {
    try Specification(yaml: text, file: "s") { (name) throws(DataError) in
      guard let table = files[name] else { throw DataError("none", remedy: "None.") }
      return table
    }
  }

  @Test func `statistics, correlations and cross-tables with totals are read from files`() throws {
    let specification = try Self.specification(
      """
      published: [{file: cross.csv, of: [region, sex]}, wide.csv, correlations.csv]
      columns: {region: {by: published}, sex: {by: published}, age: {by: published}, pay: {by: published}}
      """)
    #expect(specification.rowCount == 100)
    // 4 cells; mean, deviation and median of age, mean of women's; mean and deviation of pay; 1.
    #expect(specification.publishedFigures.count == 4 + 3 + 1 + 2 + 1)
    for figure in specification.publishedFigures {
      #expect(abs(figure.residual) < 1e-5, "\(figure.name)")
    }
    let long = try Self.specification(
      "published: [long.csv]\ncolumns: {age: {by: published}}")
    #expect(long.publishedFigures.map(\.name).contains("standard deviation of age"))
  }

  @Test(arguments: [
    ("[{of: x, from: 0, to: 10, mean: 11}]", "outside 0 to 10"),
    ("[{of: x, from: 0, to: 10, mean: 5, sd: 6}]", "cannot be had between"),
    ("[{of: x, from: 0, to: 10, sd: 2}]", "says nothing without the mean"),
    ("[{of: x, mean: 5}]", "between which values"),
    ("[{of: x, from: 5, to: 5, mean: 5}]", "no width"),
    ("[{of: x, from: 0, to: 10, step: 3, mean: 5}]", "steps"),
    ("[{of: x, from: 0, to: 10, quantiles: {1.5: 3}}]", "between 0 and 1"),
    (
      "[{of: x, from: 0, to: 10, quantiles: {0.2: 8, 0.8: 3}}]",
      "no population agrees with table `x`"
    ),
    ("[{of: x, from: 0, to: 10, mean: 1, sd: 4.5}]", "no population agrees with table `x`"),
    ("[{of: x, from: 0, to: 10, mean: many}]", "no number"),
    ("[{of: [x, y], correlation: 2}]", "between -1 and 1"),
    ("[{of: [x, y], correlation: 0.5}]", "is no number with a range"),
    (
      "[{of: [s], counts: {f: 50, m: 50}}, {of: x, from: 0, to: 9, mean: 5}, {of: x, by: s, mean: {f: 5, m: 6}, name: by sex}]",
      "`s`, `x`, `by sex` cannot be met together"
    ),
    (
      "[{of: [s], counts: {f: 50, m: 50}}, {of: x, from: 0, to: 9, by: s, mean: {f: 5, k: 6}}]",
      "which no table counts"
    ),
    (
      "[{of: [x], counts: {low: 5}}, {of: x, from: 0, to: 9, mean: 4}]", "no band"
    ),
    ("[{of: x, from: 0, to: 10, men: 5}]", "unknown key `men`"),
  ]) func `figures that cannot be are named`(text: String, part: String) {
    let error = #expect(throws: DataError.self) {
      try Specification(yaml: "columns: {x: {by: published}}\npublished: " + text, file: "s")
    }
    #expect(error?.message.contains(part) == true, "\(String(describing: error))")
    #expect(error?.remedy.isEmpty == false)
  }
}
