// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables
import Testing

@testable import Fabrication

@Suite struct SpecificationTests {
  static let text = """
    fabricate: 1
    rows: 200
    columns:
      id: {sequence: {start: 10, step: 2}}
      name: {by: person.name}
      age: ~ integer(0, 90)
      adult: age >= 18
      income: {value: "~ gamma(mean = 100 + age, dispersion = 0.2)", decimals: 2, missing: {rate: 0.5, reason: "-9", when: age > 30}}
      tax: income * 0.2
      ref: {pattern: "[A-Z]{2}[0-9]{3}"}
    """

  static func table(_ rows: Range<Int>, seed: String = "a") throws -> Table {
    try Specification(yaml: text, file: "spec.yaml").sample(rows: rows, key: RandomKey(seed: seed))
  }

  @Test func `a slice holds the rows of the whole run`() throws {
    let whole = try Self.table(0..<200)
    let slice = try Self.table(150..<200)
    for (one, other) in zip(whole.columns, slice.columns) {
      let part = one.selecting(rows: Array(150..<200))
      if case .texts(let codes, let pool) = part.values,
        case .texts(let otherCodes, let otherPool) = other.values
      {
        #expect(codes.map { pool[Int($0)] } == otherCodes.map { otherPool[Int($0)] })
      } else {
        #expect(part.values == other.values)
        #expect(
          (0..<50).allSatisfy { part.missing.reason(at: $0) == other.missing.reason(at: $0) })
      }
    }
  }

  @Test func `a column more changes no other column`() throws {
    let more = try Specification(
      yaml: Self.text.replacingFirst("  age:", by: "  extra: ~ normal(0, 1)\n  age:"),
      file: "spec.yaml"
    ).sample(rows: 0..<50, key: RandomKey(seed: "a"))
    let fewer = try Self.table(0..<50)
    #expect(more.column(named: "age") == fewer.column(named: "age"))
    #expect(more.column(named: "income") == fewer.column(named: "income"))
  }

  @Test func `formulas see full values, and gaps come only where they may`() throws {
    let table = try Self.table(0..<200)
    guard case .wholeNumbers(let ages)? = table.column(named: "age")?.values,
      case .booleans(let adults)? = table.column(named: "adult")?.values,
      case .wholeNumbers(let ids)? = table.column(named: "id")?.values,
      let income = table.column(named: "income"), let tax = table.column(named: "tax")
    else { return #expect(Bool(false)) }
    #expect(adults == ages.map { $0 >= 18 })
    #expect(ids.prefix(3) == [10, 12, 14])
    #expect((0..<200).allSatisfy { !income.missing.isMissing(at: $0) || ages[$0] > 30 })
    #expect(income.missing.count > 40)
    #expect(tax.missing.isEmpty)
  }

  @Test func `a pattern's texts have its form`() throws {
    guard case .texts(_, let pool)? = try Self.table(0..<200).column(named: "ref")?.values else {
      return #expect(Bool(false))
    }
    for text in pool.texts {
      #expect(text.wholeMatch(of: /[A-Z]{2}[0-9]{3}/) != nil)
    }
  }
}

extension String {
  fileprivate func replacingFirst(_ old: String, by new: String) -> String {
    guard let range = firstRange(of: old) else { return self }
    return replacingCharacters(in: range, with: new)
  }

  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    var copy = self
    copy.replaceSubrange(range, with: text)
    return copy
  }

  fileprivate func firstRange(of text: String) -> Range<Index>? {
    firstRange(of: text[...])
  }

  private func firstRange(of text: Substring) -> Range<Index>? {
    ranges(of: text).first
  }
}
