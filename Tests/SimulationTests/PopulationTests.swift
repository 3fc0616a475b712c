// SPDX-License-Identifier: Apache-2.0
import Foundation
import Simulation
import Tables
import Testing

struct PopulationTests {
  static let outbreak = """
    simulate: 1
    start: {S: 9900, I: 100, R: 0}
    parameters: {beta: 0.3, gamma: 0.1}
    transitions:
      - {name: infection, from: S, to: I, rate: beta * I / N}
      - {name: recovery, from: I, to: R, rate: gamma}
    """

  func table(_ run: String, _ more: String = "", threads: Int = 1) throws -> Table {
    try PopulationModel(yaml: Self.outbreak + "\n" + more + "\nrun: {" + run + "}", file: "m.yaml")
      .run(seed: "1", threads: threads)
  }

  func numbers(_ table: Table, _ name: String) -> [Double] {
    guard case .numbers(let values)? = table.column(named: name)?.values else { return [] }
    return values
  }

  @Test func `decay follows the exponential under Runge-Kutta, and less well under Euler`() throws {
    for (reading, bound) in [("ode", 1e-9), ("euler", 0.02)] {
      let model = try PopulationModel(
        yaml: """
          simulate: 1
          start: {A: 1, B: 0}
          transitions: [{from: A, to: B, rate: 0.5}]
          run: {as: \(reading), until: 4, step: 0.015625}
          """, file: "m.yaml")
      for (time, value) in numbers(try model.run(seed: "1"), "A").enumerated() {
        #expect((value - exp(-0.5 * Double(time))).magnitude < bound)
      }
    }
  }

  /// The reaction of Robertson (1966), whose rates lie nine powers of ten apart; the values are those of
  /// SciPy 1.17.1's Radau method at a tolerance of 1e-12.
  @Test(
    arguments: [
      (40.0, [0.7158270687195982, 9.185534764565176e-06, 0.2841637457456379]),
      (4000.0, [0.18320225777697596, 8.942371252791769e-07, 0.8167968479859]),
    ] as [(Double, [Double])])
  func `a stiff reaction is followed by the implicit method, and by no other`(
    until: Double, expected: [Double]
  ) throws {
    let text = """
      simulate: 1
      start: {A: 1, B: 0, C: 0}
      transitions:
        - {name: slow, from: A, to: B, rate: 0.04}
        - {name: fast, change: {B: -1, C: 1}, total_rate: 3e7 * B * B}
        - {name: back, change: {A: 1, B: -1}, total_rate: 1e4 * B * C}
      record: {every: \(until)}
      run: {as: READING, until: \(until), step: 0.125}
      """
    func last(_ reading: String) throws -> [Double] {
      let table = try PopulationModel(yaml: text.replacing("READING", reading), file: "m.yaml")
        .run(seed: "1")
      return ["A", "B", "C"].map { numbers(table, $0).last ?? .nan }
    }
    for (value, wanted) in zip(try last("stiff"), expected) {
      // A step may be wrong by 1e-8 of a count and 1e-10; B is a millionth.
      #expect((value / wanted - 1).magnitude < 1e-5, "\(value), not \(wanted)")
    }
    #expect(throws: DataError.self) { try last("ode") }
  }

  @Test func `the implicit method follows an outbreak, with what is set and what sets off`() throws
  {
    let (ode, stiff) = (
      numbers(try table("as: ode, until: 60, step: 0.01"), "I"),
      numbers(try table("as: stiff, until: 60"), "I")
    )
    for (one, other) in zip(ode, stiff) { #expect((one - other).magnitude < 1e-6 * one) }
    #expect(numbers(try table("as: stiff, until: 20", "at: {5: {I: 0}}"), "I")[5] == 0)
    let model = try PopulationModel(
      yaml: """
        simulate: 1
        start: {A: 100, B: 0}
        transitions: [{from: A, to: B, rate: 0.2}]
        when: [{if: A < 20, set: {A: 100, B: 0}}]
        run: {as: stiff, until: 100}
        """, file: "m.yaml")
    let counts = numbers(try model.run(seed: "1"), "A")
    // Steps grow long, so that a condition is seen late: a fall takes 8.05 at least.
    #expect((5...12).contains(zip(counts, counts.dropFirst()).count { $0 < $1 }))
  }

  @Test func `an outbreak read three ways has one curve`() throws {
    let curve = numbers(try table("as: ode, until: 60"), "I")
    for reading in ["exact", "sde"] {
      let paths = numbers(try table("as: \(reading), until: 60, replications: 40"), "I")
      for time in [10, 30, 60] {
        let sample = (0..<40).map { paths[$0 * 61 + time] }
        let mean = sample.reduce(0, +) / 40
        let variance = sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 39
        // Five standard errors, and 2 % for the bias of a finite population.
        #expect(
          (mean - curve[time]).magnitude < 5 * (variance / 40).squareRoot() + 0.02 * curve[time])
      }
    }
  }

  @Test(arguments: ["exact", "sde"])
  func `threads change nothing, and few replications are the first of many`(reading: String) throws
  {
    let one = try table("as: \(reading), until: 20, replications: 9")
    #expect(try table("as: \(reading), until: 20, replications: 9", threads: 2) == one)
    #expect(try table("as: \(reading), until: 20, replications: 9", threads: 8) == one)
    let few = try table("as: \(reading), until: 20, replications: 3")
    #expect(numbers(few, "I") == Array(numbers(one, "I").prefix(63)))
  }

