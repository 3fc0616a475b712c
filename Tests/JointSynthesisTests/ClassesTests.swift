// SPDX-License-Identifier: Apache-2.0
import Randomness
import Schemas
import Synthesis
import Tables
import Testing

@testable import JointSynthesis

@Suite struct `Latent classes` {
  /// Two clouds of two scales, correlated in one, and a level that tells them apart nine times in ten.
  private static func clouds(_ count: Int) -> Table {
    let form = WrittenForm.number(NumberForm(decimals: 3))
    var columns = [[Double]](repeating: [], count: 2)
    var levels: [UInt32] = []
    for row in 0..<count {
      var draws = RandomKey(seed: "known").stream("clouds").stream(entity: UInt64(row))
      let isFirst = Draws.uniform(using: &draws) < 0.6
      let x = Draws.normal(mean: isFirst ? 0 : 8, standardDeviation: 1, using: &draws)
      let y = Draws.normal(
        mean: isFirst ? 0.9 * x : 4, standardDeviation: isFirst ? 0.436 : 1, using: &draws)
      columns[0].append((1000 * x).rounded() / 1000)
      columns[1].append((1000 * y).rounded() / 1000)
      levels.append((Draws.uniform(using: &draws) < 0.9) == isFirst ? 0 : 1)
    }
    return Table(columns: [
      Column(name: "x", values: .numbers(columns[0]), form: form),
      Column(name: "y", values: .numbers(columns[1]), form: form),
      Column(name: "level", values: .texts(codes: levels, pool: TextPool(["p", "q"]))),
    ])
  }

  @Test func `clouds, what they correlate within and the levels in each come back`() throws {
    let real = Self.clouds(10_000)
    let model = try JointFixture.model(real, JointSynthesizer.mixtureMethod)
    let drawn = JointFixture.drawn(model, 10_000)
    func figures(_ table: Table) -> [Double] {
      let x = JointFixture.numbers(table.column(named: "x"))
      let y = JointFixture.numbers(table.column(named: "y"))
      let level = JointFixture.texts(table.column(named: "level"))
      let first = x.indices.filter { (x[$0] ?? 0) < 4 }
      let second = x.indices.filter { (x[$0] ?? 0) >= 4 }
      func share(_ rows: [Int]) -> Double {
        Double(rows.count { level[$0] == "p" }) / Double(rows.count)
      }
      return [
        Double(first.count) / Double(x.count), share(first), share(second),
        JointFixture.correlation(first.map { x[$0] }, first.map { y[$0] }),
        JointFixture.correlation(second.map { x[$0] }, second.map { y[$0] }),
      ]
    }
    let (own, other) = (figures(real), figures(drawn))
    // Standard errors of shares of 10,000 and about 4,000 rows and of correlations, times √2; a correlation
    // of 0.9 loses up to a tenth, and one of 0 gains as much and its error, since classes are normal in normal
    // scores and not in values.
    let bounds = [0.035, 0.03, 0.035, 0.1, 0.2]
    for (place, bound) in bounds.enumerated() {
      #expect(abs(own[place] - other[place]) < bound, "\(place): \(own[place]) \(other[place])")
    }
  }

  @Test func `margins are those of the table`() throws {
    let real = Self.clouds(10_000)
    let drawn = JointFixture.drawn(
      try JointFixture.model(real, JointSynthesizer.mixtureMethod), 10_000)
    for name in ["x", "y"] {
      let own = JointFixture.numbers(real.column(named: name)).compactMap(\.self).sorted()
      let other = JointFixture.numbers(drawn.column(named: name)).compactMap(\.self)
      for tenth in 1..<10 {
        let cut = own[tenth * 1000]
        let share = Double(other.count { $0 < cut }) / 10_000
        #expect(abs(share - Double(tenth) / 10) < JointFixture.z * (2 * 0.25 / 10_000).squareRoot())
      }
    }
  }

  @Test func `inspecting says what each class of rows is like`() throws {
    let model = try JointFixture.model(Self.clouds(3000), JointSynthesizer.mixtureMethod)
    let lines = model.explanation(of: "x")
    #expect(lines.count >= 2 && lines.allSatisfy { $0.contains("normal scores around") })
    #expect(model.explanation(of: "level").contains { $0.contains("mostly p") })
  }
}
