// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables

/// A formula of an agent: parts that look around or draw, and a program over their results.
struct AgentProgram: Sendable {
  /// What is found out before the program runs, into a place of the state.
  enum Part: Sendable {
    /// How many neighbours there are, of a kind if one is named, for whom a condition holds.
    case count(radius: Double, kind: Int?, condition: RateProgram?)
    /// A number taken over neighbours, of a kind if one is named, for whom a condition holds.
    case near(String, radius: Double, kind: Int?, value: RateProgram, condition: RateProgram?)
    /// Whether chance says so.
    case chance(RateProgram)
    /// A number taken over all agents of a kind.
    case aggregate(String, kind: Int, value: RateProgram?, condition: RateProgram?)
  }

  var parts: [Part] = []
  var main = RateProgram()

  var depth: Int {
    parts.reduce(main.depth) { depth, part in
      switch part {
      case .count(_, _, let condition): max(depth, condition?.depth ?? 1)
      case .near(_, _, _, let value, let condition):
        max(depth, value.depth, condition?.depth ?? 1)
      case .chance(let program): max(depth, program.depth)
      case .aggregate(_, _, let value, let condition):
        max(depth, value?.depth ?? 1, condition?.depth ?? 1)
      }
    }
  }
}

/// Turns formulas of agents into programs.
///
/// The state holds the other's columns, then one's own, then parameters, the step, the place and, on a plane,
/// the way to the other, and last what the parts found out.
struct AgentCompiler {
  let model: AgentModel

  static let partLimit = 16

  private func names(isOther: Bool) -> [String] {
    let columns = model.columns
    return (isOther ? columns : columns.map { "other.\($0)" })
      + (isOther ? columns.map { "mine.\($0)" } : columns)
      + model.parameters.map(\.name) + ["step", "x", "y"] + ways(isOther: isOther)
      + (0..<Self.partLimit).map { "#\($0)" }
  }

  /// The names of the way to the other, which only a plane has.
  private func ways(isOther: Bool) -> [String] {
    let names = ["dx", "dy", "distance"]
    guard model.plane != nil else { return names.map { "#\($0)" } }
    return isOther ? names : names.map { "other.\($0)" }
  }

  var stateSize: Int { names(isOther: false).count }
  var firstPart: Int { stateSize - Self.partLimit }

  /// The program of a number.
  func number(_ expression: Expression) throws(DataError) -> AgentProgram {
    try program(expression, isCondition: false)
  }

  /// The program of a condition.
  func condition(_ expression: Expression) throws(DataError) -> AgentProgram {
    try program(expression, isCondition: true)
  }

  /// The program of a value for a column: a truth value, a level or a number.
  func value(_ expression: Expression, for column: String) throws(DataError) -> AgentProgram {
    if let set = model.levels[column], case .literal(.text(let text)) = expression.kind {
      var number = expression
      number.kind = .literal(.whole(Int64(try level(text, set, expression))))
      return try self.number(number)
    }
    return try program(expression, isCondition: model.truths.contains(column))
  }

  /// A condition on another agent, whose columns go by their bare names.
  func other(_ expression: Expression) throws(DataError) -> RateProgram {
    try RateCompiler(names: names(isOther: true)).condition(of: plain(expression, isOther: true))
  }

  /// A number of another agent, or of each agent of a kind.
  func otherNumber(_ expression: Expression) throws(DataError) -> RateProgram {
    let names = names(isOther: true)
    if case .name(let path) = expression.kind, path.count == 1, model.truths.contains(path[0]) {
      return try RateCompiler(names: names).program(of: expression)
    }
    return try RateCompiler(names: names).program(of: plain(expression, isOther: true))
  }

  private func program(
    _ expression: Expression, isCondition: Bool
  ) throws(DataError) -> AgentProgram {
    var result = AgentProgram()
    let rewritten = try extracted(expression, &result)
    guard result.parts.count <= Self.partLimit else {
      throw expression.place.error(
        "a formula looks around or draws more than \(Self.partLimit) times",
        remedy: "Put a part of it into a column of its own.")
    }
    let compiler = RateCompiler(names: names(isOther: false))
    let plain = try plain(rewritten, isOther: false)
    result.main =
      isCondition ? try compiler.condition(of: plain) : try compiler.program(of: plain)
    return result
  }

