// SPDX-License-Identifier: Apache-2.0
public import Randomness

/// Agents who are the nodes of a network.
public struct NetworkWorld<Agent: Sendable>: Sendable {
  /// Who is tied to whom.
  public let network: Network
  /// The agents; an index is an agent's stable key, and its node.
  public var agents: [Agent]
  @usableFromInline let orderKey: StreamKey, actKey: StreamKey

  /// Creates a world.
  ///
  /// - Precondition: there is an agent for each node.
  public init(_ network: Network, agents: [Agent], key: RandomKey) {
    precondition(agents.count == network.nodeCount, "each node is an agent")
    self.network = network
    self.agents = agents
    orderKey = key.stream(table: "agent", "order")
    actKey = key.stream(table: "agent", "act")
  }

  /// Lets every agent act once, in an order drawn anew for each step.
  @inlinable
  public mutating func step(
    _ number: Int, _ act: (Int, inout NetworkWorld, inout AgentDraws) -> Void
  ) {
    let order = AgentTurns.order(agents.count, key: orderKey, step: number)
    actKey.forEachStream(
      count: order.count, period: UInt32(truncatingIfNeeded: number),
      entity: { UInt64(order[$0]) }
    ) { turn, stream in
      var draws = AgentDraws(stream)
      act(Int(order[turn]), &self, &draws)
    }
  }
}
