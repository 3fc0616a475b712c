// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Schemas
import Tables

/// Makes the three attacks and the membership attacks on all trials and pools them.
struct AttackMeasure: Sendable {
  /// The most columns that are inferred where none is declared sensitive.
  static let maximumSecretCount = 20

  let tables: ComparedTables
  let quantizer: Quantizer
  let trialCount: Int
  let key: RandomKey
  let threads: Int
  let progress: ProgressHandler

  /// Attacks; `nil` without a trial that has rows.
  func result(schema: Schema) -> AttackReport? {
    let trials = (0..<trialCount).compactMap { AttackedTrial(tables, trial: $0, key: key) }
    guard !trials.isEmpty else { return nil }
    let sensitive = tables.columns.indices.filter {
      schema.variable(named: tables.columns[$0].name)?.role == .sensitive
    }
    let secrets =
      sensitive.isEmpty
      ? Array(tables.columns.indices.prefix(Self.maximumSecretCount)) : sensitive
    var (one, three, link) = (AttackTally(), AttackTally(), AttackTally())
    var inferred = [AttackTally](repeating: AttackTally(), count: secrets.count)
    let total = trials.count * (2 + secrets.count)
    var done = 0
    func advance() {
      done += 1
      progress.report("attacking", done, of: total)
    }
    for trial in trials {
      let singling = SinglingOut(trial)
      let tallies = ChunkedWork(count: 2, threads: threads, chunkSize: 1).map { range in
        range.map { $0 == 0 ? singling.byOne() : singling.byThree() }
      }
      one.add(tallies[0])
      three.add(tallies[1])
      advance()
      link.add(Linkability(trial: trial, quantizer: quantizer, threads: threads).tally())
      advance()
      for (place, secret) in secrets.enumerated() {
        inferred[place].add(
          Inference(trial: trial, quantizer: quantizer, threads: threads).tally(secret: secret))
        advance()
      }
    }
    return AttackReport(
      singlingOutByOne: one.attack(reason: "no value occurs once in the synthetic table"),
      singlingOutByThree: three.attack(reason: "no three columns single out a synthetic row"),
      linkability: link.attack(reason: "fewer than two columns are compared"),
      inference: zip(secrets, inferred).map {
        $1.attack(secret: tables.columns[$0].name, reason: "fewer than two columns are compared")
      })
  }
}
