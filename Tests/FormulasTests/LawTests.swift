// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables
import Testing

@testable import Formulas

/// Draws of each distribution held against its distribution function.
@Suite struct LawTests {
  static let count = 20_000

  static let laws = [
    "uniform(2, 5)", "normal(10, 2)", "normal(mean = 3, sd = 0)",
    "lognormal(median = 2, sdlog = 0.5)", "lognormal(meanlog = 1, sdlog = 0.3)",
    "gamma(mean = 3, dispersion = 0.5)", "gamma(mean = 1, dispersion = 5)",
    "gamma(shape = 2, scale = 3)", "beta(2, 6)", "beta(0.5, 0.5)",
    "beta(mean = 0.2, precision = 10)", "exponential(mean = 4)", "exponential(rate = 2)",
    "weibull(scale = 1, shape = 2)", "weibull(median = 3, shape = 0.8)", "logistic(1, 2)",
    "laplace(0, 1)", "student_t(df = 3, mean = 1, scale = 2)", "student_t(df = 10)",
    "pareto(1, 5)", "triangular(0, 1, 3)", "triangular(0, 0, 2)", "bernoulli(0.3)",
    "integer(-3, 6)", "poisson(4)", "poisson(200)", "poisson(0)", "binomial(10, 0.3)",
    "binomial(400, 0.7)", "binomial(5, 1)", "neg_binomial(mean = 3, dispersion = 0.5)",
    "neg_binomial(mean = 0.2, dispersion = 4)", "geometric(0.25)", "geometric(1)",
    "truncated(normal(50, 10), 40, 70)", "truncated(poisson(4), 2, 9)",
    "truncated(gamma(shape = 2, scale = 3), 1, 5.5)",
    "mixture(0.7, normal(30, 5), 0.3, normal(60, 8))", "mixture(1, poisson(2), 2, integer(5, 9))",
    "mixture(0.5, uniform(0, 1), 0.5, poisson(1))", "rounded(normal(50, 10), 5)",
    "rounded(integer(-40, 40), 10)", "heaped(normal(50, 10), 10, 0.3)",
    "heaped(integer(0, 99), 5, 0.6)", "quantiles([0, 0.5, 1], [16, 40, 90])",
    "quantiles([0, 0.2, 0.6, 1], [0, 0, 5, 9])", "histogram([0, 10, 20, 50], [3, 1, 2])",
    "zipf(1.1, 50)", "uniform(2020-01-01, 2020-01-31)",
  ]

  static func bound(_ text: String) throws -> BoundSampler {
    guard case .draw(let call) = try Formula(parsing: "~ " + text) else {
      throw DataError("no draw", remedy: "Write ~.")
    }
    let draw = try CompiledDraw(call, in: DrawTests.scope)
    guard case .numbers(let sampler) = draw.law else {
      throw DataError("no numbers", remedy: "Write numbers.")
    }
    let data = FormulaData(tables: [.init(columns: [], count: 1)])
    return BoundSampler(sampler, Frame(data: data, scope: DrawTests.scope, table: 0))
  }

  /// For n = 20,000 by Dvoretzky, Kiefer and Wolfowitz, with Massart's constant: the largest distance is above
  /// √(ln(2/α)/(2n)) = 0.0191 with probability α = 10⁻⁶ at most, for laws with atoms too.
  @Test(arguments: laws) func `draws follow the distribution function`(text: String) throws {
    let values = DrawTests.values(try DrawTests.column("~ " + text, count: Self.count)).sorted()
    let law = try Self.bound(text)
    let n = Double(Self.count)
    var distance = 0.0
    var row = 0
    while row < values.count {
      let value = values[row]
      let first = row
      while row < values.count, values[row] == value { row += 1 }
      distance = max(
        distance, abs(Double(first) / n - (try law.below(value, 0))),
        abs(Double(row) / n - (try law.upTo(value, 0))))
    }
    #expect(distance < 0.0191, "\(text): \(distance)")
  }

  @Test(arguments: laws) func `the quantile is the least value that reaches its share`(
    text: String
  ) throws {
    let law = try Self.bound(text)
    var last = -Double.infinity
    for u in [1e-6, 0.003, 0.1, 0.25, 0.4999, 0.62, 0.9, 0.997, 1 - 1e-6] {
      let value = try law.quantile(u, 0)
      #expect(try law.upTo(value, 0) >= u - 1e-9, "\(text) at \(u): \(value)")
      #expect(try law.below(value, 0) <= u + 1e-9, "\(text) at \(u): \(value)")
      #expect(value >= last)
      last = value
    }
  }

  /// SciPy 1.17.1.
  @Test(arguments: [
    ("gamma(shape = 2, scale = 3)", 0.9, 11.6691605096023), ("beta(2, 6)", 0.01, 0.022665066887002),
    ("student_t(df = 10)", 0.975, 2.22813885198627),
    ("neg_binomial(mean = 3, dispersion = 0.5)", 0.7, 4), ("binomial(10, 0.3)", 0.5, 3),
    ("poisson(4)", 0.99, 9), ("weibull(scale = 1, shape = 2)", 0.3, 0.597222692082888),
    ("logistic(1, 2)", 0.8, 3.77258872223978), ("laplace(0, 1)", 0.2, -0.916290731874155),
    ("triangular(0, 1, 3)", 0.6, 1.45080666151703), ("pareto(1, 5)", 0.5, 1.14869835499704),
    ("truncated(normal(50, 10), 40, 70)", 0.25, 46.5035857070753),
  ]) func `quantiles are those of another implementation`(
    text: String, u: Double, expected: Double
  ) throws {
    let value = try Self.bound(text).quantile(u, 0)
    #expect(abs(value - expected) <= 1e-12 * max(1, expected.magnitude), "\(text): \(value)")
  }

  @Test func `every form of every family is among the laws`() throws {
    for family in DistributionFamily.all {
      for form in family.forms {
        #expect(family.law(of: form) != nil, "\(family.name)")
        let names = form.parameters.filter { $0.standard == nil }.map(\.name)
        let isMeant = Self.laws.contains { text in
          text.hasPrefix(family.name + "(")
            && (family.forms.count == 1 || names.allSatisfy { text.contains($0 + " =") }
              || !text.contains("=")
                && form.parameters[0].name == family.forms[0].parameters[0].name)
        }
        #expect(isMeant, "\(family.name) \(names)")
      }
    }
    for name in DistributionFamily.combining where name != "categorical" && name != "softmax" {
      #expect(Self.laws.contains { $0.hasPrefix(name + "(") }, "\(name)")
    }
  }

  /// Levels by chi-square: n = 20,000, 3 degrees of freedom, 30.66 at α = 10⁻⁶.
  @Test(arguments: [
    ("~ categorical(a = 0.5, b = 0.3, c = 0.15, d = 0.05)", [0.5, 0.3, 0.15, 0.05]),
    ("~ softmax(a = 0, b = log(2), c = log(3), d = log(4))", [0.1, 0.2, 0.3, 0.4]),
  ]) func `levels come by their weights`(text: String, shares: [Double]) throws {
    let column = try DrawTests.column(text, count: Self.count)
    guard case .texts(let codes, _) = column.values else { return #expect(Bool(false)) }
    var statistic = 0.0
    for (index, share) in shares.enumerated() {
      let expected = share * Double(Self.count)
      let found = Double(codes.count { Int($0) == index })
      statistic += (found - expected) * (found - expected) / expected
    }
    #expect(statistic < 30.66, "\(text): \(statistic)")
  }
}
