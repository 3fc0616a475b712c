// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
import Schemas
import Synthesis
import Tables
import Testing

@testable import JointSynthesis

@Suite struct `An autoencoder of all variables` {
  /// A class of two, three coins that say it nine times in ten, and a scale around 0 or 4 by it.
  private static func coins(_ count: Int) -> Table {
    var levels = [[UInt32]](repeating: [], count: 3)
    var scale: [Double] = []
    for row in 0..<count {
      var draws = RandomKey(seed: "known").stream("classes").stream(entity: UInt64(row))
      let hidden = Draws.bernoulli(0.5, using: &draws)
      for column in 0..<3 {
        levels[column].append(hidden == Draws.bernoulli(0.9, using: &draws) ? 1 : 0)
      }
      let x = Draws.normal(mean: hidden ? 4 : 0, standardDeviation: 1, using: &draws)
      scale.append((100 * x).rounded() / 100)
    }
    let pool = TextPool(["no", "yes"])
    return Table(
      columns: ["a", "b", "c"].enumerated().map {
        Column(name: $1, values: .texts(codes: levels[$0], pool: pool))
      } + [
        Column(name: "x", values: .numbers(scale), form: .number(NumberForm(decimals: 2)))
      ])
  }
  private static let count = 4000
  private static let real = coins(count)
  private static let model = Result {
    try JointFixture.model(real, JointSynthesizer.autoencoderMethod, threads: 2)
  }
  private static let drawn = model.map { JointFixture.drawn($0, 10_000) }

  private static func isYes(_ table: Table, _ name: String) -> [Bool] {
    JointFixture.texts(table.column(named: name)).map { $0 == "yes" }
  }

  @Test func `what rows have in common comes back`() throws {
    let table = try Self.drawn.get()
    let (a, b) = (Self.isYes(table, "a"), Self.isYes(table, "b"))
    let alike = Double(zip(a, b).count { $0 == $1 }) / Double(a.count)
    // 0.82 in the law; a share of 4,000 rows has a standard error of 0.0061, of 10,000 of 0.0038. Normals
    // that stray from standard ones take away some.
    #expect(
      abs(alike - 0.82) < JointFixture.z * (0.0061 * 0.0061 + 0.0038 * 0.0038).squareRoot() + 0.05,
      "\(alike)")
    let x = JointFixture.numbers(table.column(named: "x")).map { $0 ?? 0 }
    func mean(_ level: Bool) -> Double {
      let own = a.indices.filter { a[$0] == level }.map { x[$0] }
      return own.reduce(0, +) / Double(own.count)
    }
    // 0.4 and 3.6 in the law; a deviation of 1.6 in 2,000 rows.
    #expect(abs(mean(false) - 0.4) < JointFixture.z * 0.036 + 0.2, "\(mean(false))")
    #expect(abs(mean(true) - 3.6) < JointFixture.z * 0.036 + 0.2, "\(mean(true))")
  }

  @Test func `margins are those of the table`() throws {
    let table = try Self.drawn.get()
    for name in ["a", "b", "c"] {
      let own = Self.isYes(Self.real, name).count { $0 }
      let other = Self.isYes(table, name).count { $0 }
      // Drawn shares have a standard error of 0.005 at the most, and so have those that are calibrated, twice.
      let gap = Double(own) / Double(Self.count) - Double(other) / 10_000
      #expect(abs(gap) < JointFixture.z * (0.25 / 10_000 + 0.25 / 4096).squareRoot(), "\(name)")
    }
  }

  @Test func `the decoder alone is held`() throws {
    let model = try Self.model.get()
    guard case .neural(let law) = model.law else {
      Issue.record("the law is no network")
      return
    }
    #expect(law.hasNormals && law.groups[0].network.columns.allSatisfy { $0.embeddings.isEmpty })
    let training = law.groups[0].training
    #expect(training.learnedRowCount + training.keptRowCount == Self.count)
    #expect(training.loss < training.independentLoss - 0.8)
    let lines = model.explanation(of: "c")
    #expect(lines.contains { $0.contains("round \(training.bestRound) was best") })
    let held = model.inventory().first { $0.name == "c" }
    #expect(held?.action.contains("normals behind the row") == true && held?.holdsRows == nil)
  }
}
