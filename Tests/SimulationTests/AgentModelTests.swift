// SPDX-License-Identifier: Apache-2.0
import Simulation
import Tables
import Testing

/// Agents told in YAML: what they do, and that nothing changes by chance.
struct AgentModelTests {
  static let schelling = """
    simulate: 1
    purpose: Few wishes, much segregation.
    space: {grid: [30, 30], wrap: false, one_per_cell: true}
    agents: {household: {rows: 700, place: random_empty, columns: {group: "~ categorical(a = 0.5, b = 0.5)"}}}
    parameters: {wanted: {sweep: [0, 3, 5]}}
    each_step:
      order: random
      household: [{when: "count(neighbours(1), group == mine.group) < wanted", do: move(random_empty)}]
    steps: 15
    record:
      household:
        every: 15
        also: {alike: "count(neighbours(1), group == mine.group) / max(1, count(neighbours(1)))"}
      model: {a: "share(household, group == 'a')"}
    """

  static func run(_ text: String, threads: Int = 2) throws -> SimulatedOutcome {
    try SimulatedModel(yaml: text, file: "agents.yaml").run(seed: "5", threads: threads)
  }

  static func mean(_ table: Table, _ name: String, step: Double) -> Double {
    let steps = LifeModelTests.numbers(table, "step")
    let values = LifeModelTests.numbers(table, name)
    let chosen = steps.indices.filter { steps[$0] == step }.compactMap { values[$0] }
    return chosen.reduce(0, +) / Double(chosen.count)
  }

