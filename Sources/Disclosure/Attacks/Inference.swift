// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics
import Randomness
import Schemas

/// Inference: the secret of the synthetic row nearest by all other columns is the person's.
///
/// ## Source
/// Giomi et al. (2023), §4.3. A guess of a number is right within 5 % of the true value, or of the
/// standard deviation where that is more: Anonymeter divides by the guess, signed, so that negative
/// guesses always win and values near 0 never do. Points in time are right within 5 % of the standard
/// deviation.
struct Inference: Sendable {
  static let attackCount = 500
  static let tolerance = 0.05

  let trial: AttackedTrial
  let quantizer: Quantizer
  /// Searches the trial's synthetic rows by all columns.
  let search: NearestSearch

  /// Attacks one column.
  func tally(secret: Int) -> AttackTally {
    let others = trial.tables.columns.indices.filter { $0 != secret }
    guard !others.isEmpty else { return AttackTally() }
    let column = trial.tables.columns[secret]
    let deviation =
      column.isContinuous
      ? Moments(of: column.sides[trial.numbers[0]].presentValues)?.standardDeviation ?? 0 : 0
    let search = search.by(others)
    var tally = AttackTally()
    var stream = trial.stream("inference", secret)
    for side in 0..<2 {
      let targets = trial.targets(side, count: Self.attackCount, "inference", secret)
        .map { trial.rows[side][$0] }
      let queries = quantizer.table(trial.numbers[side], rows: targets)
      let guesses = targets.indices.map { search.nearest(to: queries.row($0)).row }
      for (target, guess) in zip(targets, guesses) {
        let success = isRight(secret, side, target, guess: guess, deviation)
        if side == 0 { tally.training.add(success) } else { tally.control.add(success) }
        guard side == 0 else { continue }
        let random = Draws.integer(below: trial.rows[2].count, using: &stream)
        tally.guessing.add(isRight(secret, side, target, guess: random, deviation))
      }
    }
    return tally
  }

  private func isRight(
    _ secret: Int, _ side: Int, _ target: Int, guess: Int, _ deviation: Double
  ) -> Bool {
    let column = trial.tables.columns[secret]
    let (own, other) = (column.sides[trial.numbers[side]], column.sides[trial.numbers[2]])
    let row = trial.rows[2][guess]
    let (code, guessed) = (own.codes[target], other.codes[row])
    guard column.isContinuous, code != 0, guessed != 0 else { return code == guessed }
    let true_ = own.values[target]
    let isNumber = column.kind == .number || column.kind == .wholeNumber
    let scale = isNumber ? max(true_.magnitude, deviation) : deviation
    return (other.values[row] - true_).magnitude <= Self.tolerance * scale
  }
}
