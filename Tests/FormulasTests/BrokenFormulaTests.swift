// SPDX-License-Identifier: Apache-2.0
import Tables
import Testing

@testable import Formulas

/// Formulas that are wrong, where the error must point, and a part of what must be suggested.
@Suite struct BrokenFormulaTests {
  static let cases: [(String, Int, String)] = [
    ("", 1, "Write a value"), ("age +", 6, "Write a value"), ("+ age", 1, "Take it out"),
    ("(age", 5, "Close it"), ("age)", 4, "Take it out"), ("age = 3", 5, "=="),
    ("age && works", 5, "and"), ("age || works", 5, "or"), ("!works", 1, "not"),
    ("age <> 3", 5, "!="), ("age => 3", 5, ">="), ("age =< 3", 5, "<="), ("age ** 2", 5, "^"),
    ("age ≥ 3", 5, ">="), ("“single”", 1, "plain quotes"), ("marital == 'single", 12, "Close it"),
    ("`age", 1, "Close it"), ("age age", 5, "operator"), ("1 < age < 3", 9, "and"),
    ("age in 16", 10, "in [a, b]"), ("age in []", 9, "Name at least"), ("age in [1, 2", 13, "]"),
    ("2age", 2, "*"), ("2027-13-01 < born", 1, "2027-04-01"), ("agee > 3", 1, "age"),
    ("Age > 3", 1, "age"), ("incme > 3", 1, "income"), ("null", 1, "missing"),
    ("x", 1, "sex"), ("works AND true", 7, "and"), ("sex == 'femal'", 8, "female"),
    ("sex == 3", 8, "male"), ("marital == 'Single'", 12, "single"),
    ("marital < 'single'", 1, "in [a, b]"), ("age == '3'", 1, "quotes"),
    ("born > '2027-04-01'", 1, "without quotes"), ("born + 3", 1, "days(3)"),
    ("born - 1970", 1, "days(3)"), ("name + name", 1, "join"), ("sex + 1", 1, "code(x)"),
    ("works + 1", 1, "if(x, 1, 0)"), ("-name", 1, "number(x)"), ("not age", 5, "Compare"),
    ("age and works", 1, "x != 0"), ("works < true", 1, "=="), ("age == missing", 8, "is_missing"),
    ("age in [1, missing]", 12, "is_missing"), ("sqroot(age)", 1, "sqrt"),
    ("ifelse(works, 1, 2)", 1, "if("), ("isna(age)", 1, "is_missing"), ("ln(age)", 1, "log"),
    ("len(name)", 1, "length"), ("sqrt(age, 2)", 1, "sqrt(x)"), ("sqrt()", 1, "sqrt(x)"),
    ("if(works, 1)", 1, "if(condition, a, b)"), ("if(works, 1, 'a')", 14, "one type"),
    ("if(age, 1, 2)", 4, "x != 0"), ("case(works, 1, works, 2)", 1, "default"),
    ("sqrt(name)", 6, "number(x)"), ("sqrt(x = 2)", 10, "=="), ("lower(age)", 7, "text(x)"),
    ("label(age)", 7, "value labels"), ("code(marital)", 6, "text(x)"),
    ("normal(0, 1)", 1, "~"), ("1 + ~ normal(0, 1)", 5, "alone"), ("age ~ 1", 5, "~"),
    ("parent.x", 1, "this table"), ("school.x", 1, "no parent"), ("mean(age)", 1, "none"),
    ("count(pupil)", 1, "none"), ("age[-1]", 1, "entity"), ("age[1]", 4, "x[-1]"),
    ("age[-1", 7, "]"), ("table(rates, age)", 7, "lookups"), ("table(3, age)", 7, "table(rates"),
    ("matches(name, '(')", 15, "Close it"), ("matches(name, '(a)\\1')", 18, "back-references"),
    ("matches(name, '[z-a]')", 16, "lower end"), ("matches(name, name)", 15, "Write it out"),
    ("matches(name, '*')", 15, "before it"), ("matches(name, '(?=a)')", 15, "without looking"),
    ("year(age)", 6, "2027-04-01"), ("hour(born)", 6, "time of day"),
    ("date('2027-04-01')", 6, "without quotes"),
    ("years_between(born, age)", 21, "dates"), ("round(income, 2.5)", 15, "round(x, 2)"),
    ("min(age)", 1, "min(a, b)"), ("min(age, name)", 10, "one type"),
    ("slice(name, 0, 2)", 1, "slice"),
    ("age; 3", 4, "commas"), ("age ? 1 : 2", 5, "if("), ("data$age", 5, "table.column"),
    ("age # years", 5, "comment"), ("{age}", 1, "brackets"), ("age.", 5, "table.column"),
    ("99999999999999999999", 1, "1e20"), ("1e999", 1, "smaller"), ("and works", 1, "before it"),
    ("age > ", 7, "Write a value"), ("f(", 3, "Write a value"), ("round(income,)", 14, "comma"),
    ("[1, 2]", 1, "in [1, 2]"), ("join(age, 'a')", 6, "text(x)"), ("today()", 1, "clock"),
    ("`no such` > 1", 1, "Use one of"), ("works == age", 1, "condition itself"),
    ("age ± 3", 5, "Take it out"),
  ]

  @Test func `there are at least a hundred cases`() { #expect(Self.cases.count >= 100) }

  @Test(arguments: cases) func `an error points to its place and suggests a way out`(
    text: String, position: Int, suggestion: String
  ) {
    do {
      let expression = try Expression(
        parsing: text, at: SourcePlace(file: "spec.yaml", line: 7, column: 1))
      _ = try CompiledFormula(expression, in: Example.scope)
      Issue.record("\(text) was accepted")
    } catch {
      #expect(error.file == "spec.yaml")
      #expect(error.line == 7)
      #expect(error.position == position, "\(text): \(error)")
      #expect(error.remedy.contains(suggestion), "\(text): \(error)")
    }
  }
}
