// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// What a scenario changes in a model, before it is checked against it.
struct ModelScenario {
  var name: String
  var node: Node
  /// New values of parameters.
  var parameters: [(key: Node, value: Node)] = []
  /// Columns that are set to a value.
  var settings: [(key: Node, value: Node)] = []

  private static let countLimit = 1000

  /// Reads `scenarios:`; a scenario with nothing in it is the model as it is.
  static func all(_ node: Node, _ nodes: ModelNodes) throws(DataError) -> [ModelScenario] {
    let example = "Write `scenarios: {baseline: {}, reform: {parameters: {effect: 2}}}`."
    var scenarios: [ModelScenario] = []
    for (key, value) in try nodes.mapping(node, "scenarios", example) {
      let name = key.string ?? ""
      guard !name.isEmpty, !scenarios.contains(where: { $0.name == name }) else {
        throw nodes.problem("a scenario has no name of its own", key, example)
      }
      var scenario = ModelScenario(name: name, node: key)
      for (field, content) in try nodes.mapping(value, name, example) {
        switch field.string ?? "" {
        case "parameters":
          for (key, value) in try nodes.mapping(content, "parameters", example) {
            scenario.parameters.append((key, value))
          }
        case "do":
          for (key, value) in try nodes.mapping(content, "do", example) {
            scenario.settings.append((key, value))
          }
        case "notes": break
        default: throw nodes.unknown(field, among: ["parameters", "do", "notes"])
        }
      }
      scenarios.append(scenario)
      guard scenarios.count <= countLimit else {
        throw nodes.problem("there are more than \(countLimit) scenarios", key, "Write fewer.")
      }
    }
    return scenarios
  }

  /// The parameters as this scenario has them.
  func applied<Value>(
    to known: [(name: String, value: Value)], _ nodes: ModelNodes,
    _ read: (Node, String) throws(DataError) -> Value
  ) throws(DataError) -> [(name: String, value: Value)] {
    var result = known
    for (key, value) in parameters {
      let name = key.string ?? ""
      guard let index = known.firstIndex(where: { $0.name == name }) else {
        throw nodes.problem(
          "there is no parameter `\(name)`", key,
          Suggestion.remedy(for: name, among: known.map(\.name)))
      }
      result[index].value = try read(value, name)
    }
    return result
  }
}
