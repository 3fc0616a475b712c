// SPDX-License-Identifier: Apache-2.0
import Tables
import Testing

@testable import Formulas

@Suite struct EvaluationTests {
  @Test(arguments: [
    ("1 + 2 * 3", 7.0), ("-2 ^ 2", -4), ("2 ^ 3 ^ 2", 512), ("2 ^ -1", 0.5), ("(1 + 2) * 3", 9),
    ("7 % 3", 1), ("-7 % 3", 2), ("7 / 2", 3.5), ("10 - 4 - 3", 3), ("abs(-3)", 3),
    ("round(2.5)", 3), ("round(-2.5)", -3), ("round(3.14159, 2)", 3.14), ("floor(-0.5)", -1),
    ("ceil(0.5)", 1), ("min(3, 1, 2)", 1), ("max(3, 1.5)", 3), ("sqrt(16)", 4), ("sign(-3)", -1),
    ("year(2027-04-01)", 2027), ("weekday(2026-11-24)", 2), ("quarter(2027-04-01)", 2),
    ("day_of_year(2024-12-31)", 366), ("days(2024-03-01 - 2024-02-28)", 2),
    ("years_between(2000-02-29, 2001-02-28)", 0), ("years_between(2000-02-29, 2001-03-01)", 1),
    ("length('Dé')", 2), ("number('12.5')", 12.5), ("if(true, 1, 2.5)", 1),
    ("case(false, 1, true, 2, 3)", 2), ("first_present(missing, 4)", 4), ("code(sex) * 1", 1),
    ("invlogit(0)", 0.5), ("weeks(days(21))", 3), ("hours(days(2)) / 24", 2),
  ]) func `a constant comes out as by hand`(text: String, expected: Double) throws {
    let value = try #require(try Example.numbers(text)[0])
    #expect(abs(value - expected) < 1e-12, "\(text) gave \(value)")
  }

  @Test(arguments: [
    ("exp(1)", 2.718281828459045), ("log(10)", 2.302585092994046),
    ("log1p(0.0000000001)", 9.9999999995e-11), ("logit(0.9)", 2.197224577336219),
    ("2 ^ 0.5", 1.4142135623730951), ("invlogit(-800)", 0),
  ]) func `functions agree with their published values`(text: String, expected: Double) throws {
    let value = try #require(try Example.numbers(text)[0])
    #expect(abs(value - expected) <= 1e-14 * max(1, abs(expected)) + 1e-300)
  }

  @Test func `a missing operand makes arithmetic missing and keeps the only reason`() throws {
    let sum = try Example.column("age + income")
    #expect(sum.missing.reason(at: 2)?.code == "-9")
    #expect(sum.missing.reason(at: 3)?.code == "NA")
    #expect(!sum.missing.isMissing(at: 1))
  }

  @Test func `what is not defined is missing and never NaN`() throws {
    #expect(try Example.numbers("1 / 0") == [nil, nil, nil, nil])
    #expect(try Example.numbers("log(0 - code(sex))") == [nil, nil, nil, nil])
    #expect(try Example.numbers("9223372036854775807 + 1")[0] == nil)
  }

  @Test func `logic has three values`() throws {
    #expect(try Example.truths("age > 20 and works") == [false, true, nil, false])
    #expect(try Example.truths("age > 20 or works") == [false, true, true, true])
    #expect(try Example.truths("not (age > 20)") == [true, false, nil, false])
    #expect(try Example.truths("age > 20 and false") == [false, false, false, false])
  }

  @Test func `labels and codes name the same level`() throws {
    #expect(try Example.truths("sex == 'female'") == [false, true, true, false])
    #expect(try Example.truths("sex == 2") == [false, true, true, false])
    #expect(try Example.truths("health >= 'fair'") == [false, true, true, true])
    #expect(try Example.truths("'fair' <= health") == [false, true, true, true])
    #expect(try Example.truths("marital in ['single', 'married']") == [true, true, true, true])
  }

  @Test func `ranges include both ends`() throws {
    #expect(try Example.truths("age in 15..30") == [true, true, nil, false])
    #expect(try Example.truths("age not in 15..30") == [false, false, nil, true])
    #expect(try Example.truths("born in 1970-01-01..1970-02-01") == [true, true, false, false])
  }

