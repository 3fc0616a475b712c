// SPDX-License-Identifier: Apache-2.0
import Foundation
import Numerics
import Randomness
import Tables
import Testing

@testable import Simulation

/// Agents on a plane: who is near, how they move, and what changes nothing.
struct PlaneWorldTests {
  @Test(arguments: [(true, 0.7), (true, 40.0), (false, 3.0), (true, 0.0), (false, 0.0)])
  func `whoever is near is found, whatever the cells`(wraps: Bool, reach: Double) {
    let key = RandomKey(seed: "near", replication: 0)
    var plane = PlaneIndex(width: 10, height: 7, wraps: wraps, reach: reach)
    var draws = key.stream(table: "test", "points").stream(entity: 0)
    for number in 0..<120 {
      // Some on the edges, and some at the same point.
      let x = number % 10 == 0 ? 0 : Draws.uniform(using: &draws) * 10
      plane.add(at: SIMD2(x, number % 15 == 0 ? 7 : Draws.uniform(using: &draws) * 7))
    }
    for _ in 0..<60 {
      let agent = Draws.integer(below: 120, using: &draws)
      let x = Draws.uniform(using: &draws) * 30 - 10
      plane.move(agent, to: SIMD2(x, Draws.uniform(using: &draws) * 20 - 5))
    }
    plane.remove(7)
    for distance in [0.0, 0.7, 2, 3.6, 6, 25] {
      for agent in [0, 1, 15, 50, 119] {
        var found: [Int] = []
        plane.forEachNear(agent, within: distance) { other, _ in found.append(other) }
        let expected = (0..<120).filter { other in
          guard other != agent, other != 7 else { return false }
          var way = plane.positions[other] - plane.positions[agent]
          if wraps {
            // The nearest of nine copies.
            let copies = (-1...1).flatMap { x in
              (-1...1).map { way + SIMD2(Double(x) * 10, Double($0) * 7) }
            }
            way = copies.min { ($0 * $0).sum() < ($1 * $1).sum() } ?? way
          }
          return (way * way).sum() <= distance * distance
        }
        #expect(found.sorted() == expected)
      }
    }
    for point in plane.positions {
      #expect(point.x >= 0 && point.y >= 0)
      #expect(wraps ? point.x < 10 && point.y < 7 : point.x <= 10 && point.y <= 7)
    }
  }

  @Test func `moves go by a heading, around edges, up to walls, and not beyond a point`() {
    func world(wraps: Bool) -> PlaneWorld<Int> {
      var world = PlaneWorld<Int>(
        width: 10, height: 10, wraps: wraps, reach: 1, key: RandomKey(seed: "", replication: 0))
      world.place(0, at: SIMD2(9, 5))
      return world
    }
    var round = world(wraps: true)
    round.move(0, by: SIMD2(3, -7))
    #expect(round.positions[0] == SIMD2(2, 8))
    // A quarter of a turn is along y.
    round.move(0, heading: 0.25, distance: 3)
    #expect(round.positions[0] == SIMD2(2, 1))
    // The shortest way to (9, 1) leads across the edge.
    round.move(0, towards: SIMD2(9, 1), distance: 1)
    #expect(round.positions[0] == SIMD2(1, 1))
    round.move(0, towards: SIMD2(9, 1), distance: 50)
    #expect(round.positions[0] == SIMD2(9, 1))
    // What lies a hair below an edge is no point beyond the other one.
    round.move(0, by: SIMD2(-9 - 1e-17, 0))
    #expect(round.positions[0] == SIMD2(0, 1))
    var walled = world(wraps: false)
    walled.move(0, by: SIMD2(3, -7))
    #expect(walled.positions[0] == SIMD2(10, 0))
  }

  @Test func `births and deaths keep keys, and neighbours come in their order`() {
    var world = PlaneWorld<Int>(
      width: 10, height: 10, wraps: true, reach: 2, key: RandomKey(seed: "k", replication: 0))
    for number in 0..<5 { world.place(number, at: SIMD2(Double(number) * 0.1, 0)) }
    world.move(1, by: SIMD2(0.01, 0))
    #expect(world.neighbours(of: 0, within: 1).map(\.agent) == [1, 2, 3, 4])
    world.remove(2)
    let child = world.bear(9, by: 3)
    #expect(world.positions[child] == world.positions[3])
    #expect(Set(world.neighbours(of: 0, within: 1).map(\.agent)) == [1, 3, 4, child])
    var acted: [Int] = []
    world.step(1) { agent, world, _ in
      acted.append(agent)
      if agent == 4 { world.remove(0) }
      if agent == 0 { world.remove(4) }
    }
    // One of 0 and 4 took the other's turn.
    #expect(acted.count == 4 && acted.contains(child))
    #expect(world.living.count == 4)
  }