  /// The expression with a name wherever something is found out first.
  private func extracted(
    _ expression: Expression, _ program: inout AgentProgram
  ) throws(DataError) -> Expression {
    var result = expression
    func place(_ part: AgentProgram.Part, isTruth: Bool) throws(DataError) -> Expression {
      program.parts.append(part)
      let name = "#\(program.parts.count - 1)"
      var found = try Expression(parsing: isTruth ? "found != 0" : "found", at: expression.place)
      var own = expression
      own.kind = .name([name])
      found = found.replacing("found", by: own, at: expression.place)
      return found
    }
    switch expression.kind {
    case .call(let name, let arguments) where arguments.first.map { isNear($0.value) } == true:
      let (radius, kind) = try surroundings(arguments[0].value)
      if name == "count" {
        guard arguments.count <= 2 else { break }
        let condition = arguments.count == 2 ? try other(arguments[1].value) : nil
        return try place(.count(radius: radius, kind: kind, condition: condition), isTruth: false)
      }
      guard ["mean", "sum", "min", "max"].contains(name), (2...3).contains(arguments.count) else {
        throw expression.place.error(
          "`\(name)` takes no neighbours so",
          remedy:
            "Write `count(neighbours(1))`, or `mean(neighbours(1), energy)` with `mean`, `sum`, `min` or "
            + "`max`; `within(3)` on a plane.")
      }
      return try place(
        .near(
          name, radius: radius, kind: kind, value: try otherNumber(arguments[1].value),
          condition: arguments.count == 3 ? try other(arguments[2].value) : nil), isTruth: false)
    case .call("chance", let arguments):
      guard arguments.count == 1 else {
        throw expression.place.error("`chance` takes a probability", remedy: "Write `chance(0.1)`.")
      }
      let probability = try RateCompiler(names: names(isOther: false))
        .program(of: plain(extracted(arguments[0].value, &program), isOther: false))
      return try place(.chance(probability), isTruth: true)
    case .call(let name, let arguments)
    where ["mean", "sum", "count", "min", "max", "share"].contains(name):
      guard let first = arguments.first?.value, case .name(let path) = first.kind,
        let kind = model.kinds.firstIndex(where: { $0.name == path[0] }), arguments.count <= 2
      else {
        if name != "min", name != "max" {
          throw expression.place.error(
            "`\(name)` names no agents",
            remedy:
              "Write `\(name)(\(model.kinds.first?.name ?? "sheep"))`, or `count(neighbours(1))`; there are "
              + model.kinds.map { "`\($0.name)`" }.joined(separator: ", ") + ".")
        }
        fallthrough
      }
      let condition = arguments.count == 2 ? try other(rooted(arguments[1].value, kind)) : nil
      let value: RateProgram? =
        path.count == 2 ? try otherNumber(rooted(first, kind)) : nil
      guard (name == "count" || name == "share") == (value == nil) else {
        throw first.place.error(
          "`\(name)` takes \(value == nil ? "a column" : "a kind") of agents",
          remedy: "Write `mean(sheep.energy)`, `count(sheep)` or `share(sheep, energy > 3)`.")
      }
      return try place(
        .aggregate(name, kind: kind, value: value, condition: condition), isTruth: false)
    case .call(let name, var arguments):
      for index in arguments.indices {
        arguments[index].value = try extracted(arguments[index].value, &program)
      }
      result.kind = .call(name, arguments)
    case .negative(let operand): result.kind = .negative(try extracted(operand, &program))
    case .not(let operand): result.kind = .not(try extracted(operand, &program))
    case .binary(let sign, let left, let right):
      result.kind = .binary(
        sign, try extracted(left, &program), try extracted(right, &program))
    default: break
    }
    return result
  }

  private func isNear(_ expression: Expression) -> Bool {
    if case .call(let name, _) = expression.kind { return name == "neighbours" || name == "within" }
    return false
  }

