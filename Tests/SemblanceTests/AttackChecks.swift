// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Schemas
import Tables
import Testing

@testable import Disclosure

/// Compares our attacks with Anonymeter's on the same tables, half of whose synthetic rows are copied.
struct AttackChecks {
  private let trial: AttackedTrial
  private let quantizer: Quantizer
  private let names: [String]
  /// The columns in the order of the oracles.
  private let order: [String]

  /// - Parameter isEven: Whether training and control are cut to one size by their first rows, not at random.
  init(_ tables: AgreementTables, isEven: Bool = false) throws {
    let count = min(tables.real.rowCount, tables.control.rowCount)
    func cut(_ table: Table) -> Table {
      isEven ? table.selecting(rows: Array(0..<count)) : table
    }
    let compared = ComparedTables(
      try TableAlignment(
        [
          tables.real, tables.halfCopied, cut(tables.real), cut(tables.control), tables.halfCopied,
        ],
        schema: tables.schema), threads: 1)
    trial = try #require(AttackedTrial(compared, trial: 0, key: RandomKey(seed: "agreement")))
    quantizer = try #require(Quantizer(compared))
    names = compared.columns.map(\.name)
    order = tables.names
  }

  private func index(_ name: String) throws -> Int { try #require(names.firstIndex(of: name)) }

  /// Two rates of which each is a mean of 0s and 1s agree within 4.9 standard errors (α about 1e-6).
  private func agree(_ own: AttackTally.Count, _ theirs: Double, of attacks: Double) -> Bool {
    let rate = Double(own.successes) / Double(own.attacks)
    let variance = theirs * (1 - theirs) * (1 / Double(own.attacks) + 1 / attacks)
    return abs(rate - theirs) <= 4.9 * variance.squareRoot() + 1 / attacks
  }

  /// Compares rates of so many attacks by Anonymeter, on those learned from and on others.
  func inference(
    _ secret: String, training: Double, control: Double, of attacks: Double
  ) throws {
    let tally = Inference(trial: trial, quantizer: quantizer, search: trial.search(quantizer))
      .tally(secret: try index(secret))
    #expect(agree(tally.training, training, of: attacks), "\(tally.training)")
    #expect(agree(tally.control, control, of: attacks), "\(tally.control)")
  }

  func linkability(
    _ halves: [[String]], training: Double, control: Double, of attacks: Double
  ) throws {
    let tally = Linkability(trial: trial, quantizer: quantizer, search: trial.search(quantizer))
      .tally(halves: try halves.map { try $0.map { try index($0) }.sorted() }, split: 0)
    #expect(agree(tally.training, training, of: attacks), "\(tally.training)")
    #expect(agree(tally.control, control, of: attacks), "\(tally.control)")
  }

  /// Compares all guesses by one column: how many there are, and how many single out a row of training and
  /// of control.
  func singlingOutByOne(guesses: Int, training: Int, control: Int) {
    let tally = SinglingOut(trial).byOne(attackCount: .max)
    #expect(tally.training.attacks == guesses)
    #expect(tally.training.successes == training)
    #expect(tally.control.successes == control)
  }

  /// Compares guesses by three columns of rows in a fixed order: how many match one synthetic row, and how
  /// many of those single out a row of training and of control.
  func singlingOutByThree(tried: Int, alone: Int, training: Int, control: Int) throws {
    let singling = SinglingOut(trial)
    let width = order.count
    var guesses: [[SinglingOut.Condition]] = []
    for number in 0..<6000 {
      let places = [number % width, (3 * number + 1) % width, number / width % width]
      guard Set(places).count == 3 else { continue }
      guesses.append(
        singling.guess(
          of: 7 * number % trial.rows[2].count, columns: try places.map { try index(order[$0]) }))
    }
    #expect(guesses.count == tried)
    let chosen = guesses.filter { singling.isAlone($0) }
    #expect(chosen.count == alone)
    let tally = singling.tally(chosen, random: [])
    #expect(tally.training.successes == training)
    #expect(tally.control.successes == control)
  }
}
