// SPDX-License-Identifier: Apache-2.0
import Formats
import Foundation
import Formulas
import Randomness
import Schemas
import Synthesis
import Tables
import Testing

@testable import Semblance

@Suite struct `Rows under conditions` {
  /// Methods of each kind: trees, boosting, a regression, a law with normals behind it, a network.
  static let methods = ["trees", "boosting", "regression", "copula", "bayesian-network"]
  private static let fitted = methods.map { method in
    Result { try GivenFixture.model(method) }
  }

  private static let penguins = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Examples/data/penguins.csv").path

  private static func model(_ method: String) throws -> any Model {
    let place = try #require(methods.firstIndex(of: method))
    return try fitted[place].get()
  }

  /// The rows of a plain run that satisfy a condition.
  private static func brute(_ model: any Model, _ condition: String, _ count: Int) throws -> Table {
    let table = model.sample(rows: 0..<count, key: RandomKey(seed: "brute"), threads: 2)
    let rule = try Rule(condition, in: FormulaScope(table, schema: model.schema))
    let verdicts = rule.verdicts(FormulaData(table))
    return table.selecting(rows: verdicts.indices.filter { verdicts[$0] == true })
  }

  /// n = 120 rows against those of 3,000 that satisfy the condition, some 150; the distance of all
  /// two-way tables within 5 standard deviations of that of rows dealt out at random.
  @Test(arguments: methods)
  func `a condition gives the rows that rejection gives`(method: String) throws {
    let model = try Self.model(method)
    let condition = "answer > 5.2 and group == 'old'"
    let conditioned = try ConditionedModel(model, where: condition, seed: "1", threads: 2)
    let effort = try #require(conditioned.effort)
    #expect(effort.candidatesPerRow < 40)
    let drawn = conditioned.sample(rows: 0..<120, key: RandomKey(seed: "2"), threads: 2)
    #expect(conditioned.satisfied(drawn).rowCount == 120)
    let brute = try Self.brute(model, condition, 3_000)
    let share = Double(brute.rowCount) / 3_000
    #expect(abs(conditioned.rate - share) < 6 * (share / 3_000).squareRoot() + 0.15 * share)
    let excess = GivenFixture.excess(drawn, brute)
    #expect(excess < 5, "\(method): \(excess) deviations, \(brute.rowCount) rows by rejection")
  }

  /// n = 120 rows, given values that few rows have, against those of 3,000 drawn that have them.
  @Test(arguments: methods)
  func `given values give the rows that rejection gives`(method: String) throws {
    let model = try Self.model(method)
    let path = try GivenFixture.file("asked,label\nno,NEW\n")
    let given = try GivenRows(path: path, model: model, threads: 2)
    let filled = try given.filled(0..<120, copies: 120, key: RandomKey(seed: "3"), threads: 2)
    #expect(Set(GivenFixture.words(filled.table, "asked")) == ["no"])
    #expect(Set(GivenFixture.words(filled.table, "group")) == ["new"])
    let brute = try Self.brute(model, "asked == 'no' and label == 'NEW'", 3_000)
    let excess = GivenFixture.excess(filled.table, brute)
    #expect(excess < 5, "\(method): \(excess) deviations, \(brute.rowCount) rows by rejection")
  }

  @Test(arguments: ["trees", "copula"])
  func `rows are the same by any slice and threads`(method: String) throws {
    let model = try Self.model(method)
    let conditioned = try ConditionedModel(
      model, where: "answer > 5.2 and group == 'old'", seed: "1", threads: 1)
    let again = try ConditionedModel(
      model, where: "answer > 5.2 and group == 'old'", seed: "1", threads: 2)
    let key = RandomKey(seed: "4")
    let whole = conditioned.sample(rows: 0..<60, key: key, threads: 1)
    let slice = again.sample(rows: 20..<50, key: key, threads: 2)
    #expect(whole.selecting(rows: Array(20..<50)) == slice)
    let path = try GivenFixture.file("second,asked\n58,no\n,yes\n44,\n")
    let given = try GivenRows(path: path, model: model)
    let all = try given.filled(0..<9, copies: 3, key: key, threads: 1).table
    let part = try given.filled(2..<7, copies: 3, key: key, threads: 2).table
    #expect(all.selecting(rows: Array(2..<7)) == part)
  }

