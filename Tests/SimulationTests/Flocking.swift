// SPDX-License-Identifier: Apache-2.0
import Randomness
import Simulation

/// Birds that keep apart, together and in one direction, as the comparison of agent frameworks declares
/// them in the small version, with the rule as Mesa's own example has it.
enum Flocking {
  struct Outcome {
    /// The length of the mean direction: 1 if all fly alike.
    var order = 0.0
    /// How many birds a bird sees.
    var seen = 0.0
    /// The share of birds with another one nearer than their distance.
    var crowded = 0.0
  }

  static let (size, vision, separation) = (100.0, 5.0, 1.0)

  /// A world of birds, and the steps they have made.
  static func world(
    _ replication: Int, birds: Int = 200, steps: Int, reach: Double = vision
  ) -> PlaneWorld<SIMD2<Double>> {
    let key = RandomKey(seed: "birds", replication: replication)
    var world = PlaneWorld<SIMD2<Double>>(
      width: size, height: size, wraps: true, reach: reach, key: key)
    let directions = key.stream(table: "bird", "direction")
    for bird in 0..<birds {
      var stream = directions.stream(entity: UInt64(bird))
      let x = 2 * Draws.uniform(using: &stream) - 1
      world.place(SIMD2(x, 2 * Draws.uniform(using: &stream) - 1))
    }
    for step in stride(from: 1, through: steps, by: 1) {
      world.step(step) { bird, world, _ in
        let neighbours = world.neighbours(of: bird, within: vision)
        if !neighbours.isEmpty {
          var change = SIMD2<Double>.zero
          for (other, way) in neighbours {
            change += 0.03 * way + 0.05 * world.agents[other]
            if (way * way).sum() < separation * separation { change -= 0.015 * way }
          }
          let new = world.agents[bird] + change / Double(neighbours.count)
          world.agents[bird] = new / (new * new).sum().squareRoot()
        }
        world.move(bird, by: world.agents[bird])
      }
    }
    return world
  }

  static func outcome(_ world: PlaneWorld<SIMD2<Double>>) -> Outcome {
    outcome(positions: world.positions, directions: world.agents)
  }

  static func outcome(
    positions: [SIMD2<Double>], directions: [SIMD2<Double>]
  ) -> Outcome {
    var outcome = Outcome()
    let count = Double(positions.count)
    let sum = directions.reduce(SIMD2<Double>.zero) { $0 + $1 / ($1 * $1).sum().squareRoot() }
    outcome.order = (sum * sum).sum().squareRoot() / count
    for bird in positions.indices {
      var nearest = Double.infinity
      for other in positions.indices where other != bird {
        var way = positions[other] - positions[bird]
        way -= size * (way / size).rounded(.toNearestOrAwayFromZero)
        let distance = (way * way).sum().squareRoot()
        nearest = min(nearest, distance)
        if distance <= vision { outcome.seen += 1 / count }
      }
      if nearest < separation { outcome.crowded += 1 / count }
    }
    return outcome
  }

  /// The same birds in YAML.
  static let yaml = """
    simulate: 1
    seed: flock
    space: {plane: [100, 100], wrap: true}
    agents:
      bird: {rows: 200, columns: {vx: "~ uniform(-1, 1)", vy: "~ uniform(-1, 1)", ux: "0.0", uy: "0.0", n: "0.0"}}
    parameters: {vision: 5, apart: 1}
    each_step:
      bird:
        - set: {n: count(within(vision))}
        - when: n > 0
          set:
            ux: vx + 0.03 * mean(within(vision), dx) + 0.05 * mean(within(vision), vx) - 0.015 * sum(within(vision), dx, distance < apart) / n
            uy: vy + 0.03 * mean(within(vision), dy) + 0.05 * mean(within(vision), vy) - 0.015 * sum(within(vision), dy, distance < apart) / n
        - {when: n > 0, set: {vx: ux / sqrt(ux^2 + uy^2), vy: uy / sqrt(ux^2 + uy^2)}}
        - do: move(by(vx, vy))
    steps: 20
    run: {replications: 4}
    record: {bird: {every: 20, columns: [vx, vy]}}
    """
}
