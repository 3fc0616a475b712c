// SPDX-License-Identifier: Apache-2.0
import Schemas
import Testing

@testable import Semblance

@Suite struct `The pace of measuring` {
  private static func pace() -> MeasurePace {
    let schema = Schema(
      variables: (0..<20).map { Variable(name: "v\($0)", kind: .number, measure: .scale) })
    return MeasurePace(
      Forecast.Size(
        realRows: 50_000, schema: schema, syntheticRows: 50_000, maximumPredictorCount: 40,
        measuredRows: 50_000), passes: 1, speed: 1)
  }

  @Test func `what fits is measured at once, and what does not begins with a few rows`() throws {
    let pace = Self.pace()
    let all = pace.seconds(rows: 50_000)
    #expect(pace.permitsAll(within: all) && !pace.permitsAll(within: all * 0.99))
    let few = try #require(pace.first(within: all / 2))
    #expect((500..<25_000).contains(few))
    #expect(pace.first(within: 0) == nil)
  }

  @Test func `what a few rows took decides how many follow`() throws {
    let left = Self.pace().seconds(rows: 50_000) / 2
    var quick = Self.pace()
    var slow = quick
    let foretold = Forecast(quick.size).measuring
    var size = quick.size
    size.measuredRows = 2000
    let few = Forecast(size).measuring
    quick.correct(rows: 2000, took: few / 4)
    slow.correct(rows: 2000, took: few * 4)
    #expect(quick.permitsAll(within: foretold / 3))
    let (many, less) = (quick.most(within: left) ?? 0, slow.most(within: left) ?? 0)
    #expect(many > 2 * less && less >= 500)
    // Never more than fits, by what is known then.
    #expect(slow.seconds(rows: less) <= left)
  }

  @Test(
    arguments: [
      (1, 100, 37, 37), (1, 100_000, 12_345, 12_000), (500, 700, 499, nil), (5, 4, 9, nil),
      (1, 50, 99, 50), (120, 900, 123, 120),
    ] as [(Int, Int, Int, Int?)])
  func `the largest permitted number has two figures`(
    least: Int, greatest: Int, bound: Int, expected: Int?
  ) {
    #expect(BudgetAllocation.most(from: least, upTo: greatest) { $0 <= bound } == expected)
  }
}
