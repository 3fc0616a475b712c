// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
import Testing

@testable import Learners

@Suite struct `A variational autoencoder` {
  /// A hidden coin, three coins that say it nine times in ten each, and a scale of 20 bins around 5 or 14.
  private static func coins(_ count: Int) -> [[UInt8]] {
    var columns = [[UInt8]](repeating: [], count: 4)
    for row in 0..<count {
      var draws = RandomKey(seed: "known").stream("hidden coin").stream(entity: UInt64(row))
      let hidden = Draws.bernoulli(0.5, using: &draws)
      for column in 0..<3 {
        columns[column].append(hidden == Draws.bernoulli(0.9, using: &draws) ? 1 : 0)
      }
      columns[3].append(UInt8((hidden ? 10 : 1) + Draws.integer(below: 8, using: &draws)))
    }
    return columns
  }
  private static let columns = [
    NeuralColumn(binCount: 2), NeuralColumn(binCount: 2), NeuralColumn(binCount: 2),
    NeuralColumn(binCount: 20, ordered: 0..<20),
  ]
  private static let options = VariationalOptions(
    latentWidth: 8, contextWidth: 32, innerWidth: 16, batchSize: 64, rate: 0.003,
    maximumRoundCount: 40, patience: 3)
  private static func outcome(threads: Int) -> VariationalTraining.Outcome {
    VariationalTraining(
      columns: columns, codes: coins(3000), options: options, threads: threads
    ).fit()
  }
  private static let fitted = outcome(threads: 1)

  @Test func `gradients are those of finite differences`() {
    var options = Self.options
    (options.contextWidth, options.innerWidth, options.batchSize) = (16, 8, 40)
    let run = VariationalRun(
      VariationalTraining(
        columns: Self.columns, codes: Self.coins(80), options: options, threads: 1))
    let rows = Array(run.learned.prefix(40))
    func loss() -> Double { run.gradients(rows, round: 0, divergenceShare: 1) }
    _ = loss()
    var draws = RandomKey(seed: "known").stream("places").stream(entity: 0)
    let step: Float = 0.01
    func wrongCount(
      _ parameters: FloatRoom, _ gradients: [Float], places: Range<Int>, expand: () -> Void
    ) -> Int {
      var wrong = 0
      for _ in 0..<80 {
        let place = places.lowerBound + Draws.integer(below: places.count, using: &draws)
        let before = parameters.base[place]
        guard before > -1e20 else { continue }
        func loss(_ value: Float) -> Double {
          parameters.base[place] = value
          expand()
          return run.gradients(rows, round: 0, divergenceShare: 1)
        }
        let slope = (loss(before + step) - loss(before - step)) / Double(2 * step)
        _ = loss(before)
        let found = Double(gradients[place])
        if abs(slope - found) > 0.02 + 0.03 * abs(slope) { wrong += 1 }
      }
      return wrong
    }
    // A loss of about 200 in floats is known to 2e-5, and so a slope over 0.02 to 0.001; kinks of rectifiers
    // add a little to few of them.
    for (column, own) in run.parameters.enumerated() {
      own.gather()
      let gradients = own.gradients.values(0, count: own.gradients.count)
      let wrong = wrongCount(own.parameters, gradients, places: 0..<own.parameters.count) {
        own.expand()
      }
      #expect(wrong <= 4, "column \(column): \(wrong)")
      #expect(gradients.contains { $0.magnitude > 0.05 })
    }
    let encoder = run.encoder
    let gradients = encoder.gradients.values(0, count: encoder.gradients.count)
    let wrong = wrongCount(
      encoder.parameters, gradients, places: 0..<encoder.parameters.count
    ) {}
    #expect(wrong <= 4, "encoder: \(wrong)")
    #expect(gradients.contains { $0.magnitude > 0.05 })
  }

  @Test func `the bound lies between what is left to chance and what columns say alone`() {
    let outcome = Self.fitted
    // The hidden coin is known from the scale: log 2, three coins of nine in ten, log 8.
    let tenth = -0.1 * ElementaryFunctions.log(0.1) - 0.9 * ElementaryFunctions.log(0.9)
    let least = ElementaryFunctions.log(2) + 3 * tenth + ElementaryFunctions.log(8)
    let alone = 3 * ElementaryFunctions.log(2) + ElementaryFunctions.log(16)
    // 300 rows: three coins' losses of a deviation of 0.66 each have a standard error of 0.066.
    #expect(abs(outcome.independentLoss - alone) < 0.1)
    #expect(outcome.loss > least - 4.892 * 0.066)
    #expect(outcome.loss < least + 4.892 * 0.066 + 0.2, "\(outcome.loss), least \(least)")
    #expect((outcome.learnedLosses.first ?? 0) > (outcome.learnedLosses.last ?? 0) + 0.3)
    #expect(outcome.keptRowCount == 300 && outcome.learnedRowCount == 2700)
    #expect(outcome.network.columns.allSatisfy { $0.embeddings.isEmpty })
  }

  @Test func `rows drawn from standard normals hang together as real ones do`() {
    let tables = NetworkTables(Self.fitted.network, layer: Self.fitted.layer)
    let (rows, width) = (4000, Self.fitted.layer.width)
    var draws = RandomKey(seed: "known").stream("normals").stream(entity: 0)
    let normals = (0..<rows * width).map { _ in
      Float(Draws.normal(mean: 0, standardDeviation: 1, using: &draws))
    }
    var known = [Float](repeating: 0, count: rows * tables.contextWidth)
    tables.know(normals, rows: rows, into: &known)
    var room = [Float](repeating: 0, count: rows * (tables.contextWidth + tables.innerWidth))
    let shares = (0..<2).map { column -> [Double] in
      let length = tables.rowLength(of: column)
      var own = [Float](repeating: 0, count: rows * length)
      tables.probabilities(of: column, known: known, rows: rows, room: &room, into: &own)
      return (0..<rows).map { Double(own[$0 * length + 1]) }
    }
    let both = zip(shares[0], shares[1]).reduce(0) { $0 + $1.0 * $1.1 } / Double(rows)
    let first = shares[0].reduce(0, +) / Double(rows)
    // Two coins that each agree with the hidden one nine times in ten are both 1 in 0.41 of rows. Shares of
    // 2,700 rows have a standard error of 0.0096; normals that stray from standard ones take away some.
    #expect(abs(first - 0.5) < 4.892 * 0.0096 + 0.03, "\(first)")
    #expect(abs(both - 0.41) < 4.892 * 0.0096 + 0.04, "\(both)")
  }

  @Test func `threads change no bit`() {
    let other = Self.outcome(threads: 3)
    #expect(other.network == Self.fitted.network && other.layer == Self.fitted.layer)
  }

  @Test func `weights that do not add up make no layer`() {
    let layer = Self.fitted.layer
    #expect(LatentLayer(width: 8, contextWidth: 32, weights: layer.weights) == layer)
    #expect(LatentLayer(width: 8, contextWidth: 24, weights: layer.weights) == nil)
    #expect(
      LatentLayer(width: 7, contextWidth: 8, weights: [Float](repeating: 0, count: 56)) == nil)
    #expect(
      LatentLayer(width: 8, contextWidth: 8, weights: [Float](repeating: .nan, count: 64)) == nil)
  }
}