  @Test func `recording more often, or a transition that never happens, changes no path`() throws {
    let plain = numbers(try table("as: exact, until: 20"), "I")
    let often = numbers(try table("as: exact, until: 20", "record: {every: 0.5}"), "I")
    #expect(plain == stride(from: 0, to: often.count, by: 2).map { often[$0] })
    let text = Self.outbreak.replacingOccurrences(
      of: "transitions:", with: "transitions:\n  - {name: birth, change: {S: 1}, total_rate: 0}")
    let more = try PopulationModel(yaml: text + "\nrun: {until: 20}", file: "m.yaml").run(seed: "1")
    #expect(numbers(more, "I") == plain)
  }

  @Test func `scenarios meet the same chance, and are compared time by time`() throws {
    let text =
      Self.outbreak + """

        scenarios: {as_it_is: {}, same: {}, masks: {parameters: {beta: 0.2}}}
        run: {until: 20, replications: 5}
        """
    let outcome = try SimulatedModel(Array(text.utf8), file: "m.yaml").run(seed: "1", threads: 2)
    let all = numbers(outcome.data[0], "I")
    let plain = numbers(try table("until: 20, replications: 5"), "I")
    #expect(Array(all[..<105]) == plain)
    #expect(Array(all[105..<210]) == plain)
    let comparison = try #require(outcome.truth.first { $0.name == "comparison" })
    let differences = numbers(comparison, "difference")
    // `same` differs nowhere and is left out; `masks` has fewer infected in the end.
    #expect(differences.count == 3 * 21)
    #expect(differences[2 * 21 - 1] < 0)
  }

  @Test func `counts are set at their moment, before what is recorded then`() throws {
    let paths = try table("as: exact, until: 20", "at: {5: {I: 0}}")
    #expect(numbers(paths, "I")[4] > 0)
    #expect(numbers(paths, "I")[5...].allSatisfy { $0 == 0 })
    #expect(numbers(try table("as: ode, until: 20", "at: {5: {I: 0}}"), "I")[5] == 0)
  }

  @Test(arguments: ["exact", "ode", "sde"])
  func `a condition sets counts each time it becomes true`(reading: String) throws {
    let model = try PopulationModel(
      yaml: """
        simulate: 1
        start: {A: 100, B: 0}
        transitions: [{from: A, to: B, rate: 0.2}]
        when: [{if: A < 20, set: {A: 100, B: 0}}]
        run: {as: \(reading), until: 100}
        """, file: "m.yaml")
    let counts = numbers(try model.run(seed: "1"), "A")
    // A fall from 100 to 20 takes 8 on the average, so some twelve of them fit in.
    let resets = zip(counts, counts.dropFirst()).count { $0 < $1 - 20 }
    #expect((9...15).contains(resets))
    #expect(counts.allSatisfy { $0 >= (reading == "exact" ? 20 : 17) })
  }

  @Test func `conditions that set one another off, or ask for the time, are refused`() throws {
    let text = """
      simulate: 1
      start: {A: 9}
      transitions: [{change: {A: -1}, total_rate: "if(A > 0, 1, 0)"}]
      when:
      """
    let loop = try PopulationModel(
      yaml: text + " [{if: A < 5, set: {A: 7}}, {if: A > 6, set: {A: 4}}]", file: "m.yaml")
    #expect(throws: DataError.self) { try loop.run(seed: "1") }
    let error = #expect(throws: DataError.self) {
      try PopulationModel(yaml: text + " [{if: time > 5, set: {A: 7}}]", file: "m.yaml")
    }
    #expect(error?.line == 4)
    #expect(error?.remedy.contains("at:") == true)
  }

  @Test(arguments: [
    ("- {from: S, to: J, rate: beta}", 5, 19, "state"),
    ("- {from: S, to: I, rate: beat * I}", 5, 28, "beat"),
    ("- {from: S, to: I, rte: beta}", 5, 22, "rte"),
    ("- {to: I, rate: beta}", 5, 19, "from"),
    ("- {from: S, to: S, rate: beta}", 5, 5, "nothing"),
    ("- {from: S, to: I, rate: 1, total_rate: 2}", 5, 5, "two rates"),
    ("- {from: S, to: I, rate: S > 1}", 5, 28, "condition"),
    ("- {from: S, to: I, rate: \"~ normal(0, 1)\"}", 5, 31, "drawn"),
    ("- {from: S, to: I, rate: sin(S)}", 5, 28, "sin"),
    ("- {from: S, to: I, rate: (S}", 5, 30, "closed"),
  ])
  func `a broken transition is refused at its place`(
    line: String, at: Int, column: Int, word: String
  ) throws {
    let text = """
      simulate: 1
      start: {S: 9, I: 1}
      parameters: {beta: 1}
      transitions:
        \(line)
      """
    let error = #expect(throws: DataError.self) { try PopulationModel(yaml: text, file: "m.yaml") }
    #expect(error?.line == at)
    #expect(error?.position == column, "\(String(describing: error))")
    #expect(error?.message.contains(word) == true, "\(String(describing: error))")
  }

  @Test func `a negative rate and an endless run end with an error`() throws {
    let negative = try PopulationModel(
      yaml: """
        simulate: 1
        start: {A: 3}
        transitions: [{name: fall, change: {A: -1}, total_rate: A - 5}]
        """, file: "m.yaml")
    #expect(throws: DataError.self) { try negative.run(seed: "1") }
    #expect(throws: DataError.self) { try table("until: 1e9, step: 1e-9") }
  }
}
