// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import Simulation
import Testing

/// Schelling's segregation as the comparison of agent frameworks declares it, in its small version.
struct SegregationTests {
  struct Household: Sendable {
    var group: Int
    var isHappy = false
  }

  struct Rules: AgentRules {
    func act(_ agent: Int, in world: inout GridWorld<Household>, draws: inout AgentDraws) {
      let group = world.agents[agent].group
      var same = 0
      world.forEachNeighbour(of: agent, within: 1) { other in
        same += world.agents[other].group == group ? 1 : 0
      }
      world.agents[agent].isHappy = same >= 3
      if same < 3 { world.moveToRandomEmptyCell(agent, draws: &draws) }
    }
  }

  func world(_ replication: Int, count: Int = 1000) -> GridWorld<Household> {
    GridWorld(
      width: 40, height: 40, agents: (0..<count).map { Household(group: $0 % 2) },
      key: RandomKey(seed: "schelling", replication: replication))
  }

  /// The mean over agents with neighbours of the share of them that are of the same group.
  func sameness(_ world: GridWorld<Household>) -> Double {
    var shares: [Double] = []
    for agent in world.agents.indices {
      var (same, all) = (0, 0)
      world.forEachNeighbour(of: agent, within: 1) { other in
        all += 1
        same += world.agents[other].group == world.agents[agent].group ? 1 : 0
      }
      if all > 0 { shares.append(Double(same) / Double(all)) }
    }
    return shares.reduce(0, +) / Double(shares.count)
  }

  /// The recorded means and standard deviations are Mesa 3.3.1's over 30 seeds.
  @Test func `segregation is as strong as in another framework`() {
    var (start, happy, end) = ([Double](), [Double](), [Double]())
    for replication in 0..<30 {
      var world = world(replication)
      start.append(sameness(world))
      for step in 1...20 { world.step(step, Rules()) }
      happy.append(Double(world.agents.count { $0.isHappy }) / 1000)
      end.append(sameness(world))
    }
    let recorded = [
      (start, 0.498064, 0.0110213), (happy, 0.997233, 0.00156873), (end, 0.871088, 0.012018),
    ]
    for (values, mean, deviation) in recorded {
      let own = values.reduce(0, +) / 30
      let variance = values.reduce(0) { $0 + ($1 - own) * ($1 - own) } / 29
      let z = (own - mean) / ((variance + deviation * deviation) / 30).squareRoot()
      #expect(z.magnitude < 3, "mean \(own) against \(mean)")
    }
  }

  @Test func `nobody is lost, and the same key gives the same world`() {
    var (one, two) = (world(7), world(7))
    for step in 1...5 {
      one.step(step, Rules())
      two.step(step, Rules())
    }
    #expect(one.cells == two.cells)
    #expect(Set(one.cells).count == 1000)
    #expect(one.occupants.count { $0 >= 0 } == 1000)
    #expect(one.cells.indices.allSatisfy { Int(one.occupants[Int(one.cells[$0])]) == $0 })
  }
}
