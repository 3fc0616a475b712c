// SPDX-License-Identifier: Apache-2.0
import Formulas
import Numerics
import Randomness
import Tables

extension LifeRun {
  /// Truth values drawn so that each cell of a table has the share, or the number, it asks for.
  ///
  /// Those with the highest logit(p) − logit(u) are chosen. Unaligned, the same draw u chooses those
  /// above 0: alignment moves the threshold, and keeps the order. A target between two whole numbers
  /// is rounded by chance, so that it is met on average.
  ///
  /// ## Source
  /// Li and O'Donoghue, "Evaluating binary alignment methods in microsimulation models", Journal of
  /// Artificial Societies and Social Simulation 17 (2014) 15: sorting by the difference between
  /// logistic adjusted predicted probability and random number.
  func aligned(
    _ alignment: LifeProgram.Alignment, _ name: String, _ data: FormulaData, _ keys: [UInt64],
    _ stream: StreamKey, at place: SourcePlace
  ) throws(DataError) -> Tables.Column {
    let probabilities = alignment.probability.numbers(data)
    let targets = alignment.target.numbers(data)
    let cells = alignment.cell.numbers(data)
    var chosen = [Bool](repeating: false, count: keys.count)
    var missing = [UInt8](repeating: 0, count: keys.count)
    var members: [Int: [(score: Double, row: Int)]] = [:]
    for row in keys.indices {
      guard let probability = probabilities[row] else {
        missing[row] = 1
        continue
      }
      guard probability >= 0, probability <= 1 else {
        throw place.error(
          "the probability is outside 0 to 1 in row \(row + 1)",
          remedy: "Bound it, as with `invlogit(…)`.")
      }
      let u = stream.uniforms(entity: keys[row], period: periodNumber, draw: 0).0
      guard let cell = cells[row], targets[row] != nil else {
        chosen[row] = u < probability
        continue
      }
      members[Int(cell), default: []].append((Self.logit(probability) - Self.logit(u), row))
    }
    for (cell, list) in members {
      let target = targets[list[0].row] ?? 0
      let wanted = alignment.isCount ? target : target * Double(list.count)
      guard wanted >= 0, alignment.isCount || target <= 1 else {
        throw place.error(
          "a share to align to is outside 0 to 1",
          remedy: "Give shares from 0 to 1, or call the column `count`.")
      }
      let v = stream.uniforms(
        entity: UInt64(cell) | 1 << 63, period: periodNumber, draw: .max
      ).0
      let number = min(list.count, Int((wanted + v).rounded(.down)))
      let order = list.sorted { $0.score > $1.score || ($0.score == $1.score && $0.row < $1.row) }
      for (_, row) in order.prefix(number) { chosen[row] = true }
    }
    return Tables.Column(
      name: name, values: .booleans(chosen),
      missing: missing.contains(1)
        ? MissingCells(reasons: [MissingReason(code: "")], codes: missing) : .none,
      form: .boolean(true: "true", false: "false"))
  }

  private static func logit(_ p: Double) -> Double {
    if p <= 0 { return -1e300 }
    if p >= 1 { return 1e300 }
    return ElementaryFunctions.log(p) - ElementaryFunctions.log(1 - p)
  }
}
