// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables

@testable import Formulas

/// A small table that most tests share.
enum Example {
  static let table = Table(columns: [
    Column(
      name: "age", values: .wholeNumbers([15, 30, 0, 64]),
      missing: MissingCells(
        reasons: [MissingReason(code: "-9", label: "refused")], codes: [0, 0, 1, 0])),
    Column(
      name: "income", values: .numbers([0, 1200.5, 900, 0]),
      missing: MissingCells(reasons: [MissingReason(code: "NA")], codes: [0, 0, 0, 1])),
    Column(name: "sex", values: .wholeNumbers([1, 2, 2, 1])),
    Column(
      name: "marital", values: .texts(codes: [0, 1, 1, 0], pool: TextPool(["single", "married"]))),
    Column(
      name: "name", values: .texts(codes: [0, 1, 2, 3], pool: TextPool(["Al", "Bea", "Ci", "Dé"]))),
    Column(name: "born", values: .dates([0, 31, 365, 11_016])),
    Column(name: "works", values: .booleans([false, true, true, false])),
    Column(name: "health", values: .wholeNumbers([1, 2, 3, 3])),
  ])

  static let schema = Schema(variables: [
    Variable(name: "age", kind: .wholeNumber, measure: .scale),
    Variable(name: "income", kind: .number, measure: .scale),
    Variable(
      name: "sex", kind: .category,
      valueLabels: [
        ValueLabel(code: "1", label: ["en": "male"]),
        ValueLabel(code: "2", label: ["en": "female"]),
      ], measure: .nominal),
    Variable(name: "marital", kind: .category, measure: .nominal),
    Variable(name: "name", kind: .text, measure: .nominal),
    Variable(name: "born", kind: .date, measure: .scale),
    Variable(name: "works", kind: .boolean, measure: .nominal),
    Variable(
      name: "health", kind: .orderedCategory,
      valueLabels: [
        ValueLabel(code: "1", label: ["en": "poor"]), ValueLabel(code: "2", label: ["en": "fair"]),
        ValueLabel(code: "3", label: ["en": "good"]),
      ], measure: .ordinal),
  ])

  static let scope = FormulaScope(table, schema: schema)

  static func column(_ text: String) throws -> Column {
    try CompiledFormula(Expression(parsing: text), in: scope)
      .column(named: "x", FormulaData(table))
  }

  static func truths(_ text: String) throws -> [Bool?] {
    try CompiledFormula(condition: Expression(parsing: text), in: scope)
      .truths(FormulaData(table))
  }

  static func numbers(_ text: String) throws -> [Double?] {
    try CompiledFormula(Expression(parsing: text), in: scope).numbers(FormulaData(table))
  }
}
