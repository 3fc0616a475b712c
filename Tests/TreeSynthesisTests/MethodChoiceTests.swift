// SPDX-License-Identifier: Apache-2.0
import Learners
import Numerics
import Randomness
import Schemas
import Synthesis
import Tables
import Testing

@testable import TreeSynthesis

@Suite struct `Choosing a method for each variable` {
  /// Three causes, a scale that is their sum with some noise (many small steps, which one tree of a few
  /// leaves cannot follow), a copy of one cause's sign (which it can), and a scale that depends on nothing.
  private static func table(_ count: Int) -> Table {
    var causes = [[Double]](repeating: [], count: 3)
    var sums: [Double] = []
    var signs: [Bool] = []
    var noise: [Double] = []
    for row in 0..<count {
      var draws = RandomKey(seed: "known").stream("choice").stream(entity: UInt64(row))
      let own = (0..<3).map { _ in Draws.normal(mean: 0, standardDeviation: 1, using: &draws) }
      for place in 0..<3 { causes[place].append((own[place] * 100).rounded() / 100) }
      let error = Draws.normal(mean: 0, standardDeviation: 0.4, using: &draws)
      sums.append(((own.reduce(0, +) + error) * 100).rounded() / 100)
      signs.append(own[0] > 0)
      noise.append(
        (Draws.normal(mean: 0, standardDeviation: 1, using: &draws) * 100).rounded() / 100)
    }
    return Table(columns: [
      Column(name: "a", values: .numbers(causes[0])),
      Column(name: "b", values: .numbers(causes[1])),
      Column(name: "c", values: .numbers(causes[2])), Column(name: "sum", values: .numbers(sums)),
      Column(name: "sign", values: .booleans(signs)),
      Column(name: "noise", values: .numbers(noise)),
    ])
  }

  private static func planned(
    _ table: Table, threads: Int = 1, within seconds: Double? = nil,
    withholding withheld: [String: Set<String>] = [:], mayWiden: Bool = true
  ) throws -> (plan: Plan, binned: BinnedTable, schema: Schema) {
    let schema = SchemaInference().infer(table)
    let binned = try BinnedTable(table, schema: schema, binner: Binner(minimumWeight: 10))
    let steps = ["a", "b", "c", "sum", "sign", "noise"]
    let plan = Plan(
      method: TreeSynthesizer.automaticMethod,
      steps: steps.indices.map {
        let without = withheld[steps[$0]] ?? []
        return PlanStep(
          variable: steps[$0], action: .learned,
          predictors: steps[..<$0].filter { !without.contains($0) })
      }, minimumLeafCount: 20, minimumLevelCount: 10)
    var choice = MethodChoice(TreeSynthesizer(threads: threads), within: seconds)
    choice.mayWiden = mayWiden
    let chosen = try #require(choice.chosen(for: plan, binned: binned))
    return (plan.taking(chosen), binned, schema)
  }

  private static let chosen = Result { try planned(table(1200)) }

  @Test func `scores are those of a hand computation`() {
    // Cumulative shares 0.2, 0.7, 1 against 0, 1, 1; shares 0.2, 0.5, 0.3 against 0, 1, 0.
    let ordered = MethodTrial.score([0.2, 0.5, 0.3], 1, isOrdered: true)
    #expect(abs(ordered - (0.04 + 0.09)) < 1e-12)
    let nominal = MethodTrial.score([0.2, 0.5, 0.3], 1, isOrdered: false)
    #expect(abs(nominal - (0.04 + 0.25 + 0.09)) < 1e-12)
    #expect(MethodTrial.score([0, 1, 0], 1, isOrdered: true) == 0)
  }

  @Test func `a sum is boosted, a step has one tree, and the plan says why`() throws {
    let plan = try Self.chosen.get().plan
    func method(_ name: String) -> String? { plan.step(for: name)?.method }
    #expect(method("sum") == TreeSynthesizer.boostingMethod)
    #expect(method("sign") == TreeSynthesizer.method)
    // Nothing is tried without predictors.
    #expect(method("a") == TreeSynthesizer.method && plan.step(for: "a")?.reasons.isEmpty == true)
    let reason = try #require(plan.step(for: "sum")?.reasons.last)
    #expect(reason.contains("of 240 rows not learned from") && reason.contains("boosted trees"))
    #expect(plan.notes.last?.contains("of 6 learned variables, ") == true)
  }

