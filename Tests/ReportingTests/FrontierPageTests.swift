// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Testing

@testable import Reporting

struct FrontierPageTests {
  private static func point(_ leaf: Int, error: Double, closer: Double) -> Frontier.Point {
    .init(
      minimumLeaf: leaf, contractFile: "leaf-\(leaf)<b>.yaml", seconds: 0.25,
      shapeError: Score(error), trendError: Score(error, reference: 1, limit: 2),
      closerToTraining: Score(closer, reference: 0.5, limit: 0.52),
      nearMatches: Score(0, reference: 0, limit: 0.1), exactMatches: Score(0))
  }

  private static func page(_ points: [Frontier.Point]) -> String {
    FrontierPage(
      name: "<script>",
      frontier: Frontier(learnedRowCount: 80, controlRowCount: 20, points: points),
      software: "Semblance"
    ).html
  }

  @Test func `the most faithful strength within chance is named`() {
    let page = Self.page([
      Self.point(10, error: 1, closer: 0.6), Self.point(20, error: 1.5, closer: 0.51),
      Self.point(40, error: 2.5, closer: 0.5),
    ])
    #expect(page.contains("rests its leaves on 20 rows or more"))
    #expect(page.components(of: "class=\"over\"") == 1)
    #expect(!page.contains("<script") && page.contains("leaf-20&lt;b&gt;.yaml"))
  }

  @Test func `where none is within chance the page says so`() {
    let page = Self.page([
      Self.point(10, error: 1, closer: 0.6), Self.point(20, error: 1.5, closer: 0.58),
    ])
    #expect(page.contains("At no strength tried"))
  }
}

extension String {
  fileprivate func components(of part: String) -> Int {
    var (count, rest) = (0, self[...])
    while let range = rest.firstRange(of: part) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
