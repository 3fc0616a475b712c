// SPDX-License-Identifier: Apache-2.0
import Learners
import Numerics
import Randomness
import Testing

@testable import TreeSynthesis

@Suite struct `What a classifier finds of drawn cells` {
  /// A cause of four bins, and an effect of two whose chance of the second grows with the cause.
  private static let chances = [0.1, 0.3, 0.6, 0.9]
  private static let count = 4000
  private static let rows: (cause: [UInt8], effect: [UInt8]) = {
    var (cause, effect): ([UInt8], [UInt8]) = ([], [])
    for row in 0..<count {
      var draws = RandomKey(seed: "disguise").stream("rows").stream(entity: UInt64(row))
      let bin = Draws.integer(below: 4, using: &draws)
      cause.append(UInt8(bin))
      effect.append(Draws.uniform(using: &draws) < chances[bin] ? 1 : 0)
    }
    return (cause, effect)
  }()

  private static func disguise(_ foretold: (Int) -> Double, seesCause: Bool = true) -> CellDisguise?
  {
    CellDisguise(
      of: TreeTarget(codes: rows.effect, binCount: 2, leadingNominalCount: 0, isOrdered: false),
      beside: seesCause ? [TreePredictor(codes: rows.cause, binCount: 4, isOrdered: true)] : [],
      rows: Array(0..<count),
      foretold: (0..<count).map { [1 - foretold($0), foretold($0)] }, key: RandomKey(seed: "1"))
  }

  @Test func `draws from the truth cannot be told from what is real`() throws {
    let found = try #require(Self.disguise { Self.chances[Int(Self.rows.cause[$0])] })
    // 2,000 of either kind a half: √(4001 / (12 · 2000²)) / √2.
    #expect(abs(found.standardError - 0.006456) < 1e-5)
    #expect(abs(found.area - 0.5) < 4 * found.standardError, "\(found)")
  }

  @Test func `an influence that nothing carries is found, by who sees the cause`() throws {
    // The best rule orders pairs of cause and effect by real over drawn shares; the area is that of a
    // hand computation: real shares p/4 and (1 - p)/4, drawn ones 0.475/4 and 0.525/4.
    let found = try #require(Self.disguise { _ in 0.475 })
    let real = Self.chances.flatMap { [$0 / 4, (1 - $0) / 4] }
    let drawn = Self.chances.flatMap { _ in [0.475 / 4, 0.525 / 4] }
    var best = 0.0
    for i in real.indices {
      for j in real.indices {
        let (one, other) = (real[i] / drawn[i], real[j] / drawn[j])
        best += real[i] * drawn[j] * (one > other ? 1 : one == other ? 0.5 : 0)
      }
    }
    #expect(abs(found.area - best) < 4 * 0.0065 + 0.005, "\(found) \(best)")
    let blind = try #require(Self.disguise({ _ in 0.475 }, seesCause: false))
    #expect(abs(blind.area - 0.5) < 4 * blind.standardError, "\(blind)")
  }

  @Test func `one row on either side is too few to ask`() {
    let few = CellDisguise(
      of: TreeTarget(codes: [0], binCount: 2, leadingNominalCount: 0, isOrdered: false), beside: [],
      rows: [0], foretold: [[1, 0]], key: RandomKey(seed: "1"))
    #expect(few == nil)
  }
}
