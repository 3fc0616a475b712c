// SPDX-License-Identifier: Apache-2.0
public import Randomness

/// Agents on a grid without wrapping, at most one a cell.
public struct GridWorld<Agent: Sendable>: Sendable {
  /// The number of columns and rows.
  public let width: Int, height: Int
  /// The agents; an index is an agent's stable key.
  public var agents: [Agent]
  /// The cell of each agent: row · width + column.
  @inlinable public var cells: [Int32] { places }
  /// The agent in each cell, or −1.
  @inlinable public var occupants: [Int32] { tenants }
  @usableFromInline var places: [Int32]
  @usableFromInline var tenants: [Int32]
  @usableFromInline var empty: [Int32]
  @usableFromInline let actKey: StreamKey, orderKey: StreamKey

  /// Places agents on random cells.
  ///
  /// - Precondition: there are at least as many cells as agents.
  public init(width: Int, height: Int, agents: [Agent], key: RandomKey) {
    precondition(agents.count <= width * height, "each agent needs a cell")
    (self.width, self.height, self.agents) = (width, height, agents)
    actKey = key.stream(table: "agent", "act")
    orderKey = key.stream(table: "agent", "order")
    var stream = key.stream(table: "agent", "place").stream(entity: 0)
    let order = Draws.permutation(of: width * height, using: &stream)
    places = order.prefix(agents.count).map(Int32.init)
    empty = order.dropFirst(agents.count).map(Int32.init)
    tenants = [Int32](repeating: -1, count: width * height)
    for (agent, cell) in places.enumerated() { tenants[Int(cell)] = Int32(agent) }
  }

  /// Calls `body` with each agent within this many columns and rows of an agent, itself left out.
  @inlinable
  @inline(__always)
  public func forEachNeighbour(of agent: Int, within radius: Int, _ body: (Int) -> Void) {
    let cell = Int(places[agent])
    let (row, column) = (cell / width, cell % width)
    let left = max(0, column - radius)
    let right = min(width - 1, column + radius)
    for y in max(0, row - radius)...min(height - 1, row + radius) {
      for index in y * width + left...y * width + right where index != cell {
        let other = tenants[index]
        if other >= 0 { body(Int(other)) }
      }
    }
  }

  /// Moves an agent to a random empty cell; it stays if there is none.
  @inlinable
  public mutating func moveToRandomEmptyCell(_ agent: Int, draws: inout AgentDraws) {
    guard !empty.isEmpty else { return }
    let choice = draws.integer(below: empty.count)
    let (old, new) = (places[agent], empty[choice])
    empty[choice] = old
    tenants[Int(old)] = -1
    tenants[Int(new)] = Int32(agent)
    places[agent] = new
  }

  /// Lets every agent act once, in an order drawn anew for each step.
  ///
  /// The order is a sort by a draw keyed by (agent, step), so that it stays when others join.
  @inlinable
  public mutating func step<Rules: AgentRules>(_ number: Int, _ rules: Rules)
  where Rules.Agent == Agent {
    let order = AgentTurns.order(agents.count, key: orderKey, step: number)
    actKey.forEachStream(
      count: order.count, period: UInt32(truncatingIfNeeded: number),
      entity: { UInt64(order[$0]) }
    ) { turn, stream in
      var draws = AgentDraws(stream)
      rules.act(Int(order[turn]), in: &self, draws: &draws)
    }
  }
}