  @Test func `texts are tested and changed`() throws {
    #expect(try Example.truths("matches(name, '[A-C].*')") == [true, true, true, false])
    #expect(try Example.truths("starts_with(lower(name), 'b')") == [false, true, false, false])
    guard
      case .texts(let codes, let pool) = try Example.column(
        "join(upper(name), '-', text(code(sex)))"
      ).values
    else { return #expect(Bool(false)) }
    #expect(codes.map { pool[Int($0)] } == ["AL-1", "BEA-2", "CI-2", "DÉ-1"])
  }

  @Test func `a missing condition makes the choice missing for its reason`() throws {
    let column = try Example.column("if(age > 20, 1, 0)")
    #expect(column.values == .wholeNumbers([0, 1, 0, 1]))
    #expect(column.missing.reason(at: 2)?.code == "-9")
  }

  @Test func `a rule counts kept, broken and not applicable`() throws {
    let rule = try Rule("age >= 16 or marital == 'single'", in: Example.scope)
    var expected = RuleCount()
    expected.kept = 3
    expected.notApplicable = 1
    #expect(rule.count(FormulaData(Example.table)) == expected)
  }

  @Test func `parents are looked up and children added up`() throws {
    let school = FormulaScope.Table(
      name: "school", columns: [.init(name: "quality", type: .number)])
    let pupil = FormulaScope.Table(
      name: "pupil",
      columns: [.init(name: "score", type: .number), .init(name: "female", type: .boolean)])
    let data = FormulaData(
      tables: [
        .init(columns: [Column(name: "quality", values: .numbers([1, 2, 3]))], count: 3),
        .init(
          columns: [
            Column(name: "score", values: .numbers([10, 20, 30, 40])),
            Column(name: "female", values: .booleans([true, false, true, true])),
          ], count: 4),
      ], parentRows: [[0, 0, 1, -1]])
    let link = FormulaScope.Link(child: 1, parent: 0, name: "school")
    let up = FormulaScope(tables: [school, pupil], links: [link], current: 1)
    let down = FormulaScope(tables: [school, pupil], links: [link], current: 0)
    for text in ["parent.quality * 2", "school.quality * 2"] {
      #expect(
        try CompiledFormula(Expression(parsing: text), in: up).numbers(data) == [2, 2, 4, nil])
    }
    func number(_ text: String) throws -> [Double?] {
      try CompiledFormula(Expression(parsing: text), in: down).numbers(data)
    }
    #expect(try number("mean(pupil.score)") == [15, 30, nil])
    #expect(try number("mean(child.score, female)") == [10, 30, nil])
    #expect(try number("count(pupil)") == [2, 1, 0])
    #expect(try number("sum(pupil.score, not female)") == [20, 0, 0])
    #expect(try number("max(pupil.score - parent.quality)") == [19, 28, nil])
  }

  @Test func `a lag takes the period before, not the row before`() throws {
    let table = FormulaScope.Table(
      columns: [
        .init(name: "id", type: .whole), .init(name: "wave", type: .whole),
        .init(name: "x", type: .number),
      ], entity: "id", time: "wave")
    let data = FormulaData(
      tables: [
        .init(
          columns: [
            Column(name: "id", values: .wholeNumbers([1, 2, 1, 1, 2])),
            Column(name: "wave", values: .wholeNumbers([2, 1, 1, 5, 5])),
            Column(name: "x", values: .numbers([12, 21, 11, 15, 25])),
          ], count: 5)
      ])
    let formula = try CompiledFormula(
      Expression(parsing: "x[-1]"), in: FormulaScope(tables: [table]))
    #expect(formula.numbers(data) == [11, nil, nil, 12, nil])
  }

  @Test func `a named table is looked up`() throws {
    var scope = Example.scope
    scope.lookups["rates"] = try LookupTable(
      Table(
        name: "rates",
        columns: [
          Column(name: "sex", values: .texts(codes: [0, 1], pool: TextPool(["male", "female"]))),
          Column(name: "rate", values: .numbers([0.1, 0.2])),
        ]))
    let formula = try CompiledFormula(Expression(parsing: "table(rates, sex)"), in: scope)
    #expect(formula.numbers(FormulaData(Example.table)) == [0.1, 0.2, 0.2, 0.1])
  }

  @Test func `random texts of the language's signs never crash the parser`() {
    let words = [
      "age", "sex", "(", ")", "[", "]", "+", "-", "*", "^", "==", "<", "in", "..", "and", "or",
      "not",
      "'a'", "1", "2.5", "2027-04-01", "if(", "mean(", "case(", ",", ".", "missing", "true", "~",
      "=",
      "matches(", "'(['", "normal(", "`x`", "é", "\"", " ",
    ]
    var state: UInt64 = 1
    var fine = 0
    for _ in 0..<4000 {
      var text = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += words[Int(state >> 33) % words.count] + (state & 1 == 0 ? " " : "")
      }
      if let expression = try? Expression(parsing: text),
        let formula = try? CompiledFormula(expression, in: Example.scope)
      {
        _ = formula.column(named: "x", FormulaData(Example.table))
        fine += 1
      }
      _ = try? Formula(parsing: text)
      _ = try? ModelFormula(parsing: text)
      _ = try? TextPattern(text)
    }
    #expect(fine < 4000)
    let deep = String(repeating: "(", count: 5000) + "1"
    #expect(throws: DataError.self) { try Expression(parsing: deep) }
    let chain = "1" + String(repeating: " + 1", count: 4000)
    #expect(throws: DataError.self) { try Expression(parsing: chain) }
  }
}
