// SPDX-License-Identifier: Apache-2.0
import Randomness
import Schemas
import Synthesis
import Tables
import Testing

@testable import JointSynthesis

@Suite struct `Leaves of an adversarial forest` {
  /// Two fair coins, whether they differ, and a scale that hangs on that: no two of the first three depend on
  /// each other.
  private static func coins(_ count: Int) -> Table {
    var levels = [[UInt32]](repeating: [], count: 3)
    var values: [Double] = []
    for row in 0..<count {
      var draws = RandomKey(seed: "known").stream("coins").stream(entity: UInt64(row))
      let (x, y) = (Draws.integer(below: 2, using: &draws), Draws.integer(below: 2, using: &draws))
      for (place, level) in [x, y, x ^ y].enumerated() { levels[place].append(UInt32(level)) }
      let value = Draws.normal(mean: x == y ? 0 : 3, standardDeviation: 1, using: &draws)
      values.append((100 * value).rounded() / 100)
    }
    let pool = TextPool(["heads", "tails"])
    return Table(
      columns: ["x", "y", "differ"].enumerated().map {
        Column(name: $1, values: .texts(codes: levels[$0], pool: pool))
      } + [
        Column(name: "v", values: .numbers(values), form: .number(NumberForm(decimals: 2)))
      ])
  }

  private static func law(_ model: JointModel) -> LeafLaw? {
    if case .leaves(let law) = model.law { law } else { nil }
  }

  @Test func `a dependence that no pair of variables shows comes back`() throws {
    let model = try JointFixture.model(
      Self.coins(8000), JointSynthesizer.adversarialForestMethod)
    let drawn = JointFixture.drawn(model, 8000)
    let names = ["x", "y", "differ"]
    let levels = names.map { JointFixture.texts(drawn.column(named: $0)) }
    let right = levels[0].indices.count {
      (levels[0][$0] != levels[1][$0]) == (levels[2][$0] == "tails")
    }
    // Independent draws would be right in half of the rows (standard error 0.0056).
    #expect(Double(right) / 8000 > 0.9, "\(right)")
    let law = try #require(Self.law(model))
    let group = try #require(law.groups.first)
    #expect((group.accuracies.first ?? 0) > 0.6)
    #expect((group.accuracies.last ?? 1) < (group.accuracies.first ?? 0))
    #expect(model.explanation(of: "v").contains { $0.contains("50 % is chance") })
  }

  @Test func `margins are those of the table, and no leaf rests on fewer rows than allowed`() throws
  {
    let real = Self.coins(4000)
    let model = try JointFixture.model(
      real, JointSynthesizer.adversarialForestMethod, minimumLeafCount: 50)
    let law = try #require(Self.law(model))
    for part in law.parts {
      #expect(part.leafCount > 20)
      #expect((part.leafSizes.min() ?? 0) >= 50)
      #expect(part.leafSizes.reduce(0, +) == 4000 * law.groups[0].treeCount)
    }
    let drawn = JointFixture.drawn(model, 10_000)
    let own = JointFixture.numbers(real.column(named: "v")).compactMap(\.self).sorted()
    let other = JointFixture.numbers(drawn.column(named: "v")).compactMap(\.self)
    for tenth in 1..<10 {
      let share = Double(other.count { $0 < own[tenth * 400] }) / 10_000
      #expect(abs(share - Double(tenth) / 10) < JointFixture.z * (2 * 0.25 / 4000).squareRoot())
    }
  }
}
