// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

extension ModelNodes {
  /// Who meets whom, as `small_world(8, 0.1)` or `ring(8)` says.
  func contacts(
    _ network: Node, _ example: String
  ) throws(DataError) -> PopulationModel.Contacts {
    guard case .call(let name, let arguments) = try expression(network, "network").kind,
      name == "small_world" && arguments.count == 2 || name == "ring" && arguments.count == 1
    else { throw problem("there is no such network", network, example) }
    var numbers: [Double] = []
    for argument in arguments {
      switch argument.value.kind {
      case .literal(.whole(let value)): numbers.append(Double(value))
      case .literal(.number(let value)): numbers.append(value)
      default: throw problem("a network takes numbers", network, example)
      }
    }
    let rewired = numbers.count > 1 ? numbers[1] : 0
    guard numbers[0] >= 2, numbers[0] <= 1000, numbers[0].truncatingRemainder(dividingBy: 2) == 0,
      (0...1).contains(rewired)
    else {
      throw problem(
        "the number of neighbours is not even, or the share led elsewhere not in 0 to 1", network,
        example)
    }
    return .init(degree: Int(numbers[0]), rewired: rewired)
  }
}
