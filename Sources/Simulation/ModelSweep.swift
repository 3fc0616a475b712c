// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// Turns parameters with several values into scenarios, one for each combination.
enum ModelSweep {
  private static let limit = 1000

  /// The model with `parameters: {wanted: {sweep: [2, 3, 4]}}` written out as scenarios.
  ///
  /// Scenarios that are there already are each swept; every one has the same draws.
  static func expanded(
    _ root: Node.Mapping, _ nodes: ModelNodes
  ) throws(DataError) -> Node.Mapping {
    guard let declared = root["parameters"]?.mapping else { return root }
    var swept: [(key: Node, values: [Node])] = []
    var plain = declared
    for (key, value) in declared {
      guard let fields = value.mapping, let list = fields["sweep"] else { continue }
      guard fields.count == 1, let values = list.sequence, !values.isEmpty else {
        throw nodes.problem(
          "`sweep` holds no list, or something stands beside it", value,
          "Write `\(key.string ?? ""): {sweep: [1, 2, 3]}`.")
      }
      swept.append((key, Array(values)))
      plain[key] = values.first
    }
    guard !swept.isEmpty else { return root }
    var combinations: [[Int]] = [[]]
    for (_, values) in swept {
      combinations = combinations.flatMap { chosen in values.indices.map { chosen + [$0] } }
      guard combinations.count <= limit else {
        throw nodes.problem(
          "the sweep has more than \(limit) combinations", swept[0].key, "Sweep fewer values.")
      }
    }
    var before: [(key: Node?, fields: Node.Mapping)] = [(nil, [:])]
    if let scenarios = root["scenarios"]?.mapping {
      before = scenarios.map { (Optional($0.key), $0.value.mapping ?? [:]) }
    }
    var scenarios: [(Node, Node)] = []
    for (key, fields) in before {
      for combination in combinations {
        var parameters = fields["parameters"]?.mapping ?? [:]
        var name = key?.string.map { [$0] } ?? []
        for (place, choice) in combination.enumerated() {
          let value = swept[place].values[choice]
          if parameters[swept[place].key] == nil { parameters[swept[place].key] = value }
          name.append("\(swept[place].key.string ?? "") = \(value.string ?? "")")
        }
        var changed = fields
        changed["parameters"] = .mapping(parameters)
        scenarios.append((Node(name.joined(separator: ", ")), .mapping(changed)))
      }
    }
    var result = root
    result["parameters"] = .mapping(plain)
    result["scenarios"] = .mapping(Node.Mapping(scenarios))
    return result
  }
}
