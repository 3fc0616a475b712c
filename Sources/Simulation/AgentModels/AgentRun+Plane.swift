// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness

extension AgentRun {
  /// A random point of a plane.
  static func point(of size: SIMD2<Double>, _ draws: inout RandomStream) -> SIMD2<Double> {
    let x = Draws.uniform(using: &draws) * size.x
    return SIMD2(x, Draws.uniform(using: &draws) * size.y)
  }

  /// The way to the other, on a plane.
  func loadWay(_ way: SIMD2<Double>) {
    let base = 2 * stride + model.parameters.count + 3
    state[base] = way.x
    state[base + 1] = way.y
    state[base + 2] = (way * way).sum().squareRoot()
  }

  /// A number taken over the neighbours of an agent; 0 if there are none.
  func taken(
    _ aggregate: AgentPart.Aggregate, over part: AgentPart, around agent: Int
  ) -> Double {
    guard let value = part.value else { return 0 }
    var (count, sum, least, most) = (0.0, 0.0, Double.infinity, -Double.infinity)
    forEachNeighbour(of: agent, within: part.radius) { other in
      if part.kind >= 0, Int(kinds[other]) != part.kind { return }
      loadOther(other)
      if let condition = part.condition, evaluate(condition) == 0 { return }
      let number = evaluate(value)
      count += 1
      sum += number
      least = min(least, number)
      most = max(most, number)
    }
    switch aggregate {
    case .mean: return count > 0 ? sum / count : 0
    case .min: return count > 0 ? least : 0
    case .max: return count > 0 ? most : 0
    default: return sum
    }
  }

  /// Where a move on the plane leads as a rule says; nil if nowhere.
  mutating func destination(
    of agent: Int, _ act: AgentAct, _ other: Int, _ draws: inout RandomStream
  ) -> SIMD2<Double>? {
    guard isAlive[agent] else { return nil }
    var numbers = SIMD4<Double>.zero
    for (index, formula) in act.motion.enumerated() {
      numbers[index] = value(formula, agent, &draws)
    }
    guard let plane else { return nil }
    let place = plane.positions[agent]
    switch act.action {
    case .moveBy: return place + SIMD2(numbers.x, numbers.y)
    case .moveHeading:
      // Degrees as of a compass: 0 is up, 90 to the right.
      let turns = numbers.x / 360
      let way = SIMD2(
        ElementaryFunctions.sine(turns: turns), -ElementaryFunctions.cosine(turns: turns))
      return place + way * numbers.y
    case .moveTowards:
      return place + plane.step(from: place, towards: SIMD2(numbers.x, numbers.y), numbers.z)
    default:
      guard other >= 0 else { return nil }
      return place + plane.step(from: place, towards: plane.positions[other], numbers.x)
    }
  }

  /// Moves an agent to a point; what is no number leaves it where it is.
  mutating func travel(_ agent: Int, to point: SIMD2<Double>) {
    guard point.x.isFinite, point.y.isFinite else { return }
    plane?.move(agent, to: point)
    loadPlace(agent)
  }
}
