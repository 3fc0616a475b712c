// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness

/// Singling out: a guess that matches one synthetic row matches exactly one person.
///
/// Guesses come from the synthetic rows: a value that occurs once, the least and the greatest value,
/// the only missing cell; or, of three columns of one row together, equality for levels and at least
/// or at most the value for scales, by its side of the median (the median itself: at most).
///
/// ## Source
/// Giomi et al. (2023), §4.1. Unlike Anonymeter 1.0, date-times are guessed like numbers, draws come
/// from the key, and control and training are cut to one size instead of being rescaled.
struct SinglingOut: Sendable {
  static let maximumAttackCount = 2000
  /// How often three columns are tried for one guess that matches one row, on average at most.
  static let triesPerAttack = 50

  /// One condition on one column: its code lies in a range; scales' codes ascend with their values.
  struct Condition {
    var column: Int
    var codes: ClosedRange<UInt32>

    init(_ column: Int, equal code: UInt32) { (self.column, codes) = (column, code...code) }
    init(_ column: Int, atMost code: UInt32) { (self.column, codes) = (column, 1...code) }
    init(_ column: Int, from code: UInt32, to last: Int) {
      (self.column, codes) = (column, code...UInt32(last))
    }
  }

  private let trial: AttackedTrial
  /// Codes by side and column.
  private let codes: [[[UInt32]]]
  /// Rows by side and column, in the order of their codes.
  private let orders: [[CodeOrder]]
  /// The greatest code of each column.
  private let lastCodes: [Int]
  /// The lower median of each column's synthetic codes.
  private let medians: [UInt32]
  private let isScale: [Bool]
  private let width: Int

  init(_ trial: AttackedTrial) {
    self.trial = trial
    width = trial.tables.columns.count
    let width = width
    let codes = (0..<3).map { side in (0..<width).map { trial.codes($0, side) } }
    self.codes = codes
    let orders = codes.map { columns in
      columns.enumerated().map { CodeOrder($1, count: max(1, trial.tables.codeCounts[$0])) }
    }
    self.orders = orders
    medians = (0..<width).map { column in
      let present = orders[2][column].present
      guard !present.isEmpty else { return 0 }
      return codes[2][column][Int(present[present.startIndex + (present.count - 1) / 2])]
    }
    lastCodes = trial.tables.codeCounts.map { $0 - 1 }
    isScale = trial.tables.columns.map(\.isContinuous)
  }

  // MARK: One column

  /// Attacks by one column.
  func byOne(attackCount: Int = Self.maximumAttackCount) -> AttackTally {
    var guesses: [Condition] = []
    for column in 0..<width {
      let order = orders[2][column]
      for code in 0...lastCodes[column] where order.count(code) == 1 {
        guesses.append(Condition(column, equal: UInt32(code)))
      }
      let present = order.present
      if isScale[column], let first = present.first, let last = present.last {
        let (least, greatest) = (codes[2][column][Int(first)], codes[2][column][Int(last)])
        if order.count(Int(least)) == 1 { guesses.append(Condition(column, atMost: least)) }
        if order.count(Int(greatest)) == 1 {
          guesses.append(Condition(column, from: greatest, to: lastCodes[column]))
        }
      }
    }
    var stream = trial.stream("singling out by one")
    Draws.shuffle(&guesses, using: &stream)
    let chosen = guesses.prefix(attackCount).map { [$0] }
    return tally(chosen, random: (0..<chosen.count).map { _ in random(1, &stream) })
  }

  // MARK: Three columns

  /// Attacks by three columns together.
  func byThree() -> AttackTally {
    guard width >= 3 else { return AttackTally() }
    var stream = trial.stream("singling out by three")
    var guesses: [[Condition]] = []
    var tries = 0
    while guesses.count < Self.maximumAttackCount,
      tries < Self.triesPerAttack * Self.maximumAttackCount
    {
      tries += 1
      let row = Draws.integer(below: trial.rows[2].count, using: &stream)
      let guess = guess(of: row, columns: Draws.sample(3, of: width, using: &stream))
      if isAlone(guess) { guesses.append(guess) }
    }
    return tally(guesses, random: (0..<guesses.count).map { _ in random(3, &stream) })
  }

  /// What a synthetic row says of some columns; of scales, that a value lies as far out or farther.
  func guess(of row: Int, columns: [Int]) -> [Condition] {
    columns.map { column in
      let code = codes[2][column][row]
      guard isScale[column], code != 0 else { return Condition(column, equal: code) }
      return code > medians[column]
        ? Condition(column, from: code, to: lastCodes[column]) : Condition(column, atMost: code)
    }
  }

  // MARK: Counting

  /// Whether a guess matches one synthetic row.
  func isAlone(_ guess: [Condition]) -> Bool { matches(guess, 2) == 1 }

  /// Counts which guesses single out.
  func tally(_ guesses: [[Condition]], random: [[Condition]]) -> AttackTally {
    var tally = AttackTally()
    for guess in guesses {
      tally.training.add(matches(guess, 0) == 1)
      tally.control.add(matches(guess, 1) == 1)
    }
    for guess in random { tally.guessing.add(matches(guess, 0) == 1) }
    return tally
  }

  /// A guess that knows the columns and the values that there are, and nothing of the rows.
  private func random(_ count: Int, _ stream: inout RandomStream) -> [Condition] {
    Draws.sample(count, of: width, using: &stream).map { column in
      let code = UInt32(Draws.integer(below: trial.tables.codeCounts[column], using: &stream))
      guard isScale[column], code != 0 else { return Condition(column, equal: code) }
      return Draws.bernoulli(0.5, using: &stream)
        ? Condition(column, from: code, to: lastCodes[column]) : Condition(column, atMost: code)
    }
  }

  /// How many rows of a side a guess matches, counted up to two.
  private func matches(_ guess: [Condition], _ side: Int) -> Int {
    // Only the rows of the rarest condition are looked at.
    let ranges = guess.map { orders[side][$0.column].range($0.codes) }
    guard let rarest = ranges.indices.min(by: { ranges[$0].count < ranges[$1].count }) else {
      return 0
    }
    var count = 0
    for row in orders[side][guess[rarest].column].rows[ranges[rarest]]
    where guess.allSatisfy({ $0.codes.contains(codes[side][$0.column][Int(row)]) }) {
      count += 1
      if count == 2 { break }
    }
    return count
  }
}
