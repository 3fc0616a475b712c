// SPDX-License-Identifier: Apache-2.0
import Tables
import Testing

@testable import Fabrication

/// Specifications that are wrong, with the line and column of the error and a part of the remedy.
@Suite struct BrokenSpecificationTests {
  static let cases: [(String, Int, Int, String)] = [
    ("", 1, 1, "fabricate"), ("- 1", 1, 1, "fabricate"), ("rows: 5", 1, 1, "columns:"),
    ("colums:\n  a: 1", 1, 1, "columns"), ("fabricate: 2\ncolumns:\n  a: 1", 1, 12, "fabricate: 1"),
    ("rows: many\ncolumns:\n  a: 1", 1, 7, "rows: 1000"),
    ("rows: -1\ncolumns:\n  a: 1", 1, 7, "rows"),
    ("columns: 3", 1, 10, "a line"), ("columns: []", 1, 10, "a line"),
    ("columns:\n  a: ~ norml(0, 1)", 2, 8, "normal"),
    ("columns:\n  a: ~ normal(0, -1)", 2, 18, "Change"),
    ("columns:\n  a: b + 1", 2, 6, "before this one"),
    ("columns:\n  a: 1\n  b: a +", 3, 9, "Write a value"),
    ("columns:\n  age: 1\n  b: agee * 2", 3, 6, "age"),
    ("columns:\n  a: {by: person.nme}", 2, 11, "person.name"),
    ("columns:\n  a: {form: x}", 2, 7, "Use one of"),
    ("columns:\n  a: {}", 2, 6, "by: person.name"),
    ("columns:\n  a: [1, 2]", 2, 6, "Write a formula"),
    ("columns:\n  a: {by: id.uuid, value: 3}", 2, 20, "Keep one"),
    ("columns:\n  a: {pattern: \"[a-\"}", 2, 17, "Close it"),
    ("columns:\n  a: {pattern: \"(a)\\\\1\"}", 2, 20, "back-references"),
    ("columns:\n  a: {pattern: \"a{3}\", length: [5, 9]}", 2, 17, "Change the pattern"),
    ("columns:\n  a: {pattern: \"a*\", length: 5}", 2, 30, "[5, 10]"),
    ("columns:\n  a: {sequence: x}", 2, 17, "sequence"),
    ("columns:\n  a: {sequence: {step: 0}}", 2, 17, "step such as 1"),
    ("columns:\n  a: {sequence: {strt: 1}}", 2, 18, "start"),
    ("columns:\n  a: {value: 1.5, missing: 3}", 2, 28, "rate: 0.1"),
    ("columns:\n  a: {value: 1.5, missing: {rate: 5}}", 2, 35, "0.1 for 10 %"),
    ("columns:\n  a: {value: 1.5, missing: {reason: x}}", 2, 28, "Add `rate:`"),
    ("columns:\n  a: {value: 1.5, missing: {when: a + 1}}", 2, 35, "Compare"),
    ("columns:\n  a: {value: 1.5, missing: {rat: 0.1}}", 2, 29, "rate"),
    ("columns:\n  a: {value: 1, decimals: 2}", 2, 6, "Take `decimals` out"),
    ("columns:\n  a: {value: 1.5, decimals: 99}", 2, 29, "decimals"),
    ("columns:\n  a: {value: [1]}", 2, 14, "quotes"),
    ("columns:\n  a: \"~ categorical(x = 0)\"", 2, 9, "above 0"),
    ("columns:\n  a: ~ uniform(5, 1)", 2, 8, "Change"),
    ("columns:\n  a: ~ poisson(-1)", 2, 16, "Change"),
    ("columns:\n  a: ~ bernoulli(3)", 2, 18, "0.3 for 30 %"),
    ("columns:\n  a: ~ gaussian(0, 1)", 2, 8, "normal"),
    ("columns:\n  a: ~ normal(men = 3)", 2, 21, "mean"),
    ("columns:\n  a: ~ normal(0, 1, 2)", 2, 21, "normal"),
    ("columns:\n  a: (1 + 2", 2, 12, "Close"),
    ("columns:\n  a: 1 + 'x'", 2, 6, ""),
    ("columns:\n  a: sqroot(2)", 2, 6, "sqrt"),
    ("columns:\n  a: exp()", 2, 6, "exp"),
    ("columns:\n  a: 2027-13-01", 2, 6, ""),
    ("columns:\n  a: if(1, 2, 3)", 2, 9, ""),
    ("columns:\n  a: {by: 5}", 2, 11, "Use one of"),
    ("columns:\n  a: {pattern: \"x{3\"}", 2, 18, ""),
    ("columns:\n  a: {pattern: \"(a\"}", 2, 17, ""),
    ("columns:\n  a: {pattern: \"*a\"}", 2, 17, ""),
    ("columns:\n  a: {longest: 0, by: id.uuid}", 2, 16, "longest"),
    ("columns:\n  a: {value: 1.5, longest: 3}", 2, 28, "Take `longest` out"),
    ("columns:\n  a: {by: published}", 2, 11, "published"),
    ("columns:\n  a: {sequence: [1]}", 2, 17, "first number"),
    ("columns:\n  a: {value: 1.5, missing: [{rate: 2}]}", 2, 36, "0.1 for 10 %"),
    ("tables:\n  t:\n    rows: 3", 2, 3, "one column a line"),
    ("columns:\n  a: \"~ normal(0, 1\"", 2, 20, "Close"),
    ("columns:\n  a: ~ 5", 2, 8, "distribution"),
    ("columns: {a: 1, b: 2, c: {value: d}}", 1, 34, "Use one of"),
    ("columns:\n  s: ~ categorical(f = 1, m = 1)\n  b: s == 'g'", 3, 11, "Use one of"),
    ("columns:\n  a: 1.5\nrules: [b > 1]", 3, 9, "`a`"),
    ("columns:\n  a: 1.5\nrules: [a + 1]", 3, 9, "Compare"),
    ("columns:\n  a: 1.5\nrules: [a >= ]", 3, 13, "Write a value"),
    ("columns:\n  a: 1.5\norder: [a]", 3, 8, "two or more"),
    ("columns:\n  a: 1.5\norder: [a, z]", 3, 8, "`a`"),
    ("columns:\n  a: 1.5\ncorrelated: 3", 3, 13, "matrix"),
    ("columns:\n  a: 1.5\ncorrelated: {columns: [a, b]}", 3, 23, "normal"),
    (
      "columns:\n  a: ~ normal(0, 1)\n  b: ~ normal(0, 1)\ncorrelated: {columns: [a, b]}", 4, 13,
      "correlation: 0.5"
    ),
    (
      "columns:\n  a: ~ normal(0, 1)\n  b: ~ normal(0, 1)\ncorrelated: {columns: [a, b], correlation: 2}",
      4, 44, "0.3"
    ),
    (
      "columns:\n  a: ~ normal(0, 1)\n  b: ~ normal(0, 1)\ncorrelated: {columns: [a, b], matrix: [[1, 2], [2, 1]]}",
      4, 44, "0.3"
    ),
    (
      "columns:\n  a: ~ normal(0, 1)\n  b: ~ normal(0, 1)\ncorrelated: {columns: [a, b], matrix: [[1, 1], [1, 1]]}",
      4, 39, "0.99"
    ),
    ("columns:\n  a: {point: home}", 2, 14, "home.latitude"),
    ("columns:\n  a: {point: home.latitude}", 2, 14, "points"),
    (
      "points: {h: {box: {latitude: [1, 2]}}}\ncolumns:\n  a: {point: h.latitude}", 1, 19,
      "longitude"
    ),
    ("points: {h: {bix: 3}}\ncolumns:\n  a: {point: h.latitude}", 1, 14, "box"),
    ("points: {h: {walk: {step: 3}}}\ncolumns:\n  a: {point: h.latitude}", 1, 20, "step: 50"),
    ("columns:\n  a: {json: 3}", 2, 13, "field"),
    ("columns:\n  a: {json: {x: {by: nobody}}}", 2, 22, "Use one of"),
    ("columns:\n  a: {array: {by: id.uuid}}", 2, 14, "length: 3"),
    ("columns:\n  a: {array: 1, length: 2000}", 2, 25, "smaller"),
    ("columns:\n  a: {array: 1, length: [2, 1]}", 2, 25, "[0, 5]"),
    ("columns:\n  a: {array: 1, length: x}", 2, 25, "before this one"),
    ("columns:\n  a: {markov: 3}", 2, 15, "order: 2"),
    ("columns:\n  a: {markov: {texts: [x]}}", 2, 15, "order: 2"),
    ("columns:\n  a: {markov: {order: 99, texts: [x]}}", 2, 23, "order"),
    ("columns:\n  a: {markov: {order: 1, of: lines, texts: [x]}}", 2, 30, "words"),
    ("columns:\n  a: {markov: {order: 1}}", 2, 15, "texts"),
    ("columns:\n  a: {markov: {order: 1, text: x}}", 2, 26, "texts"),
    ("columns:\n  a: 1\ngiven: {rows: [{b: 1}]}", 3, 17, "`a`"),
    ("columns:\n  a: 1\ngiven: {rows: [{a: x}]}", 3, 20, "whole number"),
    ("columns:\n  a: 1\ngiven: {rows: [{a: 1}], representative: 3}", 3, 41, "representative: no"),
    ("columns:\n  a: 1\ngiven: {rows: [{a: 1}], breaks: z}", 3, 16, "rules"),
    ("columns:\n  a: 1\ngiven: {rows: 3}", 3, 8, "given"),
    ("columns:\n  a: 1\nscenarios: {s: {values: {b: 1}}}", 3, 26, "`a`"),
    ("columns:\n  a: 1\nscenarios: {s: {value: {a: 1}}}", 3, 16, "rows: 3"),
    ("columns:\n  a: 1\nvary: {rows: 3}", 3, 7, "given"),
    ("columns:\n  a: {by: de.phne}", 2, 11, "de.phone"),
    ("columns:\n  a: ~ categorical(x = 1)\nrules: [a == 'y']", 3, 14, "Use one of"),
    ("columns:\n  a: 1\nrules: {r: [1]}", 3, 12, "condition"),
    ("columns:\n  a: 1\nponts: {}", 3, 1, "points"),
  ]

  @Test func `there are at least a hundred cases`() { #expect(Self.cases.count >= 100) }

  @Test(arguments: cases) func `an error has line, column and a way out`(
    text: String, line: Int, position: Int, suggestion: String
  ) {
    let error = #expect(throws: DataError.self) {
      try Specification(yaml: text, file: "spec.yaml")
    }
    #expect(error?.file == "spec.yaml")
    #expect(error?.line == line, "\(text): \(String(describing: error))")
    #expect(error?.position == position, "\(text): \(String(describing: error))")
    #expect(error?.remedy.contains(suggestion) == true, "\(text): \(String(describing: error))")
  }
}
