// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

extension LifeReader {
  private static let example =
    "Write `rate: 0.2`, `age: {2026: 67, 2044: 68}`, or `rates: {brackets: [[0, 0.1], [12000, 0.2]]}`."

  /// Reads `parameters:`, numbers and marginal scales that may change from a day on.
  mutating func read(parameters node: Node) throws(DataError) {
    for (key, value) in try nodes.mapping(node, "parameters", Self.example) {
      let name = key.string ?? ""
      guard !name.isEmpty, name != "period", name != "decile",
        !model.parameters.contains(where: { $0.name == name })
      else {
        throw nodes.problem("a parameter has no name of its own", key, "Name each once.")
      }
      model.parameters.append(try parameter(name, value))
    }
  }

  func parameter(_ name: String, _ node: Node) throws(DataError) -> LifeParameter {
    let place = SourcePlace(
      file: nodes.file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    var values: [(day: Int, value: LifeParameter.Value)] = []
    if let fields = node.mapping {
      if let brackets = fields["brackets"] {
        guard fields.count == 1 else {
          throw nodes.problem("something stands beside `brackets`", node, Self.example)
        }
        if let dated = brackets.mapping {
          for (key, value) in dated {
            values.append((try day(key), value.null != nil ? .none : .scale(try scale(value))))
          }
        } else {
          values.append((.min, .scale(try scale(brackets))))
        }
      } else {
        for (key, value) in fields {
          values.append(
            (try day(key), value.null != nil ? .none : .number(try number(value, name))))
        }
      }
    } else {
      values.append((.min, .number(try number(node, name))))
    }
    guard !values.isEmpty else {
      throw nodes.problem("parameter `\(name)` has no value", node, Self.example)
    }
    values.sort { $0.day < $1.day }
    for (one, other) in zip(values, values.dropFirst()) where one.day == other.day {
      throw nodes.problem("parameter `\(name)` has two values on a day", node, "Keep one.")
    }
    // A parameter that is a fraction at any time is a number at all times.
    let isFraction = values.contains { if case .number(.number) = $0.value { true } else { false } }
    if isFraction {
      values = values.map { day, value in
        if case .number(.whole(let whole)) = value {
          (day, .number(.number(Double(whole))))
        } else {
          (day, value)
        }
      }
    }
    return LifeParameter(name: name, values: values, place: place)
  }

  private func number(_ node: Node, _ name: String) throws(DataError) -> Expression.Literal {
    let number = try nodes.number(node, name)
    return node.string.flatMap { Int64($0.filter { $0 != "_" }) }.map { .whole($0) }
      ?? .number(number)
  }

  private func day(_ node: Node) throws(DataError) -> Int {
    guard let day = LifePeriods.day(node.string ?? "") else {
      throw nodes.problem(
        "this is no day from which a value could hold", node,
        "Write a year, a month or a day, as `2027`, `2027-04` or `2027-04-01`.")
    }
    return day
  }

  private func scale(_ node: Node) throws(DataError) -> MarginalScale {
    guard let list = node.sequence else {
      throw nodes.problem("`brackets` holds no list", node, Self.example)
    }
    var brackets: [(threshold: Double, rate: Double)] = []
    for item in list {
      guard let pair = item.sequence, pair.count == 2 else {
        throw nodes.problem(
          "a bracket is no pair of threshold and rate", item, "Write `[12000, 0.2]`.")
      }
      let threshold = try nodes.number(pair[0], "threshold")
      if let last = brackets.last, last.threshold >= threshold {
        throw nodes.problem("the thresholds do not rise", item, "Write the lowest first.")
      }
      brackets.append((threshold, try nodes.number(pair[1], "rate")))
    }
    return MarginalScale(brackets: brackets)
  }

  /// Reads `scenarios:`; without them there is one, which has no name.
  mutating func read(scenarios node: Node?) throws(DataError) {
    guard let node else {
      model.scenarios = [.init(name: nil, parameters: model.parameters)]
      return
    }
    for declared in try ModelScenario.all(node, nodes) {
      var scenario = LifeModel.Scenario(name: declared.name, parameters: model.parameters)
      for (key, value) in declared.parameters {
        let name = key.string ?? ""
        guard let index = model.parameters.firstIndex(where: { $0.name == name }) else {
          throw nodes.problem(
            "there is no parameter `\(name)`", key,
            Suggestion.remedy(for: name, among: model.parameters.map(\.name)))
        }
        scenario.parameters[index] = try parameter(name, value)
      }
      for (key, value) in declared.settings {
        let (table, name) = try place(key)
        let column = try column(key, of: table)
        let read = try nodes.formula(value, name)
        scenario.settings.append(
          LifeAssignment(
            table: table, column: column, formula: read.formula, text: read.text,
            place: read.place))
      }
      model.scenarios.append(scenario)
    }
    guard !model.scenarios.isEmpty else {
      throw nodes.problem("`scenarios` names none", node, "Write `scenarios: {baseline: {}}`.")
    }
  }
}
