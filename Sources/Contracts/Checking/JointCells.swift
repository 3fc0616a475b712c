// SPDX-License-Identifier: Apache-2.0
import Randomness

/// Some variables of two tables as one: the cells of their cross table.
struct JointCells {
  /// The cell of each real row.
  let real: [Int]
  /// The cell of each synthetic row.
  let synthetic: [Int]
  /// How many cells occur.
  let count: Int

  init(_ variables: [CodedVariable]) {
    var numbers: [[Int]: Int] = [:]
    func cells(_ codes: [[Int]], _ rowCount: Int) -> [Int] {
      (0..<rowCount).map { row in
        let cell = codes.map { $0[row] }
        if let number = numbers[cell] { return number }
        numbers[cell] = numbers.count
        return numbers.count - 1
      }
    }
    real = cells(variables.map(\.real), variables.first?.real.count ?? 0)
    synthetic = cells(variables.map(\.synthetic), variables.first?.synthetic.count ?? 0)
    count = numbers.count
  }

  /// Total variation distance between the tables, 0...1.
  var totalVariation: Double { Self.totalVariation(shares(real), shares(synthetic)) }

  /// Total variation distances between the real table and draws of its rows with replacement, as many
  /// rows as the synthetic one has, ascending.
  func references(_ drawCount: Int, key: RandomKey) -> [Double] {
    let margin = shares(real)
    return (0..<drawCount).map { draw in
      var stream = key.stream("clause reference").stream(entity: UInt64(draw))
      let rows = synthetic.indices.map { _ in real[Draws.integer(below: real.count, using: &stream)]
      }
      return Self.totalVariation(margin, shares(rows))
    }.sorted()
  }

  /// Standardised propensity mean squared error of the cross table: 1 is what chance gives.
  ///
  /// ## Source
  /// Raab, Nowok & Dibben (2021), "Assessing, visualizing and improving the utility of synthetic data":
  /// Σ (sⱼ − mⱼ)² / (c (oⱼ + sⱼ)) over k − 1, with mⱼ = oⱼ c / (1 − c).
  var standardisedPropensity: Double? {
    let (original, made) = (counts(real), counts(synthetic))
    let share = Double(synthetic.count) / Double(real.count + synthetic.count)
    guard share > 0, share < 1, count > 1 else { return nil }
    var sum = 0.0
    for cell in original.indices {
      let expected = original[cell] * share / (1 - share)
      let gap = made[cell] - expected
      sum += gap * gap / (share * (original[cell] + made[cell]))
    }
    return sum / Double(count - 1)
  }

  private func counts(_ cells: [Int]) -> [Double] {
    var counts = [Double](repeating: 0, count: count)
    for cell in cells { counts[cell] += 1 }
    return counts
  }

  private func shares(_ cells: [Int]) -> [Double] {
    let total = Double(max(cells.count, 1))
    return counts(cells).map { $0 / total }
  }

  private static func totalVariation(_ first: [Double], _ second: [Double]) -> Double {
    zip(first, second).reduce(0) { $0 + ($1.0 - $1.1).magnitude } / 2
  }
}
