// SPDX-License-Identifier: Apache-2.0
import Contracts
import Foundation
import Formulas
import Randomness
import Schemas
import Synthesis
import Tables
import Testing

@testable import Semblance

@Suite struct `Rows that satisfy a condition` {
  private static let penguins = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Examples/data/penguins.csv").path

  private static func model(_ condition: String) throws -> ConditionedModel {
    let input = try RealInput(path: penguins)
    let generator = try Generator(fitting: input, options: FitOptions())
    return try ConditionedModel(generator.model, where: condition, seed: "1")
  }

  @Test func `all rows satisfy it, and a slice is that of the whole run`() throws {
    let condition = "sex == 'FEMALE' and body_mass_g > 4500"
    let model = try Self.model(condition)
    let key = RandomKey(seed: "1")
    let whole = model.sample(rows: 0..<300, key: key, threads: 2)
    let rule = try Rule(condition, in: FormulaScope(whole, schema: model.schema))
    #expect(rule.count(FormulaData(whole)).kept == 300)
    let slice = model.sample(rows: 120..<180, key: key, threads: 1)
    for (first, second) in zip(whole.columns, slice.columns) {
      let part = first.selecting(rows: Array(120..<180))
      #expect(part.values.plainTexts == second.values.plainTexts)
    }
  }

  @Test func `a name with a dot needs no backquotes, and costs no more`() throws {
    let place = try Place()
    let text = try String(contentsOfFile: Self.penguins, encoding: .utf8)
      .replacingOccurrences(of: "body_mass_g", with: "body.mass")
    let input = try RealInput(path: try place.write(text, to: "penguins.csv"))
    let model = try Generator(fitting: input, options: FitOptions()).model
    func made(_ condition: String) throws -> ConditionedModel {
      try ConditionedModel(model, where: condition, seed: "1")
    }
    let plain = try made("body.mass > 4500 and sex == 'FEMALE'")
    let quoted = try made("`body.mass` > 4500 and sex == 'FEMALE'")
    #expect(plain.effort != nil && plain.effort == quoted.effort)
    let key = RandomKey(seed: "1")
    #expect(
      plain.sample(rows: 0..<50, key: key, threads: 1)
        == quoted.sample(rows: 0..<50, key: key, threads: 1))
    let error = #expect(throws: DataError.self) { try made("body.height > 1") }
    #expect(error?.message.contains("no column `body.height`") == true)
    let slip = #expect(throws: DataError.self) { try made("body.mas > 1") }
    #expect(slip?.remedy.contains("body.mass") == true)
  }

  @Test func `rows that satisfied it anyhow stay as they were`() throws {
    // A part that compares two variables is not drawn for, so that rows are drawn again.
    let condition = "bill_length_mm > 3 * bill_depth_mm"
    let model = try Self.model(condition)
    #expect(model.effort == nil)
    let key = RandomKey(seed: "1")
    let plain = model.base.sample(rows: 0..<200, key: key, threads: 1)
    let made = model.sample(rows: 0..<200, key: key, threads: 1)
    let rule = try Rule(condition, in: FormulaScope(plain, schema: model.schema))
    let kept = rule.verdicts(FormulaData(plain)).indices.filter {
      rule.verdicts(FormulaData(plain))[$0] == true
    }
    #expect(kept.count > 50)
    for (first, second) in zip(plain.columns, made.columns) {
      #expect(
        first.selecting(rows: kept).values.plainTexts
          == second.selecting(rows: kept).values.plainTexts)
    }
  }

  @Test func `rows of a specification satisfy it too`() throws {
    let verb = try FabricateVerb(
      text: """
        fabricate: 1
        rows: 500
        columns:
          age: ~ integer(18, 90)
          region: ~ categorical(north = 0.3, south = 0.7)
        """, file: "people.yaml")
    let draw = try verb.drawing(where: "age >= 65 and region == 'north'", seed: "1")
    let key = RandomKey(seed: "1")
    let whole = try draw(0..<400, key)
    let ages = try #require(whole.column(named: "age")).values.scaleValues
    #expect(ages.allSatisfy { $0 >= 65 })
    #expect(Set(try #require(whole.column(named: "region")).values.plainTexts) == ["north"])
    let slice = try draw(100..<150, key)
    for (first, second) in zip(whole.columns, slice.columns) {
      #expect(
        first.selecting(rows: Array(100..<150)).values.plainTexts == second.values.plainTexts)
    }
    #expect(throws: DataError.self) { try verb.drawing(where: "age > 95", seed: "1") }
  }

  @Test func `what hardly a draw satisfies is refused with the share`() throws {
    let error = try #require(throws: DataError.self) {
      try Self.model("bill_length_mm > 90 * bill_depth_mm")
    }
    #expect(error.message.hasPrefix("none of 20000 rows"))
    let other = try #require(throws: DataError.self) { try Self.model("body_mass_g > 90000") }
    #expect(other.message.hasPrefix("no row that the generator draws"))
    #expect(other.column == "body_mass_g")
  }

  @Test func `an unknown level is refused with the nearest one`() throws {
    let error = try #require(throws: DataError.self) { try Self.model("island == 'Bisco'") }
    #expect(error.remedy.contains("Biscoe"))
  }

  @Test func `a provider gives the values of what is replaced, the same in every slice`() throws {
    let input = try RealInput(path: Self.penguins)
    let contract = try Contract(
      yaml: "contract: 1\nvariables:\n  island: {unfaithful: replaced, by: uk.postcode}\n",
      file: "c.yaml")
    var options = FitOptions()
    options.contract = contract
    let generator = try Generator(fitting: input, options: options)
    let key = RandomKey(seed: "1")
    let whole = generator.model.sample(rows: 0..<50, key: key, threads: 1)
    let slice = generator.model.sample(rows: 20..<30, key: key, threads: 1)
    let column = try #require(whole.column(named: "island"))
    #expect(
      column.selecting(rows: Array(20..<30)).values.plainTexts
        == slice.column(named: "island")?.values.plainTexts)
    #expect(Set(column.values.plainTexts).isDisjoint(with: ["Biscoe", "Dream", "Torgersen"]))
    // The right form of a postcode, from an area that there is not.
    #expect(column.values.plainTexts.allSatisfy { (6...8).contains($0.count) && $0.contains(" ") })
  }
}
