// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
import Testing

@testable import Learners

@Suite struct `An autoregressive network` {
  /// Two fair coins, and a third that says nine times in ten whether the two differ.
  ///
  /// Any two of them are independent. And a scale, 20 bins, that is near the sum of the coins.
  private static func coins(_ count: Int) -> [[UInt8]] {
    var columns = [[UInt8]](repeating: [], count: 4)
    for row in 0..<count {
      var draws = RandomKey(seed: "known").stream("coins").stream(entity: UInt64(row))
      let a = Draws.bernoulli(0.5, using: &draws)
      let b = Draws.bernoulli(0.5, using: &draws)
      let c = (a != b) == Draws.bernoulli(0.9, using: &draws)
      columns[0].append(a ? 1 : 0)
      columns[1].append(b ? 1 : 0)
      columns[2].append(c ? 1 : 0)
      let sum = (a ? 1 : 0) + (b ? 1 : 0) + (c ? 1 : 0)
      columns[3].append(UInt8(4 * sum + Draws.integer(below: 8, using: &draws)))
    }
    return columns
  }
  private static let columns = [
    NeuralColumn(binCount: 2), NeuralColumn(binCount: 2), NeuralColumn(binCount: 2),
    NeuralColumn(binCount: 20, ordered: 0..<20),
  ]
  private static let options = AutoregressiveOptions(
    contextWidth: 32, innerWidth: 16, batchSize: 64, rate: 0.002, shuffledShare: 0.75,
    maximumRoundCount: 30, decay: 0.05, patience: 3)
  private static func outcome(threads: Int) -> AutoregressiveTraining.Outcome {
    AutoregressiveTraining(
      columns: columns, codes: coins(3000), options: options, threads: threads
    ).fit()
  }
  private static let fitted = outcome(threads: 1)

  /// The probability of a column's bin given some bins.
  private static func probability(_ column: Int, _ bin: Int, given bins: [Int: Int]) -> Double {
    let tables = NetworkTables(fitted.network)
    var known = [Float](repeating: 0, count: tables.contextWidth)
    for (column, bin) in bins.sorted(by: { $0.key < $1.key }) {
      tables.add(column: column, bin: bin, to: &known)
    }
    var room = [Float](repeating: 0, count: tables.contextWidth + tables.innerWidth)
    var probabilities = [Float](repeating: 0, count: tables.rowLength(of: column))
    tables.probabilities(of: column, known: known, rows: 1, room: &room, into: &probabilities)
    return Double(probabilities[bin])
  }

  @Test func `gradients are those of finite differences`() {
    var options = Self.options
    options.contextWidth = 16
    options.innerWidth = 8
    options.batchSize = 40
    let run = NeuralRun(
      AutoregressiveTraining(
        columns: Self.columns, codes: Self.coins(80), options: options, threads: 1))
    let rows = Array(run.learned.prefix(40))
    _ = run.gradients(rows, round: 0)
    let gradients = run.parameters.map { own -> [Float] in
      own.gather()
      return own.gradients.values(0, count: own.gradients.count)
    }
    var draws = RandomKey(seed: "known").stream("places").stream(entity: 0)
    // A loss of about 200 in floats is known to 2e-5, and so a slope over 0.02 to 0.001; kinks of
    // rectifiers add a little to few of them.
    let step: Float = 0.01
    for (column, own) in run.parameters.enumerated() {
      var wrong = 0
      for _ in 0..<60 {
        let place = Draws.integer(below: own.parameters.count, using: &draws)
        let before = own.parameters.base[place]
        guard before > -1e20 else { continue }
        func loss(_ value: Float) -> Double {
          own.parameters.base[place] = value
          own.expand()
          return run.gradients(rows, round: 0)
        }
        let slope = (loss(before + step) - loss(before - step)) / Double(2 * step)
        _ = loss(before)
        let found = Double(gradients[column][place])
        if abs(slope - found) > 0.01 + 0.02 * abs(slope) { wrong += 1 }
      }
      #expect(wrong <= 2, "column \(column)")
      #expect(gradients[column].contains { $0.magnitude > 0.1 })
    }
  }

