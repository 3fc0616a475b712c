// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables
import Testing

@testable import Fabrication

@Suite struct HandmadeTests {
  static let text = """
    rows: 300
    columns:
      name: {by: person.name}
      age: ~ integer(30, 60)
      sex: ~ categorical(f = 0.5, m = 0.5)
      income: {value: "~ normal(100, 5)", decimals: 1, missing: {rate: 0.5}}
      double: income * 2
      born: ~ uniform(1950-01-01, 1960-01-01)
    given:
      - {name: "Zoë \\"Q\\", Ünlü", age: 17, sex: m, income: 12.5, born: 2001-02-03}
      - {name: "*", age: 18, income: null}
    scenarios:
      pensioners: {rows: 3, values: {age: "~ integer(80, 90)", income: 50}}
    vary: {rows: 200, alike: 0.9}
    """

  @Test func `typed rows come first, exactly as typed, and formulas see them`() throws {
    let table = try Specification(yaml: Self.text, file: "s").sample(
      rows: 0..<300, key: RandomKey(seed: "h"))
    let names = try SeveralTablesTests.texts(table, "name")
    let ages = try SeveralTablesTests.wholes(table, "age")
    let income = try #require(table.column(named: "income"))
    guard case .numbers(let incomes) = income.values,
      case .numbers(let doubles)? = table.column(named: "double")?.values,
      case .dates(let days)? = table.column(named: "born")?.values
    else { return #expect(Bool(false)) }
    #expect(names[0] == "Zoë \"Q\", Ünlü" && names[1]?.contains(" ") == true)
    #expect(ages.prefix(2) == [17, 18])
    #expect(incomes[0] == 12.5 && doubles[0] == 25 && days[0] == 11_356)
    #expect(income.missing.isMissing(at: 1) && !income.missing.isMissing(at: 0))
    // The scenario's rows are of it and lack nothing; the rest are as the columns say.
    #expect(ages[2..<5].allSatisfy { (80...90).contains($0) })
    #expect(incomes[2..<5].allSatisfy { $0 == 50 })
    #expect((2..<5).allSatisfy { !income.missing.isMissing(at: $0) })
    #expect(ages[205...].allSatisfy { (30...60).contains($0) })
  }

  /// 200 variations keep each typed age with probability 0.9: 180 expected, standard error 4.2,
  /// bound 5; an age of 17 or 18 is drawn by no column.
  @Test func `variations are as like the typed rows as is said`() throws {
    let table = try Specification(yaml: Self.text, file: "s").sample(
      rows: 0..<300, key: RandomKey(seed: "h"))
    let ages = try SeveralTablesTests.wholes(table, "age")
    let kept = ages[5..<205].count { $0 < 20 }
    #expect(abs(kept - 180) <= 21)
    #expect(Set(ages[5..<205].filter { $0 < 20 }) == [17, 18])
  }

  @Test func `slices hold the same rows`() throws {
    let specification = try Specification(yaml: Self.text, file: "s")
    let whole = try specification.sample(rows: 0..<300, key: RandomKey(seed: "h"))
    for range in [1..<4, 3..<100, 100..<300] {
      let slice = try specification.sample(rows: range, key: RandomKey(seed: "h"))
      #expect(
        try SeveralTablesTests.wholes(slice, "age")
          == Array(SeveralTablesTests.wholes(whole, "age")[range]))
      #expect(
        try SeveralTablesTests.texts(slice, "name")
          == Array(SeveralTablesTests.texts(whole, "name")[range]))
    }
  }

  @Test(arguments: [
    ("given: [{age: x}]", "not a whole number"), ("given: [{agee: 1}]", "no column `agee`"),
    ("given: 5", "no list"), ("given: [3]", "no mapping"), ("given: [{sex: q}]", "level"),
    ("given: [{age: [1]}]", "a list"), ("vary: {rows: 3}", "nothing to vary"),
    ("given: [{age: 3}]\nvary: {alike: 0.5}", "not how many"),
    ("given: [{age: 3}]\nvary: {rows: 3, alike: 2}", "0 to 1"),
    ("given: [{age: 3}]\nvary: {rowz: 3}", "unknown key"),
    ("scenarios: {a: {rows: 2}}", "no `values`"), ("scenarios: [1]", "no mapping"),
    ("scenarios: {a: {values: {age: \"'x'\"}}}", "the column is"),
    ("scenarios: {a: {values: {age: \"~ norml(1, 2)\"}}}", "norml"),
    ("scenarios: {a: {rows: 200, values: {age: 1}}}\nrows: 5", "made by hand"),
    ("cover: {columns: [age]}", "no levels"), ("cover: {strength: 2}", "names no columns"),
    ("cover: {columns: [sex], strength: 2}", "above the number"),
    ("cover: {columns: [sx]}", "no column"), ("cover: {colums: [sex]}", "unknown key"),
  ]) func `what cannot be made by hand is refused with its place`(text: String, part: String) {
    let whole = "columns: {age: \"~ integer(1, 9)\", sex: \"~ categorical(f = 1, m = 1)\"}\n" + text
    let error = #expect(throws: DataError.self) { try Specification(yaml: whole, file: "s") }
    #expect(error?.message.contains(part) == true, "\(String(describing: error))")
    #expect((error?.line ?? 0) >= 1 && error?.remedy.isEmpty == false)
  }
}
