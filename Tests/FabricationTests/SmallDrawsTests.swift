// SPDX-License-Identifier: Apache-2.0
import Randomness
import Testing

@testable import Fabrication

@Suite struct SmallDrawsTests {
  /// χ² of 60,000 triples over 3 × 7 × 13 cells; 272 degrees of freedom, so that 390 is passed with a
  /// probability below 10⁻⁵ (Wilson–Hilferty: z = 4.5).
  @Test func `choices from one number are even and hang on none before`() {
    var counts = [Int](repeating: 0, count: 3 * 7 * 13)
    let key = RandomKey(seed: "small").stream("x")
    for row in 0..<60_000 {
      var draws = SmallDraws(key.stream(entity: UInt64(row)))
      let a = draws.index(below: 3)
      let b = draws.index(below: 7)
      counts[(a * 7 + b) * 13 + draws.index(below: 13)] += 1
    }
    let expected = 60_000.0 / Double(counts.count)
    let statistic =
      counts.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) } / expected
    #expect(statistic < 390)
  }

  @Test func `many choices reach every value of a bound`() {
    var draws = SmallDraws(RandomKey(seed: "small").stream("y").stream(entity: 0))
    let values = (0..<2000).map { _ in draws.index(below: 69) }
    #expect(Set(values) == Set(0..<69))
  }

  @Test(arguments: [(0, "0"), (7, "7"), (10, "10"), (999, "999"), (120_034, "120034")])
  func `numbers are written in full`(number: Int, text: String) {
    var cells = CellBuffer()
    cells.append(number: number)
    #expect(String(decoding: cells.last, as: UTF8.self) == text)
  }

  @Test func `hexadecimal digits are those of the number`() {
    for number in [0, 1, 0x9AF0, 0xDEAD_BEEF, 0xFFFF_FFFF] as [UInt32] {
      var cells = CellBuffer()
      cells.append(hexadecimal: number, digits: 8)
      let text = String(number, radix: 16)
      #expect(
        String(decoding: cells.last, as: UTF8.self)
          == String(repeating: "0", count: 8 - text.count) + text)
    }
  }
}