  @Test func `the loss falls to the entropy of what is left to chance`() {
    let outcome = Self.fitted
    // log 2 for two coins, the entropy of one in ten for the third, log 8 for the scale.
    let tenth = -0.1 * ElementaryFunctions.log(0.1) - 0.9 * ElementaryFunctions.log(0.9)
    let least = 2 * ElementaryFunctions.log(2) + tenth + ElementaryFunctions.log(8)
    let first = outcome.learnedLosses.first ?? 0
    #expect(first > outcome.learnedLosses[outcome.bestRound - 1] + 0.3)
    #expect(outcome.independentLoss > least + 0.8)
    // Only the third coin's loss varies: 300 rows kept apart have a standard error of 0.66 / √300 = 0.038.
    #expect(outcome.loss > least - 4.892 * 0.038 && outcome.loss < least + 4.892 * 0.038 + 0.1)
    #expect(abs(outcome.shuffledLoss - outcome.loss) < 0.15)
    #expect(outcome.keptRowCount == 300 && outcome.learnedRowCount == 2700)
  }

  @Test func `what depends on two columns together is learned, in any order`() {
    // 2,700 rows, of which a quarter have each pair of coins: a share of 0.9 has a standard error of 0.0115.
    // Training that stops before weights are as large as they should be takes away a little more.
    for pair in [(0, 1), (0, 2), (1, 2)] {
      let other = 3 - pair.0 - pair.1
      for first in 0...1 {
        for second in 0...1 {
          let p = Self.probability(other, first ^ second, given: [pair.0: first, pair.1: second])
          #expect(abs(p - 0.9) < 4.892 * 0.0115 + 0.03, "\(pair) \(first) \(second): \(p)")
        }
        // One of them says nothing: a share of a half in half of the rows has a standard error of 0.0136.
        let alone = Self.probability(other, 1, given: [pair.0: first])
        #expect(abs(alone - 0.5) < 4.892 * 0.0136 + 0.03, "\(pair) \(first): \(alone)")
      }
    }
  }

  @Test func `threads change no bit`() {
    #expect(Self.outcome(threads: 3).network == Self.fitted.network)
  }

  @Test func `a row's probabilities do not hang on the rows beside it`() {
    let tables = NetworkTables(Self.fitted.network)
    let (width, rows) = (tables.contextWidth, 37)
    var draws = RandomKey(seed: "known").stream("known").stream(entity: 0)
    let known = (0..<rows * width).map { _ in Float(Draws.uniform(using: &draws)) }
    let length = tables.rowLength(of: 3)
    var room = [Float](repeating: 0, count: rows * (width + tables.innerWidth))
    var all = [Float](repeating: 0, count: rows * length)
    tables.probabilities(of: 3, known: known, rows: rows, room: &room, into: &all)
    for row in 0..<rows {
      var own = [Float](repeating: 0, count: length)
      tables.probabilities(
        of: 3, known: Array(known[row * width..<(row + 1) * width]), rows: 1, room: &room,
        into: &own)
      #expect(own == Array(all[row * length..<(row + 1) * length]))
    }
  }

  @Test func `weights that do not add up make no network`() {
    let network = Self.fitted.network
    func made(_ change: (inout AutoregressiveNetwork.Column) -> Void) -> AutoregressiveNetwork? {
      var columns = network.columns
      change(&columns[1])
      return AutoregressiveNetwork(
        contextWidth: network.contextWidth, innerWidth: network.innerWidth, columns: columns)
    }
    #expect(made { _ in } == network)
    #expect(made { $0.embeddings.removeLast() } == nil)
    #expect(made { $0.inner[3] = .nan } == nil)
    #expect(made { $0.outer[0] = 20_000 } == nil)
    #expect(AutoregressiveNetwork(contextWidth: 12, innerWidth: 8, columns: []) == nil)
  }
}
