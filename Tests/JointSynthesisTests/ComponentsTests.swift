// SPDX-License-Identifier: Apache-2.0
import Randomness
import Schemas
import Synthesis
import Tables
import Testing

@testable import JointSynthesis

@Suite struct `Principal components of mixed tables` {
  /// Six scales around two hidden numbers, and a category that hangs on the first.
  private static func survey(_ count: Int) -> Table {
    var scales = [[Double]](repeating: [], count: 6)
    var levels: [UInt32] = []
    for row in 0..<count {
      var draws = RandomKey(seed: "known").stream("mixed").stream(entity: UInt64(row))
      let t = (0..<2).map { _ in Draws.normal(mean: 0, standardDeviation: 1, using: &draws) }
      for k in 0..<6 {
        let x = 0.8 * t[k / 3] + Draws.normal(mean: 0, standardDeviation: 0.6, using: &draws)
        scales[k].append((100 * x).rounded() / 100)
      }
      let z = 0.5 * t[0] + Draws.normal(mean: 0, standardDeviation: 0.866, using: &draws)
      levels.append(z < -0.5 ? 0 : z < 0.5 ? 1 : 2)
    }
    let form = WrittenForm.number(NumberForm(decimals: 2))
    return Table(
      columns: scales.enumerated().map {
        Column(name: "x\($0)", values: .numbers($1), form: form)
      } + [Column(name: "level", values: .texts(codes: levels, pool: TextPool(["a", "b", "c"])))])
  }

  @Test func `correlations and the means of levels come back`() throws {
    let real = Self.survey(8000)
    let model = try JointFixture.model(real, JointSynthesizer.componentMethod)
    guard case .components(let law) = model.law else { return #expect(Bool(false)) }
    // Two hidden numbers; levels have noise of their own, for which a further component or two may stand.
    #expect((2...4).contains(law.counts[0]))
    let drawn = JointFixture.drawn(model, 8000)
    for (first, second) in [("x0", "x1"), ("x3", "x5"), ("x0", "x4")] {
      let own = JointFixture.correlation(
        JointFixture.numbers(real.column(named: first)),
        JointFixture.numbers(real.column(named: second)))
      let other = JointFixture.correlation(
        JointFixture.numbers(drawn.column(named: first)),
        JointFixture.numbers(drawn.column(named: second)))
      // √2 standard errors of a correlation of 8,000 rows, and what two components leave.
      #expect(abs(own - other) < JointFixture.z * 0.0158 + 0.03, "\(first) \(second)")
    }
    func means(_ table: Table) -> [Double] {
      let levels = JointFixture.texts(table.column(named: "level"))
      let x = JointFixture.numbers(table.column(named: "x0"))
      return ["a", "b", "c"].map { level in
        let list = zip(levels, x).compactMap { $0 == level ? $1 : nil }
        return list.reduce(0, +) / Double(list.count)
      }
    }
    for (own, other) in zip(means(real), means(drawn)) {
      #expect(abs(own - other) < JointFixture.z * (2 / 2400.0).squareRoot() + 0.05)
    }
  }

  @Test func `levels are as common as in the table, also those that components push away`() throws {
    let real = Self.survey(8000)
    let drawn = JointFixture.drawn(
      try JointFixture.model(real, JointSynthesizer.componentMethod), 20_480)
    let own = JointFixture.texts(real.column(named: "level"))
    let other = JointFixture.texts(drawn.column(named: "level"))
    for level in ["a", "b", "c"] {
      let p = Double(own.count { $0 == level }) / 8000
      let q = Double(other.count { $0 == level }) / 20_480
      // Drawn rows vary less than independent ones would.
      #expect(abs(p - q) < JointFixture.z * (p * (1 - p) / 20_480).squareRoot(), "\(level)")
    }
  }

  @Test func `inspecting names the components of a variable, and who shares them`() throws {
    let model = try JointFixture.model(Self.survey(2000), JointSynthesizer.componentMethod)
    let lines = model.explanation(of: "x0")
    #expect(lines.count >= 1 && lines[0].contains("loading"))
    // The first three scales hang on one hidden number.
    #expect(lines[0].contains("x1") && lines[0].contains("x2"))
    #expect(model.explanation(of: "none").isEmpty)
  }
}
