// SPDX-License-Identifier: Apache-2.0
import Tables

/// Finds columns that are a constant times powers of one or two others: rates, ratios, a body mass index.
struct ProductFinder {
  /// The fewest rows on which a product may rest.
  static let minimumRowCount = 20
  /// Above this many columns products are not looked for.
  static let maximumColumnCount = 40
  private static let powers = [1, -1, 2, -2]

  let columns: [ScaleColumn]

  /// Returns the product that a column equals within its rounding, or `nil`.
  func product(for target: Int) -> (factor: Double, powers: [Int: Int])? {
    let column = columns[target]
    guard columns.count <= Self.maximumColumnCount, column.isVarying,
      column.storage == .numbers || column.storage == .wholeNumbers
    else { return nil }
    let candidates = columns.indices.filter {
      $0 != target && columns[$0].isVarying
        && (columns[$0].storage == .numbers || columns[$0].storage == .wholeNumbers)
    }
    // Only a column with decimals follows from a quotient; whole numbers follow from products.
    for (place, first) in candidates.enumerated() {
      for power in Self.powers where first < target || power != 1 {
        if let factor = factor(target, [(first, power)]), isTelling(target, [first], power) {
          return (factor, [first: power])
        }
      }
      for second in candidates[(place + 1)...] {
        for firstPower in Self.powers {
          for secondPower in Self.powers where firstPower > 0 || secondPower > 0 {
            if let factor = factor(target, [(first, firstPower), (second, secondPower)]) {
              return (factor, [first: firstPower, second: secondPower])
            }
          }
        }
      }
    }
    return nil
  }

  /// A whole-number column that is another one squared or inverted holds only by chance.
  private func isTelling(_ target: Int, _ sources: [Int], _ power: Int) -> Bool {
    power == 1 ? sources.allSatisfy { $0 < target } : columns[target].storage == .numbers
  }

  /// The constant that makes the product hold in every row, or `nil` if there is none.
  private func factor(_ target: Int, _ terms: [(column: Int, power: Int)]) -> Double? {
    let column = columns[target]
    let halfUnit = column.gridScale > 0 ? 0.5000001 / column.gridScale : 0
    // Each row leaves the constants that give its value when rounded; all rows leave an interval.
    var least = -Double.infinity
    var most = Double.infinity
    for row in column.values.indices {
      let isMissing = column.missing.isMissing(at: row)
      guard let product = product(row, terms) else {
        if isMissing { continue }
        return nil
      }
      if isMissing { return nil }
      let value = column.values[row]
      if product == 0 {
        // Nothing but zero is a constant times zero, which refutes most candidates at once.
        if abs(value) > halfUnit { return nil }
        continue
      }
      let error = max(halfUnit, 1e-9 * abs(value))
      let (first, second) = ((value - error) / product, (value + error) / product)
      least = max(least, min(first, second))
      most = min(most, max(first, second))
      if least > most { return nil }
    }
    guard least.isFinite, most.isFinite else { return nil }
    let constant = least < most ? CellEdge.between(least, most, gridScale: 0) : least
    guard constant != 0 else { return nil }
    var seen = 0
    var distinct: Set<Double> = []
    for row in column.values.indices {
      guard let product = product(row, terms) else { continue }
      let expected = constant * product
      guard
        abs(expected - column.values[row])
          <= max(halfUnit, 1e-9 * max(abs(expected), abs(column.values[row])))
      else { return nil }
      // Values of a few units hold within rounding by chance.
      if abs(column.values[row]) > 20 * halfUnit, column.values[row] != 0 {
        seen += 1
        if distinct.count < 8 { distinct.insert(column.values[row]) }
      }
    }
    return seen >= Self.minimumRowCount && distinct.count >= 8 ? constant : nil
  }

  /// The product of the powers in a row, or `nil` where one is missing or a divisor is zero.
  private func product(_ row: Int, _ terms: [(column: Int, power: Int)]) -> Double? {
    var product = 1.0
    for (index, power) in terms {
      guard !columns[index].missing.isMissing(at: row) else { return nil }
      let value = columns[index].values[row]
      if power < 0, value == 0 { return nil }
      for _ in 0..<abs(power) { product = power > 0 ? product * value : product / value }
    }
    return product
  }
}
