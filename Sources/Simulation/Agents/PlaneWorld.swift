// SPDX-License-Identifier: Apache-2.0
import Numerics
public import Randomness

/// Agents on a plane, anywhere on it, who may be born and die.
///
/// Each agent has a key that stays, whoever else comes or goes: its number at the start, or what its
/// parent's key and its place among the parent's children give. Its draws, its turn and its place among the
/// neighbours of another hang on it.
public struct PlaneWorld<Agent: Sendable>: Sendable {
  /// All agents there have been.
  public var agents: [Agent] = []
  /// Whether each one lives.
  @inlinable public var isAlive: [Bool] { alive }
  /// Where each one is.
  @inlinable public var positions: [SIMD2<Double>] { plane.positions }
  /// The plane.
  public private(set) var plane: PlaneIndex
  @usableFromInline var alive: [Bool] = []
  @usableFromInline var keys: [UInt64] = []
  private var births: [UInt32] = []
  private var roster: [Int32] = []
  private let orderKey: StreamKey, actKey: StreamKey, birthKey: StreamKey, placeKey: StreamKey

  /// Creates an empty world.
  ///
  /// - Parameters:
  ///   - width: The size across; positions are 0 ..< width.
  ///   - height: The size down.
  ///   - wraps: Whether whoever leaves at one edge comes in at the opposite one; else there are walls.
  ///   - reach: How far agents look as a rule, by which the cells are laid out; it changes no result.
  ///   - key: Names all draws.
  /// - Precondition: width and height are positive and finite, the reach is not negative.
  public init(width: Double, height: Double, wraps: Bool, reach: Double, key: RandomKey) {
    plane = PlaneIndex(width: width, height: height, wraps: wraps, reach: reach)
    orderKey = key.stream(table: "agent", "order")
    actKey = key.stream(table: "agent", "act")
    birthKey = key.stream(table: "agent", "birth")
    placeKey = key.stream(table: "agent", "place")
  }

  /// The indices of those who live.
  public var living: [Int] { roster.filter { alive[Int($0)] }.map { Int($0) } }

  /// Puts an agent at a point, or at a random one.
  ///
  /// - Returns: Its index.
  @discardableResult
  public mutating func place(_ agent: Agent, at point: SIMD2<Double>? = nil) -> Int {
    let key = UInt64(agents.count)
    var stream = placeKey.stream(entity: key)
    let x = Draws.uniform(using: &stream) * plane.width
    let y = Draws.uniform(using: &stream) * plane.height
    return add(agent, key, point ?? SIMD2(x, y))
  }

  /// A child of an agent, born where the agent is; it acts from the next step on.
  ///
  /// - Returns: The child's index.
  @discardableResult
  public mutating func bear(_ child: Agent, by parent: Int) -> Int {
    let key = birthKey.bits(entity: keys[parent], draw: births[parent]).0
    births[parent] &+= 1
    return add(child, key, plane.positions[parent])
  }

  /// Takes an agent out of the world; those who are dead already stay so.
  public mutating func remove(_ agent: Int) {
    guard alive[agent] else { return }
    alive[agent] = false
    plane.remove(agent)
  }

  /// Moves an agent by a step, around the edges or up to a wall; the dead stay where they are.
  public mutating func move(_ agent: Int, by step: SIMD2<Double>) {
    guard alive[agent] else { return }
    plane.move(agent, to: plane.positions[agent] + step)
  }

  /// Moves an agent a distance in a direction.
  ///
  /// - Parameter heading: The direction in turns: 0 along x, a quarter along y.
  public mutating func move(_ agent: Int, heading: Double, distance: Double) {
    move(
      agent,
      by: distance
        * SIMD2(
          ElementaryFunctions.cosine(turns: heading), ElementaryFunctions.sine(turns: heading)))
  }

  /// Moves an agent towards a point by the shortest way, at most as far as it is.
  public mutating func move(_ agent: Int, towards point: SIMD2<Double>, distance: Double) {
    move(agent, by: plane.step(from: plane.positions[agent], towards: point, distance))
  }

  /// Everybody else within a distance of an agent, with the way there, in the order of their keys.
  public func neighbours(
    of agent: Int, within distance: Double
  ) -> [(agent: Int, way: SIMD2<Double>)] {
    var found: [(agent: Int, way: SIMD2<Double>)] = []
    plane.forEachNear(agent, within: distance) { found.append(($0, $1)) }
    found.sort { (keys[$0.agent], $0.agent) < (keys[$1.agent], $1.agent) }
    return found
  }

  /// Lets every living agent that passes a test act once, in an order drawn anew for each step.
  ///
  /// Whoever dies before its turn does not act.
  public mutating func step(
    _ number: Int, where isActive: (Agent) -> Bool = { _ in true },
    _ act: (Int, inout PlaneWorld, inout AgentDraws) -> Void
  ) {
    roster.removeAll { !alive[Int($0)] }
    let active = roster.filter { isActive(agents[Int($0)]) }
    let period = UInt32(truncatingIfNeeded: number)
    for turn in AgentTurns.order(active, keys: keys, key: orderKey, step: number) {
      let agent = Int(turn)
      guard alive[agent] else { continue }
      var draws = AgentDraws(actKey.stream(entity: keys[agent], period: period))
      act(agent, &self, &draws)
    }
  }

  private mutating func add(_ agent: Agent, _ key: UInt64, _ point: SIMD2<Double>) -> Int {
    agents.append(agent)
    alive.append(true)
    roster.append(Int32(truncatingIfNeeded: alive.count - 1))
    keys.append(key)
    births.append(0)
    plane.add(at: point)
    return agents.count - 1
  }
}

extension PlaneIndex {
  /// The step from a place towards a point by the shortest way, at most as long as a distance.
  func step(
    from place: SIMD2<Double>, towards point: SIMD2<Double>, _ distance: Double
  ) -> SIMD2<Double> {
    let way = way(from: place, to: inside(point))
    let length = (way * way).sum().squareRoot()
    return length > distance ? way * (distance / length) : way
  }
}
