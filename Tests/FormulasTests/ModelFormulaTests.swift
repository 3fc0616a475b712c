// SPDX-License-Identifier: Apache-2.0
import Tables
import Testing

@testable import Formulas

@Suite struct ModelFormulaTests {
  private static func terms(_ text: String) throws -> [[String]] {
    try ModelFormula(parsing: text).terms.map { $0.factors.map(words) }
  }

  private static func words(_ factor: ModelFormula.Factor) -> String {
    switch factor {
    case .column(let name): name
    case .levels(let name): "factor(\(name))"
    case .polynomial(let name, let degree): "poly(\(name),\(degree))"
    case .expression(let expression): expression.description
    }
  }

  @Test func `terms are written out as R does`() throws {
    #expect(
      try Self.terms("income ~ age + sex + age:sex + poly(age, 2) + factor(region)")
        == [["age"], ["sex"], ["poly(age,2)"], ["factor(region)"], ["age", "sex"]])
    #expect(try Self.terms("y ~ a * b") == [["a"], ["b"], ["a", "b"]])
    #expect(try Self.terms("y ~ (a + b + c)^2 - a:b").count == 5)
    #expect(try Self.terms("y ~ a + a + b:a + a:b") == [["a"], ["b", "a"]])
    #expect(try Self.terms("y ~ log(x) + I(x / 10)") == [["log(x)"], ["(x / 10)"]])
  }

  @Test func `a dot is part of a name, since there is one table`() throws {
    let formula = try ModelFormula(parsing: "hours.per.week ~ native.country + age")
    #expect(formula.columns == ["hours.per.week", "native.country", "age"])
    #expect(throws: DataError.self) { try ModelFormula(parsing: "hours. ~ age") }
  }

  @Test func `the intercept can be taken away`() throws {
    #expect(try ModelFormula(parsing: "y ~ a").hasIntercept)
    #expect(try ModelFormula(parsing: "y ~ 1").hasIntercept)
    #expect(try !ModelFormula(parsing: "y ~ 0 + a").hasIntercept)
    #expect(try !ModelFormula(parsing: "y ~ a - 1").hasIntercept)
  }

  @Test(arguments: [
    ("~ a", 1, "income ~"), ("income age", 8, "income ~"), ("income ~", 9, "column"),
    ("income ~ age +", 15, "column"), ("income ~ ag", 10, "age"),
    ("income ~ poly(age)", 10, "poly(age, 2)"),
    ("income ~ polly(age, 2)", 10, "poly"), ("income ~ age sex", 14, "+"), ("income ~ 3", 10, "I("),
    ("income ~ poly(name, 2)", 10, "as it is"), ("income ~ age ~ sex", 14, "one `~`"),
  ]) func `a broken formula points to its place`(text: String, position: Int, suggestion: String) {
    let error = #expect(throws: DataError.self) {
      try ModelFormula(parsing: text).check(in: Example.scope)
    }
    #expect(error?.position == position, "\(text): \(String(describing: error))")
    #expect(error?.remedy.contains(suggestion) == true, "\(text): \(String(describing: error))")
  }
}
