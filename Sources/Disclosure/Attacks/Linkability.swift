// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness

/// Linkability: two halves of what is known of a person lead to one synthetic row.
///
/// The columns are split in two at random, several times; an attack succeeds if the synthetic row
/// nearest by one half is the one nearest by the other.
///
/// ## Source
/// Giomi et al. (2023), §4.2, with one neighbour.
struct Linkability: Sendable {
  static let splitCount = 4
  static let attacksPerSplit = 500

  let trial: AttackedTrial
  let quantizer: Quantizer
  /// Searches the trial's synthetic rows by all columns.
  let search: NearestSearch

  func tally() -> AttackTally {
    let width = trial.tables.columns.count
    guard width >= 2 else { return AttackTally() }
    var tally = AttackTally()
    for split in 0..<Self.splitCount {
      var stream = trial.stream("linkability", split)
      let order = Draws.permutation(of: width, using: &stream)
      let halves = [order.prefix(width / 2).sorted(), order.dropFirst(width / 2).sorted()]
      tally.add(self.tally(halves: halves, split: split))
      let count = trial.rows[2].count
      for _ in 0..<Self.attacksPerSplit {
        tally.guessing.add(
          Draws.integer(below: count, using: &stream) == Draws.integer(below: count, using: &stream)
        )
      }
    }
    return tally
  }

  /// Attacks by two sets of columns, without guessing.
  func tally(halves: [[Int]], split: Int) -> AttackTally {
    var tally = AttackTally()
    let searches = halves.map { search.by($0) }
    for side in 0..<2 {
      let targets = trial.targets(side, count: Self.attacksPerSplit, "linkability", split)
        .map { trial.rows[side][$0] }
      let queries = quantizer.table(trial.numbers[side], rows: targets)
      let successes = targets.indices.map { place in
        let cells = queries.row(place)
        return searches[0].nearest(to: cells).row == searches[1].nearest(to: cells).row
      }
      for success in successes {
        if side == 0 { tally.training.add(success) } else { tally.control.add(success) }
      }
    }
    return tally
  }
}
