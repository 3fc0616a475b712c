// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
import Schemas
import Synthesis
import Tables
import Testing

@testable import JointSynthesis

@Suite struct `A network of all variables` {
  /// Two fair coins, a third that says nine times in ten whether they differ, and a scale.
  ///
  /// The scale is normal around 0 or 4 by the third coin. No two of the coins depend on each other.
  private static func coins(_ count: Int) -> Table {
    var levels = [[UInt32]](repeating: [], count: 3)
    var scale: [Double] = []
    for row in 0..<count {
      var draws = RandomKey(seed: "known").stream("coins").stream(entity: UInt64(row))
      let a = Draws.bernoulli(0.5, using: &draws)
      let b = Draws.bernoulli(0.5, using: &draws)
      let c = (a != b) == Draws.bernoulli(0.9, using: &draws)
      for (place, own) in [a, b, c].enumerated() { levels[place].append(own ? 1 : 0) }
      let x = Draws.normal(mean: c ? 4 : 0, standardDeviation: 1, using: &draws)
      scale.append((100 * x).rounded() / 100)
    }
    let pool = TextPool(["no", "yes"])
    return Table(
      columns: ["a", "b", "c"].enumerated().map {
        Column(name: $1, values: .texts(codes: levels[$0], pool: pool))
      } + [
        Column(
          name: "x", values: .numbers(scale), form: .number(NumberForm(decimals: 2)))
      ])
  }
  private static let count = 4000
  private static let real = coins(count)
  private static let model = Result {
    try JointFixture.model(real, JointSynthesizer.neuralMethod, threads: 2)
  }
  private static let drawn = model.map { JointFixture.drawn($0, 10_000) }

  @Test func `what hangs on two variables together comes back`() throws {
    let table = try Self.drawn.get()
    let (a, b, c) = (
      JointFixture.texts(table.column(named: "a")), JointFixture.texts(table.column(named: "b")),
      JointFixture.texts(table.column(named: "c"))
    )
    for first in ["no", "yes"] {
      for second in ["no", "yes"] {
        let rows = c.indices.filter { a[$0] == first && b[$0] == second }
        let share = Double(rows.count { c[$0] == (first == second ? "no" : "yes") })
        // Shares of 0.9 in 900 rows that were learned from and 2,500 drawn ones: 0.0117. Weights that
        // shrink, and training that stops early, take away a little more.
        let error = (0.09 / 900 + 0.09 / 2500).squareRoot()
        #expect(
          abs(share / Double(rows.count) - 0.9) < JointFixture.z * error + 0.02,
          "\(first) \(second): \(share / Double(rows.count))")
      }
    }
    let x = JointFixture.numbers(table.column(named: "x")).map { $0 ?? 0 }
    for (level, mean) in [("no", 0.0), ("yes", 4.0)] {
      let own = c.indices.filter { c[$0] == level }.map { x[$0] }
      let centre = own.reduce(0, +) / Double(own.count)
      // Deviation 1, 2,000 rows learned from; bins and what stopping leaves add a tenth.
      #expect(abs(centre - mean) < JointFixture.z * (1 / 2000.0).squareRoot() + 0.1, "\(centre)")
    }
  }

  @Test func `margins are those of the table`() throws {
    let table = try Self.drawn.get()
    for name in ["a", "b", "c"] {
      let own = JointFixture.texts(Self.real.column(named: name)).count { $0 == "yes" }
      let other = JointFixture.texts(table.column(named: name)).count { $0 == "yes" }
      // Drawn shares have a standard error of 0.005 at the most, and so have those that are calibrated, twice.
      let gap = Double(own) / Double(Self.count) - Double(other) / 10_000
      #expect(abs(gap) < JointFixture.z * (0.25 / 10_000 + 0.25 / 4096).squareRoot(), "\(name)")
    }
  }

  @Test func `inspecting says how training went`() throws {
    let model = try Self.model.get()
    guard case .neural(let law) = model.law else {
      Issue.record("the law is no network")
      return
    }
    let training = law.groups[0].training
    #expect(training.learnedRowCount + training.keptRowCount == Self.count)
    #expect(training.bestRound >= 1 && training.bestRound <= training.roundCount)
    #expect(training.loss < training.independentLoss - 0.8)
    let lines = model.explanation(of: "c")
    #expect(lines.contains { $0.contains("round \(training.bestRound) was best") })
    #expect(lines.contains { $0.contains("if they were independent") })
    let held = model.inventory().first { $0.name == "c" }
    #expect(held?.holdings.contains("weights") == true && held?.holdsRows == nil)
  }

  @Test func `weights are rounded to what the file holds, and no further`() {
    let weights: [Float] = [0, 1, -0.3, 17.25, -1000]
    let rounded = RoundedWeights(weights)
    #expect(RoundedWeights(rounded.weights) == rounded)
    for (own, other) in zip(weights, rounded.weights) {
      #expect(abs(own - other) <= 1000 / 32_000)
    }
    #expect(RoundedWeights([0, 0]).weights == [0, 0])
    #expect(RoundedWeights([10_000]).weights == [10_000])
    #expect(RoundedWeights(exponent: 1, steps: [1]) == nil)
  }
}