  /// How far `neighbours(…)` or `within(…)` looks, and for whom.
  private func surroundings(
    _ expression: Expression
  ) throws(DataError) -> (radius: Double, kind: Int?) {
    guard case .call(let name, let arguments) = expression.kind else { return (1, nil) }
    guard (name == "within") == (model.plane != nil) else {
      throw expression.place.error(
        name == "within" ? "`within` is of a plane" : "a plane has no cells",
        remedy: name == "within" ? "Write `neighbours(1)`." : "Write `within(3)`, a distance.")
    }
    var radius: Double? = model.plane == nil ? 1 : nil
    var kind: Int?
    for argument in arguments {
      switch argument.value.kind {
      case .literal(.whole(let value)) where model.plane != nil ? value > 0 : (1...50) ~= value:
        radius = Double(value)
      case .literal(.number(let value)) where model.plane != nil && value > 0 && value.isFinite:
        radius = value
      case .name(let path):
        if path.count == 1, model.plane != nil,
          let parameter = model.parameters.first(where: { $0.name == path[0] })
        {
          guard parameter.value > 0, parameter.value.isFinite else {
            throw argument.value.place.error(
              "`\(parameter.name)` is no distance", remedy: "Give it a value above 0.")
          }
          radius = parameter.value
          continue
        }
        guard let found = model.kinds.firstIndex(where: { [$0.name] == path }) else {
          throw argument.value.place.error(
            "there are no agents `\(path.joined(separator: "."))`",
            remedy: Suggestion.remedy(for: path[0], among: model.kinds.map(\.name)))
        }
        kind = found
      default:
        throw argument.value.place.error(
          "`\(name)` takes a distance and a kind",
          remedy: model.plane == nil
            ? "Write `neighbours(1)` or `neighbours(1, sheep)`; at most 50 cells."
            : "Write `within(3)` or `within(3, sheep)`; the distance is a number or a parameter.")
      }
    }
    guard let radius else {
      throw expression.place.error(
        "`within` does not say how far", remedy: "Write `within(3)`, a distance.")
    }
    guard model.contacts == nil || radius == 1 else {
      throw expression.place.error(
        "in a network, neighbours are those with a tie", remedy: "Write `neighbours(1)`.")
    }
    return (radius, kind)
  }

  /// The expression with `kind.` taken away from its names.
  private func rooted(_ expression: Expression, _ kind: Int) -> Expression {
    var result = expression
    let name = model.kinds[kind].name
    for column in model.columns {
      guard let own = try? Expression(parsing: "`\(column)`", at: expression.place) else {
        continue
      }
      result = result.replacing(path: [name, column], by: own)
    }
    return result
  }

  private func level(
    _ text: String, _ set: LevelSet, _ expression: Expression
  ) throws(DataError) -> Int {
    guard let index = set.index(of: text) else {
      throw expression.place.error(
        "there is no level `\(text)`", remedy: Suggestion.remedy(for: text, among: set.codes))
    }
    return index
  }

  /// The expression with levels as numbers and truth values as conditions.
  private func plain(_ expression: Expression, isOther: Bool) throws(DataError) -> Expression {
    var result = expression
    switch expression.kind {
    case .name(let path):
      if let column = path.last, path.count == 1 || path[0] == "mine",
        model.truths.contains(column)
      {
        let test = try Expression(parsing: "x != 0", at: expression.place)
        return test.replacing("x", by: expression, at: expression.place)
      }
    case .binary(let sign, let left, let right):
      for (one, other) in [(left, right), (right, left)] {
        if case .name(let path) = one.kind, let set = model.levels[path.last ?? ""],
          case .literal(.text(let text)) = other.kind
        {
          var number = other
          number.kind = .literal(.whole(Int64(try level(text, set, other))))
          result.kind = .binary(sign, one, number)
          return result
        }
      }
      let isComparison = sign == .equal || sign == .different
      func side(_ part: Expression) throws(DataError) -> Expression {
        // Two truth values are compared as the numbers they are kept as.
        if isComparison, case .name = part.kind { return part }
        return try plain(part, isOther: isOther)
      }
      result.kind = .binary(sign, try side(left), try side(right))
    case .negative(let operand): result.kind = .negative(try plain(operand, isOther: isOther))
    case .not(let operand): result.kind = .not(try plain(operand, isOther: isOther))
    case .call(let name, var arguments):
      for index in arguments.indices {
        arguments[index].value = try plain(arguments[index].value, isOther: isOther)
      }
      result.kind = .call(name, arguments)
    default: break
    }
    return result
  }
}

extension Expression {
  /// The expression with another one wherever a path stood.
  func replacing(path: [String], by other: Expression) -> Expression {
    var result = self
    switch kind {
    case .name(let own) where own == path: return other
    case .negative(let operand): result.kind = .negative(operand.replacing(path: path, by: other))
    case .not(let operand): result.kind = .not(operand.replacing(path: path, by: other))
    case .binary(let sign, let left, let right):
      result.kind = .binary(
        sign, left.replacing(path: path, by: other), right.replacing(path: path, by: other))
    case .call(let function, var arguments):
      for index in arguments.indices {
        arguments[index].value = arguments[index].value.replacing(path: path, by: other)
      }
      result.kind = .call(function, arguments)
    default: break
    }
    return result
  }
}
