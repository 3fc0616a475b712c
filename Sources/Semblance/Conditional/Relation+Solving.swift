// SPDX-License-Identifier: Apache-2.0
import Synthesis

extension Relation {
  /// The value that follows from numbers by their names; `nil` if one is missing, or for a lookup.
  func value(_ numbers: [String: Double]) -> Double? {
    switch self {
    case .lookup: return nil
    case .sum(let plus, let minus):
      var total = 0.0
      for name in plus {
        guard let number = numbers[name] else { return nil }
        total += number
      }
      for name in minus {
        guard let number = numbers[name] else { return nil }
        total -= number
      }
      return total
    case .product(let factor, let powers):
      var product = factor
      for (name, power) in powers.sorted(by: { $0.key < $1.key }) {
        guard let number = numbers[name] else { return nil }
        for _ in 0..<abs(power) { product = power > 0 ? product * number : product / number }
      }
      return product
    }
  }

  /// The value of one source that gives a total, others being known; `nil` where none can be found.
  func value(of source: String, total: Double, _ numbers: [String: Double]) -> Double? {
    var numbers = numbers
    switch self {
    case .lookup: return nil
    case .sum(let plus, let minus):
      guard (plus + minus).count(where: { $0 == source }) == 1 else { return nil }
      numbers[source] = 0
      guard let rest = value(numbers) else { return nil }
      return plus.contains(source) ? total - rest : rest - total
    case .product(_, let powers):
      numbers[source] = 1
      guard let power = powers[source], abs(power) == 1, let rest = value(numbers), rest != 0,
        total != 0
      else { return nil }
      return power == 1 ? total / rest : rest / total
    }
  }
}