  @Test func `a sweep shows segregation grow with what is wanted, from the same start`() throws {
    let outcome = try Self.run(Self.schelling)
    let table = outcome.data[0]
    let parts = ["wanted = 0", "wanted = 3", "wanted = 5"].map {
      LifeModelTests.rows(of: $0, in: table)
    }
    let first = parts.map { Self.mean($0, "alike", step: 0) }
    #expect(first[0] == first[1] && first[1] == first[2])
    // At random, about half of the neighbours are alike.
    #expect(abs(first[0] - 0.5) < 0.05)
    let last = parts.map { Self.mean($0, "alike", step: 15) }
    #expect(last[0] == first[0])
    #expect(last[1] > 0.65)
    #expect(last[2] > last[0] + 0.1)
    #expect(outcome.texts.contains { $0.name == "picture.svg" && $0.text.hasPrefix("<svg") })
    #expect(
      outcome.texts.contains { $0.name == "overview.odd.md" && $0.text.contains("household") })
  }

  @Test func `threads, a figure and another kind change nothing`() throws {
    let one = try Self.run(Self.schelling, threads: 1)
    #expect(try Self.run(Self.schelling, threads: 8).data == one.data)
    let more = Self.schelling
      .replacing("agents: {", "agents: {watcher: {rows: 0, columns: {mood: 1}}, ")
      .replacing("model: {", "model: {all: count(household), ")
    let again = try Self.run(more)
    #expect(again.data.first { $0.name == "household" } == one.data[0])
  }

  static let wolves = """
    simulate: 1
    space: {grid: [20, 20], wrap: true}
    parameters: {calves: 0.1}
    agents:
      grass: {place: every_cell, columns: {grown: "~ bernoulli(0.5)", wait: "~ integer(0, 10)"}}
      sheep: {rows: 60, columns: {energy: "~ integer(4, 8)"}}
      wolf: {rows: 10, columns: {energy: "~ integer(10, 20)"}}
    each_step:
      sheep:
        - {set: {energy: energy - 1}, do: move(neighbour)}
        - {meet: grass, where: grown, set: {energy: energy + 4}, set_them: {grown: "false", wait: 10}}
        - {when: energy < 0, do: die}
        - {when: chance(calves), do: reproduce, child: {energy: 4}}
      wolf:
        - {set: {energy: energy - 1}, do: move(neighbour)}
        - {meet: sheep, them: die, set: {energy: energy + 20}}
        - {when: energy < 0, do: die}
        - {when: chance(0.05), do: reproduce}
      grass:
        - {when: not grown and wait <= 0, set: {grown: "true"}}
        - {when: not grown, set: {wait: wait - 1}}
    steps: 40
    record:
      grass: {every: 40}
      model: {sheep: count(sheep), wolves: count(wolf), grown: "share(grass, grown)"}
    """

  @Test func `wolves eat sheep, sheep eat grass, and grass grows again`() throws {
    let outcome = try Self.run(Self.wolves)
    let model = try #require(outcome.data.first { $0.name == "model" })
    let sheep = LifeModelTests.numbers(model, "sheep").compactMap { $0 }
    let wolves = LifeModelTests.numbers(model, "wolves").compactMap { $0 }
    let grown = LifeModelTests.numbers(model, "grown").compactMap { $0 }
    #expect(sheep.count == 41 && sheep[0] == 60 && wolves[0] == 10)
    #expect(Set(sheep).count > 5 && Set(wolves).count > 2)
    #expect(grown.allSatisfy { (0...1).contains($0) } && Set(grown).count > 10)
    let table = try #require(outcome.data.first { $0.name == "sheep" })
    let steps = LifeModelTests.numbers(table, "step")
    for step in 0...40 { #expect(Double(steps.count { $0 == Double(step) }) == sheep[step]) }
    // Nobody lives on with less than nothing.
    #expect(LifeModelTests.numbers(table, "energy").allSatisfy { ($0 ?? 0) >= 0 })
  }

  @Test func `individuals on a dense network follow the equation`() throws {
    let text = """
      simulate: 1
      start: {S: 570, I: 30, R: 0}
      parameters: {beta: 0.3, gamma: 0.1}
      transitions:
        - {name: infection, from: S, to: I, rate: beta * I / N}
        - {name: recovery, from: I, to: R, rate: gamma}
      run: {as: individuals, on: {network: "small_world(100, 1)"}, until: 20, replications: 2}
      record: {every: 10}
      """
    let model = try SimulatedModel(yaml: text, file: "sir.yaml")
    let one = try model.run(seed: "1", threads: 1)
    #expect(try model.run(seed: "1", threads: 8).data == one.data)
    let equation = try SimulatedModel(
      yaml: text.replacing("as: individuals, on: {network: \"small_world(100, 1)\"}", "as: ode"),
      file: "sir.yaml"
    ).run(seed: "1", threads: 1)
    let (found, expected) = (
      LifeModelTests.numbers(one.data[0], "S").compactMap { $0 },
      LifeModelTests.numbers(equation.data[0], "S").compactMap { $0 }
    )
    for row in found.indices {
      // Two runs of 600, and a network that is not quite everybody: 10 per cent of all.
      #expect(abs(found[row] - expected[row]) < 60, "\(found[row]), \(expected[row])")
    }
  }

  @Test func `instruments add what they say, and the truth stays beside`() throws {
    let text = """
      simulate: 1
      tables: {person: {rows: 4000, columns: {income: "~ normal(100, 10)", female: "~ bernoulli(0.5)"}}}
      instruments:
        person: {nonresponse: 0.25}
        person.income: {bias: 5, noise: 3, below: 85, round: 1, dropout: 0.1}
        person.female: {misclassified: 0.05}
      """
    let outcome = try Self.run(text)
    let seen = outcome.data[0]
    let whole = try #require(outcome.truth.first { $0.name == "unmeasured-person" })
    #expect(whole.rowCount == 4000)
    // Of 4000, a quarter does not answer: within five standard errors of 27.
    #expect(abs(seen.rowCount - 3000) < 137)
    let incomes = LifeModelTests.numbers(seen, "income").compactMap { $0 }
    #expect(incomes.allSatisfy { $0 >= 85 && $0 == $0.rounded() })
    let mean = incomes.reduce(0, +) / Double(incomes.count)
    // 105, and a little more for what is not seen below 85 (0.6 of a standard deviation of 10.4).
    #expect(abs(mean - 105.6) < 1.2, "\(mean)")
    let share = 1 - Double(incomes.count) / Double(seen.rowCount)
    #expect(share > 0.1 && share < 0.17)
  }

  @Test func `a rumour goes along the ties of a ring, and no further`() throws {
    let text = """
      simulate: 1
      space: {network: "ring(2)"}
      agents: {person: {rows: 41, columns: {heard: "false", source: "false"}}}
      each_step:
        person:
          - {when: "x == 21 and step == 1", set: {heard: "true", source: "true"}}
          - {when: "count(neighbours(1), source) > 0", set: {heard: "true"}}
      steps: 3
      record: {model: {heard: "count(person, heard)"}}
      """
    let outcome = try SimulatedModel(yaml: text, file: "m.yaml").run(seed: "1", threads: 1)
    // The source and its two neighbours, who do not pass it on.
    #expect(LifeModelTests.numbers(outcome.data[1], "heard").last == 3)
    #expect(
      outcome.texts.first { $0.name == "overview.odd.md" }?.text.contains("network of 41") == true)
  }

  @Test func `an epidemic in a network of YAML reaches as many as in another framework`() throws {
    let text = """
      simulate: 1
      space: {network: "small_world(8, 0.1)"}
      agents: {person: {rows: 5000, columns: {state: "0", near: "0", seed: "~ bernoulli(0.004)"}}}
      each_step:
        person:
          - {when: "step == 1 and seed", set: {state: 1}}
          - {when: "state == 1 and chance(0.1)", set: {state: 2}}
          - {set: {near: "count(neighbours(1), state == 1)"}}
          - {when: "state == 0 and chance(1 - 0.95 ^ near)", set: {state: 1}}
      steps: 150
      run: {replications: 3}
      record: {person: {every: 1000, columns: [state]}, model: {removed: "share(person, state == 2)"}}
      """
    let outcome = try SimulatedModel(yaml: text, file: "m.yaml").run(seed: "1", threads: 2)
    let shares = LifeModelTests.numbers(outcome.data[1], "removed").map { $0 ?? 0 }
    let ends = (0..<3).map { shares[$0 * 151 + 150] }
    // Mesa 3.3.1 gives 0.917, with a deviation of 0.0064 between runs. There the infected act, here those
    // who may be, so that the chance of each contact is the same, and its moment nearly so.
    #expect(ends.allSatisfy { ($0 - 0.917).magnitude < 0.03 }, "\(ends)")
  }

  @Test func `a run that is recorded step by step has a moving picture, a frame a step`() throws {
    let text = Self.schelling.replacing("every: 15", "every: 1").replacing(
      "{sweep: [0, 3, 5]}", "3")
    let outcome = try Self.run(text)
    let picture = try #require(outcome.texts.first { $0.name == "animation.svg" }?.text)
    #expect(picture.split(separator: "<animate ").count == 17)
    for step in 0...15 { #expect(picture.contains(" step \(step)</text>")) }
    #expect(try Self.run(Self.schelling).texts.contains { $0.name == "animation.svg" } == false)
  }

  @Test(arguments: [
    ("do: move(random)", "node"), ("do: reproduce", "node"),
    ("when: \"count(neighbours(2)) > 1\", do: die", "tie"),
  ])
  func `what a network cannot do is refused`(rule: String, word: String) {
    let error = #expect(throws: DataError.self) {
      try SimulatedModel(
        yaml: """
          simulate: 1
          space: {network: "ring(4)"}
          agents: {person: {rows: 20, columns: {heard: "false"}}}
          each_step: {person: [{\(rule)}]}
          steps: 3
          """, file: "m.yaml")
    }
    #expect(error?.message.contains(word) == true, "\(String(describing: error))")
  }
}
