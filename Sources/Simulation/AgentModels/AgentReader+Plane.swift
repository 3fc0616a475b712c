// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

extension AgentReader {
  /// Reads `plane: [width, height]`, with `wrap`.
  mutating func read(
    plane: Node, _ fields: Node.Mapping, _ node: Node
  ) throws(DataError) {
    let example = "Write `space: {plane: [100, 100], wrap: true}`."
    for (key, value) in fields where key.string != "plane" {
      switch key.string ?? "" {
      case "wrap": model.wraps = try nodes.flag(value, "wrap")
      case "grid", "network", "one_per_cell":
        throw nodes.problem(
          "a plane has no cells and no ties: `\(key.string ?? "")` is of another space", key,
          example)
      default: throw nodes.unknown(key, among: ["plane", "wrap"])
      }
    }
    guard let sizes = plane.sequence, sizes.count == 2 else {
      throw nodes.problem("`plane` holds no width and height", plane, example)
    }
    let (width, height) = (
      try nodes.number(sizes[0], "plane"), try nodes.number(sizes[1], "plane")
    )
    guard width > 0, height > 0, width <= 1e9, height <= 1e9 else {
      throw nodes.problem("the plane has no area", plane, example)
    }
    model.plane = SIMD2(width, height)
  }

  /// How far away somebody is met: cells, or a distance on a plane.
  func distance(_ node: Node) throws(DataError) -> Double {
    guard model.plane != nil else { return Double(try nodes.whole(node, "within", 0...50)) }
    let parameter = model.parameters.first { $0.name == node.string }
    let value: Double
    if let parameter { value = parameter.value } else { value = try nodes.number(node, "within") }
    guard value > 0, value.isFinite else {
      throw nodes.problem("`within` is no distance", node, "Write a number above 0.")
    }
    return value
  }

  /// Reads a move on a plane, and what it takes.
  func move(
    _ node: Node, _ compiler: AgentCompiler, _ rule: inout AgentRule
  ) throws(DataError) -> AgentRule.Action {
    let example =
      "Write `move(by(dx, dy))`, `move(heading(degrees), distance)`, `move(towards(x, y), distance)`, "
      + "`move(towards(them), distance)` or `move(random)`."
    let expression = try nodes.expression(node, "do")
    guard case .call("move", let arguments) = expression.kind, let first = arguments.first,
      arguments.count <= 2
    else { throw nodes.problem("agents of a plane do not move so", node, example) }
    if case .name(["random"]) = first.value.kind, arguments.count == 1 { return .moveRandom }
    guard case .call(let name, let inner) = first.value.kind else {
      throw nodes.problem("agents of a plane do not move so", node, example)
    }
    func numbers(_ list: [Expression]) throws(DataError) -> [AgentProgram] {
      var programs: [AgentProgram] = []
      for item in list { programs.append(try compiler.number(item)) }
      return programs
    }
    let values = inner.map(\.value)
    let far = arguments.dropFirst().map(\.value)
    switch (name, values.count, far.count) {
    case ("by", 2, 0):
      rule.motion = try numbers(values)
      return .moveBy
    case ("heading", 1, 1):
      rule.motion = try numbers(values + far)
      return .moveHeading
    case ("towards", 1, 1):
      guard case .name(["them"]) = values[0].kind else { break }
      guard rule.meet != nil else {
        throw nodes.problem("nobody is met to move towards", node, "Add `meet: sheep, within: 5`.")
      }
      rule.motion = try numbers(far)
      return .moveTowardsThem
    case ("towards", 2, 1):
      rule.motion = try numbers(values + far)
      return .moveTowards
    default: break
    }
    throw nodes.problem("agents of a plane do not move so", node, example)
  }
}