  @Test func `what a classifier misses is learned from all that is permitted`() throws {
    // One cause of the sum is withheld, and "noise" is withheld what says nothing of it.
    let withheld: [String: Set<String>] = ["sum": ["c"], "noise": ["sign"]]
    let plan = try Self.planned(Self.table(4000), withholding: withheld).plan
    let sum = try #require(plan.step(for: "sum"))
    #expect(sum.predictors == ["a", "b", "c"] && sum.method == TreeSynthesizer.boostingMethod)
    #expect(sum.reasons.last?.contains("by all 3 predictors, which are taken") == true)
    #expect(plan.step(for: "noise")?.predictors == ["a", "b", "c", "sum"])
    // Where a relationship must not come about, nothing is added.
    let fixed = try Self.planned(Self.table(4000), withholding: withheld, mayWiden: false).plan
    #expect(fixed.step(for: "sum")?.predictors == ["a", "b"])
  }

  @Test func `threads change nothing in the choice`() throws {
    #expect(
      try Self.planned(Self.table(600), threads: 3).plan == Self.planned(Self.table(600)).plan)
  }

  @Test func `without time for trials all is learned by trees, and that is said`() throws {
    let plan = try Self.planned(Self.table(1200), within: 1e-6).plan
    #expect(plan.steps.allSatisfy { $0.method == TreeSynthesizer.method })
    #expect(plan.step(for: "sum")?.reasons == ["there was no time to try methods"])
    #expect(plan.notes.last?.contains("as far as the time allows") == true)
  }

  @Test func `with time enough the choice is the one without a limit`() throws {
    let plan = try Self.planned(Self.table(1200), within: 3600).plan
    #expect(plan.steps == (try Self.chosen.get().plan.steps))
  }

  @Test func `a plan of another method has nothing to choose`() throws {
    var (plan, binned, _) = try Self.chosen.get()
    plan.method = TreeSynthesizer.method
    #expect(MethodChoice().chosen(for: plan, binned: binned) == nil)
  }

  @Test func `a small table is learned by trees, and that is said`() throws {
    let plan = try Self.planned(Self.table(499)).plan
    #expect(plan.steps.allSatisfy { $0.method == TreeSynthesizer.method })
    #expect(plan.notes.last?.contains("fewer than 500 rows") == true)
  }

  @Test func `a generator of both methods is saved, read and drawn from as it was`() throws {
    let (plan, binned, schema) = try Self.chosen.get()
    let table = Self.table(1200)
    let model = try TreeSynthesizer().fit(table, binned: binned, schema: schema, plan: plan)
    let kinds = model.variables.map { variable in
      if case .hierarchy = variable.conditional { true } else { false }
    }
    #expect(kinds == plan.steps.map { $0.method == TreeSynthesizer.boostingMethod })
    #expect(kinds.contains(true) && kinds.contains(false))
    let file = try model.file()
    let read = try TreeModel(GeneratorFile(decoding: file.encoded(), name: "f"), name: "f")
    let key = RandomKey(seed: "1")
    let drawn = read.sample(rows: 0..<300, key: key, threads: 2)
    #expect(drawn == model.sample(rows: 0..<300, key: key, threads: 1))
    // The sum is still a sum: its correlation with a is 1/√3.16 in the population.
    let rows = model.sample(rows: 0..<2000, key: key, threads: 2)
    let (a, sum) = (rows.columns[0].values.scaleValues, rows.columns[3].values.scaleValues)
    let correlation = try #require(Correlation.pearson(a, sum))
    let error = (1 - 0.3164) * (1.0 / 2000 + 1.0 / 1200).squareRoot()
    // Bins and the shrinkage of trees may take 0.03 of it.
    #expect(abs(correlation - 0.5625) < 4.892 * error + 0.03, "\(correlation)")
  }

  @Test func `a step that names no method that there is is refused`() throws {
    var (plan, binned, schema) = try Self.chosen.get()
    plan.steps[3].method = "magic"
    let error = #expect(throws: DataError.self) {
      try TreeSynthesizer().fit(Self.table(1200), binned: binned, schema: schema, plan: plan)
    }
    #expect(error?.column == "sum" && error?.remedy.contains("boosting") == true)
  }
}