  @Test func `cells, and others far away, change nobody's way`() {
    let near = Flocking.world(0, birds: 60, steps: 8)
    let wide = Flocking.world(0, birds: 60, steps: 8, reach: 50)
    #expect(near.positions == wide.positions)
    #expect(near.agents == wide.agents)
    // Birds that see nobody fly the same way whoever joins.
    let key = RandomKey(seed: "join", replication: 0)
    func lone(_ others: Int) -> SIMD2<Double> {
      var world = PlaneWorld<Bool>(width: 10, height: 10, wraps: false, reach: 1, key: key)
      world.place(true, at: SIMD2(1, 1))
      for _ in 0..<others { world.place(false, at: SIMD2(9, 9)) }
      for step in 1...20 {
        world.step(step) { agent, world, draws in
          world.move(agent, heading: draws.uniform(), distance: 0.1)
        }
      }
      return world.positions[0]
    }
    #expect(lone(0) == lone(30))
  }

  // Means and standard deviations of 30 seeds of Mesa 3.3.1's own example (mesa.examples.basic
  // .boid_flockers, 200 birds, vision 5, separation 1): order, birds seen, share crowded.
  static let recorded: [(step: Int, mean: SIMD3<Double>, deviation: SIMD3<Double>)] = [
    (20, SIMD3(0.0948481, 2.118667, 0.1045), SIMD3(0.0559255, 0.159411, 0.0242952)),
    (100, SIMD3(0.219374, 4.121667, 0.412667), SIMD3(0.127809, 0.462356, 0.0489675)),
  ]

  func z(_ outcomes: [Flocking.Outcome], _ step: Int) -> SIMD3<Double> {
    guard let known = Self.recorded.first(where: { $0.step == step }) else { return .zero }
    let count = Double(outcomes.count)
    let mean = outcomes.reduce(SIMD3<Double>.zero) {
      $0 + SIMD3($1.order, $1.seen, $1.crowded) / count
    }
    return (mean - known.mean) / (known.deviation * (1 / count + 1 / 30).squareRoot())
  }

  // A two-sample z of 3, both spreads being the recorded one; `SEMBLANCE_RUNS=30` asks for more runs.
  @Test func `birds flock as in another framework`() {
    let runs = ProcessInfo.processInfo.environment["SEMBLANCE_RUNS"].flatMap { Int($0) } ?? 3
    for step in [20, 100] {
      let scores = z(
        (0..<runs).map { Flocking.outcome(Flocking.world($0, steps: step)) }, step)
      print("birds at step \(step): z of order, seen, crowded:", scores)
      #expect(scores.max() < 3 && scores.min() > -3)
    }
  }

  @Test func `birds in YAML flock as in another framework`() throws {
    let model = try SimulatedModel(yaml: Flocking.yaml, file: "birds.yaml")
    let table = try #require(try model.run(seed: "flock", threads: 2).data.first)
    func numbers(_ name: String) -> [Double] {
      LifeModelTests.numbers(table, name).compactMap { $0 }
    }
    let (steps, replications) = (numbers("step"), numbers("replication"))
    let (x, y) = (numbers("x"), numbers("y"))
    let (vx, vy) = (numbers("vx"), numbers("vy"))
    let outcomes = Set(replications).sorted().map { number in
      let rows = steps.indices.filter { steps[$0] == 20 && replications[$0] == number }
      return Flocking.outcome(
        positions: rows.map { SIMD2(x[$0], y[$0]) }, directions: rows.map { SIMD2(vx[$0], vy[$0]) })
    }
    #expect(outcomes.count == 4)
    let scores = z(outcomes, 20)
    print("birds in YAML: z of order, seen, crowded:", scores)
    #expect(scores.max() < 3 && scores.min() > -3)
  }

  // MARK: In YAML

