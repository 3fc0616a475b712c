// SPDX-License-Identifier: Apache-2.0
import Randomness
import Simulation

/// Wolves, sheep and grass as the comparison of agent frameworks declares them, in the small version.
enum WolfSheep {
  struct Animal: Sendable {
    var isWolf: Bool
    var energy: Double
  }

  /// How many there are in the end, how many live on the average, and how often an animal acted.
  static func run(
    _ replication: Int, steps: Int
  ) -> (sheep: Double, wolves: Double, alive: Double, acts: Int) {
    let key = RandomKey(seed: "wolves", replication: replication)
    var world = CrowdWorld<Animal>(width: 25, height: 25, wraps: true, key: key)
    let energies = key.stream(table: "animal", "energy")
    for number in 0..<100 {
      var stream = energies.stream(entity: UInt64(number))
      let isWolf = number >= 60
      world.place(
        Animal(
          isWolf: isWolf,
          energy: Double(Draws.integer(below: isWolf ? 26 : 10, using: &stream) + 1)))
    }
    // Steps until the grass of a cell is grown; half are grown at the start.
    var grass = [Int](repeating: 0, count: 625)
    let growth = key.stream(table: "cell", "grass")
    for cell in grass.indices {
      var stream = growth.stream(entity: UInt64(cell))
      if Draws.bernoulli(0.5, using: &stream) {
        grass[cell] = 1 + Draws.integer(below: 20, using: &stream)
      }
    }
    var (total, acts) = (0, 0)
    for step in 1...steps {
      world.step(step, where: { !$0.isWolf }) { agent, world, draws in
        acts += 1
        world.wander(agent, draws: &draws)
        world.agents[agent].energy -= 1
        let cell = Int(world.cells[agent])
        if grass[cell] == 0 {
          grass[cell] = 20
          world.agents[agent].energy += 5
        }
        guard world.agents[agent].energy >= 1 else { return world.remove(agent) }
        if draws.uniform() < 0.2 {
          world.agents[agent].energy /= 2
          world.bear(world.agents[agent], by: agent)
        }
      }
      world.step(step, where: \.isWolf) { agent, world, draws in
        acts += 1
        world.wander(agent, draws: &draws)
        world.agents[agent].energy -= 1
        if let prey = world.companion(of: agent, where: { !$0.isWolf }) {
          world.remove(prey)
          world.agents[agent].energy += 13
        }
        guard world.agents[agent].energy >= 0 else { return world.remove(agent) }
        if draws.uniform() < 0.1 {
          world.agents[agent].energy /= 2
          world.bear(world.agents[agent], by: agent)
        }
      }
      for cell in grass.indices where grass[cell] > 0 { grass[cell] -= 1 }
      total += world.living.count
    }
    let living = world.living
    return (
      Double(living.count { !world.agents[$0].isWolf }),
      Double(living.count { world.agents[$0].isWolf }), Double(total) / Double(steps), acts
    )
  }
}
