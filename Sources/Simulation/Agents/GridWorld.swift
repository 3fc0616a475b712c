// SPDX-License-Identifier: Apache-2.0
public import Randomness

/// Agents on a grid without wrapping, at most one a cell.
public struct GridWorld<Agent: Sendable>: Sendable {
  /// The number of columns and rows.
  public let width: Int, height: Int
  /// The agents; an index is an agent's stable key.
  public var agents: [Agent]
  /// The cell of each agent: row · width + column.
  public private(set) var cells: [Int32]
  /// The agent in each cell, or −1.
  public private(set) var occupants: [Int32]
  private var empty: [Int32]
  private let key: RandomKey

  /// Places agents on random cells.
  ///
  /// - Precondition: there are at least as many cells as agents.
  public init(width: Int, height: Int, agents: [Agent], key: RandomKey) {
    precondition(agents.count <= width * height, "each agent needs a cell")
    (self.width, self.height, self.agents, self.key) = (width, height, agents, key)
    var stream = key.stream(table: "agent", "place").stream(entity: 0)
    let order = Draws.permutation(of: width * height, using: &stream)
    cells = order.prefix(agents.count).map(Int32.init)
    empty = order.dropFirst(agents.count).map(Int32.init)
    occupants = [Int32](repeating: -1, count: width * height)
    for (agent, cell) in cells.enumerated() { occupants[Int(cell)] = Int32(agent) }
  }

  /// Calls `body` with each agent within this many columns and rows of an agent, itself left out.
  @inline(__always)
  public func forEachNeighbour(of agent: Int, within radius: Int, _ body: (Int) -> Void) {
    let cell = Int(cells[agent])
    let (row, column) = (cell / width, cell % width)
    let left = max(0, column - radius)
    let right = min(width - 1, column + radius)
    for y in max(0, row - radius)...min(height - 1, row + radius) {
      for index in y * width + left...y * width + right where index != cell {
        let other = occupants[index]
        if other >= 0 { body(Int(other)) }
      }
    }
  }

  /// Moves an agent to a random empty cell; it stays if there is none.
  public mutating func moveToRandomEmptyCell(_ agent: Int, draws: inout AgentDraws) {
    guard !empty.isEmpty else { return }
    let choice = draws.integer(below: empty.count)
    let (old, new) = (cells[agent], empty[choice])
    empty[choice] = old
    occupants[Int(old)] = -1
    occupants[Int(new)] = Int32(agent)
    cells[agent] = new
  }

  /// Lets every agent act once, in an order drawn anew for each step.
  ///
  /// The order is a sort by a draw keyed by (agent, step), so that it stays when others join.
  public mutating func step<Rules: AgentRules>(_ number: Int, _ rules: Rules)
  where Rules.Agent == Agent {
    let period = UInt32(truncatingIfNeeded: number)
    let orderKey = key.stream(table: "agent", "order")
    let actKey = key.stream(table: "agent", "act")
    var turns = agents.indices.map { agent in
      // The upper bits decide; the index breaks ties and says who it is.
      orderKey.bits(entity: UInt64(agent), period: period, draw: 0).0 & ~0xffff_ffff | UInt64(agent)
    }
    turns.sort()
    for turn in turns {
      let agent = Int(turn & 0xffff_ffff)
      var draws = AgentDraws(actKey, agent: agent, step: number)
      rules.act(agent, in: &self, draws: &draws)
    }
  }
}
