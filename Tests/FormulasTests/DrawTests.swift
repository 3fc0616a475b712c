// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables
import Testing

@testable import Formulas

@Suite struct DrawTests {
  static let count = 40_000
  static let rows = FormulaData(
    tables: [.init(columns: [], count: count)])
  static let scope = FormulaScope(tables: [.init(columns: [])])

  static func column(_ text: String, from: Int = 0, count: Int = count) throws -> Column {
    guard case .draw(let call) = try Formula(parsing: text) else {
      throw DataError("no draw", remedy: "Write ~.")
    }
    return try CompiledDraw(call, in: scope).column(
      named: "x", FormulaData(tables: [.init(columns: [], count: count)]),
      key: RandomKey(seed: "draws").stream(text), firstEntity: from)
  }

  static func values(_ column: Column) -> [Double] {
    switch column.values {
    case .numbers(let list): list
    case .wholeNumbers(let list): list.map { Double($0) }
    case .booleans(let list): list.map { $0 ? 1 : 0 }
    case .dates(let list): list.map { Double($0) }
    default: []
    }
  }

  /// Means and standard deviations by the textbook; n = 40,000 and a bound of five standard errors
  /// (α about 6e-7 each).
  @Test(arguments: [
    ("~ uniform(2, 5)", 3.5, 0.8660), ("~ normal(mean = 10, sd = 2)", 10, 2),
    ("~ lognormal(median = 1, sdlog = 0.5)", 1.1331, 0.6039),
    ("~ gamma(mean = 3, dispersion = 0.5)", 3, 2.1213),
    ("~ gamma(shape = 2, scale = 3)", 6, 4.2426), ("~ beta(2, 6)", 0.25, 0.1443),
    ("~ beta(mean = 0.2, precision = 10)", 0.2, 0.1206), ("~ exponential(mean = 4)", 4, 4),
    ("~ exponential(rate = 2)", 0.5, 0.5), ("~ weibull(scale = 1, shape = 2)", 0.8862, 0.4633),
    ("~ logistic(1, 2)", 1, 3.6276), ("~ laplace(0, 1)", 0, 1.4142),
    ("~ student_t(df = 10)", 0, 1.1180),
    ("~ pareto(1, 5)", 1.25, 0.3227), ("~ triangular(0, 1, 3)", 1.3333, 0.6236),
    ("~ bernoulli(0.3)", 0.3, 0.4583), ("~ integer(1, 6)", 3.5, 1.7078), ("~ poisson(4)", 4, 2),
    ("~ binomial(10, 0.3)", 3, 1.4491), ("~ neg_binomial(mean = 3, dispersion = 0.5)", 3, 2.7386),
    ("~ geometric(0.25)", 3, 3.4641), ("~ truncated(normal(0, 1), 0, 100)", 0.7979, 0.6028),
    ("~ mixture(0.5, normal(-1, 0.1), 0.5, normal(1, 0.1))", 0, 1.0050),
    ("~ quantiles([0, 0.5, 1], [0, 10, 30])", 12.5, 8.5391),
    ("~ histogram([0, 1, 2], [3, 1])", 0.75, 0.5204),
    ("~ zipf(1, 2)", 1.3333, 0.4714), ("~ rounded(uniform(0, 100), 10)", 50, 29.15),
    ("~ uniform(2020-01-01, 2020-01-31)", 18_277, 8.9443),
  ]) func `moments are those of the law`(text: String, mean: Double, sd: Double) throws {
    let values = Self.values(try Self.column(text))
    let n = Double(values.count)
    let average = values.reduce(0, +) / n
    #expect(abs(average - mean) < 5 * sd / n.squareRoot() + 1e-4, "\(text): mean \(average)")
    let spread = (values.reduce(0) { $0 + ($1 - average) * ($1 - average) } / n).squareRoot()
    // The fourth moment of the heaviest law here keeps the standard error below 3 % of the sd.
    #expect(abs(spread - sd) < 0.05 * sd, "\(text): sd \(spread)")
  }

  @Test func `levels come up by their weights`() throws {
    let column = try Self.column("~ categorical(a = 0.5, b = 0.3, c: 0.2)")
    guard case .texts(let codes, let pool) = column.values else { return #expect(Bool(false)) }
    #expect(pool.texts == ["a", "b", "c"])
    for (index, share) in [0.5, 0.3, 0.2].enumerated() {
      let found = Double(codes.count { Int($0) == index }) / Double(Self.count)
      #expect(abs(found - share) < 5 * (share * (1 - share) / Double(Self.count)).squareRoot())
    }
  }

  @Test func `a slice holds the same rows`() throws {
    let whole = Self.values(try Self.column("~ gamma(mean = 1, dispersion = 2)", count: 300))
    let slice = Self.values(
      try Self.column("~ gamma(mean = 1, dispersion = 2)", from: 200, count: 100))
    #expect(Array(whole[200...]) == slice)
  }

  @Test(arguments: [
    ("~ norml(0, 1)", 3, "normal"), ("~ normal(0, -1)", 13, "Change"),
    ("~ normal(men = 0)", 16, "mean"),
    ("~ bernoulli(30)", 13, "0.3"), ("~ normal(1, 2, 3)", 16, "normal(mean"),
    ("~ poisson()", 3, "poisson(mean)"),
    ("~ 3", 3, "normal(mean"), ("~ categorical(0.5, 0.5)", 15, "a = 0.5"),
    ("~ uniform(5, 2)", 3, "Change"),
    ("~ gaussian(0, 1)", 3, "normal"), ("~ categorical(a = 1, a = 2)", 26, "once"),
    ("~ truncated(normal(0, 1), 3)", 3, "truncated("),
    ("~ uniform(2020-01-01, 3)", 23, "two dates"),
    ("~ quantiles([0, 1], [1])", 3, "rising"), ("~ rounded(normal(0, 1), 0)", 25, "rounded("),
  ]) func `an impossible draw is refused before it runs`(
    text: String, position: Int, suggestion: String
  ) {
    let error = #expect(throws: DataError.self) { _ = try Self.column(text, count: 1) }
    #expect(error?.position == position, "\(text): \(String(describing: error))")
    #expect(error?.remedy.contains(suggestion) == true, "\(text): \(String(describing: error))")
  }
}