  static let hunt = """
    simulate: 1
    space: {plane: [20, 10]}
    agents:
      wolf: {rows: 4, columns: {turn: "~ uniform(0, 360)", eaten: "0"}}
      sheep: {rows: 40, columns: {age: "0"}}
    parameters: {sight: 3}
    each_step:
      wolf:
        - {when: "chance(0.5)", set: {turn: turn + 90}}
        - {do: "move(heading(turn), 0.5)"}
        - {meet: sheep, within: 1, set: {eaten: eaten + 1}, them: die}
      sheep:
        - {set: {age: age + 1}}
        - {when: "count(within(sight, wolf)) > 0", do: "move(by(0 - 0.2 * mean(within(sight, wolf), dx), 0 - 0.2 * mean(within(sight, wolf), dy)))"}
        - {when: "chance(if(count(within(1, sheep)) < 2, 0.1, 0))", do: reproduce, child: {age: "0"}}
    steps: 12
    record: {wolf: {every: 4}, sheep: {every: 4}, model: {sheep: count(sheep), eaten: sum(wolf.eaten)}}
    """

  @Test func `threads, a kind far away and a figure change nothing on a plane`() throws {
    func run(_ text: String, threads: Int = 1) throws -> SimulatedOutcome {
      try SimulatedModel(yaml: text, file: "hunt.yaml").run(seed: "5", threads: threads)
    }
    let one = try run(Self.hunt)
    #expect(try run(Self.hunt, threads: 8).data == one.data)
    let more = Self.hunt
      .replacing("agents:\n", "agents:\n  bird: {rows: 9, columns: {song: \"~ uniform(0, 1)\"}}\n")
      .replacing("each_step:\n", "each_step:\n  bird: [{do: move(random)}]\n")
      .replacing("model: {", "model: {ages: mean(sheep.age), ")
    let other = try run(more)
    for name in ["wolf", "sheep"] {
      let (first, second) = (
        try #require(one.data.first { $0.name == name }),
        try #require(other.data.first { $0.name == name })
      )
      #expect(
        first.columns.filter { $0.name != "\(name)_id" }
          == second.columns.filter { $0.name != "\(name)_id" })
    }
    // Wolves ate, sheep were born, and all are where there is room.
    let figures = try #require(one.data.first { $0.name == "model" })
    #expect(try #require(LifeModelTests.numbers(figures, "eaten").last ?? 0) > 0)
    let sheep = try #require(one.data.first { $0.name == "sheep" })
    let (x, y) = (LifeModelTests.numbers(sheep, "x"), LifeModelTests.numbers(sheep, "y"))
    #expect(x.allSatisfy { (0...20).contains($0 ?? -1) })
    #expect(y.allSatisfy { (0...10).contains($0 ?? -1) })
    let ages = Set(LifeModelTests.numbers(sheep, "age").map { $0 ?? -1 })
    #expect(ages.count > 4)
    let texts = Dictionary(one.texts.map { ($0.name, $0.text) }, uniquingKeysWith: { $1 })
    #expect(texts["overview.odd.md"]?.contains("plane of 20.0 by 10.0, with walls") == true)
    #expect(texts["animation.svg"]?.contains("a2 2 0 1 0") == true)
  }

  @Test func `moves in YAML go where they say`() throws {
    let model = """
      simulate: 1
      space: {plane: [100, 100], wrap: false}
      agents:
        post: {rows: 1}
        walker: {rows: 1, columns: {far: "0.0", near: "0.0"}}
      each_step:
        walker:
          - {do: "move(towards(50, 40), 1000)"}
          - {do: "move(heading(90), 10)"}
          - {do: "move(heading(180), 5)"}
          - {do: "move(by(1, 0 - 2))"}
          - {set: {far: "min(within(1000, post), distance)"}}
          - {meet: post, within: 1000, do: "move(towards(them), 3)"}
          - {set: {near: "max(within(1000, post), distance)"}}
      steps: 1
      """
    let outcome = try SimulatedModel(yaml: model, file: "walk.yaml").run(seed: "1", threads: 1)
    func last(_ table: Int, _ name: String) throws -> Double {
      try #require(LifeModelTests.numbers(outcome.data[table], name).last ?? nil)
    }
    let (x, y) = (try last(0, "x"), try last(0, "y"))
    // To (50, 40), ten to the right, five down and (1, −2), which is (61, 43).
    let start = ((x - 61) * (x - 61) + (y - 43) * (y - 43)).squareRoot()
    #expect(abs(try last(1, "far") - start) < 1e-9)
    #expect(abs(try last(1, "near") - (start - 3)) < 1e-9)
  }
}
