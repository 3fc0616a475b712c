// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
import Testing

@testable import Learners

@Suite struct AdversarialForestTests {
  private static let stream = RandomKey(seed: "adversary").stream("test")

  private static func column(_ codes: [UInt8], _ count: Int, isOrdered: Bool = true)
    -> TreePredictor
  {
    TreePredictor(codes: codes, binCount: count, isOrdered: isOrdered)
  }

  @Test func `the likelihood of held-out rows is that of a hand computation`() {
    // Two trees: one leaf for all; and rows 0–1 beside rows 2–3. Row 4 is held out, in the first of them.
    let parting = LeafParting(
      columns: [Self.column([0, 0, 1, 1, 0], 2)], leaves: [[0, 0, 0, 0, 0], [0, 0, 1, 1, 0]],
      counts: [1, 2])
    // The margin of bin 0 is (2 + 1) / (4 + 2); in the first tree (2 + 0.5) / (4 + 1), in the second a leaf of
    // half of the rows with (2 + 0.5) / (2 + 1).
    let expected = (0.5 * (2.5 / 5) + 0.5 * (0.5 * 2.5 / 3))
    let found = parting.logLikelihood(of: [4], learned: [0, 1, 2, 3])
    #expect(abs(found - ElementaryFunctions.log(expected)) < 1e-12)
  }

  @Test func `independent variables leave a forest at chance`() {
    let columns = (0..<4).map { place in
      Self.column(
        (0..<6000).map { row in
          var draws = Self.stream.stream(entity: UInt64(row), period: UInt32(place))
          return UInt8(Draws.integer(below: 10, using: &draws))
        }, 10)
    }
    var grower = AdversarialForestGrower(threads: 2)
    grower.treeCount = 5
    let forest = grower.forest(of: columns, using: Self.stream)
    // 1,200 rows: a standard error of 0.0144.
    for round in forest.rounds { #expect(abs(round.accuracy - 0.5) < 5 * 0.0144) }
    #expect(forest.leaves.count == 5 && forest.leaves.allSatisfy { $0.count == 6000 })
  }

  @Test func `threads change no leaf, and few rows make one`() {
    let codes = (0..<900).map { UInt8($0 % 7) }
    let columns = [Self.column(codes, 7, isOrdered: false), Self.column(codes.map { $0 / 2 }, 4)]
    let one = AdversarialForestGrower(threads: 1).forest(of: columns, using: Self.stream)
    let two = AdversarialForestGrower(threads: 2).forest(of: columns, using: Self.stream)
    #expect(one.leaves == two.leaves && one.rounds == two.rounds)
    let few = [Self.column([0, 1, 0], 2), Self.column([1, 0, 1], 2)]
    let forest = AdversarialForestGrower().forest(of: few, using: Self.stream)
    #expect(forest.leaves == [[0, 0, 0]] && forest.rounds.isEmpty)
  }
}
