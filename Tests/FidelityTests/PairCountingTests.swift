// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Schemas
import Testing

@testable import Fidelity

struct PairCountingTests {
  private func column(_ sides: [[UInt32]], levels: Int) -> PreparedColumn {
    PreparedColumn(
      AlignedColumn(
        name: "l", kind: .category,
        sides: sides.map { AlignedColumn.Side(values: [], codes: $0) },
        levels: (0..<levels).map { "level \($0)" }))
  }

  @Test func `Cramér's V is corrected for bias`() throws {
    // Counts [[30, 10], [5, 25], [12, 8]]; the value is NumPy's, from Bergsma's formulae.
    var first: [UInt32] = []
    var second: [UInt32] = []
    for (row, counts) in [[30, 10], [5, 25], [12, 8]].enumerated() {
      for (column, count) in counts.enumerated() {
        first += [UInt32](repeating: UInt32(row + 1), count: count)
        second += [UInt32](repeating: UInt32(column + 1), count: count)
      }
    }
    var counting = PairCounting()
    counting.count(
      column([first, first], levels: 3), column([second, second], levels: 2), bootstrap: nil)
    #expect(abs(try #require(counting.cramersV(side: 0)) - 0.49699402289341194) < 1e-12)
  }

  @Test func `missing cells count in the distance and not in the association`() {
    let first = column([[0, 1, 1, 2], [0, 0, 1, 2]], levels: 2)
    let second = column([[1, 1, 1, 2], [1, 1, 1, 2]], levels: 2)
    var counting = PairCounting()
    counting.count(first, second, bootstrap: nil)
    #expect(counting.totalVariation(side: 1) == 0.25)
    // Present cells of the synthetic side: (1, 1) and (2, 2), one each.
    #expect(counting.cramersV(side: 1) == nil)
  }

  @Test func `very many levels are counted the same way`() throws {
    var stream = RandomKey(seed: "levels").stream("codes").stream(entity: 0)
    let sides = (0..<2).map { _ in
      (0..<300).map { _ in UInt32(Draws.integer(below: 40, using: &stream)) }
    }
    let other = (0..<2).map { _ in
      (0..<300).map { _ in UInt32(Draws.integer(below: 30, using: &stream)) }
    }
    let rows = BootstrapRows(rowCount: 300, size: 300, key: RandomKey(seed: "1"))
    var dense = PairCounting()
    dense.count(column(sides, levels: 39), column(other, levels: 29), bootstrap: rows)
    // The same codes among so many levels that only the cells in use are numbered.
    var sparse = PairCounting()
    sparse.count(column(sides, levels: 9000), column(other, levels: 9000), bootstrap: rows)
    #expect(abs(dense.totalVariation(side: 1) - sparse.totalVariation(side: 1)) < 1e-12)
    #expect(
      abs(try #require(dense.cramersV(side: 0)) - (try #require(sparse.cramersV(side: 0)))) < 1e-12)
    let lanes = (dense.totalVariationLanes(size: 300), sparse.totalVariationLanes(size: 300))
    for lane in 0..<16 { #expect(abs(lanes.0[lane] - lanes.1[lane]) < 1e-5) }
  }
}
