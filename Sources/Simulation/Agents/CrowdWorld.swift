// SPDX-License-Identifier: Apache-2.0
public import Randomness

/// Agents on a grid, any number of them in a cell, who may be born and die.
///
/// Each agent has a key that stays, whoever else comes or goes: its number at the start, or what its
/// parent's key and its place among the parent's children give. Its draws and its turn hang on it.
public struct CrowdWorld<Agent: Sendable>: Sendable {
  /// The number of columns and rows.
  public let width: Int, height: Int
  /// Whether the left edge is next to the right one, and the top to the bottom.
  public let wraps: Bool
  /// All agents there have been.
  public var agents: [Agent] = []
  /// Whether each one lives.
  @inlinable public var isAlive: [Bool] { alive }
  /// The cell of each agent: row · width + column.
  @inlinable public var cells: [Int32] { places }
  @usableFromInline var alive: [Bool] = []
  @usableFromInline var places: [Int32] = []
  @usableFromInline var keys: [UInt64] = []
  @usableFromInline var births: [UInt32] = []
  /// Those who lived when a step began, and whoever was born since, in the order of their numbers.
  @usableFromInline var roster: [Int32] = []
  // The agents of a cell as a list: its first one, and whoever comes before and after each.
  @usableFromInline var first: [Int32]
  @usableFromInline var beside: [SIMD2<Int32>] = []
  @usableFromInline let orderKey: StreamKey, actKey: StreamKey, birthKey: StreamKey,
    placeKey: StreamKey

  /// Creates an empty world.
  ///
  /// - Precondition: width and height are positive.
  public init(width: Int, height: Int, wraps: Bool, key: RandomKey) {
    precondition(width > 0 && height > 0, "the world has cells")
    (self.width, self.height, self.wraps) = (width, height, wraps)
    first = Array(repeating: -1, count: width * height)
    orderKey = key.stream(table: "agent", "order")
    actKey = key.stream(table: "agent", "act")
    birthKey = key.stream(table: "agent", "birth")
    placeKey = key.stream(table: "agent", "place")
  }

  /// The indices of those who live.
  public var living: [Int] { roster.filter { alive[Int($0)] }.map { Int($0) } }

  /// Puts an agent in a random cell.
  ///
  /// - Returns: Its index.
  @inlinable
  @discardableResult
  public mutating func place(_ agent: Agent) -> Int {
    let key = UInt64(agents.count)
    var stream = placeKey.stream(entity: key)
    let cell = Draws.integer(below: width * height, using: &stream)
    return add(agent, key, cell)
  }

  /// A child of an agent, born where the agent is; it acts from the next step on.
  ///
  /// - Returns: The child's index.
  @inlinable
  @discardableResult
  public mutating func bear(_ child: Agent, by parent: Int) -> Int {
    let key = birthKey.bits(entity: keys[parent], draw: births[parent]).0
    births[parent] &+= 1
    return add(child, key, Int(places[parent]))
  }

  /// Takes an agent out of the world; those who are dead already stay so.
  @inlinable
  public mutating func remove(_ agent: Int) {
    guard alive[agent] else { return }
    alive[agent] = false
    relink(agent, to: Self.nowhere)
  }

  /// Moves an agent to one of the cells around it, each with the same chance.
  ///
  /// Where the world does not wrap, cells beyond the edge are not among them.
  @inlinable
  public mutating func wander(_ agent: Int, draws: inout AgentDraws) {
    let around = Surroundings(of: places[agent], width: width, height: height, wraps: wraps)
    guard around.count > 0, alive[agent] else { return }
    relink(agent, to: around[draws.integer(below: around.count)])
  }

  /// Whoever else is in an agent's cell and passes a test, the one who came last first; nil if nobody.
  @inlinable
  public func companion(of agent: Int, where isWanted: (Agent) -> Bool) -> Int? {
    var other = first[Int(places[agent])]
    while other >= 0 {
      if Int(other) != agent, isWanted(agents[Int(other)]) { return Int(other) }
      other = beside[Int(other)].y
    }
    return nil
  }

  /// Lets every living agent that passes a test act once, in an order drawn anew for each step.
  ///
  /// Whoever dies before its turn does not act.
  @inlinable
  public mutating func step(
    _ number: Int, where isActive: (Agent) -> Bool = { _ in true },
    _ act: (Int, inout CrowdWorld, inout AgentDraws) -> Void
  ) {
    // Those who live go on being listed; of them, those who are active act.
    var living = 0
    let active = [Int32](unsafeUninitializedCapacity: roster.count) { room, count in
      for index in roster.indices {
        let agent = roster[index]
        guard alive[Int(agent)] else { continue }
        if living < index { roster[living] = agent }
        living &+= 1
        guard isActive(agents[Int(agent)]) else { continue }
        room[count] = agent
        count &+= 1
      }
    }
    roster.removeLast(roster.count - living)
    let order = AgentTurns.order(active, keys: keys, key: orderKey, step: number)
    let period = UInt32(truncatingIfNeeded: number)
    // One stream at a time: many are made faster side by side, but then the act is not taken in here.
    for turn in order {
      let agent = Int(turn)
      guard alive[agent] else { continue }
      var draws = AgentDraws(actKey.stream(entity: keys[agent], period: period))
      act(agent, &self, &draws)
    }
  }

  // MARK: Cells

  @inlinable
  mutating func add(_ agent: Agent, _ key: UInt64, _ cell: Int) -> Int {
    agents.append(agent)
    alive.append(true)
    roster.append(Int32(truncatingIfNeeded: alive.count - 1))
    keys.append(key)
    births.append(0)
    places.append(Self.nowhere)
    beside.append(SIMD2(-1, -1))
    relink(agents.count - 1, to: Int32(truncatingIfNeeded: cell))
    return agents.count - 1
  }

  /// Where those are who are in no cell.
  @usableFromInline static var nowhere: Int32 { -1 }

  /// Takes an agent out of the cell it is in, if any, and puts it before all others of another, if any.
  @inlinable
  mutating func relink(_ agent: Int, to cell: Int32) {
    precondition(beside.indices.contains(agent) && Int(cell) < first.count, "both are there")
    // One borrowing of each list, as this is what agents do most.
    places.withUnsafeMutableBufferPointer { places in
      beside.withUnsafeMutableBufferPointer { beside in
        first.withUnsafeMutableBufferPointer { first in
          let old = places[agent]
          let (ahead, behind) = (beside[agent].x, beside[agent].y)
          if old >= 0 {
            if ahead >= 0 { beside[Int(ahead)].y = behind } else { first[Int(old)] = behind }
            if behind >= 0 { beside[Int(behind)].x = ahead }
          }
          guard cell >= 0 else { return }
          let head = first[Int(cell)]
          beside[agent] = SIMD2(-1, head)
          if head >= 0 { beside[Int(head)].x = Int32(truncatingIfNeeded: agent) }
          first[Int(cell)] = Int32(truncatingIfNeeded: agent)
          places[agent] = cell
        }
      }
    }
  }
}
