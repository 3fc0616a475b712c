// SPDX-License-Identifier: Apache-2.0

/// What an agent does when its turn comes.
public protocol AgentRules: Sendable {
  /// The columns of an agent.
  associatedtype Agent: Sendable

  /// Lets one agent act.
  ///
  /// - Parameters:
  ///   - agent: The agent's index in the world.
  ///   - world: Everybody, and where they are.
  ///   - draws: The draws of this agent in this step.
  func act(_ agent: Int, in world: inout GridWorld<Agent>, draws: inout AgentDraws)
}
