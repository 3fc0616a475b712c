// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Testing

@testable import Reporting

struct FigureTests {
  @Test(arguments: [
    (0.0, "0\u{A0}%"), (0.004, "under 0.01\u{A0}%"), (0.4249, "0.42\u{A0}%"),
    (12.34, "12.3\u{A0}%"), (-2.5, "−2.5\u{A0}%"),
    (.nan, "–"),
  ])
  func `percentages have the digits that matter`(value: Double, text: String) {
    #expect(Figure.percent(value) == text)
  }

  @Test(arguments: [
    (0.0, "0"), (3.14159, "3.142"), (1_234_567.0, "1\u{202F}234\u{202F}567"),
    (0.00001234, "1.23e−5"), (0.00009996, "1.00e−4"), (9.996e15, "1.00e16"),
    (42.0, "42"),
  ])
  func `numbers of any size stay short`(value: Double, text: String) {
    #expect(Figure.short(value) == text)
  }

  @Test(arguments: [(4, 0), (5, 10), (344, 340), (32_561, 33_000), (999, 1000)])
  func `public counts keep two digits`(count: Int, rounded: Int) {
    #expect(PublicRounding.count(count) == rounded)
  }

  @Test(arguments: [(0.0, 0.0), (0.0004, 0.001), (0.0016, 0.002), (-0.0001, -0.001)])
  func `a small figure is never rounded to nothing`(value: Double, rounded: Double) {
    #expect(PublicRounding.number(value, places: 3) == rounded)
  }

  @Test(arguments: [(0.0, 0), (0.00999, 0), (0.01, 1), (0.05, 3), (0.9, 5)])
  func `errors fall into the classes of the legend`(error: Double, level: Int) {
    #expect(HeatMap.level(of: error) == level)
  }

  @Test func `a histogram's outline goes through the heights of its bins`() {
    let chart = ColumnChart(
      labels: ["below 1", "1 and above"], real: [1, 0], synthetic: [0.5, 0.25], isHistogram: true)
    let svg = ShapeChart(chart, of: "<age>", hasReal: true).svg.markup
    // 92 units are a share of 1: the drawing is 120 high, less 28 for the axis and air.
    #expect(svg.contains("M0 102V10H150V102H300V102Z"))
    #expect(svg.contains("M0 102V56H150V79H300V102"))
    // For those who hear the page: the variable and where most values lie.
    #expect(
      svg.contains(
        "aria-label=\"&lt;age&gt;: shares of real and synthetic values; most often below 1 50.0\u{A0}%, 1 and above 25.0\u{A0}%\""
      ))
  }

  @Test func `many levels are pooled, and missing cells stay in sight`() {
    let labels = (0..<30).map { "level \($0)" } + ["missing"]
    let shares = labels.map { _ in 1 / 31.0 }
    let svg = ShapeChart(
      ColumnChart(labels: labels, real: shares, synthetic: shares, isHistogram: false),
      of: "v", hasReal: true
    ).svg.markup
    #expect(svg.contains("24 more levels"))
    #expect(svg.contains("missing"))
  }
}
