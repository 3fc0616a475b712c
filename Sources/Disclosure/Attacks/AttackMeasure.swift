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
    var (one, three, linked) = (AttackTally(), AttackTally(), AttackTally())
    var inferred = [AttackTally](repeating: AttackTally(), count: secrets.count)
    for trial in trials {
      let singling = SinglingOut(trial)
      let search = trial.search(quantizer)
      let link = Linkability(trial: trial, quantizer: quantizer, search: search)
      let inference = Inference(trial: trial, quantizer: quantizer, search: search)
      let tallies = ChunkedWork(count: 3 + secrets.count, threads: threads, chunkSize: 1).map(
        progress: progress, phase: "attacking"
      ) { range in
        range.map { attack in
          switch attack {
          case 0: singling.byThree()
          case 1: link.tally()
          case 2: singling.byOne()
          default: inference.tally(secret: secrets[attack - 3])
          }
        }
      }
      three.add(tallies[0])
      linked.add(tallies[1])
      one.add(tallies[2])
      for place in secrets.indices { inferred[place].add(tallies[place + 3]) }
    }
    return AttackReport(
      singlingOutByOne: one.attack(reason: "no value occurs once in the synthetic table"),
      singlingOutByThree: three.attack(reason: "no three columns single out a synthetic row"),
      linkability: linked.attack(reason: "fewer than two columns are compared"),
      inference: zip(secrets, inferred).map {
        $1.attack(secret: tables.columns[$0].name, reason: "fewer than two columns are compared")
      })
  }
}