  @Test func `an event of one in two thousand is drawn`() throws {
    let generator = try Generator(
      fitting: try RealInput(path: Self.penguins), options: FitOptions())
    let conditioned = try ConditionedModel(
      generator.model,
      where: "species == 'Adelie' and flipper_length_mm > 205 and bill_depth_mm < 18", seed: "1")
    #expect(conditioned.rate < 0.001)
    let rows = conditioned.sample(rows: 0..<50, key: RandomKey(seed: "1"), threads: 1)
    #expect(conditioned.satisfied(rows).rowCount == 50)
  }

  @Test func `what is left of a condition is kept too`() throws {
    let model = try Self.model("trees")
    let condition = "group == 'new' and second > first + 6"
    let conditioned = try ConditionedModel(model, where: condition, seed: "1")
    #expect(conditioned.effort != nil)
    let rows = conditioned.sample(rows: 0..<50, key: RandomKey(seed: "1"), threads: 1)
    #expect(conditioned.satisfied(rows).rowCount == 50)
  }

  @Test func `a condition that no row can satisfy is refused`() throws {
    let model = try Self.model("trees")
    for condition in ["answer > 90", "asked == 'no' and answer > 2"] {
      let error = try #require(throws: DataError.self) {
        try ConditionedModel(model, where: condition, seed: "1")
      }
      #expect(error.file == "--where")
    }
  }

  // MARK: Given files

  @Test func `given cells stay, holes are filled, and columns left out are drawn`() throws {
    let model = try Self.model("trees")
    let path = try GivenFixture.file("answer,first\n5.5,\n,41\n,\n4.25,38\n")
    let given = try GivenRows(path: path, model: model)
    #expect(given.rowCount == 4)
    let filled = try given.filled(0..<8, copies: 2, key: RandomKey(seed: "1"), threads: 1)
    let table = filled.table
    #expect(table.columnNames == GivenFixture.table.columnNames)
    let answers = try #require(table.column(named: "answer"))
    #expect(answers.values.scaleValues[0] == 5.5)
    #expect(answers.values.scaleValues[6] == 4.25)
    // The answer follows the question, whatever was asked to be filled in.
    let asked = GivenFixture.words(table, "asked")
    #expect((0..<8).allSatisfy { answers.missing.isMissing(at: $0) == (asked[$0] == "no") })
    #expect(asked[0] == "yes")
    let first = try #require(table.column(named: "first"))
    #expect(first.values.scaleValues[2...3] == [41, 41])
    #expect((0..<8).allSatisfy { !first.missing.isMissing(at: $0) })
    let second = try #require(table.column(named: "second"))
    #expect((2..<4).allSatisfy { second.values.scaleValues[$0] >= 41 })
  }

  @Test(arguments: [
    ("first,colour\n40,red\n", 1, "colour", "generator has no variable"),
    ("asked\nyes\nnope\n", 3, "asked", "no such level"),
    ("first\n41\n9000\n", 3, "first", "outside the range"),
    ("first\n41\nabc\n", 2, "first", "no whole number"),
    ("first\n41\n40.5\n", 3, "first", "no whole number"),
    ("group,label\nold,OLD\nnew,OLD\n", 3, "label", "does not agree"),
    ("asked,answer\nyes,4\nno,5\n", 3, "answer", "cannot stand together"),
    ("first,second\n40,45\n60,40\n", 3, "second", "cannot stand together"),
  ])
  func `a broken file is refused with its place`(
    text: String, line: Int, column: String, words: String
  ) throws {
    let model = try Self.model("trees")
    let path = try GivenFixture.file(text)
    let error = try #require(throws: DataError.self) {
      let given = try GivenRows(path: path, model: model)
      _ = try given.filled(0..<given.rowCount, copies: 1, key: RandomKey(seed: "1"), threads: 1)
    }
    #expect(error.message.contains(words))
    #expect(error.file == path)
    #expect(error.line == line)
    #expect(error.column == column)
    #expect(!error.remedy.isEmpty)
  }

  @Test func `an unknown column or level is answered with the nearest`() throws {
    let model = try Self.model("trees")
    for (text, nearest) in [("frist\n40\n", "first"), ("asked\nyess\n", "yes")] {
      let path = try GivenFixture.file(text)
      let error = try #require(throws: DataError.self) { try GivenRows(path: path, model: model) }
      #expect(error.remedy.contains("\"\(nearest)\""))
    }
  }

  @Test func `stored rows give no chances, and say so`() throws {
    let model = try GivenFixture.model("bootstrap")
    let path = try GivenFixture.file("first\n40\n")
    let error = try #require(throws: DataError.self) { try GivenRows(path: path, model: model) }
    #expect(error.message.contains("stored rows"))
    // Conditions go the old way there.
    let conditioned = try ConditionedModel(model, where: "group == 'new'", seed: "1")
    #expect(conditioned.effort == nil)
    let rows = conditioned.sample(rows: 0..<20, key: RandomKey(seed: "1"), threads: 1)
    #expect(conditioned.satisfied(rows).rowCount == 20)
  }

  // MARK: Imputation

  @Test func `what counts never saw is filled in, and counted`() throws {
    let model = try Self.model("trees")
    // Groups lie around 40 and 60, with a deviation of 8.
    let path = try GivenFixture.file("group,first\nold,79\nnew,21\nold,40\n")
    let given = try GivenRows(path: path, model: model)
    let filled = try given.filled(0..<60, copies: 20, key: RandomKey(seed: "1"), threads: 1)
    #expect(filled.efforts.unseenRowCount <= 40)
    let table = filled.table
    let first = try #require(table.column(named: "first")).values.scaleValues
    let groups = GivenFixture.words(table, "group")
    for row in 0..<60 {
      #expect(first[row] == [79, 21, 40][row / 20])
      #expect(groups[row] == ["old", "new", "old"][row / 20])
    }
  }

  @Test func `a cell that can hold no value next to what is given stays missing`() throws {
    // Two questions of which each person is asked one, as of two countries.
    var asked = [UInt8](), codes = [UInt32](), sizes = [Int64]()
    for row in 0..<400 {
      var draws = RandomKey(seed: "known").stream("countries").stream(entity: UInt64(row))
      asked.append(Draws.bernoulli(0.3, using: &draws) ? 1 : 0)
      codes.append(UInt32(Draws.integer(below: 4, using: &draws)))
      sizes.append(Int64(Draws.integer(below: 9, using: &draws)))
    }
    let pool = TextPool(["w", "x", "y", "z"])
    func column(_ name: String, _ missing: [UInt8]) -> Column {
      Column(
        name: name, values: .texts(codes: codes, pool: pool),
        missing: MissingCells(reasons: [MissingReason(code: "")], codes: missing))
    }
    let table = Table(columns: [
      column("here", asked), column("there", asked.map { 1 - $0 }),
      Column(name: "size", values: .wholeNumbers(sizes)),
    ])
    let schema = SchemaInference().infer(table)
    let input = RealInput(
      path: "given.csv", table: schema.markingMissing(in: table), schema: schema,
      dialect: .init(), diagnostics: [])
    let model = try Generator(fitting: input, options: FitOptions()).model
    let path = try GivenFixture.file("here,there,size\n,w,3\nx,,4\n,,5\n")
    let given = try GivenRows(path: path, model: model)
    let filled = try given.filled(0..<3, copies: 1, key: RandomKey(seed: "1"), threads: 1)
    let here = GivenFixture.words(filled.table, "here")
    let there = GivenFixture.words(filled.table, "there")
    #expect(here[0].isEmpty && there[0] == "w")
    #expect(here[1] == "x" && there[1].isEmpty)
    #expect(here[2].isEmpty != there[2].isEmpty)
    #expect(filled.efforts.gapRowCount >= 1)
  }

  @Test func `missing cells of a real table are filled in, and nothing else is touched`() throws {
    let input = try RealInput(path: Self.penguins)
    let model = try Generator(fitting: input, options: FitOptions()).model
    let given = try GivenRows(path: Self.penguins, model: model, threads: 2)
    let filled = try given.filled(
      0..<input.table.rowCount, copies: 1, key: RandomKey(seed: "1"), threads: 2
    ).table
    for real in input.table.columns {
      let made = try #require(filled.column(named: real.name))
      #expect(made.missing.isEmpty)
      let (before, after) = (real.values.plainTexts, made.values.plainTexts)
      let open = (0..<real.count).filter { real.missing.isMissing(at: $0) }
      let isOpen = Set(open)
      #expect((0..<real.count).allSatisfy { isOpen.contains($0) || before[$0] == after[$0] })
      if real.values.scaleValues.isEmpty {
        let known = Set(before)
        #expect(open.allSatisfy { known.contains(after[$0]) })
      }
    }
    // Adélie penguins of 2,850 to 4,775 g: what is filled in follows the species.
    let mass = try #require(filled.column(named: "body_mass_g")).values.scaleValues
    #expect(mass[3] < 5000)
  }
}
