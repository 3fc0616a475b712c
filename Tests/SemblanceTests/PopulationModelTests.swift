// SPDX-License-Identifier: Apache-2.0
import Randomness
import Synthesis
import Tables
import Testing

@testable import Semblance

@Suite struct `Rows that stand for a population` {
  /// A sample in which the rare group was drawn four times as often as the others: a fifth of the population,
  /// half of the sample; incomes hang on the group.
  private static func input(_ place: Place) throws -> RealInput {
    var lines = ["group,income,weight,word"]
    for row in 0..<4000 {
      var draws = RandomKey(seed: "population").stream("rows").stream(entity: UInt64(row))
      let isRare = row % 2 == 0
      let income = Draws.normal(mean: isRare ? 100 : 200, standardDeviation: 20, using: &draws)
      lines.append(
        "\(isRare ? "rare" : "common"),\((income * 10).rounded() / 10),\(isRare ? 25 : 100),\(row % 3 == 0 ? "yes" : "no")"
      )
    }
    return try RealInput(
      path: try place.write(lines.joined(separator: "\n") + "\n", to: "sample.csv"))
  }

  private static func model() throws -> any Model {
    let place = try Place()
    return try Generator(fitting: input(place), options: FitOptions()).model
  }

  @Test func `groups have the population's shares, and what hangs on them follows`() throws {
    let base = try Self.model()
    let model = try PopulationModel(base, byWeight: "weight", seed: "1", threads: 2)
    // Weights of 25 and 100 in equal parts: five draws of eight are taken.
    #expect(abs(model.rate - 0.625) < 0.02)
    let count = 20_000
    let table = model.sample(rows: 0..<count, key: RandomKey(seed: "1"), threads: 2)
    let groups = try #require(table.column(named: "group")).values.plainTexts
    let share = Double(groups.count { $0 == "rare" }) / Double(count)
    // One in five; standard error √(.2 · .8 / 20,000) = .0028, and the fit's own, of 4,000 rows: .005.
    #expect(abs(share - 0.2) < 4 * 0.006)
    let incomes = try #require(table.column(named: "income")).values.scaleValues
    #expect(abs(incomes.reduce(0, +) / Double(count) - 180) < 3)
    #expect(
      try #require(table.column(named: "weight")).values.scaleValues.allSatisfy { $0 == 1 })
    let plain = base.sample(rows: 0..<count, key: RandomKey(seed: "1"), threads: 2)
    let before = try #require(plain.column(named: "group")).values.plainTexts
    #expect(abs(Double(before.count { $0 == "rare" }) / Double(count) - 0.5) < 0.03)
  }

  @Test func `a slice is that of the whole run, on any number of threads`() throws {
    let model = try PopulationModel(Self.model(), byWeight: "weight", seed: "1")
    let key = RandomKey(seed: "2")
    let whole = model.sample(rows: 0..<400, key: key, threads: 1)
    let slice = model.sample(rows: 150..<250, key: key, threads: 2)
    for (first, second) in zip(whole.columns, slice.columns) {
      #expect(
        first.selecting(rows: Array(150..<250)).values.plainTexts == second.values.plainTexts)
    }
  }

  @Test(arguments: [("wait", "no variable"), ("word", "no numbers")])
  func `what is no weight is refused`(name: String, words: String) throws {
    let model = try Self.model()
    let error = #expect(throws: DataError.self) {
      try PopulationModel(model, byWeight: name, seed: "1")
    }
    #expect(error?.message.contains(words) == true)
  }
}
