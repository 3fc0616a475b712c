// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness

/// Singling out: a guess that matches one synthetic row matches exactly one person.
///
/// Guesses come from the synthetic rows: a value that occurs once, the least and the greatest value,
/// the only missing cell; or, of three columns of one row together, equality for levels and at least
/// or at most the value for scales, by its side of the median.
///
/// ## Source
/// Giomi et al. (2023), §4.1. Unlike Anonymeter 1.0, date-times are guessed like numbers, draws come
/// from the key, and control and training are cut to one size instead of being rescaled.
struct SinglingOut: Sendable {
  static let maximumAttackCount = 2000
  /// How often three columns are tried for one guess that matches one row, on average at most.
  static let triesPerAttack = 50

  /// One condition on one column, by codes; scales' codes ascend with their values.
  private enum Condition {
    case equal(Int, UInt32)
    case atMost(Int, UInt32)
    case atLeast(Int, UInt32)
  }

  private let trial: AttackedTrial
  /// Codes by side and column.
  private let codes: [[[UInt32]]]
  private let isScale: [Bool]
  private let width: Int

  init(_ trial: AttackedTrial) {
    self.trial = trial
    width = trial.tables.columns.count
    let width = width
    codes = (0..<3).map { side in (0..<width).map { trial.codes($0, side) } }
    isScale = trial.tables.columns.map(\.isContinuous)
  }

  // MARK: One column

  /// Attacks by one column.
  func byOne() -> AttackTally {
    var guesses: [Condition] = []
    for column in 0..<width {
      var counts = [Int](repeating: 0, count: trial.tables.codeCounts[column])
      for code in codes[2][column] { counts[Int(code)] += 1 }
      let used = counts.indices.filter { counts[$0] > 0 && $0 > 0 }
      for code in counts.indices where counts[code] == 1 {
        guesses.append(.equal(column, UInt32(code)))
      }
      if isScale[column], let least = used.first, let greatest = used.last {
        if counts[least] == 1 { guesses.append(.atMost(column, UInt32(least))) }
        if counts[greatest] == 1 { guesses.append(.atLeast(column, UInt32(greatest))) }
      }
    }
    var stream = trial.stream("singling out by one")
    Draws.shuffle(&guesses, using: &stream)
    let chosen = guesses.prefix(Self.maximumAttackCount).map { [$0] }
    return tally(chosen, random: (0..<chosen.count).map { _ in random(1, &stream) })
  }

  // MARK: Three columns

  /// Attacks by three columns together.
  func byThree() -> AttackTally {
    guard width >= 3 else { return AttackTally() }
    var stream = trial.stream("singling out by three")
    let medians = (0..<width).map { column in
      let present = codes[2][column].filter { $0 != 0 }.sorted()
      return present.isEmpty ? 0 : present[present.count / 2]
    }
    var guesses: [[Condition]] = []
    var tries = 0
    while guesses.count < Self.maximumAttackCount,
      tries < Self.triesPerAttack * Self.maximumAttackCount
    {
      tries += 1
      let row = Draws.integer(below: trial.rows[2].count, using: &stream)
      let guess = Draws.sample(3, of: width, using: &stream).map { column -> Condition in
        let code = codes[2][column][row]
        guard isScale[column], code != 0 else { return .equal(column, code) }
        return code >= medians[column] ? .atLeast(column, code) : .atMost(column, code)
      }
      if matches(guess, 2) == 1 { guesses.append(guess) }
    }
    return tally(guesses, random: (0..<guesses.count).map { _ in random(3, &stream) })
  }

  // MARK: Counting

  private func tally(_ guesses: [[Condition]], random: [[Condition]]) -> AttackTally {
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
      guard isScale[column], code != 0 else { return .equal(column, code) }
      return Draws.bernoulli(0.5, using: &stream)
        ? .atLeast(column, code) : .atMost(column, code)
    }
  }

  /// How many rows of a side a guess matches, counted up to two.
  private func matches(_ guess: [Condition], _ side: Int) -> Int {
    var count = 0
    for row in 0..<trial.rows[side].count where guess.allSatisfy({ holds($0, side, row) }) {
      count += 1
      if count == 2 { break }
    }
    return count
  }

  @inline(__always)
  private func holds(_ condition: Condition, _ side: Int, _ row: Int) -> Bool {
    switch condition {
    case .equal(let column, let code): codes[side][column][row] == code
    case .atMost(let column, let code):
      codes[side][column][row] <= code && codes[side][column][row] != 0
    case .atLeast(let column, let code): codes[side][column][row] >= code
    }
  }
}
