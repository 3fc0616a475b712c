// SPDX-License-Identifier: Apache-2.0
import Numerics

extension RegressionModel {
  /// The coefficients in words: a line each class and law, the largest first.
  func explanation(of own: BinNames, on predictors: [(name: String, BinNames)]) -> [String] {
    let names = columnNames(predictors)
    let width = design.columnCount
    var lines: [String] = []
    let base = className(0, own)
    for index in 0..<(classCoefficients.count / width) {
      let name = className(isOneAgainstRest ? index : index + 1, own)
      let coefficients = classCoefficients[index * width..<(index + 1) * width]
      lines.append(
        "log-odds of \(name) against \(isOneAgainstRest ? "all others" : base): "
          + Self.sum(Array(coefficients), names))
    }
    guard let law else { return lines }
    let line = Self.sum(lawCoefficients, names)
    switch law {
    case .normal(_, let residual, let within, _):
      lines.append(
        "normal score = \(line), with a spread of "
          + BinNames.number((residual + within).squareRoot()))
    case .ordered(let thresholds):
      lines.append(
        "ordered score = \(line), with thresholds at "
          + thresholds.map(BinNames.number).joined(separator: ", "))
    case .hazards:
      lines.append(
        "logarithm of the hazard, as it changes = "
          + Self.sum(lawCoefficients.map { -$0 }, names))
    case .counts(_, _, let size):
      lines.append(
        "logarithm of the expected count = \(line)"
          + (size > 0 ? ", with size \(BinNames.number(size))" : ""))
    }
    return lines
  }

  private func className(_ index: Int, _ own: BinNames) -> String {
    if index == lawClass { return "the other values" }
    return own.list(classOfBin.indices.filter { classOfBin[$0] == index }, most: 3)
  }

  private func columnNames(_ predictors: [(name: String, BinNames)]) -> [String] {
    var names = [String](repeating: "", count: design.columnCount)
    for ((name, bins), list) in zip(predictors, design.entries) {
      var binsOfColumn: [Int: [Int]] = [:]
      for (bin, entry) in list.enumerated() where entry.column > 0 {
        binsOfColumn[entry.column, default: []].append(bin)
      }
      for (column, own) in binsOfColumn {
        let isLevel = own.allSatisfy { list[$0].value == 1 }
        names[column] = isLevel ? "[\(name) is \(bins.list(own, most: 3))]" : "score of \(name)"
      }
    }
    return names
  }

  /// The constant, then the largest terms.
  private static func sum(_ coefficients: [Double], _ names: [String]) -> String {
    let order = coefficients.indices.dropFirst().filter { coefficients[$0] != 0 }
      .sorted { (coefficients[$1].magnitude, $0) < (coefficients[$0].magnitude, $1) }
    var text = BinNames.number(coefficients.first ?? 0)
    for place in order.prefix(12) {
      let value = coefficients[place]
      text += " \(value < 0 ? "−" : "+") \(BinNames.number(value.magnitude)) \(names[place])"
    }
    return order.count > 12 ? text + " and \(order.count - 12) smaller terms" : text
  }
}
