// SPDX-License-Identifier: Apache-2.0
import Randomness
import Schemas
import Synthesis
import Tables
import Testing

@testable import JointSynthesis

@Suite struct `The Bayesian network` {
  /// Truth values of which the third is whether the first two differ, nine times in ten: no pair of them is
  /// tied, but all three are.
  private static func parity(_ count: Int) -> Table {
    var columns = [[UInt32]](repeating: [], count: 4)
    for row in 0..<count {
      var draws = RandomKey(seed: "known").stream("parity").stream(entity: UInt64(row))
      let (a, b) = (Draws.integer(below: 2, using: &draws), Draws.integer(below: 2, using: &draws))
      let isRight = Draws.uniform(using: &draws) < 0.9
      let c = (a == b) == isRight ? 0 : 1
      let d = Draws.uniform(using: &draws) < 0.8 ? c : 1 - c
      for (place, code) in [a, b, c, d].enumerated() { columns[place].append(UInt32(code)) }
    }
    return Table(
      columns: zip(["a", "b", "c", "d"], columns).map {
        Column(name: $0, values: .texts(codes: $1, pool: TextPool(["n", "y"])))
      })
  }

  @Test func `two-way tables of neighbours are those of the real rows`() throws {
    let real = Self.parity(6000)
    let model = try JointFixture.model(real, JointSynthesizer.networkMethod)
    let drawn = JointFixture.drawn(model, 6000)
    let n = 6000.0
    for (first, second) in [("c", "d"), ("a", "b"), ("b", "d")] {
      let own = zip(
        JointFixture.texts(real.column(named: first)),
        JointFixture.texts(real.column(named: second)))
      let other = zip(
        JointFixture.texts(drawn.column(named: first)),
        JointFixture.texts(drawn.column(named: second)))
      for cell in [("n", "n"), ("n", "y"), ("y", "n"), ("y", "y")] {
        let p = Double(own.count { $0 == cell }) / n
        let q = Double(other.count { $0 == cell }) / n
        #expect(
          abs(p - q) < JointFixture.z * (2 * p * (1 - p) / n).squareRoot(), "\(first) \(second)")
      }
    }
  }

  @Test func `the plan names the parents, and another plan of few of them is followed`() throws {
    let real = Self.parity(3000)
    let schema = SchemaInference().infer(real)
    let binned = try BinnedTable(real, schema: schema, binner: Binner(minimumWeight: 10))
    let synthesizer = JointSynthesizer()
    let plan = synthesizer.planned(
      Planner().plan(
        real, schema: schema, binned: binned, method: JointSynthesizer.networkMethod),
      binned: binned)
    let step = { (name: String) in plan.step(for: name)?.predictors ?? [] }
    #expect(step("d") == ["c"] || step("c").contains("d"))
    #expect(plan.steps.allSatisfy { $0.predictors.count <= 3 })
    #expect(plan.notes.contains { $0.contains("edges") })
    // Nobody's search finds parity from pairs; an owner who knows of it can say so.
    var own = plan
    own.steps = [
      PlanStep(variable: "a", action: .learned), PlanStep(variable: "b", action: .learned),
      PlanStep(variable: "c", action: .learned, predictors: ["a", "b"]),
      PlanStep(variable: "d", action: .learned, predictors: ["c"]),
    ]
    let model = try synthesizer.fit(real, binned: binned, schema: schema, plan: own)
    let drawn = JointFixture.drawn(model, 3000)
    let texts = ["a", "b", "c"].map { JointFixture.texts(drawn.column(named: $0)) }
    let right = (0..<3000).count { (texts[0][$0] == texts[1][$0]) == (texts[2][$0] == "n") }
    // 0.9 in both tables, less what a row leans on its margin: 1 of 750.
    #expect(
      abs(Double(right) / 3000 - 0.9)
        < JointFixture.z * (2 * 0.09 / 3000.0).squareRoot() + 0.001)
  }

  @Test func `a plan of many parents is refused`() throws {
    let table = JointFixture.table(300)
    let schema = SchemaInference().infer(table)
    let binned = try BinnedTable(table, schema: schema, binner: Binner(minimumWeight: 5))
    var plan = Planner().plan(
      table, schema: schema, binned: binned, method: JointSynthesizer.networkMethod)
    let names = plan.drawnSteps.map(\.variable)
    guard let place = plan.steps.firstIndex(where: { $0.variable == names[4] }) else {
      return #expect(Bool(false))
    }
    plan.steps[place].predictors = Array(names.prefix(4))
    #expect(throws: DataError.self) {
      try JointSynthesizer().fit(table, binned: binned, schema: schema, plan: plan)
    }
  }

  /// By hand: a row of 3 and 1 leans with weight 1 on a margin of 1, 1 and 2.
  @Test func `a row's shares are its counts and one row of what it leans on`() {
    let node = BayesianNetwork.Node(
      parents: [], rowOfCell: [1], backing: [0, 0], starts: [0, 3, 5], bins: [0, 1, 2, 0, 2],
      sums: [1, 2, 4, 3, 4])
    let count = 100_000
    var counts = [0, 0, 0]
    var bounded = [0, 0, 0]
    for number in 0..<count {
      let uniform = (Double(number) + 0.5) / Double(count)
      counts[node.bin(row: 1, uniform: uniform)] += 1
      bounded[node.bin(row: 1, uniform: uniform, from: 1, through: 2) ?? 0] += 1
    }
    // 0.8 · (¾, 0, ¼) + 0.2 · (¼, ¼, ½)
    for (own, wanted) in zip(counts, [0.65, 0.05, 0.3]) {
      #expect(abs(Double(own) / Double(count) - wanted) < 1e-4)
    }
    for (own, wanted) in zip(bounded, [0, 1.0 / 7, 6.0 / 7]) {
      #expect(abs(Double(own) / Double(count) - wanted) < 1e-4)
    }
    #expect(node.bin(row: 1, uniform: 0.5, from: 3, through: 9) == nil)
  }
}
