// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables
import Testing

@testable import Formulas

/// Rows that are reckoned side by side are those reckoned one by one, bit by bit.
@Suite struct ManyRowsTests {
  static let count = 1003
  /// From 0 to 0.9, and half more.
  static let low = (0..<count).map { Double($0 * 7919 % count) / Double(count) * 0.9 + 0.001 }
  static let high = low.map { $0 + 0.05 }

  static let withSideBySide = DistributionFamily.all.flatMap { family in
    family.forms.indices.filter { family.forms[$0].fill != nil }.map { (family.name, $0) }
  }

  @Test func `laws of one number a draw draw side by side`() {
    let names = Set(Self.withSideBySide.map(\.0))
    #expect(names == ["uniform", "normal", "lognormal", "exponential", "bernoulli"])
  }

  @Test(arguments: withSideBySide)
  func `draws side by side are those of each row`(name: String, form: Int) throws {
    let family = try #require(DistributionFamily.named(name))
    let law = family.forms[form]
    let scope = FormulaScope(tables: [
      .init(columns: [.init(name: "low", type: .number), .init(name: "high", type: .number)])
    ])
    let data = FormulaData(tables: [
      .init(
        columns: [
          Column(name: "low", values: .numbers(Self.low)),
          Column(name: "high", values: .numbers(Self.high)),
        ], count: Self.count)
    ])
    let key = RandomKey(seed: "rows").stream(name)
    let entities = (0..<UInt64(Self.count)).map { $0 &* 0x9e37_79b9_7f4a_7c15 }
    for (first, second) in [("low", "high"), ("low", "0.95"), ("0.001", "high"), ("0.001", "0.7")] {
      let arguments = zip(law.parameters, [first, second]).map { "\($0.name) = \($1)" }
      let text = "~ \(name)(\(arguments.joined(separator: ", ")))"
      guard case .draw(let call) = try Formula(parsing: text) else { return }
      let drawn = try CompiledDraw(call, in: scope)
        .column(named: "x", data, key: key, entities: entities, period: 3)
      let values = DrawTests.values(drawn)
      for row in 0..<Self.count {
        var stream = key.stream(entity: entities[row], period: 3)
        let one = first == "low" ? Self.low[row] : 0.001
        let other = second == "high" ? Self.high[row] : second == "0.95" ? 0.95 : 0.7
        #expect(values[row] == law.draw(SIMD4(one, other, 0, 0), &stream), "\(text), row \(row)")
      }
    }
  }

  @Test(arguments: [
    "x + 1", "1 - x", "x * y", "2 / y", "exp(x)", "log(x)", "sqrt(x)", "log1p(x)",
    "invlogit(5 * x)",
    "logit(y)", "1 / (x - x)", "if(x > 0, x, y)", "if(flag, 1, 2)", "if(flag, gap, y)",
    "if(gap > 0, 1, x)", "case(flag, 1, gap > 0, x, y > 0.5, gap, 3)", "case(false, x, true, y, 0)",
    "first_present(gap, x)", "first_present(gap, 1)", "first_present(gap, gap, missing)",
    "first_present(missing, y)", "min(x, gap)", "whole + if(flag, whole, 1)",
    "if(flag, 'a', 'b')", "case(gap > 0, 'a', flag, 'b', 'c')",
  ])
  func `values of many rows are those of each row by itself`(text: String) throws {
    let scope = FormulaScope(tables: [
      .init(columns: [
        .init(name: "x", type: .number), .init(name: "y", type: .number),
        .init(name: "gap", type: .number), .init(name: "flag", type: .boolean),
        .init(name: "whole", type: .whole),
      ])
    ])
    let formula = try CompiledFormula(Expression(parsing: text), in: scope)
    let count = 37
    let x = (0..<count).map { Double($0 % 11) - 4.5 }
    let y = (0..<count).map { Double($0 * 5 % 13) / 11 }
    func data(_ rows: Range<Int>) -> FormulaData {
      FormulaData(tables: [
        .init(
          columns: [
            Column(name: "x", values: .numbers(rows.map { x[$0] })),
            Column(name: "y", values: .numbers(rows.map { y[$0] })),
            Column(
              name: "gap", values: .numbers(rows.map { $0 % 3 == 0 ? 0 : x[$0] }),
              missing: MissingCells(
                reasons: [MissingReason(code: "-8"), MissingReason(code: "-9")],
                codes: rows.map { $0 % 3 == 0 ? UInt8($0 % 2 + 1) : 0 })),
            Column(name: "flag", values: .booleans(rows.map { $0 % 5 < 2 })),
            Column(name: "whole", values: .wholeNumbers(rows.map { Int64($0) - 9 })),
          ], count: rows.count)
      ])
    }
    func cells(_ column: Column) -> [String] {
      (0..<column.count).map { row in
        if let reason = column.missing.reason(at: row) { return "missing \(reason)" }
        switch column.values {
        case .numbers(let list): return "\(list[row].bitPattern)"
        case .wholeNumbers(let list): return "\(list[row])"
        case .texts(let codes, let pool): return pool[Int(codes[row])]
        default: return "?"
        }
      }
    }
    let all = cells(formula.column(named: "z", data(0..<count)))
    let each = (0..<count).flatMap { cells(formula.column(named: "z", data($0..<$0 + 1))) }
    #expect(all == each)
    #expect(!all.contains("?"))
    #expect(formula.column(named: "z", data(0..<0)).count == 0)
  }

  @Test func `a choice among more cases than a byte counts is made`() throws {
    let cases = (0..<700).map { "x == \($0), \($0 * 2)" }.joined(separator: ", ")
    let scope = FormulaScope(tables: [.init(columns: [.init(name: "x", type: .whole)])])
    let column = Column(name: "x", values: .wholeNumbers([0, 255, 256, 699, 700]))
    let formula = try CompiledFormula(Expression(parsing: "case(\(cases), -1)"), in: scope)
    let data = FormulaData(tables: [.init(columns: [column], count: 5)])
    #expect(formula.numbers(data) == [0, 510, 512, 1398, -1])
  }
}
